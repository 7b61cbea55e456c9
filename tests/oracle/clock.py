"""Time for the exhaustive search: every moment is a whole number of seconds since 1970 (UTC)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from meetsched.domain.calendar import Interval
from meetsched.domain.scalars import Weekday, WeeklyTable

Span = tuple[int, int]

ALWAYS: tuple[Span, ...] = ((-(10**15), 10**15),)


def seconds(moment: datetime, zone: ZoneInfo) -> int:
    """Return a moment's absolute time; a naive one is local."""
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


def local(absolute: int, zone: ZoneInfo) -> datetime:
    """Return the local time of an absolute one."""
    return datetime.fromtimestamp(absolute, UTC).astimezone(zone)


@lru_cache(maxsize=20_000)
def at(day: date, minutes: int, zone: ZoneInfo) -> int:
    """Return the absolute time of a wall-clock time; 1440 minutes are the next midnight."""
    if minutes == 24 * 60:
        day, minutes = day + timedelta(days=1), 0
    return seconds(datetime.combine(day, time(minutes // 60, minutes % 60)), zone)


def skipped(day: date, minutes: int, zone: ZoneInfo) -> bool:
    """Whether the change of clocks skips this wall-clock time."""
    back = local(at(day, minutes, zone), zone)
    return (back.date(), back.hour * 60 + back.minute) != (day, minutes)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the union; spans that touch become one."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        else:
            union.append((start, end))
    return tuple(union)


def weekly(table: WeeklyTable | None, day: date, zone: ZoneInfo) -> tuple[Span, ...]:
    """Return a weekly table's windows on a date and its neighbours."""
    if table is None:
        return ALWAYS
    days = [day + timedelta(days=offset) for offset in (-1, 0, 1)]
    return merged(
        (at(near, window.start, zone), at(near, window.end, zone))
        for near in days
        for window in table.get(Weekday.of(near), ())
    )


def within(span: Span, union: Iterable[Span]) -> bool:
    """Whether one of the (merged) spans holds all of `span`."""
    return any(start <= span[0] and span[1] <= end for start, end in union)


def seconds_within(span: Span, union: Iterable[Span]) -> int:
    """Return how much of `span` the (merged) spans hold."""
    return sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in union)


def meets(span: Span, intervals: Iterable[Interval], zone: ZoneInfo) -> bool:
    """Whether `span` has a moment in common with one of the half-open intervals."""
    return any(
        seconds(interval.start, zone) < span[1] and span[0] < seconds(interval.end, zone)
        for interval in intervals
    )
