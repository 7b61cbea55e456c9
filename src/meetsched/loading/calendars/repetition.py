"""The dates at which a rule lets an event repeat, looked up only in the stretch of time asked for.

The usual way follows a rule from its first date on; one that matches no date at all (30 February) is
then followed to the year 9999, and a crowded diary takes minutes. Here each day of the stretch is asked
whether the rule holds on it, so that the work is bounded by the stretch, and counted.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby, product

from meetsched.loading.calendars.rules import NthWeekday, Rule

_MONTH = 31


class EffortError(Exception):
    """More work than a calendar that people keep could need."""


class Effort:
    """The work that may still be done for one calendar.

    Parameters
    ----------
    days : int
        Days that may be looked at, those of all rules together.
    occurrences : int
        Repetitions that may be found.
    """

    def __init__(self, days: int, occurrences: int) -> None:
        self._days = days
        self._occurrences = occurrences

    def look_at(self, days: int) -> None:
        """Note that days are looked at."""
        self._days -= days
        if self._days < 0:
            raise EffortError

    def find(self, occurrences: int = 1) -> None:
        """Note that repetitions were found."""
        self._occurrences -= occurrences
        if self._occurrences < 0:
            raise EffortError


class Repetition:
    """A rule together with the event's first start.

    Parameters
    ----------
    start : datetime
        On the clock of the event; repetitions keep its zone, or none.
    home : tzinfo
        The zone of an `until` that gives one, where the event has none.
    """

    def __init__(self, rule: Rule, start: datetime, home: tzinfo | None, effort: Effort) -> None:
        self._rule = rule
        self._start = start
        self._effort = effort
        self._period = _Period(rule.frequency, rule.week_start)
        self._tests = _tests(rule, start.date(), self._period)
        self._times = _times(rule, start)
        self.until = _last_moment(rule.until, start.tzinfo, home)
        """The last moment at which it may start, or None."""

    def between(self, after: datetime, before: datetime, inc: bool = True) -> Iterator[datetime]:
        """Yield the starts from one moment to another, both inclusive whatever `inc` says, in order."""
        zone = self._start.tzinfo
        first, last = (_on_clock(moment, zone).date() for moment in (after, before))
        if self.until is not None:
            last = min(last, _on_clock(self.until, zone).date())
        if self._rule.count is not None:
            first = self._start.date()
        moments = self._moments(max(first, self._start.date()), last)
        for number, moment in enumerate(moments, start=1):
            if self._rule.count is not None and number > self._rule.count:
                return
            if after <= moment <= before and (self.until is None or moment <= self.until):
                self._effort.find()
                yield moment

    def _moments(self, first: date, last: date) -> Iterator[datetime]:
        """Yield every start on the dates from the first to the last that is not before the event's own."""
        whole = self._chosen if self._rule.positions else self._all
        for day, clock in whole(first, last):
            moment = datetime.combine(day, clock, self._start.tzinfo)
            if moment >= self._start:
                yield moment

    def _all(self, first: date, last: date) -> Iterator[tuple[date, time]]:
        for day in self._days(first, last):
            yield from ((day, clock) for clock in self._times)

    def _days(self, first: date, last: date) -> Iterator[date]:
        """Yield the days on which the rule holds; the effort of each month is noted before it is made."""
        for begin in range(first.toordinal(), last.toordinal() + 1, _MONTH):
            month = range(begin, min(begin + _MONTH, last.toordinal() + 1))
            self._effort.look_at(len(month))
            for day in map(date.fromordinal, month):
                if all(test(day) for test in self._tests):
                    yield day

    def _chosen(self, first: date, last: date) -> Iterator[tuple[date, time]]:
        """Yield those that stand at the rule's positions in their period, each period looked at whole."""
        days = self._days(self._period.first_day(first), self._period.last_day(last))
        for _, matching in groupby(days, self._period.number):
            moments = list(product(matching, self._times))
            places = {place - 1 if place > 0 else len(moments) + place for place in self._rule.positions}
            yield from (moments[place] for place in sorted(places) if 0 <= place < len(moments))


class _Period:
    """Days, weeks, months or years, numbered on from each other."""

    def __init__(self, frequency: str, week_start: int) -> None:
        self._frequency = frequency
        self._week_start = week_start

    def number(self, day: date) -> int:
        """Return the number of the period in which a day lies."""
        match self._frequency:
            case "DAILY":
                return day.toordinal()
            case "WEEKLY":  # Of the first day of all, a Monday, the ordinal is 1.
                return (day.toordinal() - 1 - self._week_start) // 7
            case "MONTHLY":
                return day.year * 12 + day.month
        return day.year

    def first_day(self, day: date) -> date:
        """Return the first day of the period in which a day lies."""
        match self._frequency:
            case "WEEKLY":
                return day - timedelta(days=(day.weekday() - self._week_start) % 7)
            case "MONTHLY":
                return day.replace(day=1)
            case "YEARLY":
                return day.replace(month=1, day=1)
        return day

    def last_day(self, day: date) -> date:
        """Return the last day of the period in which a day lies."""
        match self._frequency:
            case "WEEKLY":
                return self.first_day(day) + timedelta(days=6)
            case "MONTHLY":
                return day.replace(day=monthrange(day.year, day.month)[1])
            case "YEARLY":
                return day.replace(month=12, day=31)
        return day


