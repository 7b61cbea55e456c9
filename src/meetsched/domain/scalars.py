"""The smallest parts of an instance, each parsed from text as files write it.

Readers hand over every scalar as text, exactly as written, so that an id such as ``0101`` stays
what it is and money never passes through a binary float. Every parser raises an error of type
``expected`` whose message says what was expected.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, PlainSerializer
from pydantic_core import PydanticCustomError

from meetsched.rules import PRICE_KEYS

MINUTES_PER_DAY = 24 * 60

MAX_WHOLE = 10**9
"""The largest count: sums and products of a few stay exact in a solver's numbers."""

_ID = re.compile(r"[A-Za-z0-9._-]+")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_WHOLE = re.compile(r"[-+]?\d+(\.0+)?")

NO_ZONES = ("localtime", "posixrules", "Factory", "posix/", "right/")
"""Beginnings of names that lie among a system's time zones but mean another thing on each machine, or
count leap seconds."""


def expected(what: str) -> PydanticCustomError:
    """Return the error that says what was expected."""
    return PydanticCustomError("expected", "{what}", {"what": what})


def _parse_text(value: Any) -> str:
    if not isinstance(value, str):
        raise expected("a text")
    return value


def _check_not_blank(value: str) -> str:
    if not value.strip():
        raise expected("a text that is not blank")
    return value


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise expected("an id of letters, digits, '-', '_' and '.'")
    return value


def _parse_bool(value: Any) -> bool:
    text = str(value).lower()
    if text not in ("true", "false") or isinstance(value, (list, dict)):
        raise expected("true or false")
    return text == "true"


def _parse_whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise expected("a whole number")
    text = str(value).strip()
    if not _WHOLE.fullmatch(text) or len(text) > 30:
        raise expected("a whole number")
    return int(text.split(".")[0])


def _at_least(least: int) -> AfterValidator:
    def check(value: int) -> int:
        if value < least:
            raise expected(f"a whole number, {least} or more")
        if value > MAX_WHOLE:
            raise expected(f"a whole number, {MAX_WHOLE} at most")
        return value

    return AfterValidator(check)


def _parse_decimal(value: Any, expectation: str) -> Decimal:
    text = str(value).strip()
    if isinstance(value, bool) or not _DECIMAL.fullmatch(text):
        raise expected(expectation)
    try:
        return Decimal(text)
    except InvalidOperation:  # An exponent beyond all bounds.
        raise expected(expectation) from None


def _parse_cents(value: Any) -> int:
    """Read an amount of money; whole cents."""
    amount = _parse_decimal(value, "an amount such as 12.50")
    if amount.adjusted() > 9:
        raise expected("an amount below ten thousand million")
    rounded = amount.quantize(Decimal("0.01"))
    if rounded != amount:
        raise expected("an amount with at most two decimals")
    return int(rounded * 100)


def _check_not_negative(cents: int) -> int:
    if cents < 0:
        raise expected("0.00 or more")
    return cents


def format_cents(cents: int) -> str:
    """Write cents as an amount with two decimals, ``-5`` as ``-0.05``."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _parse_fraction(value: Any) -> Decimal:
    """Read a share between 0 and 1, kept decimal so that 0.29 of 100 is 29."""
    share = _parse_decimal(value, "a share from 0 to 1, for example 0.02")
    if not 0 <= share <= 1 or round(share, 9) != share:
        raise expected("a share from 0 to 1, for example 0.02")
    return share.normalize()


def parse_date(value: Any) -> date:
    """Read a date written ``2027-01-31``."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = str(value).strip()
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise expected("a date such as 2027-01-31")


