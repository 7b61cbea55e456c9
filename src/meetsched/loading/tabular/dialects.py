"""The ways in which offices write values, brought to the one way in which files write them.

Only what can mean one thing is changed: 14.01.2027 is a date everywhere, 01/02/2027 is not, and ``tak``
is explained rather than guessed. What is not understood stays as it is, for validation to tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from meetsched.tables import Kind

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]+(.+))?")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(:00)?")
_SPACED = re.compile(r"(\d{4}-\d{2}-\d{2}) +(\d.*)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?(?: ?([AaPp])\.?[Mm]\.?)?")
_SHORT_HOUR = re.compile(r"(?<=T)(\d:)")
_SERIAL = re.compile(r"\d{1,6}([.,]\d+)?")
_COMMA = re.compile(r"([-+]?\d+),(\d+)")
_GROUPED = re.compile("[-+]?\\d{1,3}([ \u00a0\u202f]\\d{3})+([.,]\\d+)?")

_FIRST_SERIAL, _LAST_SERIAL = 24_000, 110_000
"""Numbers of days that can be meant as dates, some 1970 to 2200: 2027 is a year and no date."""

_DAY_SECONDS = 24 * 60 * 60


def raw_text(text: str, kind: Kind, epoch: date) -> str:
    """Return a value as YAML would write it, where its meaning is beyond doubt.

    Parameters
    ----------
    text : str
        One value: a whole cell, or an entry of a list.
    kind : Kind
        What is wanted.
    epoch : date
        Day number 0 of dates that are entered as numbers.
    """
    reader = _READERS.get(kind)
    return text if reader is None else reader(text.strip(), epoch)


def _number(text: str, epoch: date) -> str:
    if _GROUPED.fullmatch(text):
        text = re.sub("[ \u00a0\u202f]", "", text)
    match = _COMMA.fullmatch(text)
    return f"{match[1]}.{match[2]}" if match else text


def _day(text: str, epoch: date) -> str:
    text = _moment(text, epoch)
    match = _MIDNIGHT.fullmatch(text)
    return match[1] if match else text


def _moment(text: str, epoch: date) -> str:
    if match := _DOTTED.fullmatch(text):
        text = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" + (f"T{match[4]}" if match[4] else "")
    elif match := _SPACED.fullmatch(text):
        text = f"{match[1]}T{match[2]}"
    elif _SERIAL.fullmatch(text):
        return _of_serial(text, epoch)
    return _SHORT_HOUR.sub(r"0\1", text)


def _of_serial(text: str, epoch: date) -> str:
    """Return a number of days as a date; with a time only where it has a fraction."""
    serial = float(text.replace(",", "."))
    if not _FIRST_SERIAL <= serial < _LAST_SERIAL:
        return text
    return moment_text(serial, epoch, shows_time=not serial.is_integer())


def moment_text(serial: float, epoch: date, *, shows_time: bool) -> str:
    """Return a number of days since day 0 as a date, to the second where it has a time.

    Raises
    ------
    OverflowError
        There is no such date.
    """
    moment = datetime.combine(epoch, time.min) + timedelta(seconds=round(serial * _DAY_SECONDS))
    if not shows_time and moment.time() == time.min:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def clock_text(fraction: float) -> str:
    """Return a share of a day as a time of day."""
    seconds = round(fraction * _DAY_SECONDS)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return f"{text}:{seconds % 60:02d}" if seconds % 60 else text


def _clock(text: str, epoch: date) -> str:
    if _SERIAL.fullmatch(text) and (fraction := float(text.replace(",", "."))) < 1:
        return clock_text(fraction)
    match = _CLOCK.fullmatch(text)
    if match is None:
        return text
    hour = int(match[1])
    if match[3] and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (match[3] in "Pp")
    elif match[3]:
        return text
    return f"{hour:02d}:{match[2]}"


def _truth(text: str, epoch: date) -> str:
    return text.lower()


_READERS: Mapping[Kind, Callable[[str, date], str]] = {
    Kind.WHOLE: _number,
    Kind.AMOUNT: _number,
    Kind.SHARE: _number,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.CLOCK: _clock,
    Kind.YES_NO: _truth,
}
