"""Exhaustive search: the best plan of a tiny instance, tier by tier, over all plans there are.

The plans of each of the one or two cities are enumerated alone, then joined. Of a city's plans that use
shared rooms and people in the very same way only those are kept that no other of them beats in points,
cost, appeal and effort at once: what one can be joined with, the other can, and every tier (balance rises
with a city's points) and every share given up favours the better one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from meetsched.domain.entities import City
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Duty
from meetsched.rules import Rule, Tier
from tests.oracle.city_plans import CityPlan, CityPlans
from tests.oracle.clock import local
from tests.oracle.figures import share
from tests.oracle.published import Disturbance, Published
from tests.oracle.sessions import World
from tests.oracle.shared import Claims, Shared
from tests.oracle.teams import Staffed


@dataclass(frozen=True)
class Truth:
    """What the search proved.

    Attributes
    ----------
    best : dict of Tier to int, or None
        Each tier's optimum in its turn; None where there is no plan.
    ideal : dict of city to int
        Each city's most points alone, for those that have a plan alone.
    meetings : tuple of PlannedMeeting
        One optimal plan.
    """

    best: Mapping[Tier, int] | None
    ideal: Mapping[str, int]
    meetings: tuple[PlannedMeeting, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether there is a plan."""
        return self.best is not None


class Side(NamedTuple):
    """A city's plan on its way into a pair; of each value more is better."""

    plan: CityPlan
    claims: Claims
    values: Mapping[Tier, int]


class _Pair(NamedTuple):
    value: int
    one: Side
    other: Side


class TooManyPlansError(Exception):
    """A city has more plans than the search was to look at."""


def search(
    instance: Instance,
    switched_off: Rule | None = None,
    most: int | None = None,
    published: Published | None = None,
    ideal: Mapping[str, int] | None = None,
) -> Truth:
    """Return the truth about an instance in which one rule (None: none) does not count.

    Beside a published plan, each city's ideal is what it could have without one; a city that has no
    plan alone then has the ideal 0, since what is over may hold rules that nothing else could. Where
    `ideal` is given, these ideals count instead.

    Raises
    ------
    TooManyPlansError
        If a city has more than `most` plans.
    """
    field = survey(instance, switched_off, most, published, ideal)
    if field.sides is None:
        return Truth(None, field.ideal)
    return _tier_by_tier(field.world, field.shared, *field.sides, field.ideal)


class Field(NamedTuple):
    """All plans of each city (None where one has none), with what is needed to join them."""

    world: World
    shared: Shared
    sides: tuple[list[Side], list[Side]] | None
    ideal: Mapping[str, int]


def survey(
    instance: Instance,
    switched_off: Rule | None = None,
    most: int | None = None,
    published: Published | None = None,
    given: Mapping[str, int] | None = None,
) -> Field:
    """Return what `search` looks through."""
    world = World(instance, switched_off, published)
    by_city = {city.id: _all_plans(world, city, most) for city in instance.cities}
    alone = by_city
    if published is not None and given is None:
        freely = World(instance, switched_off)
        alone = {city.id: _all_plans(freely, city, most) for city in instance.cities}
    ideal = given or {city: max(plan.points for plan in plans) for city, plans in alone.items() if plans}
    shared = Shared(world, list(by_city.values()))
    if not all(by_city.values()):
        return Field(world, shared, None, ideal)
    ideal = dict.fromkeys(by_city, 0) | dict(ideal)
    sides = [_sides(place, by_city[city], ideal[city], shared) for place, city in enumerate(by_city)]
    return Field(world, shared, (sides[0], sides[1] if len(sides) > 1 else [NOBODY]), ideal)


def _all_plans(world: World, city: City, most: int | None) -> list[CityPlan]:
    plans = list(islice(CityPlans(world, city), None if most is None else most + 1))
    if most is not None and len(plans) > most:
        raise TooManyPlansError
    return plans


