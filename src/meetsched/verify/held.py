"""A meeting of a plan, with what it names looked up in the instance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

from meetsched.domain.calendar import Month
from meetsched.domain.entities import City, Institution, Person, Role, Topic, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, meeting_id
from meetsched.verify.clock import Span
from meetsched.verify.unknown import stated_length, unknown_topic, unknown_venue
from meetsched.verify.wording import time_text


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person's part in a meeting."""

    person: Person
    institution: Institution
    role: Role


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A meeting of a plan as the rules see it.

    Attributes
    ----------
    record : Meeting
        The meeting as the plan states it.
    city, topic, venue
        From the instance; for a meeting of the past a stand-in where the instance has none.
    local : datetime
        The start, in the instance's time zone.
    span : Span
        From the start to its end by the instance, whatever the plan says of the end; a meeting of
        the past keeps the end that it had, up to a day later.
    assignments : tuple of Assignment
        The people whom the instance knows, as listed: someone listed twice is here twice.
    at_ease : set of str
        People who are available all of its date, whatever their time says.
    venue_open : bool
        Whether the venue is open all of its date, whatever its hours say.
    """

    record: Meeting
    city: City
    topic: Topic
    venue: Venue
    local: datetime
    span: Span
    assignments: tuple[Assignment, ...]
    at_ease: frozenset[str]
    venue_open: bool

    @classmethod
    def of(cls, instance: Instance, record: Meeting, *, past: bool) -> Self:
        """Look up what a meeting names; its city is known."""
        topic = instance.topic_by_id.get(record.topic) or unknown_topic(record)
        venue = instance.venue_by_id.get(record.venue) or unknown_venue(record)
        start = record.start.astimezone(UTC)
        local = start.astimezone(instance.zone)
        granted = instance.concessions
        length = stated_length(record) if past else timedelta(minutes=topic.minutes)
        return cls(
            record=record,
            city=instance.city_by_id[record.city],
            topic=topic,
            venue=venue,
            local=local,
            span=Span(start, start + length),
            assignments=tuple(_assignments(instance, record)),
            at_ease=frozenset(person for person, day in granted.people if day == local.date()),
            venue_open=(venue.id, local.date()) in granted.venues,
        )

    @property
    def id(self) -> str:
        """The id by city and topic, whatever the plan says."""
        return meeting_id(self.city.id, self.topic.id)

    @property
    def day(self) -> date:
        """The local date on which it starts."""
        return self.local.date()

    @property
    def month(self) -> Month:
        """The calendar month in which it starts."""
        return Month.of(self.day)

    @property
    def name(self) -> str:
        """How messages call it: ``Export (Kielce)``."""
        return f"{self.topic.title} ({self.city.name})"

    @property
    def when(self) -> str:
        """When it starts, in words."""
        return time_text(self.local)

    @property
    def people(self) -> tuple[Assignment, ...]:
        """Everybody on duty, each once however often they are listed."""
        return tuple({one.person.id: one for one in reversed(self.assignments)}.values())[::-1]

    def having(self, *roles: Role) -> tuple[Assignment, ...]:
        """Return the people on duty in one of the roles, each once."""
        return tuple({one.person.id: one for one in self.assignments if one.role in roles}.values())


def _assignments(instance: Instance, record: Meeting) -> Iterator[Assignment]:
    for duty in record.people:
        person = instance.person_by_id.get(duty.person)
        if person is not None:
            yield Assignment(person, instance.institution_by_id[person.institution], duty.role)
