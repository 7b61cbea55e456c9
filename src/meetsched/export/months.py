"""The horizon as month grids: which dates have meetings, which have none and why."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meetsched.domain.calendar import Month
from meetsched.domain.instance import Instance
from meetsched.domain.words import month, month_name, one_line
from meetsched.export.agenda import AgendaItem


class DayKind(StrEnum):
    """What a date is to the planner."""

    PLANNED = "planned"
    HOLIDAY = "holiday"
    EXCLUDED = "excluded"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Day:
    """A cell of a grid; `name` says why there are no meetings, and is empty where there may be some."""

    date: date
    kind: DayKind
    name: str
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month in weeks from Monday to Sunday; None stands for a date of another month."""

    first: date
    name: str
    weeks: tuple[tuple[Day | None, ...], ...]
    notes: tuple[str, ...]


def month_grids(instance: Instance, items: Sequence[AgendaItem]) -> tuple[MonthGrid, ...]:
    """Return a grid for every month that the horizon or a meeting touches."""
    holidays = _holiday_names(instance)
    months = {*instance.horizon.months(), *(Month.of(item.start.date()) for item in items)}
    return tuple(_grid(instance, holidays, items, each) for each in sorted(months))


def _holiday_names(instance: Instance) -> Mapping[date, str]:
    rule = instance.holidays
    names = dict.fromkeys(rule.add, "Day off")
    if rule.country is not None:
        from holidays import country_holidays

        years = range(instance.horizon.start.year, instance.horizon.end.year + 1)
        known = country_holidays(rule.country, subdiv=rule.subdivision, years=years, language="en_US")
        names |= {day: one_line(name) for day, name in known.items()}
    return {day: name for day, name in names.items() if day not in rule.remove}


def _grid(
    instance: Instance, holidays: Mapping[date, str], items: Sequence[AgendaItem], which: Month
) -> MonthGrid:
    weeks = tuple(
        tuple(_day(instance, holidays, items, day) if Month.of(day) == which else None for day in week)
        for week in calendar.Calendar().monthdatescalendar(which.year, which.number)
    )
    return MonthGrid(which.first, month(which), weeks, _notes([day for week in weeks for day in week if day]))


def _day(instance: Instance, holidays: Mapping[date, str], items: Sequence[AgendaItem], day: date) -> Day:
    kind, name = DayKind.PLANNED, ""
    if day not in instance.horizon:
        kind, name = DayKind.OUTSIDE, "Not planned here"
    elif day in holidays:
        kind, name = DayKind.HOLIDAY, holidays[day]
    elif any(day in excluded for excluded in instance.exclude_dates):
        kind, name = DayKind.EXCLUDED, "No meetings"
    return Day(day, kind, name, tuple(item for item in items if item.start.date() == day))


def _notes(days: Sequence[Day]) -> tuple[str, ...]:
    """Say why there are no meetings, dates in a row with the same reason together."""
    runs: list[list[Day]] = []
    for day in days:
        if day.kind not in (DayKind.HOLIDAY, DayKind.EXCLUDED):
            continue
        if runs and runs[-1][-1].name == day.name and (day.date - runs[-1][-1].date).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return tuple(_note(run[0], run[-1]) for run in runs)


def _note(first: Day, last: Day) -> str:
    dates = str(first.date.day) if first is last else f"{first.date.day}–{last.date.day}"
    return f"{dates} {month_name(first.date.month)}: {first.name}"
