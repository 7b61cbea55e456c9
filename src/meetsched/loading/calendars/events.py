"""Events of a calendar: their times with zones, and whether they keep anybody busy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar

from meetsched.loading.calendars.problems import Problems
from meetsched.loading.calendars.reading import Reason
from meetsched.loading.calendars.repetition import Effort
from meetsched.loading.calendars.rules import Rule, parse_rule
from meetsched.loading.calendars.scan import Block, Line
from meetsched.loading.calendars.times import parse_duration, parse_moment, parse_period
from meetsched.loading.calendars.zones import Zones
from meetsched.loading.raw import shorten

Period = tuple[datetime, "datetime | timedelta"]

_LONGEST_REPEATED = timedelta(days=366)
_ONLY_ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")

_T = TypeVar("_T")


@dataclass(eq=False, slots=True)
class Event:
    """An event, or one repetition of it that differs from the others.

    Attributes
    ----------
    free : Reason or None
        Why it keeps nobody busy.
    start, end : date or datetime
        Both dates, or both aware datetimes; the end is not before the start.
    length : timedelta or None
        Where that is given and not the end: hours that go by, whatever the clocks do meanwhile.
    repetition : date or datetime or None
        Which repetition it stands for, by its usual start.
    and_later : bool
        Whether it stands for all later ones, too.
    """

    line: int
    title: str
    sequence: int
    free: Reason | None
    start: date
    end: date
    length: timedelta | None = None
    rules: list[tuple[str, Rule]] = field(default_factory=list)
    dates: list[date | Period] = field(default_factory=list)
    exceptions: list[date] = field(default_factory=list)
    repetition: date | None = None
    and_later: bool = False

    @property
    def repeats(self) -> bool:
        """Whether it may be at more times than its own."""
        return bool(self.rules or self.dates)


class EventReader:
    """Reads the events of one calendar.

    Parameters
    ----------
    home : tzinfo
        Of times without a zone.
    """

    def __init__(self, zones: Zones, home: tzinfo, problems: Problems, effort: Effort) -> None:
        self._zones = zones
        self._home = home
        self._problems = problems
        self._effort = effort

    def read(self, block: Block, free: Reason | None) -> Event | None:
        """Return an event, or None where it cannot be read, which is told."""
        event = self._times(block)
        if event is None:
            return None
        event.free = free
        event.rules = [(line.time.upper(), rule) for line in block.all("RRULE") if (rule := self._rule(line))]
        for line in block.all("RDATE"):
            event.dates += self._list(line, self._date_or_period)
        for line in block.all("EXDATE"):
            event.exceptions += self._list(line, self._moment)
        for line in block.all("EXRULE"):
            self._problems.oddity(
                line.number, "EXRULE", line.time, "not followed: what it leaves out counts as busy"
            )
        if event.repeats and _elapsed(event.start, event.end) > _LONGEST_REPEATED:
            self._problems.fault(
                block.number, "", "", "expected an event that repeats to last a year at most", _name(block)
            )
        return event

    def _times(self, block: Block) -> Event | None:
        for name in _ONLY_ONCE:
            if len(lines := block.all(name)) > 1:
                self._problems.fault(lines[1].number, name, lines[1].time, "expected it once", _name(block))
                return None
        start_line = block.first("DTSTART")
        if start_line is None:
            self._problems.fault(block.number, "", "", "an event without DTSTART", _name(block))
            return None
        start = self._value(start_line, self._moment)
        recurrence = block.first("RECURRENCE-ID")
        repetition = self._value(recurrence, self._moment) if recurrence else None
        if start is None or (recurrence and repetition is None):
            return None
        end = self._end(block, start)
        if end is None:
            return None
        return Event(
            line=block.number,
            title=title_of(block),
            sequence=self._sequence(block),
            free=None,
            start=start,
            end=end[0],
            length=end[1],
            repetition=repetition,
            and_later=bool(recurrence) and _range_of(recurrence) == "THISANDFUTURE",
        )

    def _end(self, block: Block, start: date) -> tuple[date, timedelta | None] | None:
        """Return the end, and the length where that is given; None where it cannot be read."""
        last, length = block.first("DTEND"), block.first("DURATION")
        if last and length:
            expected = "expected either DTEND or DURATION"
            self._problems.fault(length.number, "DURATION", length.time, expected, _name(block))
            return None
        if last:
            end = self._value(last, self._moment)
            if end is not None and isinstance(end, datetime) is not isinstance(start, datetime):
                expected = "expected a time where DTSTART has one, else a date"
            elif end is not None and _is_before(end, start):
                expected = "expected an end that is not before DTSTART"
            else:
                return None if end is None else (end, None)
            self._problems.fault(last.number, "DTEND", last.time, expected, _name(block))
            return None
        if length:
            duration = self._value(length, lambda line, text: parse_duration(text))
            return None if duration is None else self._after(start, duration, length)
        if isinstance(start, datetime):
            return start, None
        return start + timedelta(days=1), None

    def _after(self, start: date, duration: timedelta, line: Line) -> tuple[date, timedelta | None] | None:
        """Return the end of what lasts so long: days by the calendar, hours as they go by."""
        try:
            if not isinstance(start, datetime):
                whole_days = max(duration, timedelta(days=0))
                return start + timedelta(days=-(-whole_days // timedelta(days=1))), None
            if "T" not in line.time.upper():
                return start + duration, None
            return (start.astimezone(UTC) + duration).astimezone(start.tzinfo), duration
        except OverflowError:
            self._problems.fault(line.number, "DURATION", line.time, "expected an end before the year 9999")
            return None

    def _rule(self, line: Line) -> Rule | None:
        return self._value(line, lambda _, text: parse_rule(text))

    def _list(self, line: Line, parse: Callable[[Line, str], _T | None]) -> list[_T]:
        if not line.time:  # Written so by exporters that mean none.
            return []
        texts = line.time.split(",")
        self._effort.find(len(texts))
        values = (self._parsed(line, text.strip(), parse) for text in texts)
        return [value for value in values if value is not None]

    def _value(self, line: Line, parse: Callable[[Line, str], _T | None]) -> _T | None:
        return self._parsed(line, line.time, parse)

    def _parsed(self, line: Line, text: str, parse: Callable[[Line, str], _T | None]) -> _T | None:
        """Return a value, or None where it is broken, which is a fault."""
        try:
            return parse(line, text)
        except ValueError as error:
            self._problems.fault(line.number, line.name, text, str(error))
            return None

    def _moment(self, line: Line, text: str) -> date | None:
        value = parse_moment(text)
        return self._zoned(line, value) if isinstance(value, datetime) else value

    def _date_or_period(self, line: Line, text: str) -> date | Period | None:
        return self.period(line, text) if "/" in text else self._moment(line, text)

    def period(self, line: Line, text: str) -> Period | None:
        """Read a period with its zone; None where that is not known, which is told.

        Raises
        ------
        ValueError
            If it is broken.
        """
        first, second = parse_period(text)
        start = self._zoned(line, first)
        end = self._zoned(line, second) if isinstance(second, datetime) else second
        if start is None or end is None:
            return None
        if isinstance(end, datetime) and end < start:
            raise ValueError("expected a period that ends after its start")
        return start, end

    def periods(self, line: Line) -> list[Period]:
        """Return the periods of a free/busy block's line; what cannot be read is told."""
        return self._list(line, self.period)

    def _zoned(self, line: Line, moment: datetime) -> datetime | None:
        if moment.tzinfo:
            return moment
        name = line.time_parameters.get("TZID", "")
        zone = self._zones.find(name, line) if name else self._home
        return moment.replace(tzinfo=zone) if zone else None

    def _sequence(self, block: Block) -> int:
        line = block.first("SEQUENCE")
        text = line.value.strip() if line else "0"
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        self._problems.oddity(
            line.number if line else None, "SEQUENCE", text, "expected a whole number, 0 is taken"
        )
        return 0


def title_of(block: Block) -> str:
    """Return what an event is called, on one line."""
    line = block.first("SUMMARY")
    return shorten(line.text) if line else ""


def uid_of(block: Block) -> str:
    """Return what an event and its repetitions have in common; nothing where it has none."""
    line = block.first("UID")
    return line.value.strip() if line else ""


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return a moment as it is, a date as its beginning."""
    return day if isinstance(day, datetime) else datetime.combine(day, time.min, zone)


def _name(block: Block) -> str:
    title = title_of(block)
    return f"in the event {title!r}" if title else f"in the event on line {block.number}"


def _range_of(line: Line | None) -> str:
    return line.time_parameters.get("RANGE", "").upper() if line else ""


def _is_before(end: date, start: date) -> bool:
    """Whether an end comes before a start, both dates or both aware."""
    if isinstance(end, datetime) and isinstance(start, datetime):
        return end.timestamp() < start.timestamp()
    return end < start


def _elapsed(start: date, end: date) -> timedelta:
    return midnight(end, UTC) - midnight(start, UTC)
