"""What a plan comes to, summed up by city, person, institution type and shared venue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from meetsched.domain.calendar import Month
from meetsched.domain.entities import City, InstitutionType, Person, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.plan import CostBreakdown, Plan
from meetsched.domain.shares import share_of
from meetsched.domain.words import TYPE_NAMES, one_line
from meetsched.export.agenda import AgendaItem
from meetsched.export.attendance import Attendance

COLOURS = 8
"""Colours of cities in the style sheet; with more cities they come round again."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """An institution type's presence: per meeting the institutions that stand for it, and the demand.

    `at_each` tells that every meeting must have it, `at_least` how many must otherwise.
    """

    type: InstitutionType
    present: tuple[tuple[str, ...], ...]
    at_each: bool
    at_least: int

    @property
    def name(self) -> str:
        """The type as people say it."""
        return TYPE_NAMES[self.type]

    @property
    def demand(self) -> str:
        """What the city demands, in words; empty where nothing."""
        if self.at_each:
            return "at each"
        return f"at {self.at_least} or more" if self.at_least else ""

    @property
    def meetings(self) -> int:
        """At how many meetings the type is present."""
        return sum(map(bool, self.present))


@dataclass(frozen=True, slots=True)
class CityOverview:
    """A city's meetings, money (cents), coverage and, with several cities, its share.

    `share` is what the city gets of its `ideal`, in thousandths and at most 1000; both are None where
    the plan names no ideal.
    """

    id: str
    name: str
    place: int
    items: tuple[AgendaItem, ...]
    points: int
    cost: CostBreakdown
    budget: int | None
    coverage: tuple[CoverageRow, ...]
    ideal: int | None
    share: int | None


@dataclass(frozen=True, slots=True)
class Load:
    """A person's duties, per month of the horizon and in all, against the most allowed."""

    name: str
    institution: str
    months: tuple[int, ...]
    total: int
    most: int | None
    most_a_month: int | None
    overtime_minutes: int

    def is_full(self, duties: int) -> bool:
        """Whether a month with so many duties leaves room for none."""
        return self.most_a_month is not None and duties >= self.most_a_month


@dataclass(frozen=True, slots=True)
class VenueUse:
    """One city's meetings in a shared venue, and how many it may have there."""

    city: str
    place: int
    items: tuple[AgendaItem, ...]
    quota: int | None


@dataclass(frozen=True, slots=True)
class SharedVenue:
    """A venue that several cities may use, and who does."""

    name: str
    uses: tuple[VenueUse, ...]
    most: int | None


def city_overviews(instance: Instance, plan: Plan, items: Sequence[AgendaItem]) -> tuple[CityOverview, ...]:
    """Return an overview of each city, in the order of the instance."""
    of_city: dict[str, list[AgendaItem]] = {}
    for item in items:
        of_city.setdefault(item.meeting.city, []).append(item)
    return tuple(
        _city_overview(city, place, tuple(of_city.get(city.id, ())), plan)
        for place, city in enumerate(instance.cities)
    )


def person_loads(instance: Instance, items: Sequence[AgendaItem]) -> tuple[Load, ...]:
    """Return the load of everybody who has a duty, those with most first."""
    duties: dict[str, list[tuple[date, Attendance]]] = {}
    for item in items:
        for one in item.people:
            duties.setdefault(one.person, []).append((item.start.date(), one))
    months = instance.horizon.months()
    loads = [_load(instance.person_by_id.get(who), months, what) for who, what in duties.items()]
    return tuple(sorted(loads, key=lambda load: (-load.total, load.institution, load.name)))


def colours(cities: Iterable[CityOverview], items: Iterable[AgendaItem]) -> dict[str, int]:
    """Return each city's colour; the last one for cities that the instance no longer knows."""
    unknown = dict.fromkeys((item.meeting.city for item in items), COLOURS - 1)
    return unknown | {city.id: city.place % COLOURS for city in cities}


def idle_people(instance: Instance, items: Sequence[AgendaItem]) -> tuple[str, ...]:
    """Return the names of those who could be on duty and are not, in the order of the alphabet."""
    busy = {one.person for item in items for one in item.people}
    return tuple(sorted(one_line(person.name) for person in instance.people if person.id not in busy))


def shared_venues(instance: Instance, items: Sequence[AgendaItem]) -> tuple[SharedVenue, ...]:
    """Return the venues that more than one city may use and at least one does."""
    used: dict[str, list[AgendaItem]] = {}
    for item in items:
        used.setdefault(item.meeting.venue, []).append(item)
    return tuple(
        SharedVenue(one_line(venue.name), _uses(instance, venue, used[venue.id]), venue.max_uses)
        for venue in instance.venues
        if venue.id in used and len(instance.cities_of_venue(venue)) > 1
    )


def total_cost(costs: Iterable[CostBreakdown]) -> CostBreakdown:
    """Add up costs, part by part."""
    costs = tuple(costs)
    return CostBreakdown.model_construct(
        **{part: sum(getattr(cost, part) for cost in costs) for part in CostBreakdown.model_fields}
    )


def _city_overview(city: City, place: int, items: tuple[AgendaItem, ...], plan: Plan) -> CityOverview:
    points = sum(item.meeting.points for item in items)
    ideal = None if plan.ideal is None else plan.ideal.get(city.id)
    return CityOverview(
        id=city.id,
        name=one_line(city.name),
        place=place,
        items=items,
        points=points,
        cost=total_cost(item.meeting.cost for item in items),
        budget=city.budget,
        coverage=_coverage(city, items),
        ideal=ideal,
        share=None if ideal is None else share_of(points, ideal),
    )


def _coverage(city: City, items: Sequence[AgendaItem]) -> tuple[CoverageRow, ...]:
    """Return a row for each type that is demanded or present, in the order of the types."""
    rows = (_coverage_row(city, items, kind) for kind in InstitutionType)
    return tuple(row for row in rows if row.demand or any(row.present))


def _coverage_row(city: City, items: Sequence[AgendaItem], kind: InstitutionType) -> CoverageRow:
    return CoverageRow(
        type=kind,
        present=tuple(_institutions_of(kind, item) for item in items),
        at_each=kind in city.coverage.each_meeting,
        at_least=city.coverage.at_least.get(kind, 0),
    )


def _institutions_of(kind: InstitutionType, item: AgendaItem) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(one.institution for one in item.people if one.covers_type and one.type is kind)
    )


def _load(person: Person | None, months: Sequence[Month], duties: Sequence[tuple[date, Attendance]]) -> Load:
    which = [Month.of(day) for day, _ in duties]
    _, anyone = duties[0]
    return Load(
        name=anyone.name,
        institution=anyone.institution,
        months=tuple(which.count(month) for month in months),
        total=len(duties),
        most=person.max_meetings if person else None,
        most_a_month=person.max_per_month if person else None,
        overtime_minutes=sum(one.overtime_minutes for _, one in duties),
    )


def _uses(instance: Instance, venue: Venue, items: Sequence[AgendaItem]) -> tuple[VenueUse, ...]:
    """Return each city's uses of a venue, given its meetings; of cities that may use it and do not, too."""
    there: dict[str, list[AgendaItem]] = {}
    for item in items:
        there.setdefault(item.meeting.city, []).append(item)
    may = instance.cities_of_venue(venue)
    return tuple(
        VenueUse(one_line(city.name), place, tuple(there.get(city.id, ())), venue.quota.get(city.id))
        for place, city in enumerate(instance.cities)
        if city.id in may or city.id in there
    )
