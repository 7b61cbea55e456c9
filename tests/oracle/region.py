"""Random tiny regions: two or three cities that want the same rooms and experts, and what they can get."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from random import Random
from typing import Any, NamedTuple

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from tests.oracle.city_plans import CityPlan, CityPlans
from tests.oracle.figures import share
from tests.oracle.sessions import World
from tests.oracle.shared import Claims, Shared

STARTS = (("2027-02-02", "10:00"), ("2027-02-03", "10:00"), ("2027-02-03", "17:00"))


def region(seed: int, **changes: Any) -> Instance:
    """Return the random region of a seed, in which the smallest shares count one after the other."""
    return Instance.model_validate(document(seed) | changes)


def document(seed: int) -> dict[str, Any]:
    """Return the random region of a seed as a document of schema ``meetsched/1``."""
    random = Random(seed)
    cities = ["aa", "bb", "cc"][: 2 if random.random() < 0.2 else 3]
    topics = [f"t{number}" for number in range(random.choice([2, 3, 3]))]
    starts = random.sample(STARTS, random.choice([2, 2, 3]))
    return {
        "schema": "meetsched/1",
        "id": f"region-{seed}",
        "horizon": {"start": "2027-02-02", "end": "2027-02-03"},
        "timezone": "Europe/Warsaw",
        "slots": [{"weekdays": ["tue" if "02-02" in day else "wed"], "starts": [at]} for day, at in starts],
        "balance": "leximin",
        "objectives": ["balance", "points"],
        "institutions": [{"id": "i", "name": "I", "type": "university"}],
        "cities": [_city(random, city) for city in cities],
        "topics": [_topic(random, topic, cities) for topic in topics],
        "venues": [_venue(random, "hall", cities[0], "all")]
        + [_venue(random, f"room-{city}", city, [city]) for city in cities if random.random() < 0.2],
        "people": [
            {
                "id": "expert",
                "name": "Expert",
                "institution": "i",
                "roles": ["expert"],
                "expertise": ["law"],
                "max_meetings": random.choice([1, 2, 3]),
            }
        ],
        "companies": [_company(random, place, cities, topics) for place in range(random.choice([6, 9, 12]))],
    }


def _city(random: Random, city: str) -> dict[str, Any]:
    return {
        "id": city,
        "name": city.upper(),
        "meetings_per_month": {"min": 0, "max": random.choice([1, 2, 2])},
        "min_days_between": random.choice([1, 1, 2]),
        "coverage": {"at_least": {}},
        "crew": {"broker": 0, "presenter": 0},
        "reserved_seats": 0,
    }


def _topic(random: Random, topic: str, cities: Sequence[str]) -> dict[str, Any]:
    wanting = random.sample(cities, random.randint(1, len(cities))) if random.random() < 0.3 else "all"
    return {
        "id": topic,
        "title": topic,
        "minutes": random.choice([60, 90]),
        "expertise": ["law"] if random.random() < 0.4 else [],
        "demand": random.choice([0, 0, 1, 3]),
        "min_participants": 0,
        "cities": wanting,
    }


def _venue(random: Random, venue: str, city: str, open_to: str | list[str]) -> dict[str, Any]:
    entry = {
        "id": venue,
        "name": venue,
        "kind": "private",
        "city": city,
        "open_to": open_to,
        "capacity": random.choice([2, 4, 9]),
        "turnaround_minutes": random.choice([0, 30, 24 * 60]),
    }
    if random.random() < 0.4:
        entry["max_uses"] = random.choice([2, 3])
    return entry


def _company(random: Random, number: int, cities: Sequence[str], topics: Sequence[str]) -> dict[str, Any]:
    wanted = random.sample(topics, random.randint(1, len(topics)))
    entry: dict[str, Any] = {
        "id": f"f{number}",
        "name": f"Firm {number}",
        "city": random.choice(cities),
        "interests": {topic: random.randint(1, 3) for topic in wanted},
    }
    if random.random() < 0.4:
        entry["available"] = {random.choice(["tue", "wed"]): [random.choice(["08:00-14:00", "09:00-19:00"])]}
    return entry


class Reach(NamedTuple):
    """All that the cities of a region can get.

    Attributes
    ----------
    ideal : dict of city to int
        The most points of each alone.
    points : set of tuple of int
        The cities' points, for every way in which plans of theirs go together; of plans that take the
        same from the others, only the one with the most points counts.
    """

    ideal: Mapping[str, int]
    points: frozenset[tuple[int, ...]]

    def shares(self, points: Sequence[int]) -> tuple[int, ...]:
        """Return the cities' shares in rising order."""
        return tuple(sorted(share(got, most) for got, most in zip(points, self.ideal.values(), strict=True)))

    @property
    def fairest(self) -> tuple[int, ...]:
        """The lexicographically largest shares in rising order."""
        return max(map(self.shares, self.points))

    @property
    def of_most_points(self) -> set[tuple[int, ...]]:
        """The shares of all plans with the most points among those with the largest smallest share."""
        least = self.fairest[0]
        kept = [points for points in self.points if self.shares(points)[0] == least]
        most = max(map(sum, kept))
        return {self.shares(points) for points in kept if sum(points) == most}


