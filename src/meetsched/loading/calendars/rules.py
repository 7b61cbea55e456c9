"""Rules by which events repeat (RFC 5545, section 3.3.10), read and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from meetsched.loading.calendars.times import parse_moment

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MAX_INTERVAL = 10_000
MAX_VALUES = 400
"""Values of one part of a rule, such as the days of a year."""

_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class RuleError(ValueError):
    """A rule that cannot be followed; the message says what was expected."""


class NthWeekday(NamedTuple):
    """A weekday, 0 for Monday.

    Where `nth` is 0 every one of them; else that of a month or a year, counted from its end if negative.
    """

    nth: int
    weekday: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; empty parts do not limit it.

    Attributes
    ----------
    frequency : str
        One of `FREQUENCIES`.
    until : date or datetime or None
        A date means all of it; a datetime without a zone is on the clock of the event.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    weekdays: tuple[NthWeekday, ...] = ()
    hours: frozenset[int] = frozenset()
    minutes: frozenset[int] = frozenset()
    seconds: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    week_start: int = 0


def parse_rule(text: str) -> Rule:
    """Read a rule.

    Raises
    ------
    RuleError
        If it is broken, repeats more often than daily, or has parts that are not known: a part left out
        would give other dates.
    """
    parts: dict[str, str] = {}
    for part in text.strip().upper().split(";"):
        name, equals, value = part.partition("=")
        if part and (not equals or name.strip() in parts):
            raise RuleError("expected parts such as FREQ=WEEKLY, each once")
        if part:
            parts[name.strip()] = value.strip()
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.pop("SKIP", "OMIT") != "OMIT":
        raise RuleError("expected a rule of the Gregorian calendar")
    frequency = parts.pop("FREQ", "")
    if frequency in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise RuleError("expected an event that repeats daily at most")
    if frequency not in FREQUENCIES:
        raise RuleError(f"expected FREQ to be one of {', '.join(FREQUENCIES)}")
    if unknown := parts.keys() - _PARTS.keys():
        raise RuleError(f"{min(unknown)[:40]} is no part of a rule that is known")
    values = {_PARTS[name].key: _PARTS[name].parse(name, value) for name, value in parts.items()}
    return Rule(frequency, **values)


def _number(name: str, text: str, least: int, most: int) -> int:
    if re.fullmatch(r"[+-]?[0-9]{1,10}", text) and least <= int(text) <= most:
        return int(text)
    raise RuleError(f"expected {name} to be a whole number from {least} to {most}")


def _one(least: int, most: int) -> Callable[[str, str], int]:
    return lambda name, text: _number(name, text, least, most)


def _several(least: int, most: int) -> Callable[[str, str], frozenset[int]]:
    """Return the parser of a list of numbers; of those that may be negative none is 0."""

    def parse(name: str, text: str) -> frozenset[int]:
        numbers = frozenset(_number(name, item, least, most) for item in _items(name, text))
        if least < 0 and 0 in numbers:
            raise RuleError(f"expected {name} without 0")
        return numbers

    return parse


def _items(name: str, text: str) -> list[str]:
    items = text.split(",")
    if len(items) > MAX_VALUES:
        raise RuleError(f"expected at most {MAX_VALUES} values of {name}")
    return items


def _count(name: str, text: str) -> int | None:
    """Read how often; Exchange writes -1 where there is no end."""
    number = _number(name, text, -1, 10**9)
    if number == 0:
        raise RuleError("expected COUNT to be 1 or more")
    return None if number < 0 else number


def _weekdays(name: str, text: str) -> tuple[NthWeekday, ...]:
    found = []
    for item in _items(name, text):
        match = _WEEKDAY.fullmatch(item)
        if not match or match[1] in ("0", "00", "+0", "-0") or abs(int(match[1] or 1)) > 53:
            raise RuleError(f"expected {name} to be weekdays such as MO or -1FR")
        found.append(NthWeekday(int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(found)


def _week_start(name: str, text: str) -> int:
    if text not in WEEKDAYS:
        raise RuleError(f"expected {name} to be a weekday such as MO")
    return WEEKDAYS.index(text)


def _until(name: str, text: str) -> date:
    try:
        return parse_moment(text)
    except ValueError as error:
        raise RuleError(f"{name}: {error}") from None


class _Part(NamedTuple):
    key: str
    parse: Callable[[str, str], Any]


_PARTS: Mapping[str, _Part] = {
    "INTERVAL": _Part("interval", _one(1, MAX_INTERVAL)),
    "COUNT": _Part("count", _count),
    "UNTIL": _Part("until", _until),
    "BYMONTH": _Part("months", _several(1, 12)),
    "BYMONTHDAY": _Part("month_days", _several(-31, 31)),
    "BYYEARDAY": _Part("year_days", _several(-366, 366)),
    "BYWEEKNO": _Part("weeks", _several(-53, 53)),
    "BYDAY": _Part("weekdays", _weekdays),
    "BYHOUR": _Part("hours", _several(0, 23)),
    "BYMINUTE": _Part("minutes", _several(0, 59)),
    "BYSECOND": _Part("seconds", _several(0, 59)),
    "BYSETPOS": _Part("positions", _several(-366, 366)),
    "WKST": _Part("week_start", _week_start),
}
