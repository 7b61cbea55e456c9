"""Whether what a plan says of its tiers fits its meetings, the instance and itself."""

from collections.abc import Iterator, Mapping
from math import floor

from meetsched.domain.plan import PlanStatus, TierResult
from meetsched.rules import Tier
from meetsched.verify.case import Case
from meetsched.verify.checks import Finding
from meetsched.verify.levels import check_levels, levels_proven
from meetsched.verify.objectives import has_ideals


def check_proofs(case: Case, values: Mapping[Tier, int]) -> Iterator[Finding]:
    """Compare each tier with its recomputed value, and the status with what the tiers prove."""
    unproven: TierResult | None = None
    for tier in case.plan.tiers:
        yield from check_levels(case, tier)
        messages = [*_check_value(tier, values), *_check_bound(tier)]
        if tier.proven and unproven is not None:
            messages.append(f"it is called proven, though {unproven.name} before it is not")
        for message in messages:
            yield Finding((), f"Tier {tier.name}: {message}.")
        unproven = unproven or (None if tier.proven and levels_proven(tier) else tier)
    if case.plan.status is PlanStatus.OPTIMAL:
        yield from _check_optimal(case)
    if Tier.BALANCE in case.plan.tier_by_name and not has_ideals(case):
        yield Finding((), "Tier balance: it needs two cities or more, and from the plan the ideal of each.")


def _check_value(tier: TierResult, values: Mapping[Tier, int]) -> Iterator[str]:
    if tier.name in values and tier.value != values[tier.name]:
        yield f"its value is {tier.value}, but should be {values[tier.name]}"


def _check_bound(tier: TierResult) -> Iterator[str]:
    """Check that value, best and bound come in the order in which they have to."""
    sign = 1 if tier.name.maximise else -1
    if sign * tier.value > sign * tier.bound:
        yield f"its value {tier.value} is better than its bound {tier.bound}"
    if sign * tier.best > sign * tier.bound:
        yield f"its best {tier.best} is better than its bound {tier.bound}"
    if sign * (tier.best - tier.value) > floor(tier.give * abs(tier.best)):
        yield f"its value {tier.value} gives up more of its best {tier.best} than {tier.give} of it"
    if tier.proven and tier.best != tier.bound:
        yield f"it is called proven, but its best is {tier.best} and its bound {tier.bound}"


def _check_optimal(case: Case) -> Iterator[Finding]:
    """Check that every tier that counts is listed and proven, in the instance's order and with its give."""
    for tier in case.plan.tiers:
        if not (tier.proven and levels_proven(tier)):
            yield Finding((), f"The plan is called optimal, but its tier {tier.name} is not proven.")
    asked = case.instance.active_objectives(with_baseline=case.plan.repair is not None)
    stated = [(tier.name, tier.give) for tier in case.plan.tiers]
    if stated != [(objective.tier, objective.give) for objective in asked]:
        names = ", ".join(objective.tier for objective in asked)
        yield Finding(
            (), f"The plan is called optimal, but its tiers are not those of the instance: {names}."
        )
