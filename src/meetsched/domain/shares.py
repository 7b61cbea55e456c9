"""What cities get of what they could have, who uses what they share, and what each gives up to whom."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from meetsched.domain.entities import Coverage, MonthlyMeetings, PubMeetings
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, Plan

FULL_SHARE = 1000
"""The share, in thousandths, of a city that gets its ideal; nobody gets more."""


def share_of(points: int, ideal: int) -> int:
    """Return what points are of a city's ideal, in thousandths rounded down; nobody lacks any of 0."""
    return min(FULL_SHARE, FULL_SHARE * points // ideal) if ideal else FULL_SHARE


class Kind(StrEnum):
    """What cities share."""

    VENUE = "venue"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Most:
    """The most points of a city while some meetings of others stand.

    Attributes
    ----------
    points : int
        The most that were found.
    bound : int
        It cannot get more.
    """

    points: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether it is known to be the most."""
        return self.points >= self.bound


@dataclass(frozen=True, slots=True)
class Gain:
    """What a city would gain without another one; `least` and `most` are the same where it is proven."""

    least: int
    most: int

    @property
    def proven(self) -> bool:
        """Whether it is known exactly."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class CityShare:
    """What a plan gives a city, and what the city gives up.

    Attributes
    ----------
    city : str
    points, ideal : int
        What it gets, and its ideal as the plan states it, else as far as found.
    alone : Most or None
        Its most points if no other city used anything; in a repaired plan what is over of its own stays.
        This and the following are None where they were not asked for, or the time was too short.
    beside : Most or None
        Its most points while all meetings of the others stand as they are.
    without : mapping of str to Most
        For each other city its most points if that one used nothing while those of the rest stand.
    """

    city: str
    points: int
    ideal: int | None
    alone: Most | None = None
    beside: Most | None = None
    without: Mapping[str, Most] = field(default_factory=dict)

    @property
    def share(self) -> int | None:
        """What it gets of its ideal, in thousandths rounded down, at most 1000."""
        return None if self.ideal is None else share_of(self.points, self.ideal)

    @property
    def given_up(self) -> Gain | None:
        """What the others' use of what they share takes from it."""
        return None if self.alone is None or self.beside is None else _gain(self.beside, self.alone)

    @property
    def left(self) -> Gain | None:
        """What it could have beside the others and does not: given up for other aims of the plan."""
        if self.beside is None:
            return None
        return _gain(Most(self.points, self.points), self.beside)

    def given_to(self, other: str) -> Gain | None:
        """Return what it would gain if another city used nothing, and the rest stayed as it is."""
        if self.beside is None or other not in self.without:
            return None
        return _gain(self.beside, self.without[other])


def _gain(now: Most, then: Most) -> Gain:
    return Gain(max(0, then.points - now.bound), max(0, then.bound - now.points))


@dataclass(frozen=True, slots=True)
class Shared:
    """A venue or a person that several cities may use, and the meetings of the plan that do.

    Attributes
    ----------
    kind : Kind
    id : str
    cities : tuple of str
        Those that may, in the instance's order.
    meetings : tuple of Meeting
        In the order of time.
    """

    kind: Kind
    id: str
    cities: tuple[str, ...]
    meetings: tuple[Meeting, ...]

    @property
    def users(self) -> tuple[str, ...]:
        """The cities that do, in the order of time."""
        return tuple(dict.fromkeys(meeting.city for meeting in self.meetings))


@dataclass(frozen=True, slots=True)
class Shares:
    """The coordinator's view of a plan.

    Attributes
    ----------
    cities : tuple of CityShare
        In the instance's order.
    shared : tuple of Shared
        What is used, venues first.
    """

    cities: tuple[CityShare, ...]
    shared: tuple[Shared, ...]

    @property
    def weighed(self) -> bool:
        """Whether it was asked what the cities give up, and to whom."""
        return any(city.alone is not None for city in self.cities)

    @property
    def complete(self) -> bool:
        """Whether all that was asked for is proven."""
        return all(
            city.alone is not None
            and city.beside is not None
            and city.without.keys() == {other.city for other in self.cities} - {city.city}
            and all(most.proven for most in (city.alone, city.beside, *city.without.values()))
            for city in self.cities
        )


def shares(instance: Instance, plan: Plan) -> Shares:
    """Return what a plan gives each city, and who uses what; not what the cities give up."""
    ideal = plan.ideal or {}
    points = dict.fromkeys(instance.city_by_id, 0)
    for meeting in plan.meetings:
        points[meeting.city] = points.get(meeting.city, 0) + meeting.points
    cities = (CityShare(city.id, points[city.id], ideal.get(city.id)) for city in instance.cities)
    return Shares(tuple(cities), tuple(shared_uses(instance, plan.meetings)))


def shared_uses(instance: Instance, meetings: Iterable[Meeting]) -> Iterator[Shared]:
    """Yield each venue, then each person, that several cities may use and some meetings do.

    Those that most cities use come first, in the instance's order otherwise.
    """
    at: dict[str, list[Meeting]] = {}
    of: dict[str, list[Meeting]] = {}
    for meeting in sorted(meetings, key=lambda meeting: (meeting.start, meeting.id)):
        at.setdefault(meeting.venue, []).append(meeting)
        for person in dict.fromkeys(duty.person for duty in meeting.people):
            of.setdefault(person, []).append(meeting)
    found = [
        *(
            (Kind.VENUE, venue.id, instance.cities_of_venue(venue), at[venue.id])
            for venue in instance.venues
            if venue.id in at
        ),
        *(
            (Kind.PERSON, person.id, instance.cities_of_person(person), of[person.id])
            for person in instance.people
            if person.id in of
        ),
    ]
    several = [
        Shared(kind, name, _in_order(instance, cities), tuple(held))
        for kind, name, cities, held in found
        if len(set(cities)) > 1
    ]
    yield from sorted(several, key=lambda each: (each.kind is Kind.PERSON, -len(each.users)))


def as_if_absent(instance: Instance, cities: Collection[str]) -> Instance:
    """Return the instance in which some cities hold no meeting and miss none."""
    idle = {
        "meetings_per_month": MonthlyMeetings(min=0),
        "open_meetings_per_month": 0,
        "coverage": Coverage(),
        "min_host_institutions": 0,
        "pub_meetings": PubMeetings(),
        "formats": {},
    }
    return instance.replaced(
        cities=tuple(city.model_copy(update=idle) if city.id in cities else city for city in instance.cities),
        topics=tuple(
            topic.model_copy(
                update={"cities": tuple(c for c in instance.cities_of_topic(topic) if c not in cities)}
            )
            for topic in instance.topics
        ),
        pins=tuple(pin for pin in instance.pins if pin.city not in cities),
    )


def concerns(instance: Instance, city: str, meeting: Meeting) -> bool:
    """Whether a meeting of another city uses a venue or a person that the city may use."""
    venue = instance.venue_by_id.get(meeting.venue)
    if venue is not None and city in instance.cities_of_venue(venue):
        return True
    people = (instance.person_by_id.get(duty.person) for duty in meeting.people)
    return any(person is not None and city in instance.cities_of_person(person) for person in people)


def _in_order(instance: Instance, cities: Iterable[str]) -> tuple[str, ...]:
    may = set(cities)
    return tuple(city.id for city in instance.cities if city.id in may)
