"""Time zones by the names that calendars use, and those that a calendar defines itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from meetsched.domain.scalars import NO_ZONES
from meetsched.loading.calendars.problems import Problems
from meetsched.loading.calendars.repetition import Effort, Repetition
from meetsched.loading.calendars.rules import RuleError, parse_rule
from meetsched.loading.calendars.scan import Block, Line
from meetsched.loading.calendars.times import parse_moment

_YEARS_BEFORE = 15
"""How long before the first date a zone that a calendar defines is followed; nothing of then can matter."""
_MAX_DEFINITIONS = 500
_OFFSET = re.compile(r"([+-])([0-1][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")
_ZERO = timedelta(0)


class Onset(NamedTuple):
    """A change of clocks: when it comes, on the clock before it, and the offsets before and after."""

    wall: datetime
    before: timedelta
    after: timedelta

    @property
    def instant(self) -> datetime:
        """When it comes, in UTC but without a zone."""
        return self.wall - self.before


class DefinedZone(tzinfo):
    """A zone as a calendar defines it.

    Parameters
    ----------
    onsets : list of Onset
        In order; at least one. Before the first, its offset before it counts.
    """

    def __init__(self, name: str, onsets: list[Onset]) -> None:
        self._name = name
        self._onsets = onsets
        self._walls = [min(onset.wall, onset.wall - onset.before + onset.after) for onset in onsets]
        self._instants = [onset.instant for onset in onsets]

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return how far the local clock is ahead; what it skips is as before it, what it repeats by fold."""
        if moment is None:
            return self._onsets[0].before
        wall = moment.replace(tzinfo=None, fold=0)
        number = bisect_right(self._walls, wall)
        if not number:
            return self._onsets[0].before
        onset = self._onsets[number - 1]
        is_skipped = onset.wall <= wall < onset.wall - onset.before + onset.after
        is_repeated = onset.wall - onset.before + onset.after <= wall < onset.wall
        if is_skipped or is_repeated:
            return onset.after if moment.fold else onset.before
        return onset.after

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time of a moment in UTC."""
        instant = moment.replace(tzinfo=None)
        number = bisect_right(self._instants, instant)
        onset = self._onsets[max(number - 1, 0)]
        offset = onset.after if number else onset.before
        is_second = bool(number) and onset.wall > instant + offset
        return (instant + offset).replace(tzinfo=self, fold=int(is_second))

    def dst(self, _: datetime | None) -> timedelta:
        """Return nothing of use: which part of an offset is summer time plays no part."""
        return _ZERO

    def tzname(self, _: datetime | None) -> str:
        """Return the name by which the calendar calls it."""
        return self._name


class Zones:
    """Finds the zones of one calendar.

    A name that everybody knows, of the IANA or of Windows, means what it means everywhere, also where the
    calendar defines it otherwise: definitions in files are often cut short or out of date. Where the two
    differ within the dates asked for, that is told.

    Parameters
    ----------
    definitions : list of Block
        The calendar's VTIMEZONE blocks.
    first, last : date
        Between which the busy times are looked for.
    """

    def __init__(
        self, definitions: list[Block], first: date, last: date, problems: Problems, effort: Effort
    ) -> None:
        self._definitions = {_name_of(block): block for block in reversed(definitions[:_MAX_DEFINITIONS])}
        self._years = (max(first.year - _YEARS_BEFORE, 2), last.year + 1)
        self._dates = (first, last)
        self._problems = problems
        self._effort = effort
        self._found: dict[str, tzinfo | None] = {}

    def find(self, name: str, line: Line) -> tzinfo | None:
        """Return the zone of a name; None where there is none, which is a fault at the line."""
        if name not in self._found:
            self._found[name] = self._find(name)
        zone = self._found[name]
        if zone is None:
            expected = "expected a time zone that is known, or defined in the file"
            self._problems.fault(line.number, f"{line.name};TZID", name, expected)
        return zone

    def _find(self, name: str) -> tzinfo | None:
        known = known_zone(name)
        block = self._definitions.get(name)
        defined = self._define(name, block) if block else None
        if known is None or block is None or defined is None:
            return known or defined
        if (day := self._difference(known, defined)) is not None:
            expected = f"the file defines it otherwise (on {day} for example); its usual rules count"
            self._problems.oddity(block.number, "TZID", name, expected)
        return known

    def _difference(self, known: tzinfo, defined: tzinfo) -> date | None:
        """Return the first date on which two zones differ at noon."""
        day = self._dates[0]
        while day <= self._dates[1]:
            noon = datetime(day.year, day.month, day.day, 12)
            if noon.replace(tzinfo=known).utcoffset() != noon.replace(tzinfo=defined).utcoffset():
                return day
            day += timedelta(days=1)
        return None

    def _define(self, name: str, block: Block) -> tzinfo | None:
        onsets: list[Onset] = []
        for part in block.blocks:
            try:
                onsets += self._onsets(part)
            except (ValueError, RuleError) as error:
                self._problems.oddity(
                    part.number, f"the time zone {name}", "", f"its definition is broken: {error}"
                )
                return None
        return DefinedZone(name, sorted(onsets)) if onsets else None

    def _onsets(self, part: Block) -> Iterator[Onset]:
        """Yield when one of a zone's offsets begins to count, from the first year to the last."""
        before, after = _offset(part.word("TZOFFSETFROM")), _offset(part.word("TZOFFSETTO"))
        start = parse_moment(part.word("DTSTART"))
        if not isinstance(start, datetime) or start.tzinfo:
            raise ValueError("expected DTSTART to be a local time")
        yield Onset(start, before, after)
        for line in part.all("RDATE"):
            for text in line.time.split(","):
                self._effort.look_at(1)
                moment = parse_moment(text.partition("/")[0])
                if isinstance(moment, datetime):
                    yield Onset(moment.replace(tzinfo=None), before, after)
        first, last = (datetime(year, 1, 1) for year in self._years)
        for line in part.all("RRULE"):
            rule = parse_rule(line.time)
            if rule.frequency != "YEARLY":
                raise ValueError("expected clocks to change by the year")
            repetition = Repetition(rule, start, UTC, self._effort)
            yield from (Onset(moment, before, after) for moment in repetition.between(first, last))


