"""Made-up results."""

from collections.abc import Sequence
from typing import Any

from contest.answers import Answer, Claim, Event
from contest.judge import Score
from contest.runner import Run
from meetsched.domain.outcome import Verdict
from meetsched.rules import Tier


def claim(best: int, bound: int | None = None, *, tier: Tier = Tier.POINTS, proven: bool = False) -> Claim:
    return Claim(tier, best, best if proven else bound, proven)


def scored(points: int, cost: int = 1000, broken: Sequence[str] = ()) -> Score:
    return Score(tuple(broken), {Tier.POINTS: points, Tier.COST: cost, Tier.APPEAL: 0, Tier.EFFORT: 9})


def made_run(system: str = "meetsched", **changes: Any) -> Run:
    claims = (claim(50, proven=True), claim(1000, tier=Tier.COST, bound=900))
    events = (Event(1.5, Tier.POINTS, 40, 60), Event(2.5, Tier.POINTS, 50, 50, proven=True))
    fields = {
        "instance": "town",
        "seconds": 9.5,
        "memory": 100,
        "failure": "",
        "answer": Answer(Verdict.FEASIBLE, (), claims),
        "events": events,
        "score": scored(50),
    }
    return Run(system, **{**fields, **changes})