def parse_clock(text: str) -> int | None:
    """Return the minutes since midnight of ``HH:MM``, 1440 for ``24:00``, None for anything else."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    minutes = int(match[1]) * 60 + int(match[2])
    return minutes if minutes <= MINUTES_PER_DAY else None


def format_clock(minutes: int) -> str:
    """Write minutes since midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _parse_start(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MINUTES_PER_DAY:
        return value
    minutes = parse_clock(str(value))
    if minutes is None or minutes == MINUTES_PER_DAY:
        raise expected("a time of day such as 17:30")
    return minutes


def parse_moment(value: Any) -> datetime:
    """Read a datetime, local (naive) or with an offset (aware)."""
    if isinstance(value, datetime):
        return value
    text = str(value).strip()
    if _DATE.fullmatch(text):
        raise expected(f"a date with a time, for example {text}T00:00 for the start of that day")
    try:
        if ":" in text:  # Without a time Python would take midnight.
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise expected("a date with a time, for example 2027-01-31T17:30")


def _check_aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise expected("a date with a time and an offset, for example 2027-01-31T17:30:00+01:00")
    return value


class Window(NamedTuple):
    """A stretch of a day: minutes since midnight, ``end`` exclusive and at most 1440."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{format_clock(self.start)}-{format_clock(self.end)}"


def _parse_window(value: Any) -> Window:
    if isinstance(value, Window):
        return value
    halves = str(value).replace("–", "-").split("-")
    clocks = [parse_clock(half) for half in halves]
    if len(clocks) != 2 or clocks[0] is None or clocks[1] is None:
        raise expected("a window such as 08:00-16:00")
    if clocks[1] <= clocks[0]:
        raise expected("a window that ends after it starts")
    return Window(clocks[0], clocks[1])


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _check_interest(value: int) -> int:
    if not 1 <= value <= 3:
        raise expected("1, 2 or 3")
    return value


def _check_price_key(value: str) -> str:
    if value not in PRICE_KEYS:
        raise expected("one of " + ", ".join(PRICE_KEYS))
    return value


def _check_timezone(value: str) -> str:
    try:
        if value.startswith(NO_ZONES):
            raise ZoneInfoNotFoundError(value)
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise expected("a time zone name such as Europe/Warsaw") from None
    return value


def _check_currency(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", value):
        raise expected("a currency code such as EUR")
    return value


class Weekday(StrEnum):
    """A day of the week, in the order of `datetime.date.weekday`."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """Return the weekday of a date."""
        return _WEEKDAYS[day.weekday()]


_WEEKDAYS = tuple(Weekday)

Text = Annotated[str, BeforeValidator(_parse_text)]
Name = Annotated[Text, AfterValidator(_check_not_blank)]
Id = Annotated[Text, AfterValidator(_check_id)]
YesNo = Annotated[bool, BeforeValidator(_parse_bool)]
Whole = Annotated[int, BeforeValidator(_parse_whole)]
Count = Annotated[Whole, _at_least(0)]
Positive = Annotated[Whole, _at_least(1)]
SignedCents = Annotated[int, BeforeValidator(_parse_cents), PlainSerializer(format_cents, when_used="json")]
Cents = Annotated[SignedCents, AfterValidator(_check_not_negative)]
Share = Annotated[
    Decimal,
    BeforeValidator(_parse_fraction),
    PlainSerializer(lambda share: float(share) if share % 1 else int(share), when_used="json"),
]
Day = Annotated[date, BeforeValidator(parse_date)]
StartTime = Annotated[int, BeforeValidator(_parse_start), PlainSerializer(format_clock, when_used="json")]
Moment = Annotated[datetime, BeforeValidator(parse_moment)]
AwareMoment = Annotated[Moment, AfterValidator(_check_aware)]
WindowText = Annotated[Window, BeforeValidator(_parse_window), PlainSerializer(str, when_used="json")]
Windows = Annotated[tuple[WindowText, ...], BeforeValidator(_one_or_many)]
WeeklyTable = dict[Weekday, Windows]
"""Windows per weekday; a weekday that is not a key has none. Where a table is None, always."""
Currency = Annotated[Text, AfterValidator(_check_currency)]
TimeZoneName = Annotated[Text, AfterValidator(_check_timezone)]
Interest = Annotated[Whole, AfterValidator(_check_interest)]
PriceKey = Annotated[Text, AfterValidator(_check_price_key)]
