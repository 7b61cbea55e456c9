"""When people and venues are there, as forms ask for it and as instances write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from meetsched.domain.calendar import Interval
from meetsched.domain.entities import Person, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.scalars import Weekday, WeeklyTable
from meetsched.domain.words import one_line, stretch


@dataclass(frozen=True, slots=True)
class Away:
    """A time at which somebody or something is not to be had.

    Attributes
    ----------
    index : int
        Its place among them, as the instance lists them.
    start : datetime
        Local.
    text : str
        When it is.
    why : str
        The reason, private; may be empty.
    """

    index: int
    start: datetime
    text: str
    why: str


def aways(instance: Instance, entry: Person | Venue) -> tuple[Away, ...]:
    """Return when a person is busy, or a venue closed, in the order of time."""
    intervals = entry.busy if isinstance(entry, Person) else entry.closed
    found = [_away(instance, index, each) for index, each in enumerate(intervals)]
    return tuple(sorted(found, key=lambda each: (each.start.timestamp(), each.index)))


def _away(instance: Instance, index: int, interval: Interval) -> Away:
    start, end = (_local(instance, moment) for moment in (interval.start, interval.end))
    return Away(index, start, stretch(start, end), one_line(interval.why or ""))


def _local(instance: Instance, moment: datetime) -> datetime:
    zone = instance.zone
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def week_texts(table: WeeklyTable | None) -> dict[Weekday, str]:
    """Return a week's windows as they are typed: ``08:00-12:00, 13:00-16:00``."""
    return {day: ", ".join(map(str, (table or {}).get(day, ()))) for day in Weekday}


def week_values(texts: Mapping[Weekday, str]) -> dict[str, list[str]]:
    """Return a week's windows as instances write them; a day for which nothing is typed has none."""
    typed = {day.value: [part.strip() for part in text.split(",")] for day, text in texts.items()}
    return {day: kept for day, parts in typed.items() if (kept := [part for part in parts if part])}


def away_value(first: str, last: str, since: str = "", until: str = "", why: str = "") -> dict[str, Any]:
    """Return an absence as instances write it.

    Parameters
    ----------
    first, last : str
        Its dates, both inclusive; one day where there is no last one.
    since, until : str
        From when on the first, and until when on the last; the whole of them where empty.

    What is no date or time is passed on as it is, for the reader to complain of.
    """
    last = last.strip() or first
    start = f"{first.strip()}T{since.strip() or '00:00'}"
    end = f"{last.strip()}T{until.strip()}" if until.strip() else _day_after(last)
    return {"start": start, "end": end} | ({"why": why.strip()} if why.strip() else {})


def _day_after(text: str) -> str:
    try:
        day = date.fromisoformat(text.strip()) + timedelta(days=1)
    except (ValueError, OverflowError):
        return f"{text.strip()}T00:00"
    return datetime.combine(day, time()).isoformat(timespec="minutes")
