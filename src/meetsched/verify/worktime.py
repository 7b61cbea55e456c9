"""Whether a meeting lies in a person's working time, and how much of it is overtime."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from meetsched.domain.entities import Person
from meetsched.domain.scalars import WeeklyTable, Window
from meetsched.verify.clock import Span, join, weekly_spans

_OVERTIME_WINDOW = Window(7 * 60, 21 * 60)


def overtime_hours(person: Person) -> WeeklyTable:
    """Return when a person's overtime may fall: 07:00-21:00 on the working days where it is not said."""
    if person.overtime_hours is not None:
        return person.overtime_hours
    return dict.fromkeys(person.available or (), (_OVERTIME_WINDOW,))


def in_working_time(person: Person, span: Span, zone: ZoneInfo) -> bool:
    """Whether the span lies in the person's hours, with those of overtime where overtime has a rate."""
    hours = weekly_spans(person.available, span, zone)
    if person.overtime_per_hour is not None:
        hours = join([*hours, *weekly_spans(overtime_hours(person), span, zone)])
    return span.within(hours)


def overtime(person: Person, span: Span, zone: ZoneInfo) -> timedelta:
    """Return how much of the span lies outside the person's hours; nothing where overtime has no rate."""
    if person.overtime_per_hour is None:
        return timedelta(0)
    regular = (span.common(hours) for hours in weekly_spans(person.available, span, zone))
    return span.length - sum(regular, timedelta(0))
