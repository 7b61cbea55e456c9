"""The objectives of a plan, recomputed from the instance."""

from meetsched.rules import Tier
from meetsched.verify.case import Case

FULL_BALANCE = 1000


def objectives(case: Case) -> dict[Tier, int]:
    """Return each tier's value, as far as it counts.

    `balance` needs two cities or more, and for each its ideal in the plan; `disruption` a baseline.
    """
    figures = case.figures.values()
    values = {
        Tier.POINTS: sum(each.points for each in figures),
        Tier.COST: sum(each.cost.total for each in figures),
        Tier.APPEAL: sum(each.appeal for each in figures),
        Tier.EFFORT: sum(len(held.people) for held in case.meetings),
    }
    if has_ideals(case):
        values[Tier.BALANCE] = _balance(case)
    if case.difference is not None:
        values[Tier.DISRUPTION] = case.difference.disruption
    return values


def has_ideals(case: Case) -> bool:
    """Whether balance can be told: there are cities to balance, and the plan says what is ideal for each."""
    cities = case.instance.cities
    return len(cities) > 1 and all(city.id in (case.plan.ideal or {}) for city in cities)


def _balance(case: Case) -> int:
    """Return the smallest share of its ideal that a city gets, in thousandths rounded down."""
    ideal = case.plan.ideal or {}
    shares = [FULL_BALANCE]
    for city, meetings in case.by_city():
        if ideal[city.id] > 0:
            points = sum(case.figures[held].points for held in meetings)
            shares.append(FULL_BALANCE * points // ideal[city.id])
    return min(shares)
