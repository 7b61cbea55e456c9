"""What more money buys, against an exhaustive search for every efficient plan."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from meetsched.domain.instance import Instance
from meetsched.rules import Tier
from meetsched.solve import CurveEnd, EfficientPlan, SolveOptions, plan_curve
from meetsched.solve.lexicographic import TierFigures
from meetsched.verify import verify
from tests.oracle.frontier import curve
from tests.oracle.tiny import tiny

OPTIONS = SolveOptions(workers=1, deterministic=True)
SHA256 = "0" * 64
SEEDS = 200
CHUNK = 50


def found(instance: Instance, most: int | None = None, **more: Any) -> tuple[list[EfficientPlan], CurveEnd]:
    plans: list[EfficientPlan] = []
    end = plan_curve(instance, SHA256, OPTIONS, plans.append, most=most, **more)
    return plans, end


def place(instance: Instance, found: EfficientPlan) -> tuple[int, int]:
    values = verify(instance, found.plan).objective
    return values[Tier.POINTS], values[Tier.COST]


def best(figures: Iterable[TierFigures]) -> dict[Tier, int]:
    return {each.objective.tier: each.best for each in figures}


def disagreements(seed: int) -> Iterator[str]:
    """Yield in words all that the search and the exhaustive one do not agree on."""
    instance = tiny(seed)
    truth = curve(instance)
    plans, end = found(instance)
    if truth is None:
        if plans or end != CurveEnd():
            yield "there is no plan"
        return
    if not end.complete:
        yield f"it ended {end}"
    places = [place(instance, each) for each in plans]
    if sorted(places) != sorted(truth.plans):
        yield f"found {sorted(places)}, but it is {sorted(truth.plans)}"
        return
    if best(end.held) != truth.held:
        yield f"it held {best(end.held)}, but it is {truth.held}"
    for where, each in zip(places, plans, strict=True):
        if not each.best_of_these or best(each.ties) != truth.plans[where]:
            yield f"at {where} {best(each.ties)}, but it is {truth.plans[where]}"
        yield from (f"{one.rule}: {one.message}" for one in verify(instance, each.plan).violations)


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_it_is_what_exhaustive_search_finds(first: int) -> None:
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := list(disagreements(seed)))}
    assert not wrong
