"""The lines of an iCalendar file (RFC 5545) and the blocks into which they are nested.

The parser behind knows no line numbers, drops what it cannot read, and takes minutes for a file full of
attachments. So lines are unfolded, counted and checked here, and only those that bear on busy times go on.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from meetsched.loading.calendars.problems import Problems

MAX_BLOCKS = 100_000
"""Events, alarms and other parts of a file; ten years of a crowded diary have a fifth of it."""
MAX_DEPTH = 10
"""Levels of nesting; the format needs four."""

TIMES = frozenset(
    {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "FREEBUSY"}
)
"""Properties that bear on when something is; each must be readable."""
_ONSETS = frozenset({"TZID", "TZOFFSETFROM", "TZOFFSETTO"})
_OTHERS = frozenset(
    {
        "UID", "SEQUENCE", "STATUS", "TRANSP", "SUMMARY", "ATTENDEE", "METHOD", "CALSCALE", "X-WR-CALNAME",
        "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-MSNCALENDAR-BUSYSTATUS",
    }
)  # fmt: skip
_KEPT = TIMES | _ONSETS | _OTHERS
_READ = frozenset({"VCALENDAR", "VEVENT", "VFREEBUSY", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
"""Blocks whose lines matter; of others, only where they begin and end."""
_PARENTS = {"VCALENDAR": "", "VEVENT": "VCALENDAR", "VFREEBUSY": "VCALENDAR", "VTIMEZONE": "VCALENDAR"}

_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^;]*)')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class Line(NamedTuple):
    """A property as the file writes it, unfolded.

    Attributes
    ----------
    number : int
        The line of the file on which it begins, from 1.
    name : str
        In capitals.
    rest : str
        All that follows the name: parameters, a colon, the value.
    """

    number: int
    name: str
    rest: str

    @property
    def value(self) -> str:
        """Its value, what comes after the first colon that is not quoted."""
        return self.rest[self._colon() + 1 :]

    @property
    def text(self) -> str:
        """Its value as a text, without escapes."""
        return _ESCAPE.sub(lambda match: " " if match[1] in "nN" else match[1], self.value)

    @property
    def time(self) -> str:
        """The value of a property that bears on times, which has no colon; parameters may have some."""
        return self.rest.rpartition(":")[2].strip()

    @property
    def time_parameters(self) -> Mapping[str, str]:
        """The parameters of a property that bears on times, names in capitals, quotes removed."""
        return _parameters(self.rest.rpartition(":")[0])

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters of any other property."""
        return _parameters(self.rest[: self._colon()])

    def _colon(self) -> int:
        quoted = False
        for position, char in enumerate(self.rest):
            if char == '"':
                quoted = not quoted
            elif char == ":" and not quoted:
                return position
        return self.rest.index(":")  # A quote that is never closed.


@dataclass(slots=True)
class Block:
    """A part of a file from its BEGIN to its END, with the lines and blocks in it that matter."""

    kind: str
    number: int
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        """Return the properties of a name, in order."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        """Return the first property of a name."""
        return next((line for line in self.lines if line.name == name), None)

    def word(self, name: str) -> str:
        """Return the value of a property as a word in capitals, or nothing."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""


def decode(data: bytes, problems: Problems) -> str:
    """Return the text of a calendar; letters that are not UTF-8 are an oddity, other encodings a fault."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise problems.stop(None, "the file is UTF-16, expected UTF-8", "save it as UTF-8")
    if (zero := data.find(b"\0")) >= 0:
        raise problems.stop(data.count(b"\n", 0, zero) + 1, "a zero byte stands here: this is no calendar")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02x}"
        problems.oddity(line, "", "", f"the byte {byte} is not UTF-8", "titles may look wrong, times do not")
        return data.decode("utf-8-sig", errors="replace")


def scan(text: str, problems: Problems) -> list[Block]:
    """Return the calendars of a file, most often one.

    Raises
    ------
    DataError
        If the file is no calendar, its end is missing, or its parts are not nested as they should be.
    """
    scanner = _Scanner(problems)
    for number, line in _unfold(text):
        scanner.take(number, line)
    return scanner.finish()


def _unfold(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, joined with those that continue it."""
    begun, parts = 0, [""]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if line[:1] in (" ", "\t") and begun:
            parts.append(line[1:])
        elif line.strip():
            if begun:
                yield begun, "".join(parts)
            begun, parts = number, [line]
    if begun:
        yield begun, "".join(parts)


