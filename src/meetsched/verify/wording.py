"""How messages say local times; the year goes without saying, since a plan covers a quarter."""

from datetime import date, datetime

from meetsched.domain.scalars import Weekday, WeeklyTable
from meetsched.domain.words import clock, listing, month_name, weekday


def day_text(day: date) -> str:
    """Say a date as ``Thu 14 January``."""
    return f"{weekday(day)} {day.day} {month_name(day.month)}"


def time_text(local: datetime) -> str:
    """Say a local time as ``Thu 14 January 17:30``."""
    return f"{day_text(local)} {clock(local)}"


def hours_text(table: WeeklyTable, day: date) -> str:
    """Say a weekly table's windows on a date as ``08:00-12:00 and 13:00-16:00 on Thu``."""
    windows = [str(window) for window in sorted(table.get(Weekday.of(day), ()))]
    return f"{listing(windows) or 'at no time'} on {weekday(day)}"
