"""How values are said to people, in English, the same in every output: money, dates, lists, names.

Every function returns plain text on one line; marking it up or escaping it is the caller's work.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

from meetsched.domain.calendar import Month
from meetsched.domain.entities import Format, InstitutionType, Role, VenueKind
from meetsched.domain.scalars import Weekday

WEEKDAY_NAMES = MappingProxyType(
    {
        Weekday.MON: "Monday",
        Weekday.TUE: "Tuesday",
        Weekday.WED: "Wednesday",
        Weekday.THU: "Thursday",
        Weekday.FRI: "Friday",
        Weekday.SAT: "Saturday",
        Weekday.SUN: "Sunday",
    }
)
"""The days of the week, in the order in which calendars list them."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

ROLE_NAMES = MappingProxyType(
    {
        Role.EXPERT: "Expert",
        Role.REPRESENTATIVE: "Representative",
        Role.PRESENTER: "Presenter",
        Role.BROKER: "Cooperation broker",
        Role.HOST: "Host",
    }
)
"""Roles as people say them, in the order in which a programme lists them."""

FORMAT_NAMES = MappingProxyType(
    {
        Format.TALK: "Talk",
        Format.DISCUSSION: "Discussion",
        Format.GROUP_WORK: "Group work",
        Format.CLUB: "Club",
    }
)

TYPE_NAMES = MappingProxyType(
    {
        InstitutionType.UNIVERSITY: "University",
        InstitutionType.BUSINESS_SUPPORT: "Business support",
        InstitutionType.VOCATIONAL_SCHOOL: "Vocational school",
        InstitutionType.PRIVATE: "Private institution",
        InstitutionType.LOCAL_ADMINISTRATION: "Local administration",
        InstitutionType.EU_FUNDS: "EU funds",
        InstitutionType.OTHER: "Other institution",
    }
)

VENUE_KIND_NAMES = MappingProxyType(
    {
        VenueKind.PUBLIC: "Public institution",
        VenueKind.PUB: "Pub",
        VenueKind.PRIVATE: "Private venue",
    }
)


def one_line(text: str) -> str:
    """Return the text without control characters and line breaks, runs of blanks as one.

    Text from an instance comes from strangers: a break in it must not add a line to a calendar or a
    row to a table.
    """
    if not text.isprintable():  # Most text is, and telling that is much quicker than a look at each letter.
        text = "".join(
            " " if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") else char for char in text
        )
    return " ".join(text.split())


def money(cents: int, currency: str) -> str:
    """Say an amount: ``1,239.00 EUR``."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d} {currency}"


def percent(permille: int) -> str:
    """Say a share given in thousandths: ``93.6%``."""
    return f"{permille // 10}.{permille % 10}%" if permille % 10 else f"{permille // 10}%"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Say how many: ``1 meeting``, ``3 meetings``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listing(items: Sequence[str], last: str = "and") -> str:
    """Join items as in a sentence: ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def weekday(day: date) -> str:
    """Say the weekday of a date in short: ``Thu``."""
    return WEEKDAY_NAMES[Weekday.of(day)][:3]


def month_name(number: int) -> str:
    """Say a month by its number, 1 to 12."""
    return _MONTHS[number - 1]


def month(value: Month) -> str:
    """Say a month: ``January 2027``."""
    return f"{month_name(value.number)} {value.year}"


def short_day(value: date) -> str:
    """Say a date without its year, for narrow places: ``Thu 14 Jan``."""
    return f"{weekday(value)} {value.day} {month_name(value.month)[:3]}"


def day(value: date) -> str:
    """Say a date: ``Thu 14 January 2027``."""
    return f"{weekday(value)} {value.day} {month_name(value.month)} {value.year}"


def period(start: date, end: date) -> str:
    """Say a stretch of dates, both inclusive: ``1 January to 31 March 2027``."""
    first, last = (f"{value.day} {month_name(value.month)}" for value in (start, end))
    if start == end:
        return f"{last} {end.year}"
    if start.year != end.year:
        first += f" {start.year}"
    elif start.month == end.month:
        first = str(start.day)
    return f"{first} to {last} {end.year}"


def clock(moment: datetime) -> str:
    """Say a moment's time of day: ``17:30``."""
    return f"{moment:%H:%M}"


def ends_the_day(start: datetime, end: datetime) -> bool:
    """Whether a meeting, both ends local, ends at 24:00 of the day on which it starts."""
    return end.date() == start.date() + timedelta(days=1) and clock(end) == "00:00"


def hours(start: datetime, end: datetime) -> str:
    """Say from when to when, both local: ``17:30–19:30``; the end of the day is ``24:00``."""
    return f"{clock(start)}–{'24:00' if ends_the_day(start, end) else clock(end)}"


def span(start: datetime, end: datetime) -> str:
    """Say a meeting's time, both ends local: ``Thu 14 January 2027, 17:30–19:30``."""
    return f"{day(start.date())}, {hours(start, end)}"


def stretch(start: datetime, end: datetime) -> str:
    """Say any stretch of time, both ends local: ``Thu 14 January 2027, 17:30 to Fri 15 January 2027, 08:00``.

    One that lies within a date is said as `span` says it, one of several whole dates without hours.
    """
    if end <= datetime.combine(start.date() + timedelta(days=1), datetime.min.time(), end.tzinfo):
        return span(start, end)
    if clock(start) == clock(end) == "00:00":
        return f"{day(start.date())} to {day(end.date() - timedelta(days=1))}"
    return f"{day(start.date())}, {clock(start)} to {day(end.date())}, {clock(end)}"
