"""What an instance lists: cities, institutions, topics, venues, people and companies."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from meetsched.domain.base import Frozen
from meetsched.domain.calendar import Interval
from meetsched.domain.scalars import (
    Cents,
    Count,
    Day,
    Id,
    Interest,
    Name,
    Positive,
    StartTime,
    Text,
    WeeklyTable,
    YesNo,
    expected,
)


class InstitutionType(StrEnum):
    """What kind of institution it is; coverage counts these."""

    UNIVERSITY = "university"
    BUSINESS_SUPPORT = "business_support"
    VOCATIONAL_SCHOOL = "vocational_school"
    PRIVATE = "private"
    LOCAL_ADMINISTRATION = "local_administration"
    EU_FUNDS = "eu_funds"
    OTHER = "other"


class Format(StrEnum):
    """How a topic is treated."""

    TALK = "talk"
    DISCUSSION = "discussion"
    GROUP_WORK = "group_work"
    CLUB = "club"


class VenueKind(StrEnum):
    """Whose house it is."""

    PUBLIC = "public"
    PUB = "pub"
    PRIVATE = "private"


class Role(StrEnum):
    """What a person does at a meeting."""

    EXPERT = "expert"
    REPRESENTATIVE = "representative"
    HOST = "host"
    BROKER = "broker"
    PRESENTER = "presenter"


class Between(Frozen):
    """A least and a most number (None: no most)."""

    min: Count
    max: Count | None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise expected("a max that is not below min")
        return self


class MonthlyMeetings(Between):
    """How many meetings a month has."""

    min: Count = 1
    max: Count | None = 1


class PubMeetings(Between):
    """How many of a city's meetings are in pubs."""

    min: Count = 0
    max: Count | None = None


_FOUR_TYPES = (
    InstitutionType.UNIVERSITY,
    InstitutionType.BUSINESS_SUPPORT,
    InstitutionType.VOCATIONAL_SCHOOL,
    InstitutionType.PRIVATE,
)


class Coverage(Frozen):
    """Institution types that every meeting has, and in how many meetings a type is at least."""

    each_meeting: tuple[InstitutionType, ...] = ()
    at_least: dict[InstitutionType, Count] = Field(default_factory=dict)


def _default_coverage() -> Coverage:
    return Coverage(at_least=dict.fromkeys(_FOUR_TYPES, 1))


class Crew(Frozen):
    """How many brokers and presenters every meeting of a city has, exactly."""

    broker: Count = 1
    presenter: Count = 1


class City(Frozen):
    """A city that holds meetings, and its own rules."""

    id: Id
    name: Name
    meetings_per_month: MonthlyMeetings = MonthlyMeetings()
    open_meetings_per_month: Count = 0
    min_days_between: Positive = 14
    budget: Cents | None = None
    coverage: Coverage = Field(default_factory=_default_coverage)
    crew: Crew = Crew()
    held_before: tuple[Id, ...] = ()
    max_outside_experts: Count | None = None
    max_uses_per_venue: Count | None = None
    min_host_institutions: Count = 0
    pub_meetings: PubMeetings = PubMeetings()
    formats: dict[Format, Count] = Field(default_factory=dict)
    max_away_meetings: Count | None = None
    reserved_seats: Count = 5
    company_hours: WeeklyTable | None = None


class Institution(Frozen):
    """An institution that people work for and venues belong to; without `city`, from outside."""

    id: Id
    name: Name
    type: InstitutionType
    city: Id | None = None


CitiesOrAll = tuple[Id, ...] | Literal["all"]


class Topic(Frozen):
    """Something that firms want to talk about."""

    id: Id
    title: Name
    minutes: Positive
    format: Format = Format.TALK
    expertise: tuple[Text, ...] = ()
    equipment: tuple[Text, ...] = ()
    open: YesNo = True
    min_participants: Count = 1
    max_participants: Count | None = None
    walk_in: Count = 0
    demand: Count = 0
    fee: Cents = 0
    earliest: Day | None = None
    latest: Day | None = None
    after: tuple[Id, ...] = ()
    required: YesNo = False
    cities: CitiesOrAll = "all"


class VenueEvent(Frozen):
    """Something at a venue that makes meetings there, from `from` on, more appealing."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    date: Day
    from_: StartTime = Field(default=0, alias="from")
    title: Name
    bonus: Count


class Venue(Frozen):
    """A room for meetings."""

    id: Id
    name: Name
    kind: VenueKind
    institution: Id | None = None
    city: Id
    open_to: CitiesOrAll | None = None
    capacity: Count
    equipment: tuple[Text, ...] = ()
    hours: WeeklyTable | None = None
    closed: tuple[Interval, ...] = ()
    fee: Cents = 0
    minimum_spend: Cents = 0
    spend_per_head: Cents = 0
    catering_per_head: Cents = 0
    turnaround_minutes: Count = 0
    max_uses: Count | None = None
    quota: dict[Id, Count] = Field(default_factory=dict)
    host_required: YesNo = False
    events: tuple[VenueEvent, ...] = ()

    @model_validator(mode="after")
    def _check_institution(self) -> Self:
        if self.institution is None and self.kind is VenueKind.PUBLIC:
            raise expected("an institution, since the venue is public")
        if self.institution is None and self.host_required:
            raise expected("an institution, since the venue requires a host")
        return self


class Person(Frozen):
    """Somebody who can be on duty at meetings."""

    id: Id
    name: Name
    institution: Id
    roles: tuple[Role, ...]
    email: Text | None = None
    expertise: tuple[Text, ...] = ()
    available: WeeklyTable | None = None
    busy: tuple[Interval, ...] = ()
    busy_calendars: tuple[Text, ...] = ()
    cities: CitiesOrAll | None = None
    max_meetings: Count | None = None
    max_per_month: Count | None = None
    fee: Cents = 0
    travel: dict[Id, Cents] = Field(default_factory=dict)
    overtime_per_hour: Cents | None = None
    overtime_hours: WeeklyTable | None = None
    max_overtime_minutes: Count | None = None

    @model_validator(mode="after")
    def _check_overtime(self) -> Self:
        if self.overtime_per_hour is not None and self.available is None:
            raise expected("an `available` table, since overtime has a price")
        if self.max_overtime_minutes is not None and self.overtime_per_hour is None:
            raise expected("an `overtime_per_hour`, since overtime minutes are limited")
        return self


class Company(Frozen):
    """A firm (or, as a `candidate`, someone who does not run one yet) that asked for topics."""

    id: Id
    name: Name
    city: Id
    cities: tuple[Id, ...] | None = None
    interests: dict[Id, Interest]
    available: WeeklyTable | None = None
    busy: tuple[Interval, ...] = ()
    candidate: YesNo = False
    offers: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()
