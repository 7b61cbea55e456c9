"""Which cities share nothing with the others, and what each group of them needs of an instance.

Two cities can get into each other's way only at a venue or through a person: no two meetings may clash
there, and a limit on the uses of a venue or on the load of a person counts the meetings of all cities.
Every other rule counts the meetings of one city: its calendar, topics, pins, coverage and budget, a venue's
quota for it, its use of venues and of outside experts. A firm comes to meetings of several cities, and no
rule says how often, so that firms join no cities.

A venue or a person joins the cities that could make use of them. Where a city may use one but never can (no
topic fits the room, there is no role in which the person would serve), it is not joined to others, as far
as that can be told without looking at dates.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from meetsched.candidates.staffing import useful_roles
from meetsched.candidates.turnout import seats
from meetsched.domain.entities import City, Company, Person, Topic, Venue, VenueKind
from meetsched.domain.instance import Instance
from meetsched.domain.reach import Reach
from meetsched.domain.scalars import MINUTES_PER_DAY, Weekday, WeeklyTable, Window

_ALWAYS: WeeklyTable = {day: (Window(0, MINUTES_PER_DAY),) for day in Weekday}


class _Entry(Protocol):
    @property
    def id(self) -> str: ...


_E = TypeVar("_E", bound=_Entry)


@dataclass(frozen=True, slots=True)
class Part:
    """Cities that share nothing with the others, and the venues and people that they could make use of."""

    cities: tuple[City, ...]
    venues: tuple[Venue, ...]
    people: tuple[Person, ...]


class Parts:
    """The parts of an instance, in the order of their first cities; each as an instance on demand.

    Parameters
    ----------
    instance : Instance
    """

    def __init__(self, instance: Instance) -> None:
        self._whole = instance
        self._reach = Reach(instance)

    @cached_property
    def all(self) -> tuple[Part, ...]:
        """All parts."""
        cities, uses = self._whole.cities, _Uses(self._reach)
        venues = {city.id: tuple(uses.venues(city)) for city in cities}
        people = {city.id: tuple(uses.people(city)) for city in cities}
        return tuple(
            Part(
                tuple(self._whole.city_by_id[name] for name in group),
                self._in_order(self._place_of_venue, group, venues),
                self._in_order(self._place_of_person, group, people),
            )
            for group in _joined([city.id for city in cities], [venues, people])
        )

    def instance(self, part: Part) -> Instance:
        """Return a part as an instance of its own."""
        whole, ids = self._whole, [city.id for city in part.cities]
        homes = [person.institution for person in part.people]
        homes += [venue.institution for venue in part.venues if venue.institution is not None]
        return whole.replaced(
            pins=tuple(pin for pin in whole.pins if pin.city in ids),
            cities=part.cities,
            institutions=tuple(whole.institution_by_id[home] for home in dict.fromkeys(homes)),
            topics=tuple(
                topic for topic in whole.topics if any(city in whole.cities_of_topic(topic) for city in ids)
            ),
            venues=part.venues,
            people=part.people,
            companies=tuple(self._companies(ids)),
        )

    def _companies(self, cities: Sequence[str]) -> Iterator[Company]:
        """Yield the companies that attend; one at home elsewhere is told the hours that it has there."""
        place = self._place_of_company
        for company in self._in_order(place, cities, self._reach.companies):
            if company.city in cities:
                yield company
            else:
                hours = company.available
                if hours is None:
                    hours = self._whole.city_by_id[company.city].company_hours
                known = {"city": cities[0], "available": _ALWAYS if hours is None else hours}
                yield company.model_copy(update=known)

    @cached_property
    def _place_of_venue(self) -> Mapping[str, int]:
        return _places(self._whole.venues)

    @cached_property
    def _place_of_person(self) -> Mapping[str, int]:
        return _places(self._whole.people)

    @cached_property
    def _place_of_company(self) -> Mapping[str, int]:
        return _places(self._whole.companies)

    @staticmethod
    def _in_order(
        place: Mapping[str, int], cities: Iterable[str], of_city: Mapping[str, Iterable[_E]]
    ) -> tuple[_E, ...]:
        """Return what some cities have between them, each once, in the instance's order."""
        found = {entry.id: entry for city in cities for entry in of_city[city]}
        return tuple(sorted(found.values(), key=lambda entry: place[entry.id]))


class _Uses:
    """Tells of which venues and people a city could make use."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._instance = reach.instance
        self._pinned: dict[str, set[str]] = {}
        for pin in self._instance.pins:
            self._pinned.setdefault(pin.city, set()).update(each.person for each in pin.people)

    def venues(self, city: City) -> Iterator[Venue]:
        """Yield the venues in which the city could hold a meeting."""
        topics = self._topics(city)
        for venue in self._reach.venues[city.id]:
            if _admits(venue, city) and any(_fits(venue, city, topic) for topic in topics):
                yield venue

    def people(self, city: City) -> Iterator[Person]:
        """Yield the people who could serve a meeting of the city."""
        tags = {tag for topic in self._topics(city) for tag in topic.expertise}
        pinned: Collection[str] = self._pinned.get(city.id, ())
        for person in self._reach.people[city.id]:
            works = 0 not in (person.max_meetings, person.max_per_month)
            if works and useful_roles(self._reach, city, person, tags, pinned=person.id in pinned):
                yield person

    def _topics(self, city: City) -> list[Topic]:
        instance = self._instance
        return [topic for topic in instance.topics if city.id in instance.cities_of_topic(topic)]


def _admits(venue: Venue, city: City) -> bool:
    """Whether the limits of a venue and of a city that it is open to let the city use it at all."""
    no_pubs = venue.kind is VenueKind.PUB and city.pub_meetings.max == 0
    no_travel = venue.city != city.id and city.max_away_meetings == 0
    none_left = 0 in (venue.max_uses, venue.quota.get(city.id), city.max_uses_per_venue)
    return not (no_pubs or no_travel or none_left)


def _fits(venue: Venue, city: City, topic: Topic) -> bool:
    """Whether a topic finds its equipment in a venue, and seats for those who have to come."""
    equipped = set(topic.equipment) <= set(venue.equipment)
    return equipped and seats(venue, city, topic) >= topic.min_participants


def _places(entries: Iterable[_Entry]) -> dict[str, int]:
    return {entry.id: place for place, entry in enumerate(entries)}


def _joined(cities: Sequence[str], shared: Iterable[Mapping[str, Iterable[_Entry]]]) -> list[list[str]]:
    """Return the groups of cities that are linked by what they have in common, in the cities' order."""
    leader = {city: city for city in cities}

    def lead(city: str) -> str:
        while leader[city] != city:
            leader[city] = leader[leader[city]]
            city = leader[city]
        return city

    for of_city in shared:
        first: dict[str, str] = {}
        for city in cities:
            for entry in of_city[city]:
                leader[lead(city)] = lead(first.setdefault(entry.id, city))
    groups: dict[str, list[str]] = {}
    for city in cities:
        groups.setdefault(lead(city), []).append(city)
    return list(groups.values())