def _tests(rule: Rule, start: date, period: _Period) -> tuple[Callable[[date], bool], ...]:
    """Return what all must hold of a day on which an event repeats."""
    tests: list[Callable[[date], bool]] = []
    if rule.interval > 1:
        first = period.number(start)
        tests.append(lambda day: (period.number(day) - first) % rule.interval == 0)
    rule = _completed(rule, start)
    if rule.months:
        tests.append(lambda day: day.month in rule.months)
    if rule.month_days:
        tests.append(lambda day: _is_among(day.day, _days_in_month(day), rule.month_days))
    if rule.year_days:
        tests.append(lambda day: _is_among(_day_of_year(day), _days_in_year(day), rule.year_days))
    if rule.weeks:
        tests.append(lambda day: _is_among(*_week_of(day, rule.week_start), rule.weeks))
    if rule.weekdays:
        tests.append(_weekday_test(rule))
    return tuple(tests)


def _completed(rule: Rule, start: date) -> Rule:
    """Return the rule with what its first date adds where it says nothing itself."""
    if rule.weekdays or rule.month_days or rule.year_days:
        return rule
    if rule.frequency == "WEEKLY" or rule.weeks:
        return replace(rule, weekdays=(NthWeekday(0, start.weekday()),))
    if rule.frequency == "MONTHLY":
        return replace(rule, month_days=frozenset({start.day}))
    if rule.frequency == "YEARLY":
        months = rule.months or frozenset({start.month})
        return replace(rule, months=months, month_days=frozenset({start.day}))
    return rule


def _weekday_test(rule: Rule) -> Callable[[date], bool]:
    every = {weekday for nth, weekday in rule.weekdays if not nth}
    if rule.frequency in ("DAILY", "WEEKLY") or rule.weeks:  # There, a number means nothing.
        every = {weekday for _, weekday in rule.weekdays}
    of_month = rule.frequency == "MONTHLY" or bool(rule.months)

    def holds_on(day: date) -> bool:
        weekday = day.weekday()
        if weekday in every:
            return True
        number, days = (day.day, _days_in_month(day)) if of_month else (_day_of_year(day), _days_in_year(day))
        nth = {(number - 1) // 7 + 1, -((days - number) // 7 + 1)}
        return any(weekday == each.weekday and each.nth in nth for each in rule.weekdays)

    return holds_on


def _is_among(number: int, total: int, wanted: frozenset[int]) -> bool:
    """Whether a number, counted from 1 or from the end as -1, is one of those wanted."""
    return number in wanted or number - total - 1 in wanted


def _week_of(day: date, week_start: int) -> tuple[int, int]:
    """Return the number of a day's week, and of the last week of that year; the first has four days in it."""
    middle = day + timedelta(days=3 - (day.weekday() - week_start) % 7)
    last = date(middle.year, 12, 28)  # Always in the last week.
    last_middle = last + timedelta(days=3 - (last.weekday() - week_start) % 7)
    return (_day_of_year(middle) - 1) // 7 + 1, (_day_of_year(last_middle) - 1) // 7 + 1


def _day_of_year(day: date) -> int:
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1


def _days_in_year(day: date) -> int:
    return 366 if isleap(day.year) else 365


def _days_in_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _times(rule: Rule, start: datetime) -> list[time]:
    """Return the times of day at which it starts, in order."""
    hours = sorted(rule.hours or {start.hour})
    minutes = sorted(rule.minutes or {start.minute})
    seconds = sorted(rule.seconds or {start.second})
    return [time(*clock) for clock in product(hours, minutes, seconds)]


def _last_moment(until: date | None, zone: tzinfo | None, home: tzinfo | None) -> datetime | None:
    if until is None:
        return None
    if not isinstance(until, datetime):
        return datetime.combine(until, time(23, 59, 59), zone)
    if zone is None and until.tzinfo is not None:  # Whole days that end with a moment.
        return datetime.combine(until.astimezone(home), time(23, 59, 59))
    return until if until.tzinfo else until.replace(tzinfo=zone)


def _on_clock(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.astimezone(zone) if zone and moment.tzinfo else moment
