"""An instance: what the organiser knows and wants, as one frozen value (schema ``meetsched/1``).

Money is in whole cents, durations in minutes, times of day in minutes since midnight. Every value
stands as written; what an absent one means is told by `Instance`'s methods.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, NamedTuple, Self
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, model_validator

from meetsched.domain.base import Frozen
from meetsched.domain.calendar import DateRange, Holidays, Horizon, Month, SlotRule
from meetsched.domain.concessions import Concessions
from meetsched.domain.entities import City, Company, Institution, InstitutionType, Person, Role, Topic, Venue
from meetsched.domain.scalars import (
    Count,
    Currency,
    Day,
    Id,
    PriceKey,
    Share,
    StartTime,
    Text,
    TimeZoneName,
    YesNo,
)
from meetsched.rules import DEFAULT_ORDER, Tier


class DisruptionWeights(Frozen):
    """What each kind of difference from a published plan counts."""

    cancel: Count = 100
    add: Count = 50
    date: Count = 30
    time: Count = 10
    venue: Count = 15
    person: Count = 5


class Objective(Frozen):
    """A tier, and the share of its optimum that later tiers may give up."""

    tier: Tier
    give: Share = Decimal(0)

    @model_validator(mode="before")
    @classmethod
    def _accept_bare_name(cls, value: Any) -> Any:
        return {"tier": value} if isinstance(value, str) else value


class Fairness(StrEnum):
    """How cities are balanced, wherever the tier `balance` stands.

    `MAXIMIN` lifts the smallest share of a city's ideal; `LEXIMIN` then the second smallest, and so on.
    """

    MAXIMIN = "maximin"
    LEXIMIN = "leximin"


class PinnedPerson(Frozen):
    """A person whom a pinned meeting has at least; in any role where none is given."""

    person: Id
    role: Role | None = None


class Pin(Frozen):
    """A demand on one meeting; `held` false forbids it."""

    city: Id
    topic: Id
    held: YesNo = True
    date: Day | None = None
    start: StartTime | None = None
    venue: Id | None = None
    people: tuple[PinnedPerson, ...] = ()


class Asked(NamedTuple):
    """How many meetings a city holds in a whole month: least, most (None: any number), least open ones."""

    least: int
    most: int | None
    least_open: int


def _default_objectives() -> tuple[Objective, ...]:
    return tuple(Objective(tier=tier) for tier in DEFAULT_ORDER)


class Instance(Frozen):
    """All that a plan depends on."""

    schema_: Literal["meetsched/1"] = Field(alias="schema")
    id: Id
    name: Text = ""
    horizon: Horizon
    timezone: TimeZoneName
    currency: Currency = "EUR"
    holidays: Holidays = Holidays()
    exclude_dates: tuple[DateRange, ...] = ()
    slots: tuple[SlotRule, ...]
    person_gap_minutes: Count = 60
    disruption: DisruptionWeights = DisruptionWeights()
    prices: dict[PriceKey, Count] = Field(default_factory=dict)
    objectives: tuple[Objective, ...] = Field(default_factory=_default_objectives)
    balance: Fairness = Fairness.MAXIMIN
    pins: tuple[Pin, ...] = ()
    cities: tuple[City, ...]
    institutions: tuple[Institution, ...] = ()
    topics: tuple[Topic, ...]
    venues: tuple[Venue, ...]
    people: tuple[Person, ...]
    companies: tuple[Company, ...] = ()
    _concessions: Concessions = PrivateAttr(default_factory=Concessions)

    @property
    def concessions(self) -> Concessions:
        """Exceptions from its rules that it was granted; none as it was read."""
        return self._concessions

    def replaced(self, *, concessions: Concessions | None = None, **values: Any) -> Self:
        """Return the instance with other values, which are taken as they are, or other concessions."""
        copy = self.model_copy(update=values)
        if concessions is not None:
            copy._concessions = concessions
        return copy

    def with_values(self, group: str, name: str, **values: Any) -> Self:
        """Return the instance with values of one entry of a list replaced, which are taken as they are."""
        entries: dict[str, Any] = {
            group: tuple(
                entry.model_copy(update=values) if entry.id == name else entry
                for entry in getattr(self, group)
            )
        }
        return self.replaced(**entries)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of all local times."""
        return ZoneInfo(self.timezone)

    @cached_property
    def city_by_id(self) -> Mapping[str, City]:
        """Cities by id."""
        return {city.id: city for city in self.cities}

    @cached_property
    def institution_by_id(self) -> Mapping[str, Institution]:
        """Institutions by id."""
        return {institution.id: institution for institution in self.institutions}

    @cached_property
    def topic_by_id(self) -> Mapping[str, Topic]:
        """Topics by id."""
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def venue_by_id(self) -> Mapping[str, Venue]:
        """Venues by id."""
        return {venue.id: venue for venue in self.venues}

    @cached_property
    def person_by_id(self) -> Mapping[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    def cities_of_topic(self, topic: Topic) -> Collection[str]:
        """Return the ids of the cities that may hold the topic."""
        return self.city_by_id.keys() if topic.cities == "all" else topic.cities

    def cities_of_venue(self, venue: Venue) -> Collection[str]:
        """Return the ids of the cities that may use the venue; its own where it does not say."""
        if venue.open_to is None:
            return (venue.city,)
        return self.city_by_id.keys() if venue.open_to == "all" else venue.open_to

    def cities_of_person(self, person: Person) -> Collection[str]:
        """Return the ids of the cities at whose meetings the person may be on duty.

        Where the person does not say: the institution's city, or all where it has none.
        """
        if person.cities is not None:
            return self.city_by_id.keys() if person.cities == "all" else person.cities
        home = self.institution_by_id[person.institution].city
        return self.city_by_id.keys() if home is None else (home,)

    def cities_of_company(self, company: Company) -> Collection[str]:
        """Return the ids of the cities whose meetings the company attends; its own by default."""
        return (company.city,) if company.cities is None else company.cities

    def asked(self, city: City, month: Month) -> Asked:
        """Return how many meetings the city holds in a month; only the most where it is not whole."""
        eased = self._concessions.month(city.id, month)
        most = city.meetings_per_month.max
        return Asked(
            least=max(0, city.meetings_per_month.min - eased.fewer),
            most=None if most is None else most + eased.more,
            least_open=max(0, city.open_meetings_per_month - eased.fewer_open),
        )

    def tags_needed(self, topic: Topic) -> tuple[str, ...]:
        """Return the topic's tags that need an expert."""
        waived = self._concessions.tags
        return tuple(tag for tag in topic.expertise if (topic.id, tag) not in waived)

    def types_needed(self, city: City, topic: Topic) -> tuple[InstitutionType, ...]:
        """Return the types that the city's meeting on the topic needs, each once."""
        waived = self._concessions.types
        kinds = dict.fromkeys(city.coverage.each_meeting)
        return tuple(kind for kind in kinds if (city.id, topic.id, kind) not in waived)

    def active_objectives(self, *, with_baseline: bool = False) -> tuple[Objective, ...]:
        """Return the tiers that count, in order.

        `disruption` counts only with a baseline, `balance` only with two cities or more.
        """
        idle = set()
        if not with_baseline:
            idle.add(Tier.DISRUPTION)
        if len(self.cities) < 2:
            idle.add(Tier.BALANCE)
        return tuple(objective for objective in self.objectives if objective.tier not in idle)
