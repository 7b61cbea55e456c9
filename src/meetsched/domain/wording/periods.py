"""How stretches of time and weekly tables are said to people."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meetsched.domain.calendar import DateRange, Interval
from meetsched.domain.scalars import Weekday, WeeklyTable, format_clock
from meetsched.domain.words import day, listing, one_line, period, span

_MOST_NAMED = 4


def intervals_text(intervals: Iterable[Interval], within: Sequence[DateRange], zone: ZoneInfo) -> str:
    """Say the intervals that meet some dates: ``1 to 28 February 2027 (cure)``; nothing where none does.

    Intervals that touch and have the same reason are said as one; of many only the first few are said.
    """
    local = sorted(
        ((_local(each.start, zone), _local(each.end, zone), each.why or "") for each in intervals),
        key=lambda each: each[:2],
    )
    joined: list[tuple[datetime, datetime, str]] = []
    for start, end, why in local:
        if not any(start.date() <= dates.end and dates.start <= _last_day(end) for dates in within):
            continue
        if joined and joined[-1][1] == start and joined[-1][2] == why:
            joined[-1] = (joined[-1][0], end, why)
        else:
            joined.append((start, end, why))
    said = [_interval(*each) for each in joined[:_MOST_NAMED]]
    if len(joined) > len(said):
        said.append(f"{len(joined) - len(said)} times more")
    return listing(said)


def table_text(table: WeeklyTable) -> str:
    """Say a weekly table: ``Tue and Thu 08:00–12:00``, ``never`` where it lists no window."""
    days: dict[str, list[str]] = {}
    for weekday in Weekday:
        windows = table.get(weekday, ())
        if windows:
            said = " and ".join(f"{format_clock(each.start)}–{format_clock(each.end)}" for each in windows)
            days.setdefault(said, []).append(weekday.value.capitalize())
    return "; ".join(f"{listing(names)} {said}" for said, names in days.items()) or "never"


def _interval(start: datetime, end: datetime, why: str) -> str:
    reason = f" ({one_line(why)})" if why else ""
    if start.time() == end.time() == time(0):
        return period(start.date(), end.date() - timedelta(days=1)) + reason
    if start.date() == _last_day(end):
        return span(start, end) + reason
    return f"{day(start.date())} {start:%H:%M} to {day(end.date())} {end:%H:%M}{reason}"


def _last_day(end: datetime) -> date:
    """Return the last date of which a stretch has any time."""
    return (end - timedelta(microseconds=1)).date()


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None)