class _Scanner:
    """Nests the lines of a file."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._calendars: list[Block] = []
        self._stack: list[Block] = []
        self._count = self._last = 0

    def take(self, number: int, line: str) -> None:
        """Take the next line."""
        self._last = number
        match = _NAME.match(line) if ":" in line else None
        name = match[0].upper() if match else ""
        if name == "BEGIN":
            self._begin(number, line[6:].strip().upper())
        elif name == "END":
            self._end(number, line[4:].strip().upper())
        elif not self._stack:
            self._outside(number, line)
        elif not name:
            self._unreadable(number, line)
        elif name in _KEPT and self._stack[-1].kind in _READ:
            self._stack[-1].lines.append(Line(number, name, line[len(name) :]))

    def finish(self) -> list[Block]:
        """Return the calendars, if the file ends where it should."""
        if self._stack:
            expected = f"the file ends in the middle, expected END:{self._stack[-1].kind}"
            raise self._problems.stop(self._last, expected, "it was not downloaded or copied to its end")
        if not self._calendars:
            raise self._problems.stop(
                1, "the file is no calendar, expected BEGIN:VCALENDAR as its first line"
            )
        return self._calendars

    def _begin(self, number: int, kind: str) -> None:
        parent = self._stack[-1].kind if self._stack else ""
        if _PARENTS.get(kind, parent) != parent or not (parent or kind == "VCALENDAR"):
            where = f"inside {parent}" if parent else "outside of any VCALENDAR"
            raise self._problems.stop(number, f"BEGIN:{kind[:40]} stands {where}")
        self._count += 1
        if self._count > MAX_BLOCKS or len(self._stack) >= MAX_DEPTH:
            raise self._problems.stop(number, f"expected at most {MAX_BLOCKS} parts, {MAX_DEPTH} deep")
        block = Block(kind, number)
        if not self._stack:
            self._calendars.append(block)
        elif kind in _READ:
            self._stack[-1].blocks.append(block)
        self._stack.append(block)

    def _end(self, number: int, kind: str) -> None:
        if not self._stack:
            raise self._problems.stop(number, f"END:{kind[:40]} stands here without its BEGIN")
        if (block := self._stack.pop()).kind != kind:
            raise self._problems.stop(number, f"END:{kind[:40]} stands here, expected END:{block.kind[:40]}")

    def _outside(self, number: int, line: str) -> None:
        if not self._calendars:
            hint = "a web page was saved in place of the calendar" if line.lstrip().startswith("<") else ""
            expected = "the file is no calendar, expected BEGIN:VCALENDAR as its first line"
            raise self._problems.stop(number, expected, hint)
        self._problems.oddity(number, "", line, "a line outside of any calendar is passed over")

    def _unreadable(self, number: int, line: str) -> None:
        """Tell a line without a name, which is no great loss unless it may have been about times."""
        begins = re.split(r"[^A-Z0-9-]", line.strip().upper(), maxsplit=1)[0]
        if self._stack[-1].kind in _READ and begins in TIMES | _ONSETS | {"BEGIN", "END"}:
            self._problems.fault(number, "", line, "expected a name, a colon and a value")
        else:
            self._problems.oddity(number, "", line, "a line that cannot be read is passed over")


def _parameters(head: str) -> Mapping[str, str]:
    found = {name.upper(): value.strip().strip('"') for name, value in _PARAMETER.findall(head)}
    return MappingProxyType(found)