def known_zone(name: str) -> tzinfo | None:
    """Return the zone that a name means everywhere, or None.

    Names of Windows count, those with a maker's name before them (``/mozilla.org/20050126_1/Europe/Warsaw``),
    and all of them in small letters or capitals.
    """
    parts = name.strip("/ ").split("/")
    lead = len(parts) if name.startswith("/") else 1
    candidates = ["/".join(parts[start:]) for start in range(min(lead, 10))]
    for candidate in candidates:
        if zone := _zone(candidate) or _zone(_usual_names().get(candidate.casefold(), "")):
            return zone
    return None


def _zone(name: str) -> tzinfo | None:
    if not name or len(name) > 80 or name.startswith(NO_ZONES):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones.
        return None


@cache
def _usual_names() -> Mapping[str, str]:
    """Return the IANA's names by those of Windows and by themselves, all in small letters."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    names = {name.casefold(): name for name in available_timezones() if not name.startswith(NO_ZONES)}
    names |= {windows.casefold(): usual for windows, usual in WINDOWS_TO_OLSON.items()}
    return names | {"tzone://microsoft/utc": "UTC", "z": "UTC"}


def _name_of(block: Block) -> str:
    line = block.first("TZID")
    return line.text.strip().strip('"') if line else ""


def _offset(text: str) -> timedelta:
    match = _OFFSET.fullmatch(text)
    if not match:
        raise ValueError("expected TZOFFSETFROM and TZOFFSETTO, such as +0100")
    hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length