def _tier_by_tier(
    world: World, shared: Shared, ones: list[Side], others: list[Side], ideal: Mapping[str, int]
) -> Truth:
    best: dict[Tier, int] = {}
    held: dict[Tier, int] = {}
    sure = Disturbance(0, 0) if world.published is None else world.published.of_lost_cities()
    pair = optimum(Tier.POINTS, held, shared, ones, others)
    if pair is None:
        return Truth(None, ideal)
    for objective in world.instance.active_objectives(with_baseline=world.published is not None):
        tier = objective.tier
        found = optimum(tier, held, shared, ones, others)
        assert found is not None
        pair = found
        value = pair.value - (sure.points if tier is Tier.DISRUPTION else 0)
        held[tier] = pair.value - int(objective.give * abs(value))
        best[tier] = value if tier.maximise else -value
    meetings = chain(pair.one.plan.meetings, pair.other.plan.meetings)
    return Truth(best, ideal, tuple(_planned(world.instance, meeting) for meeting in meetings))


def optimum(
    tier: Tier, held: Mapping[Tier, int], shared: Shared, ones: list[Side], others: list[Side]
) -> _Pair | None:
    """Return the pair best in a tier among those that go together and keep what is held."""
    best: _Pair | None = None
    ones, others = _hopeful(ones, others, held), _hopeful(others, ones, held)
    others.sort(key=lambda side: -side.values[tier])
    for one in sorted(ones, key=lambda side: -side.values[tier]):
        for other in others:
            value = together(tier, one, other)
            if best is not None and value <= best.value:
                break
            changed = one.plan.disturbance.meetings + other.plan.disturbance.meetings
            if shared.allows(one.claims, other.claims, changed) and keeps(one, other, held):
                best = _Pair(value, one, other)
                break
    return best


def _hopeful(sides: list[Side], others: list[Side], held: Mapping[Tier, int]) -> list[Side]:
    """Return the sides that keep what is held with, for each tier, the best of the others."""
    tops = {tier: max((side.values[tier] for side in others), default=0) for tier in held}
    return [
        side
        for side in sides
        if all(_sum(tier, side.values[tier], tops[tier]) >= least for tier, least in held.items())
    ]


def keeps(one: Side, other: Side, held: Mapping[Tier, int]) -> bool:
    return all(together(tier, one, other) >= least for tier, least in held.items())


def together(tier: Tier, one: Side, other: Side) -> int:
    return _sum(tier, one.values[tier], other.values[tier])


def _sum(tier: Tier, one: int, other: int) -> int:
    return min(one, other) if tier is Tier.BALANCE else one + other


def _sides(place: int, plans: list[CityPlan], ideal: int, shared: Shared) -> list[Side]:
    """Return a city's undominated plans."""
    fronts: dict[object, list[Side]] = {}
    for plan in plans:
        claims = shared.claims(place, plan)
        front = fronts.setdefault((claims.blocked, claims.amounts), [])
        if not any(_dominates(other.plan, plan) for other in front):
            front[:] = [other for other in front if not _dominates(plan, other.plan)]
            front.append(Side(plan, claims, _values(plan, share(plan.points, ideal))))
    return [side for front in fronts.values() for side in front]


def _values(plan: CityPlan, balance: int) -> Mapping[Tier, int]:
    return {
        Tier.DISRUPTION: -plan.disturbance.points,
        Tier.BALANCE: balance,
        Tier.POINTS: plan.points,
        Tier.COST: -plan.cost,
        Tier.APPEAL: plan.appeal,
        Tier.EFFORT: -plan.effort,
    }


def _dominates(one: CityPlan, other: CityPlan) -> bool:
    return (
        one.points >= other.points
        and one.cost <= other.cost
        and one.appeal >= other.appeal
        and one.effort <= other.effort
        and one.disturbance.points <= other.disturbance.points
        and one.disturbance.meetings <= other.disturbance.meetings
    )


NOBODY = Side(
    plan=CityPlan(meetings=(), points=0, cost=0, appeal=0, effort=0),
    claims=Claims(uses=0, blocked=0, amounts=()),
    values=dict.fromkeys(Tier, 0) | {Tier.BALANCE: 1000},
)
"""What a lone city is joined with."""


def _planned(instance: Instance, meeting: Staffed) -> PlannedMeeting:
    session = meeting.session
    return PlannedMeeting(
        city=session.city,
        topic=session.topic.id,
        start=local(session.start.absolute, instance.zone),
        venue=session.venue.id,
        people=tuple(Duty(person=name, role=role) for name, role in meeting.team.duties),
    )
