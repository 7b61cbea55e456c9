"""Wall-clock times as absolute time: whole seconds since 1970, UTC.

All comparisons between times are made on these, so that a change of clocks is harmless.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from meetsched.domain.calendar import Horizon, Interval
from meetsched.domain.scalars import MINUTES_PER_DAY, Weekday, WeeklyTable

Span = tuple[int, int]
"""A half-open stretch ``[start, end)`` of absolute time, in seconds."""

FOREVER: Span = (-(2**62), 2**62)
_DAY = MINUTES_PER_DAY * 60


class Clock:
    """Turns local times of one zone into absolute ones, quickly on days without a clock change."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._midnight = cache(lambda day: self._convert(day, 0))
        self._dates: dict[Horizon, dict[Weekday, list[date]]] = {}

    def instant(self, day: date, minute: int) -> int:
        """Return the absolute time of a local one; the first where the clocks repeat it."""
        if minute == MINUTES_PER_DAY:
            return self.midnight_after(day)
        midnight: int = self._midnight(day)
        if self.midnight_after(day) - midnight == _DAY:
            return midnight + 60 * minute
        return self._convert(day, minute)

    def midnight_after(self, day: date) -> int:
        """Return the end of a date."""
        after: int = self._midnight(day + timedelta(days=1))
        return after

    def whole_day(self, day: date) -> Span:
        """Return a date as absolute time."""
        return self.instant(day, 0), self.midnight_after(day)

    def dates(self, horizon: Horizon, weekday: Weekday) -> Sequence[date]:
        """Return the horizon's dates on a weekday."""
        if horizon not in self._dates:
            by_weekday: dict[Weekday, list[date]] = {each: [] for each in Weekday}
            for day in horizon.dates():
                by_weekday[Weekday.of(day)].append(day)
            self._dates[horizon] = by_weekday
        return self._dates[horizon][weekday]

    def exists(self, day: date, minute: int) -> bool:
        """Whether the clocks show this time on this date at all."""
        local = datetime.fromtimestamp(self.instant(day, minute), self._zone)
        return (local.date(), local.hour * 60 + local.minute) == (day, minute)

    def local(self, instant: int) -> datetime:
        """Return an absolute time as an aware local one."""
        return datetime.fromtimestamp(instant, self._zone)

    def span(self, interval: Interval) -> Span:
        """Return an interval as absolute time."""
        return self._moment(interval.start), self._moment(interval.end)

    def _moment(self, moment: datetime) -> int:
        return int((moment if moment.tzinfo else moment.replace(tzinfo=self._zone)).timestamp())

    def _convert(self, day: date, minute: int) -> int:
        wall = time(minute // 60, minute % 60)
        return int(datetime.combine(day, wall, self._zone).astimezone(UTC).timestamp())


def weekly_spans(table: WeeklyTable | None, horizon: Horizon, clock: Clock) -> list[Span]:
    """Return the merged spans of a weekly table over the horizon; all of time where it is absent."""
    if table is None:
        return [FOREVER]
    spans: list[Span] = []
    for weekday, windows in table.items():
        for day in clock.dates(horizon, weekday):
            for window in windows:
                spans.append((clock.instant(day, window.start), clock.instant(day, window.end)))
    return merge(spans)


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return sorted, disjoint spans that cover the same time; those that touch become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def subtract(spans: Sequence[Span], holes: Iterable[Span]) -> list[Span]:
    """Return what is left of merged spans without the holes."""
    left = list(spans)
    for hole_start, hole_end in merge(holes):
        pieces: list[Span] = []
        for start, end in left:
            if hole_end <= start or end <= hole_start:
                pieces.append((start, end))
                continue
            if start < hole_start:
                pieces.append((start, hole_start))
            if hole_end < end:
                pieces.append((hole_end, end))
        left = pieces
    return left


def overlap(spans: Sequence[Span], start: int, end: int) -> int:
    """Return how many seconds of ``[start, end)`` merged spans cover."""
    nearest = max(0, bisect_right(spans, (start,)) - 1)
    covered = 0
    for first, last in islice(spans, nearest, None):
        if first >= end:
            break
        covered += max(0, min(end, last) - max(start, first))
    return covered


def fits(spans: Iterable[Span], instants: Sequence[int], minutes: int) -> NDArray[np.bool_]:
    """Tell for each of the sorted instants whether a meeting of so many minutes lies within one span.

    Returns
    -------
    ndarray of bool, shape (len(instants),)
    """
    inside = np.zeros(len(instants), dtype=bool)
    for start, end in spans:
        inside[bisect_left(instants, start) : bisect_right(instants, end - 60 * minutes)] = True
    return inside