def reach(instance: Instance) -> Reach:
    """Return what the cities of a region can get: every way to join plans of theirs is looked at."""
    world = World(instance, None)
    plans = [list(CityPlans(world, city)) for city in instance.cities]
    pairs = {(a, b): Shared(world, [plans[a], plans[b]]) for a, b in combinations(range(len(plans)), 2)}
    ideal = {
        city.id: max(plan.points for plan in own) for city, own in zip(instance.cities, plans, strict=True)
    }
    sides = [list(_sides(place, own, pairs)) for place, own in enumerate(plans)]
    joined = _joined(sides, pairs, ())
    return Reach(ideal, frozenset(tuple(points for points, _ in chosen) for chosen in joined))


Pairs = Mapping[tuple[int, int], Shared]
Side = tuple[int, Mapping[int, Claims]]
"""A city's points, and what it takes, as seen by each of the other cities."""


def _sides(place: int, plans: Sequence[CityPlan], pairs: Pairs) -> Iterator[Side]:
    """Yield of a city's plans that take the same only the one with the most points."""
    best: dict[object, Side] = {}
    for plan in plans:
        claims = {
            (b if place == a else a): shared.claims(int(place == b), plan)
            for (a, b), shared in pairs.items()
            if place in (a, b)
        }
        key = tuple(sorted(claims.items()))
        if key not in best or best[key][0] < plan.points:
            best[key] = (plan.points, claims)
    yield from best.values()


def _joined(
    sides: Sequence[Sequence[Side]], pairs: Pairs, chosen: tuple[Side, ...]
) -> Iterator[tuple[Side, ...]]:
    place = len(chosen)
    if place == len(sides):
        if pairs[0, 1].within([next(iter(claims.values())) for _, claims in chosen]):
            yield chosen
        return
    for side in sides[place]:
        if all(
            pairs[before, place].allows(other[1][place], side[1][before])
            for before, other in enumerate(chosen)
        ):
            yield from _joined(sides, pairs, (*chosen, side))


def beside(instance: Instance, plan: Plan, city: str, absent: Collection[str], as_of: date = date.min) -> int:
    """Return the most points of a city while the others' meetings stand, those of absent cities apart.

    Its own that start before a date stay.
    """
    world = World(instance, None)
    plans = {each.id: list(CityPlans(world, each)) for each in instance.cities}
    standing = {
        other: next(each for each in plans[other] if _decided(each) == _stated(plan, other))
        for other in plans
        if other != city and other not in absent
    }
    shared = {other: Shared(world, [plans[city], [held]]) for other, held in standing.items()}
    theirs = {other: shared[other].claims(1, held) for other, held in standing.items()}
    over = _stated(plan, city, as_of)
    return max(own.points for own in plans[city] if over <= _decided(own) and _goes_with(own, shared, theirs))


def _goes_with(own: CityPlan, shared: Mapping[str, Shared], theirs: Mapping[str, Claims]) -> bool:
    ours = {other: each.claims(0, own) for other, each in shared.items()}
    return all(
        each.allows(ours[other], theirs[other]) and each.within([ours[other], *theirs.values()])
        for other, each in shared.items()
    )


def _decided(plan: CityPlan) -> set[tuple[str, str, int]]:
    return {
        (meeting.session.topic.id, meeting.session.venue.id, meeting.session.start.absolute)
        for meeting in plan.meetings
    }


def _stated(plan: Plan, city: str, before: date = date.max) -> set[tuple[str, str, int]]:
    return {
        (meeting.topic, meeting.venue, int(meeting.start.timestamp()))
        for meeting in plan.meetings
        if meeting.city == city and meeting.start.date() < before
    }
