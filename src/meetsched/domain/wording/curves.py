"""What more money buys, in words: the same on the terminal and on the page."""

from collections.abc import Iterator

from meetsched.domain.curve import Between, Curve, Step
from meetsched.domain.proof import TIER_NAMES, tier_number
from meetsched.domain.words import count, listing, money
from meetsched.rules import Tier


def plan_in_short(points: int, cost: int, currency: str) -> str:
    """Say where a plan stands: ``52 points for 272.00 EUR``."""
    return f"{count(points, 'point')} for {money(cost, currency)}"


def step_text(step: Step, currency: str) -> str:
    """Say what the next dearer plan brings: ``11 points for 20.00 EUR``."""
    return plan_in_short(step.points, step.cost, currency)


def step_in_short(step: Step, currency: str) -> str:
    """Say the same where there is little room: ``+11 for 20.00``."""
    return f"+{step.points} for {tier_number(Tier.COST, step.cost, currency)}"


def between_text(between: Between) -> str:
    """Say what is known of the plans between two neighbours."""
    return "none, proven" if between is Between.NONE else between.value


def bought_heading(curve: Curve, currency: str) -> str:
    """Say how much more money is spoken of: ``100 EUR more buy``."""
    return f"{money(curve.amount, currency).replace('.00', '')} more buy"


def bought_text(curve: Curve, place: int) -> str:
    """Say how many points so much more money buys after a plan."""
    points, sure = curve.bought(place)
    if not points:
        return "nothing" if sure else "not settled"
    return count(points, "point") if sure else f"{count(points, 'point')} at least"


def ending(curve: Curve, currency: str) -> Iterator[str]:
    """Yield sentences on what was proven, what was not, and what lies beyond."""
    yield (
        "No plan serves as much as one of these for less money, or more for as much; that is proven of each."
    )
    if curve.held:
        names = listing([TIER_NAMES[tier] for tier in curve.held])
        yield f"What counts before both is kept in all of them: {names}."
    yield from _completeness(curve)
    if not all(each.best_of_these for each in curve.plans):
        yield "Of some, others of the same points and cost may suit your other aims better."
    if curve.own_place is None:
        own = plan_in_short(curve.own[Tier.POINTS], curve.own[Tier.COST], currency)
        yield f"The plan by your own aims has {own}; it is none of these."
    else:
        yield f"The plan by your own aims comes to the same as plan {curve.own_place + 1}."
    if curve.beyond_budget is not None:
        values = curve.beyond_budget
        beyond = plan_in_short(values[Tier.POINTS], values[Tier.COST], currency)
        yield f"The budget ends the curve: without it, a plan would serve {beyond}."


def _completeness(curve: Curve) -> Iterator[str]:
    if curve.complete:
        yield (
            "There are no others; that is proven."
            if len(curve.plans) > 1
            else "It is the only one: the cheapest plan serves the most. That is proven."
        )
        return
    if Between.NOT_ASKED_FOR in curve.between:
        yield "There may be others between them; no more were asked for."
    if Between.NOT_SETTLED in curve.between:
        yield "There may be others between some of them; the search ended before that was settled."
    if not curve.cheapest_proven:
        yield "There may be cheaper ones; the search ended before that was settled."
    if not curve.best_served_proven:
        yield "There may be some that serve more; the search ended before that was settled."
