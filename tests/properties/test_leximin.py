"""Shares lifted one after the other agree with all that cities can get, on 200 tiny regions.

On each of them to stop at the smallest share, as `maximin` does, gives other shares.
"""

import json
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import pytest

from meetsched.domain.instance import Instance, Objective
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.rules import Tier
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.oracle.region import reach, region

SEEDS: list[int] = json.loads((Path(__file__).parent / "leximin_seeds.json").read_text(encoding="utf-8"))
"""Regions in which the plan with the most points among the fairest to the worst-off city is another one."""
CHUNK = 10
GIVE = Decimal("0.15")


def planned(instance: Instance) -> Plan:
    outcome = plan_instance(instance, "0" * 64, SolveOptions(time_limit=7200, workers=1, deterministic=True))
    assert outcome.verdict is Verdict.OPTIMAL
    assert outcome.plan is not None
    assert verify(instance, outcome.plan).violations == ()
    return outcome.plan


def levels_of(plan: Plan) -> tuple[int, ...]:
    levels = plan.tier_by_name[Tier.BALANCE].levels
    assert levels is not None
    assert all(level.proven and level.best == level.bound for level in levels)
    return tuple(level.best for level in levels)


def test_there_are_regions_enough() -> None:
    assert len(set(SEEDS)) == len(SEEDS) >= 200


@pytest.mark.parametrize("first", range(0, len(SEEDS), CHUNK))
def test_the_shares_are_the_fairest_that_there_are(first: int) -> None:
    for seed in SEEDS[first : first + CHUNK]:
        instance = region(seed)
        truth = reach(instance)
        plan = planned(instance)
        assert plan.ideal == truth.ideal, seed
        assert levels_of(plan) == truth.fairest, seed
        assert truth.fairest not in truth.of_most_points, seed


@pytest.mark.parametrize("first", range(0, 40, CHUNK))
def test_what_later_tiers_may_give_up_counts_for_every_sum(first: int) -> None:
    """The sum of any number of the smallest shares may fall by the share given, and no further."""
    given = (Objective(tier=Tier.BALANCE, give=GIVE), Objective(tier=Tier.POINTS))
    for seed in SEEDS[first : first + CHUNK]:
        instance = region(seed).replaced(objectives=given)
        truth = reach(instance)
        plan = planned(instance)
        assert levels_of(plan) == truth.fairest, seed
        least = [most - int(GIVE * most) for most in accumulate(truth.fairest)]
        kept = [
            sum(points)
            for points in truth.points
            if all(got >= few for got, few in zip(accumulate(truth.shares(points)), least, strict=True))
        ]
        assert plan.tier_by_name[Tier.POINTS].value == max(kept), seed
