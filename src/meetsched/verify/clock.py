"""Local wall-clock times as absolute ones (aware, in UTC), on which all comparisons are made."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from meetsched.domain.calendar import Interval
from meetsched.domain.scalars import MINUTES_PER_DAY, Weekday, WeeklyTable


class Span(NamedTuple):
    """A half-open stretch ``[start, end)`` of absolute time."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts; nothing where its end is not after its start."""
        return max(self.end - self.start, timedelta(0))

    def common(self, other: "Span") -> timedelta:
        """Return how much time two spans share."""
        return Span(max(self.start, other.start), min(self.end, other.end)).length

    def meets(self, other: "Span") -> bool:
        """Whether two spans share any time."""
        return self.common(other) > timedelta(0)

    def within(self, spans: Iterable["Span"]) -> bool:
        """Whether one of the spans holds all of this one."""
        return any(span.start <= self.start and self.end <= span.end for span in spans)


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return a local time of day (minutes since midnight, up to 24:00) as an absolute one.

    One that the change of clocks repeats means the first.
    """
    days, minute = divmod(minute, MINUTES_PER_DAY)
    hour, minute = divmod(minute, 60)
    local = datetime.combine(day + timedelta(days=days), time(hour, minute), zone)
    return local.astimezone(UTC)


def absolute(interval: Interval, zone: ZoneInfo) -> Span:
    """Return an interval as absolute time; its naive moments are local."""
    start, end = (
        (moment if moment.tzinfo else moment.replace(tzinfo=zone, fold=0)).astimezone(UTC)
        for moment in (interval.start, interval.end)
    )
    return Span(start, end)


def weekly_spans(table: WeeklyTable | None, around: Span, zone: ZoneInfo) -> list[Span]:
    """Return when a weekly table is open on the dates that a span touches, joined where windows touch.

    A table that is absent means always.
    """
    if table is None:
        return [around]
    return join(
        Span(instant(day, window.start, zone), instant(day, window.end, zone))
        for day in _dates(around, zone)
        for window in table.get(Weekday.of(day), ())
    )


def join(spans: Iterable[Span]) -> list[Span]:
    """Return the same time as disjoint spans in order; those that touch or overlap become one."""
    joined: list[Span] = []
    for span in sorted(span for span in spans if span.length):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _dates(span: Span, zone: ZoneInfo) -> Iterator[date]:
    day = span.start.astimezone(zone).date()
    last = span.end.astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
