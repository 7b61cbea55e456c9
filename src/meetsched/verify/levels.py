"""Whether the shares that a plan states one after the other are its cities', and fit what is said of them."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import floor

from meetsched.domain.instance import Fairness
from meetsched.domain.plan import LevelResult, PlanStatus, TierResult
from meetsched.rules import Tier
from meetsched.verify.case import Case
from meetsched.verify.checks import Finding
from meetsched.verify.objectives import has_ideals, shares


def check_levels(case: Case, tier: TierResult) -> Iterator[Finding]:
    """Compare a tier's levels with the cities' shares, in rising order, and with each other."""
    if tier.levels is None:
        asked = tier.name is Tier.BALANCE and case.instance.balance is Fairness.LEXIMIN
        if asked and case.plan.status is PlanStatus.OPTIMAL:
            yield Finding(
                (), "The plan is called optimal, but says nothing of the shares after the smallest."
            )
    elif tier.name is not Tier.BALANCE:
        yield Finding((), f"Tier {tier.name}: only balance has levels.")
    elif has_ideals(case):
        for message in _faults(tier, tier.levels, shares(case)):
            yield Finding((), f"Tier {tier.name}: {message}.")


def levels_proven(tier: TierResult) -> bool:
    """Whether all levels that a tier states are called proven."""
    return all(level.proven for level in tier.levels or ())


def _faults(tier: TierResult, levels: Sequence[LevelResult], right: Sequence[int]) -> Iterator[str]:
    stated = [level.value for level in levels]
    if stated != list(right):
        yield f"its levels are {_listed(stated)}, but should be {_listed(right)}"
        return
    first = levels[0]
    if (first.best, first.bound, first.proven) != (tier.best, tier.bound, tier.proven):
        yield "its first level does not say what it says itself"
    if any(later.proven and not level.proven for level, later in pairwise(levels)):
        yield "a level is called proven, though one before it is not"
    for place, level in enumerate(levels, start=1):
        if level.best > level.bound:
            yield f"level {place}: its best {level.best} is better than its bound {level.bound}"
        if level.proven and level.best != level.bound:
            yield f"level {place}: it is called proven, but its bound is {level.bound}, not {level.best}"
    best, value = (list(accumulate(each)) for each in ([level.best for level in levels], stated))
    for place, (most, got) in enumerate(zip(best, value, strict=True), start=1):
        if most - got > floor(tier.give * most):
            yield f"the first {place} levels give up more than {tier.give} of their sum {most}"
    if all(level.proven for level in levels) and value > best:
        yield f"its levels {_listed(stated)} are better than what is called their best"


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
