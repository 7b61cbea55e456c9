"""How often and how far apart a city meets."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from meetsched.domain.calendar import Month
from meetsched.model.linear import LinearModel, plus
from meetsched.model.variables import Variables
from meetsched.rules import Rule

RULES = (Rule.CADENCE, Rule.CADENCE_OPEN, Rule.SPACING)


def add(model: LinearModel, variables: Variables) -> None:
    """Add cadence, open meetings and spacing of every city."""
    _add_cadence(model, variables)
    _add_spacing(model, variables)


def _add_cadence(model: LinearModel, variables: Variables) -> None:
    instance = variables.candidates.instance
    horizon = instance.horizon
    for city in variables.candidates.cities:
        for month in horizon.months():
            subject = f"{city.id} {month}"
            asked = instance.asked(city, month)
            days = variables.on_day[city.id]
            held = plus(column for day, column in days.items() if Month.of(day) == month)
            if asked.most is not None:
                model.at_most(Rule.CADENCE, subject, held, asked.most)
            if not horizon.holds_whole(month):
                continue
            if asked.least:
                model.at_least(Rule.CADENCE, subject, held, asked.least)
            if asked.least_open:
                open_meetings = [m for m in variables.of_city[city.id] if m.candidates.topic.open]
                held_open = [
                    term
                    for meeting in open_meetings
                    for term in variables.days(meeting, first=month.first, last=month.last)
                ]
                model.at_least(Rule.CADENCE_OPEN, subject, held_open, asked.least_open)


def _add_spacing(model: LinearModel, variables: Variables) -> None:
    """At most one meeting in any stretch of `min_days_between` dates; only maximal stretches."""
    for city in variables.candidates.cities:
        days = variables.on_day[city.id]
        for dates in stretches(list(days), city.min_days_between):
            model.at_most(Rule.SPACING, city.id, plus(days[day] for day in dates), 1)


def stretches(dates: Sequence[date], length: int) -> Iterator[Sequence[date]]:
    """Yield the maximal runs of ascending dates that lie within so many days."""
    covered = 0
    for first, day in enumerate(dates):
        end = bisect_right(dates, day + timedelta(days=length - 1))
        if end > covered:
            yield dates[first:end]
            covered = end
