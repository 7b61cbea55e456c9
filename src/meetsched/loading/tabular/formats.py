"""How a workbook shows numbers: which of them are dates and times of day, and how many digits they have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from meetsched.loading.tabular.archive import Attributes, walk_xml

_BUILT_IN_DATES = frozenset((*range(14, 18), *range(27, 32), 36, *range(50, 59)))
_BUILT_IN_TIMES = frozenset((*range(18, 22), *range(32, 36), *range(45, 48)))
_BUILT_IN_BOTH = frozenset((22,))

_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|am/pm|a/p', re.IGNORECASE)
"""Parts of a format that are text, colours, conditions and the like."""


class NumberFormat(NamedTuple):
    """What a number looks like.

    `digits` is how many a whole number is filled up to, with zeros before it.
    """

    has_date: bool = False
    has_time: bool = False
    digits: int = 0


@dataclass
class _Styles:
    codes: dict[str, str] = field(default_factory=dict)
    cells: list[str] = field(default_factory=list)
    in_cells: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells:
            self.cells.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.in_cells = False


def read_formats(file: str, part: bytes | None) -> list[NumberFormat]:
    """Return the number format of each style of a workbook."""
    styles = _Styles()
    if part is not None:
        walk_xml(file, part, styles.start, styles.end)
    return [_of(number, styles.codes.get(number)) for number in styles.cells]


def _of(number: str, code: str | None) -> NumberFormat:
    if code is not None:
        return of_code(code)
    built_in = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    both = built_in in _BUILT_IN_BOTH
    return NumberFormat(both or built_in in _BUILT_IN_DATES, both or built_in in _BUILT_IN_TIMES)


@cache
def of_code(code: str) -> NumberFormat:
    """Return what a format such as ``yyyy-mm-dd hh:mm`` shows."""
    shown = _SILENT.sub("", code).split(";")[0].lower()
    if re.fullmatch("0+", shown):
        return NumberFormat(digits=len(shown))
    if shown == "general":
        return NumberFormat()
    has_time = bool(re.search("[hs]", shown))
    has_date = bool(re.search("[yd]", shown)) or ("m" in shown and not has_time)
    return NumberFormat(has_date, has_time)
