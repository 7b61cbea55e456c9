"""What a verification looks at: an instance, a plan, what was published before, and what follows."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from meetsched.domain.difference import Difference, difference
from meetsched.domain.entities import City, Company, InstitutionType, Person, Role
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import CostBreakdown, Meeting, Plan, meeting_id
from meetsched.domain.reach import Reach
from meetsched.verify.held import Held
from meetsched.verify.money import cost
from meetsched.verify.slots import event_bonus, holiday_dates, slot_bonus
from meetsched.verify.turnout import turnout


@dataclass(frozen=True, slots=True)
class Figures:
    """A meeting's figures, recomputed from the instance.

    Attributes
    ----------
    heads, points : int
        How many come, and their interests with the topic's demand.
    cost : CostBreakdown
        In cents.
    appeal : int
        The bonus of its start (0 where that is no slot), with those of the venue's events.
    types : frozenset of InstitutionType
        Those that its experts and representatives stand for.
    """

    heads: int
    points: int
    cost: CostBreakdown
    appeal: int
    types: frozenset[InstitutionType]


@dataclass(frozen=True)
class Case:
    """An instance and a plan for it, with what follows from them worked out once.

    Meetings are told apart by city and topic; a plan that repeats a pair has both of them here.
    """

    instance: Instance
    plan: Plan
    baseline: Plan | None = None
    meetings: tuple[Held, ...] = field(init=False)

    def __post_init__(self) -> None:
        held = (
            Held.of(self.instance, record, past=self.is_history(record))
            for record in self.plan.meetings
            if record.city in self.instance.city_by_id
        )
        ordered = sorted(held, key=lambda meeting: (meeting.span.start, meeting.id))
        object.__setattr__(self, "meetings", tuple(ordered))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of all local times."""
        return self.instance.zone

    @cached_property
    def holidays(self) -> Collection[date]:
        """Dates that are holidays."""
        return holiday_dates(self.instance)

    @cached_property
    def figures(self) -> Mapping[Held, Figures]:
        """Each meeting's figures."""
        companies = Reach(self.instance).companies
        return {held: self._figures(held, companies[held.city.id]) for held in self.meetings}

    def _figures(self, held: Held, companies: Iterable[Company]) -> Figures:
        comers = turnout(self.instance, held, companies)
        bonus = slot_bonus(self.instance, self.holidays, held.local) or 0
        return Figures(
            heads=comers.heads,
            points=comers.points,
            cost=cost(held, comers.heads, self.zone),
            appeal=bonus + event_bonus(held.venue, held.local),
            types=frozenset(one.institution.type for one in held.having(Role.EXPERT, Role.REPRESENTATIVE)),
        )

    @property
    def pins(self) -> tuple[Pin, ...]:
        """The instance's pins, and those that the plan was made with."""
        return self.instance.pins + self.plan.pins

    def of_city(self, city: City) -> list[Held]:
        """Return a city's meetings, in order of time."""
        return [*self._of_city.get(city.id, ())]

    def of_person(self, person: Person) -> list[Held]:
        """Return the meetings at which a person is on duty, each once, in order of time."""
        return [*self._of_person.get(person.id, ())]

    @cached_property
    def _of_city(self) -> Mapping[str, list[Held]]:
        found: dict[str, list[Held]] = {}
        for held in self.meetings:
            found.setdefault(held.city.id, []).append(held)
        return found

    @cached_property
    def _of_person(self) -> Mapping[str, list[Held]]:
        found: dict[str, list[Held]] = {}
        for held in self.meetings:
            for one in held.people:
                found.setdefault(one.person.id, []).append(held)
        return found

    def by_city(self) -> Iterator[tuple[City, list[Held]]]:
        """Yield each city of the instance with its meetings, in order of time."""
        for city in self.instance.cities:
            yield city, self.of_city(city)

    # What was published before.

    @property
    def as_of(self) -> date | None:
        """The date before which the plan's past lies; None where it has none."""
        return self.plan.repair.as_of if self.plan.repair else None

    @property
    def thaw_date(self) -> date | None:
        """The first date on which new and moved meetings may start; None where any may."""
        if self.plan.repair is None or self.plan.repair.as_of is None:
            return None
        to_the_end_of_time = (date.max - self.plan.repair.as_of).days
        return self.plan.repair.as_of + timedelta(days=min(self.plan.repair.freeze_days, to_the_end_of_time))

    @cached_property
    def published(self) -> Mapping[str, Meeting]:
        """The baseline's meetings by id; none without a baseline."""
        meetings = self.baseline.meetings if self.baseline else ()
        return {identity(record): record for record in meetings}

    @cached_property
    def difference(self) -> Difference | None:
        """What changed from the baseline; None without one."""
        if self.baseline is None:
            return None
        weights = self.instance.disruption
        return difference(self.baseline, self.plan, weights, self.zone)

    def local_day(self, moment: datetime) -> date:
        """Return the local date of a moment."""
        return moment.astimezone(self.zone).date()

    def is_history(self, record: Meeting) -> bool:
        """Whether a meeting of the plan was published to start before the plan's `as_of`.

        Without the baseline at hand, every meeting that starts before it is taken to be.
        """
        if self.as_of is None:
            return False
        before = record if self.baseline is None else self.published.get(identity(record))
        return before is not None and self.local_day(before.start) < self.as_of

    def is_thawed(self, identifier: str) -> bool:
        """Whether a meeting was set free by its id."""
        return self.plan.repair is not None and identifier in self.plan.repair.thawed


def identity(record: Meeting) -> str:
    """Return the id that a meeting has by its city and topic, whatever it says."""
    return meeting_id(record.city, record.topic)


def same_instant(one: datetime, other: datetime) -> bool:
    """Whether two moments are the same point of time, whatever their zones."""
    return one.astimezone(UTC) == other.astimezone(UTC)
