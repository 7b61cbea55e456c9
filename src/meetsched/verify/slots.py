"""When meetings may start, and how appealing a start is."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache

from meetsched.domain.entities import Venue
from meetsched.domain.instance import Instance
from meetsched.domain.scalars import Weekday


def holiday_dates(instance: Instance) -> Collection[date]:
    """Return the holidays of the horizon's years, with the dates added and without those removed."""
    rule = instance.holidays
    dates: set[date] = set(rule.add)
    if rule.country is not None:
        years = range(instance.horizon.start.year, instance.horizon.end.year + 1)
        dates |= _public_holidays(rule.country, rule.subdivision, years)
    return dates.difference(rule.remove)


@cache
def _public_holidays(country: str, subdivision: str | None, years: range) -> frozenset[date]:
    """Return a country's holidays; remembered, as a plan's many variants may be verified in a row."""
    # Slow to import, and an instance without a country does not need it.
    from holidays import country_holidays

    return frozenset(country_holidays(country, subdiv=subdivision, years=years))


def slot_bonus(instance: Instance, holidays: Collection[date], local: datetime) -> int | None:
    """Return the highest bonus of the slot rules that name a local start; None where it is no slot.

    The second of two equal local times, where the clocks go back, is none: the slot means the first.
    """
    day = local.date()
    if day not in instance.horizon or day in holidays:
        return None
    if any(day in excluded for excluded in instance.exclude_dates):
        return None
    if local.fold or local.second or local.microsecond:
        return None
    minute = minute_of(local)
    weekday = Weekday.of(day)
    return max(
        (rule.bonus for rule in instance.slots if weekday in rule.weekdays and minute in rule.starts),
        default=None,
    )


def event_bonus(venue: Venue, local: datetime) -> int:
    """Return the sum of the bonuses of a venue's events for a meeting that starts there then."""
    return sum(
        event.bonus
        for event in venue.events
        if event.date == local.date() and event.from_ <= minute_of(local)
    )


def minute_of(local: datetime) -> int:
    """Return a local time of day as minutes since midnight."""
    return local.hour * 60 + local.minute
