"""When people can be on duty, and what a duty costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meetsched.candidates.clock import Clock, Span, fits, merge, overlap, subtract, weekly_spans
from meetsched.candidates.starts import Start
from meetsched.domain.calendar import Horizon
from meetsched.domain.entities import Person
from meetsched.domain.scalars import WeeklyTable, Window

DEFAULT_OVERTIME = (Window(7 * 60, 21 * 60),)
"""When overtime may fall, on the weekdays of `available`, where a person does not say."""


@dataclass(frozen=True, slots=True)
class Presence:
    """When a person can be at a meeting of a given length.

    Attributes
    ----------
    possible : ndarray of bool, shape (starts,)
    overtime : ndarray of int, shape (starts,)
        Minutes outside `available`; 0 where there is no overtime or no possibility.
    """

    possible: NDArray[np.bool_]
    overtime: NDArray[np.int64]


class Diary:
    """One person's time over the horizon; they are available all of the dates `at_ease`."""

    def __init__(self, person: Person, horizon: Horizon, clock: Clock, at_ease: Iterable[date] = ()) -> None:
        busy = [clock.span(interval) for interval in person.busy]
        self._limit = person.max_overtime_minutes
        self._paid = weekly_spans(person.available, horizon, clock)
        self._regular = merge([*subtract(self._paid, busy), *map(clock.whole_day, at_ease)])
        self._reach: list[Span] | None = None
        if person.overtime_per_hour is not None:
            extra = weekly_spans(overtime_table(person), horizon, clock)
            self._reach = subtract(merge([*self._paid, *extra]), busy)

    def presence(self, starts: Sequence[Start], instants: Sequence[int], minutes: int) -> Presence:
        """Tell when the person can be at a meeting of so many minutes."""
        possible = fits(self._regular, instants, minutes)
        overtime = np.zeros(len(starts), dtype=np.int64)
        if self._reach is not None:
            for index in map(int, np.flatnonzero(fits(self._reach, instants, minutes) & ~possible)):
                begin = instants[index]
                extra = self.overtime(begin, begin + 60 * minutes)
                if self._limit is None or extra <= self._limit:
                    overtime[index] = extra
                    possible[index] = True
        return Presence(possible, overtime)

    def overtime(self, begin: int, end: int) -> int:
        """Return how many minutes of a stretch are overtime; none where that has no rate."""
        if self._reach is None:
            return 0
        return (end - begin - overlap(self._paid, begin, end)) // 60


def overtime_table(person: Person) -> WeeklyTable:
    """Return the weekly table of when a person's overtime may fall."""
    if person.overtime_hours is not None:
        return person.overtime_hours
    return dict.fromkeys(person.available or {}, DEFAULT_OVERTIME)


def overtime_cost(person: Person, minutes: int) -> int:
    """Return the cents that so many minutes of overtime cost, rounded half up."""
    return (minutes * (person.overtime_per_hour or 0) + 30) // 60


def duty_cost(person: Person, city: str) -> int:
    """Return the cents that a duty of the person in a city costs, overtime apart."""
    return person.fee + person.travel.get(city, 0)
