"""The starts that an instance's slots allow."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from meetsched.candidates.clock import Clock
from meetsched.domain.calendar import Month
from meetsched.domain.entities import Venue
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.scalars import Weekday


@dataclass(frozen=True, slots=True)
class Start:
    """A date and time of day at which a meeting may start.

    Attributes
    ----------
    day : date
    minute : int
        Since midnight, on the local clock.
    instant : int
        The same as absolute time, in seconds.
    midnight : int
        The end of that date, as absolute time.
    month : Month
    bonus : int
        The highest appeal of the slot rules that name it.
    """

    day: date
    minute: int
    instant: int
    midnight: int
    month: Month
    bonus: int


def holiday_dates(instance: Instance) -> Collection[date]:
    """Return the public holidays that fall on the horizon, with those added and without those removed."""
    rule = instance.holidays
    dates = set(rule.add)
    if rule.country is not None:
        from holidays import country_holidays

        years = range(instance.horizon.start.year, instance.horizon.end.year + 1)
        dates |= country_holidays(rule.country, subdiv=rule.subdivision, years=years).keys()
    return dates - set(rule.remove)


def find_starts(instance: Instance, clock: Clock) -> list[Start]:
    """Return every start of the horizon in order of time; ones that the clock change skips are dropped."""
    holidays = holiday_dates(instance)
    starts = []
    for day in instance.horizon.dates():
        if day in holidays or any(day in excluded for excluded in instance.exclude_dates):
            continue
        bonus_at: dict[int, int] = {}
        for rule in instance.slots:
            if Weekday.of(day) in rule.weekdays:
                for minute in rule.starts:
                    bonus_at[minute] = max(rule.bonus, bonus_at.get(minute, 0))
        starts += [
            Start(day, minute, clock.instant(day, minute), clock.midnight_after(day), Month.of(day), bonus)
            for minute, bonus in bonus_at.items()
            if clock.exists(day, minute)
        ]
    return sorted(starts, key=lambda start: start.instant)


def event_bonus(venue: Venue, start: Start) -> int:
    """Return the sum of the bonuses of a venue's events for a meeting that starts there then."""
    return sum(
        event.bonus for event in venue.events if event.date == start.day and event.from_ <= start.minute
    )


def pin_allows(pin: Pin, venue: Venue, start: Start) -> bool:
    """Whether a pin lets its meeting be in a venue at a start."""
    return (
        pin.held
        and pin.venue in (None, venue.id)
        and pin.date in (None, start.day)
        and pin.start in (None, start.minute)
    )
