"""Exhaustive search for a frontier: every pair of points and cost that no plan beats in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meetsched.domain.instance import Instance, Objective
from meetsched.rules import Tier
from tests.oracle.search import Field, Side, keeps, optimum, survey, together

TRADED = (Tier.POINTS, Tier.COST)


@dataclass(frozen=True)
class Curve:
    """What the search proved.

    Attributes
    ----------
    held : dict of Tier to int
        The optima of the tiers that count before points and cost.
    plans : dict of (int, int) to dict of Tier to int
        For points and cost of each efficient plan, the optima of the tiers that break ties.
    """

    held: Mapping[Tier, int]
    plans: Mapping[tuple[int, int], Mapping[Tier, int]]


def curve(instance: Instance) -> Curve | None:
    """Return the frontier of an instance; None where there is no plan."""
    field = survey(instance)
    if field.sides is None or optimum(Tier.POINTS, {}, field.shared, *field.sides) is None:
        return None
    objectives = instance.active_objectives()
    traded = [place for place, each in enumerate(objectives) if each.tier in TRADED]
    first = min(traded, default=len(objectives))
    floors: dict[Tier, int] = {}
    held = _in_turn(field, objectives[:first], floors)
    ties = [each for each in objectives[first:] if each.tier not in TRADED]
    pairs = _pairs(field, floors)
    efficient = {pair for pair in pairs if not any(_beats(other, pair) for other in pairs)}
    return Curve(
        held,
        {
            (points, cost): _in_turn(field, ties, floors | {Tier.POINTS: points, Tier.COST: -cost})
            for points, cost in efficient
        },
    )


def _in_turn(field: Field, objectives: Sequence[Objective], floors: dict[Tier, int]) -> dict[Tier, int]:
    """Return the optima of tiers, one after the other; `floors` holds what later ones must keep."""
    assert field.sides is not None
    best: dict[Tier, int] = {}
    for each in objectives:
        found = optimum(each.tier, floors, field.shared, *field.sides)
        assert found is not None
        floors[each.tier] = found.value - int(each.give * abs(found.value))
        best[each.tier] = found.value if each.tier.maximise else -found.value
    return best


def _pairs(field: Field, floors: Mapping[Tier, int]) -> set[tuple[int, int]]:
    """Return points and cost of all plans that keep what is held."""
    assert field.sides is not None

    def goes(one: Side, other: Side) -> bool:
        return field.shared.allows(one.claims, other.claims, 0) and keeps(one, other, floors)

    ones, others = field.sides
    return {
        (together(Tier.POINTS, one, other), -together(Tier.COST, one, other))
        for one in ones
        for other in others
        if goes(one, other)
    }


def _beats(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and one[0] >= other[0] and one[1] <= other[1]
