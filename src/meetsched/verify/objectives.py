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
    return shares(case)[0]


def shares(case: Case) -> list[int]:
    """Return what each city gets of its ideal, in thousandths rounded down, in rising order."""
    ideal = case.plan.ideal or {}
    found = []
    for city, meetings in case.by_city():
        points = sum(case.figures[held].points for held in meetings)
        share = FULL_BALANCE * points // ideal[city.id] if ideal[city.id] else FULL_BALANCE
        found.append(min(FULL_BALANCE, share))
    return sorted(found)
