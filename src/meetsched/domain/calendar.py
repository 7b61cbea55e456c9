"""Dates, intervals and the rules by which meetings may start."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, Self

from pydantic import model_validator

from meetsched.domain.base import Frozen
from meetsched.domain.scalars import Count, Day, Moment, StartTime, Text, Weekday, expected


class Month(NamedTuple):
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month of a date."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first date."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last date."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


class DateRange(Frozen):
    """Dates from `start` to `end`, both inclusive."""

    start: Day
    end: Day
    why: Text | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.end < self.start:
            raise expected("an end that is not before its start")
        return self

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


class Horizon(DateRange):
    """The dates that are planned."""

    def dates(self) -> Iterator[date]:
        """Yield each date, in order."""
        for offset in range((self.end - self.start).days + 1):
            yield self.start + timedelta(days=offset)

    def months(self) -> tuple[Month, ...]:
        """Return the calendar months that the horizon touches, in order."""
        return tuple(dict.fromkeys(Month.of(day) for day in self.dates()))

    def holds_whole(self, month: Month) -> bool:
        """Whether every date of the month is planned, so that its least numbers count."""
        return self.start <= month.first and month.last <= self.end


class Interval(Frozen):
    """A stretch of time ``[start, end)``; naive moments are local to the instance's time zone.

    `why` is private: no export or feed shows it.
    """

    start: Moment
    end: Moment
    why: Text | None = None


class Holidays(Frozen):
    """Public holidays of a country (and its subdivision), with dates added and removed."""

    country: Text | None = None
    subdivision: Text | None = None
    add: tuple[Day, ...] = ()
    remove: tuple[Day, ...] = ()


class SlotRule(Frozen):
    """Weekdays and times of day at which a meeting may start; `bonus` is their appeal."""

    weekdays: tuple[Weekday, ...]
    starts: tuple[StartTime, ...]
    bonus: Count = 0
