"""What a system hands in: its decisions, what it claims of them, and the news on the way."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from meetsched.domain.entities import Role
from meetsched.domain.outcome import PlannedMeeting, Verdict
from meetsched.domain.plan import Duty
from meetsched.rules import Tier


@dataclass(frozen=True, slots=True)
class Event:
    """News of a search: the best value and bound of a tier so many seconds after the launch.

    `city` is set where the city plans alone, for its ideal.
    """

    seconds: float
    tier: Tier
    value: int | None
    bound: int | None
    proven: bool = False
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a system says of a tier that it optimised: the best that it found, and the bound."""

    tier: Tier
    best: int
    bound: int | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a system's run.

    Attributes
    ----------
    verdict : Verdict
        `OPTIMAL` and `INFEASIBLE` are claims of a proof.
    meetings : sequence of PlannedMeeting
        Empty without a plan.
    claims : sequence of Claim
        In the order of the tiers; a tier that the system did not come to is left out.
    ideal : mapping of str to int
        The most points that the system found for each city alone, where balance counts.
    unavailable : str
        Why the system could not be run at all; empty where it ran.
    """

    verdict: Verdict
    meetings: Sequence[PlannedMeeting] = ()
    claims: Sequence[Claim] = ()
    ideal: dict[str, int] = field(default_factory=dict)
    unavailable: str = ""

    def write(self, path: Path) -> None:
        """Write the answer as JSON."""
        path.write_text(json.dumps(asdict(self), default=_plain), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Answer":
        """Read what `write` wrote."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            Verdict(raw["verdict"]),
            [_meeting(meeting) for meeting in raw["meetings"]],
            [Claim(**{**claim, "tier": Tier(claim["tier"])}) for claim in raw["claims"]],
            raw["ideal"],
            raw["unavailable"],
        )


def _plain(value: Duty | datetime) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value.model_dump(mode="json")


def _meeting(raw: dict[str, Any]) -> PlannedMeeting:
    people = tuple(Duty(person=duty["person"], role=Role(duty["role"])) for duty in raw["people"])
    return PlannedMeeting(
        raw["city"], raw["topic"], datetime.fromisoformat(raw["start"]), raw["venue"], people
    )


class Journal:
    """Writes the events of a run, line by line, so that they outlive a run that is killed."""

    def __init__(self, path: Path, launched: float) -> None:
        self._stream = path.open("w", encoding="utf-8", buffering=1)
        self._launched = launched
        self._last: tuple[Any, ...] = ()

    def note(
        self,
        tier: Tier,
        value: int | None,
        bound: int | None,
        *,
        proven: bool = False,
        city: str | None = None,
    ) -> None:
        """Write an event, unless it says the same as the last one."""
        news = (tier, value, bound, proven, city)
        if news != self._last:
            event = Event(round(monotonic() - self._launched, 3), tier, value, bound, proven, city)
            self._stream.write(json.dumps(asdict(event)) + "\n")
            self._last = news


def read_events(path: Path) -> list[Event]:
    """Read a journal; a last line that was cut off does not count."""
    if not path.exists():
        return []
    return list(_events(path.read_text(encoding="utf-8").splitlines(keepends=True)))


def _events(lines: Iterable[str]) -> Iterable[Event]:
    for line in lines:
        if line.endswith("\n"):
            raw = json.loads(line)
            yield Event(**{**raw, "tier": Tier(raw["tier"])})
