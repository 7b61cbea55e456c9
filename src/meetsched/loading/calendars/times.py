"""Dates, times, lengths and periods as iCalendar writes them (RFC 5545, section 3.3)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_MOMENT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")
_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,8})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,9})S)?)?"
)


def parse_moment(text: str) -> date:
    """Read a date or a datetime, which is in UTC or has no zone.

    Moments of the last year that there is are put a year earlier, so that they can be converted from any
    zone to any other: nobody's plans reach that far, and people write 99991231 where they mean no end.

    Raises
    ------
    ValueError
        If it is none; the message says what was expected.
    """
    match = _MOMENT.fullmatch(text)
    numbers = [int(group) for group in match.groups()[:6] if group] if match else []
    if match and numbers[0] < 2:
        raise ValueError("expected a year from 2 on")
    try:
        year, month, day, *clock = numbers
        year = min(year, 9998)
        if not match or not clock:
            return date(year, month, day)
        hour, minute, second = clock
        second = 59 if second == 60 else second  # A leap second is no second of Python's.
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC if match[7] else None)
    except ValueError:
        raise ValueError("expected a date or a time such as 20270331T140000Z") from None


def parse_duration(text: str) -> timedelta:
    """Read a length of time.

    Raises
    ------
    ValueError
        If it is none, or negative; the message says what was expected.
    """
    match = _DURATION.fullmatch(text)
    if not match or not any(match.groups()[1:]) or match[1] == "-":
        raise ValueError("expected a length of time such as PT90M")
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def parse_period(text: str) -> tuple[datetime, datetime | timedelta]:
    """Read a period, from one time to another or for a length of time.

    Raises
    ------
    ValueError
        If it is none; the message says what was expected.
    """
    first, slash, second = text.partition("/")
    try:
        start = parse_moment(first)
        end = parse_duration(second) if "P" in second else parse_moment(second)
    except ValueError:
        slash = ""
    if not slash or not isinstance(start, datetime) or not isinstance(end, (datetime, timedelta)):
        raise ValueError("expected a period such as 20270331T140000Z/PT1H")
    return start, end
