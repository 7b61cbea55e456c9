"""Leaf through diaries: when people are busy, and where it says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from meetsched.domain.entities import Person
from meetsched.domain.instance import Instance
from meetsched.errors import Fault
from meetsched.loading import Loaded, load_instance
from meetsched.loading.busy_calendars import span_of
from meetsched.loading.calendars import PassedOver, Reading, Reason, read_calendar

__all__ = [
    "Busy",
    "Page",
    "PassedOver",
    "PassedOverIn",
    "Reason",
    "is_calendar",
    "leaf_through",
    "load_instance",
    "read_alone",
]


@dataclass(frozen=True, slots=True)
class Busy:
    """A time at which somebody is busy.

    Attributes
    ----------
    start, end : datetime
        On the local clock.
    file : str
        Where it says so: the instance, or a calendar.
    line : int or None
        There, in a calendar.
    what : str
        An event's title or an interval's reason; private.
    """

    start: datetime
    end: datetime
    file: str
    line: int | None
    what: str


@dataclass(frozen=True, slots=True)
class PassedOverIn:
    """An event of a calendar that keeps nobody busy."""

    file: str
    event: PassedOver


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one person's time within the horizon.

    Attributes
    ----------
    person : Person or None
        None for a calendar that is nobody's.
    busy : tuple of Busy
        In order of their start; they may overlap.
    passed_over : tuple of PassedOverIn
        In the order of the files.
    oddities : tuple of Fault
        What is odd in the person's calendars.
    """

    person: Person | None
    busy: tuple[Busy, ...]
    passed_over: tuple[PassedOverIn, ...]
    oddities: tuple[Fault, ...]


def is_calendar(path: Path) -> bool:
    """Whether a path is that of a calendar, and not of an instance."""
    return path.suffix.lower() == ".ics"


def leaf_through(path: Path, loaded: Loaded, person: str | None = None) -> tuple[Page, ...]:
    """Return the page of each person of an instance, or of one of them.

    Parameters
    ----------
    path : Path
        The instance's, as the user named it.
    person : str or None
        The person's id.
    """
    return tuple(
        _page(path, loaded, index)
        for index, each in enumerate(loaded.instance.people)
        if person in (None, each.id)
    )


def read_alone(calendar: Path, instance: Instance, person: str | None = None) -> Page:
    """Return what a calendar file tells of an instance's horizon, whether or not the instance names it.

    Parameters
    ----------
    person : str or None
        Whose calendar it is: what they declined does not keep them busy.

    Raises
    ------
    DataError
        The calendar cannot be used.
    """
    owner = instance.person_by_id[person] if person else None
    addresses = (owner.email,) if owner and owner.email else ()
    within = span_of(instance.horizon, instance.zone)
    reading = read_calendar(calendar, within, str(calendar), addresses)
    return _bound(owner, [], {str(calendar): reading})


def _page(path: Path, loaded: Loaded, index: int) -> Page:
    written = (loaded.written or loaded.instance).people[index]
    readings = {diary.file: diary.reading for diary in loaded.diaries if diary.person == index}
    return _bound(loaded.instance.people[index], list(_intervals(path, loaded.instance, written)), readings)


def _bound(person: Person | None, busy: list[Busy], readings: dict[str, Reading]) -> Page:
    for file, reading in readings.items():
        busy += [Busy(time.span.start, time.span.end, file, time.line, time.title) for time in reading.busy]
    return Page(
        person=person,
        busy=tuple(sorted(busy, key=lambda each: (each.start.timestamp(), each.end.timestamp()))),
        passed_over=tuple(
            PassedOverIn(file, event) for file, reading in readings.items() for event in reading.passed_over
        ),
        oddities=tuple(oddity for reading in readings.values() for oddity in reading.oddities),
    )


def _intervals(path: Path, instance: Instance, person: Person) -> Iterator[Busy]:
    """Yield the times that the instance itself gives and that meet its horizon."""
    first, last = span_of(instance.horizon, instance.zone)
    for interval in person.busy:
        start, end = (_local(moment, instance) for moment in (interval.start, interval.end))
        if start.timestamp() < last.timestamp() and first.timestamp() < end.timestamp():
            yield Busy(start, end, str(path), None, interval.why or "")


def _local(moment: datetime, instance: Instance) -> datetime:
    return moment.astimezone(instance.zone) if moment.tzinfo else moment.replace(tzinfo=instance.zone)
