"""Every plan of a tiny instance, with how far each is from others: no plan is left out for a better one."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple
from unittest.mock import patch

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan, Repair
from meetsched.rules import Tier
from tests.oracle import teams
from tests.oracle.city_plans import CityPlan, CityPlans
from tests.oracle.figures import share
from tests.oracle.published import Now, Published
from tests.oracle.search import TooManyPlansError
from tests.oracle.sessions import World
from tests.oracle.shared import Shared

MOST = 20_000
"""So many plans, or pairs of cities' plans, are looked at."""


class Found(NamedTuple):
    """A plan: what it comes to, and how far it is from each of the others that were named."""

    values: Mapping[Tier, int]
    distances: tuple[int, ...]


def every_plan(instance: Instance, ideal: Mapping[str, int], others: Sequence[Plan]) -> list[Found]:
    """Return all plans of an instance of one or two cities.

    Raises
    ------
    TooManyPlansError
        There are more than `MOST`.
    """
    world = World(instance, None)
    with patch.object(teams, "_undominated", list):
        by_city = [_limited(CityPlans(world, city)) for city in instance.cities]
    shared = Shared(world, by_city)
    published = [Published(instance, other, Repair(baseline_sha256="0")) for other in others]
    sides = [
        [
            (plan, shared.claims(place, plan), [_distance(each, city.id, plan) for each in published])
            for plan in plans
        ]
        for place, (city, plans) in enumerate(zip(instance.cities, by_city, strict=True))
    ]
    if len(sides[0]) * len(sides[-1]) > MOST and len(sides) > 1:
        raise TooManyPlansError
    return [
        _found(instance, ideal, [side[0] for side in parts], [side[2] for side in parts])
        for parts in product(*sides)
        if len(parts) == 1 or shared.allows(parts[0][1], parts[1][1])
    ]


def _limited(plans: CityPlans) -> list[CityPlan]:
    found = []
    for plan in plans:
        found.append(plan)
        if len(found) > MOST:
            raise TooManyPlansError
    return found


def _distance(other: Published, city: str, plan: CityPlan) -> int:
    return other.disturbance(city, _now(plan)).points


def _now(plan: CityPlan) -> Iterator[Now]:
    for meeting in plan.meetings:
        duties = [(name, role.value) for name, role in meeting.team.duties]
        session = meeting.session
        yield Now(session.topic.id, session.venue.id, session.start.absolute, duties)


def _found(
    instance: Instance, ideal: Mapping[str, int], parts: Sequence[CityPlan], far: Sequence[Sequence[int]]
) -> Found:
    shares = [share(part.points, ideal[city.id]) for part, city in zip(parts, instance.cities, strict=True)]
    values = {
        Tier.BALANCE: min(shares),
        Tier.POINTS: sum(part.points for part in parts),
        Tier.COST: sum(part.cost for part in parts),
        Tier.APPEAL: sum(part.appeal for part in parts),
        Tier.EFFORT: sum(part.effort for part in parts),
    }
    return Found(values, tuple(map(sum, zip(*far, strict=True))))
