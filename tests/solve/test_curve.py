"""What more money buys, against an exhaustive search for every efficient plan."""

from collections.abc import Iterator

import pytest

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.rules import Tier
from meetsched.solve import CurveEnd, SolveOptions, plan_curve
from meetsched.verify import verify
from tests.oracle.frontier import curve
from tests.oracle.tiny import tiny

OPTIONS = SolveOptions(workers=1, deterministic=True)
SHA256 = "0" * 64
SEEDS = 700
CHUNK = 50


def found(instance: Instance, most: int | None = None, **more: object) -> tuple[list[Plan], CurveEnd]:
    plans: list[Plan] = []
    end = plan_curve(instance, SHA256, OPTIONS, plans.append, most=most, **more)  # type: ignore[arg-type]
    return plans, end


def place(plan: Plan) -> tuple[int, int]:
    return plan.tier_by_name[Tier.POINTS].value, plan.tier_by_name[Tier.COST].value


def disagreements(seed: int) -> Iterator[str]:
    """Yield in words all that the search and the exhaustive one do not agree on."""
    instance = tiny(seed)
    truth = curve(instance)
    plans, end = found(instance)
    if truth is None:
        if plans or end.complete:
            yield "there is no plan"
        return
    if not end.complete or end.selection:
        yield f"it ended {end}"
    if sorted(map(place, plans)) != sorted(truth.plans):
        yield f"found {sorted(map(place, plans))}, but it is {sorted(truth.plans)}"
        return
    for plan in plans:
        right = {**truth.held, **truth.plans[place(plan)]}
        best = {tier.name: tier.best for tier in plan.tiers if tier.name not in (Tier.POINTS, Tier.COST)}
        if best != right:
            yield f"at {place(plan)} {best}, but it is {right}"
        yield from (f"{each.rule}: {each.message}" for each in verify(instance, plan).violations)


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_it_is_what_exhaustive_search_finds(first: int) -> None:
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := list(disagreements(seed)))}
    assert not wrong
