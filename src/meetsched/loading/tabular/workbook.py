"""An Excel workbook to tables.

Read as a stream of elements, never by the sheet's extent: a cell in the last corner of a sheet must not
cost the memory of all those before it. Unlike the libraries that were tried, it tells formulas that were
never computed and midnights that were entered as such from dates without a time.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from meetsched.loading.raw import unreadable
from meetsched.loading.tabular.archive import Attributes, broken, unpack, walk_xml
from meetsched.loading.tabular.dialects import clock_text, moment_text
from meetsched.loading.tabular.formats import NumberFormat, read_formats
from meetsched.loading.tabular.grid import (
    EPOCH_1900,
    EPOCH_1904,
    MAX_CELLS,
    MAX_NAMED_CELLS,
    Entered,
    Form,
    Grid,
)

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROOT = "_rels/.rels"
_GENERAL = NumberFormat()


def read_workbook(file: str, data: bytes) -> list[Grid]:
    """Read the sheets of an .xlsx or .xlsm workbook.

    Raises
    ------
    DataError
        It is no workbook, is broken or too large.
    """
    parts = unpack(file, data)
    main = next(iter(_targets(file, parts, "", _ROOT, "officeDocument").values()), "")
    if main not in parts:
        raise broken(file)
    book = _Book()
    walk_xml(file, parts[main], book.start)
    relations = posixpath.join(posixpath.dirname(main), "_rels", f"{posixpath.basename(main)}.rels")
    sheets = _targets(file, parts, main, relations, "worksheet")
    texts = _shared_texts(file, parts, _targets(file, parts, main, relations, "sharedStrings"))
    styles = next(iter(_targets(file, parts, main, relations, "styles").values()), "")
    formats = read_formats(file, parts.get(styles))
    cells = _Count(file)
    grids = []
    for name, relation in book.sheets:
        part = parts.get(sheets.get(relation, ""))
        if part is not None:  # Others are charts and dialogues.
            sheet = _Sheet(cells, texts, formats, book.epoch, book.computes_on_load)
            walk_xml(file, part, sheet.start, sheet.end, sheet.text)
            grids.append(Grid(name, file, in_workbook=True, rows=_in_order(sheet.rows), epoch=book.epoch))
    return grids


def _in_order(rows: Mapping[int, Mapping[int, Entered]]) -> dict[int, dict[int, Entered]]:
    return {row: dict(sorted(rows[row].items())) for row in sorted(rows)}


def _targets(file: str, parts: Mapping[str, bytes], source: str, relations: str, kind: str) -> dict[str, str]:
    """Return the parts to which a part has relations of a kind, by the relations' ids."""
    found: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith(f"/{kind}"):
            target = posixpath.join("/", posixpath.dirname(source), attributes.get("Target", ""))
            found[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    if relations in parts:
        walk_xml(file, parts[relations], start)
    return found


@dataclass
class _Book:
    """The list of a workbook's sheets, each with the id of its relation."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    epoch: date = EPOCH_1900
    computes_on_load: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next((text for key, text in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = EPOCH_1904
        elif name == "calcPr":
            self.computes_on_load = attributes.get("fullCalcOnLoad") in ("1", "true")


class _Texts:
    """The texts that the sheets share."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._pieces: list[str] = []
        self._open = ""
        self._phonetic = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._pieces = []
        self._phonetic += name == "rPh"
        self._open = name

    def end(self, name: str) -> None:
        if name == "si":
            self.all.append(_unescape("".join(self._pieces)))
        self._phonetic -= name == "rPh"
        self._open = ""

    def text(self, text: str) -> None:
        if self._open == "t" and not self._phonetic:
            self._pieces.append(text)


def _shared_texts(file: str, parts: Mapping[str, bytes], targets: Mapping[str, str]) -> list[str]:
    texts = _Texts()
    for target in targets.values():
        if target in parts:
            walk_xml(file, parts[target], texts.start, texts.end, texts.text)
    return texts.all


def _unescape(text: str) -> str:
    """Return a text whose odd characters are written as ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


class _Count:
    """The number of cells of all sheets, bounded."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._named = self._filled = 0

    def add_named(self) -> None:
        self._named += 1
        self._check(self._named, MAX_NAMED_CELLS)

    def add_filled(self) -> None:
        self._filled += 1
        self._check(self._filled, MAX_CELLS)

    def _check(self, count: int, most: int) -> None:
        if count > most:
            raise unreadable(self.file, f"expected at most {most} cells")


class _Sheet:
    """The cells of a sheet that hold something."""

    def __init__(
        self,
        count: _Count,
        texts: list[str],
        formats: list[NumberFormat],
        epoch: date,
        computes_on_load: bool,
    ) -> None:
        self.rows: dict[int, dict[int, Entered]] = {}
        self._count = count
        self._texts = texts
        self._formats = formats
        self._epoch = epoch
        self._computes_on_load = computes_on_load
        self._row = self._column = 0
        self._attributes: Attributes = {}
        self._in_cell = False
        self._open = ""
        self._phonetic = 0
        self._value: str | None = None
        self._formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._row, self._column = self._number(attributes.get("r"), self._row + 1), 0
        elif name == "c":
            self._count.add_named()
            self._in_cell, self._attributes = True, attributes
            self._value, self._formula = None, False
            self._move(attributes.get("r"))
        elif self._in_cell:
            self._formula |= name == "f"
            self._phonetic += name == "rPh"
            if name == "v" or (name == "is" and self._value is None):
                self._value = ""
        self._open = name

    def end(self, name: str) -> None:
        self._phonetic -= name == "rPh"
        self._open = ""
        if name == "c" and self._in_cell:
            self._in_cell = False
            entered = self._entered()
            if entered is not None:
                self._count.add_filled()
                self.rows.setdefault(self._row, {})[self._column] = entered

    def text(self, text: str) -> None:
        if self._in_cell and self._open in ("v", "t") and not self._phonetic:
            self._value = (self._value or "") + text

    def _move(self, reference: str | None) -> None:
        """Take the position of a cell, which follows the one before it where it does not say."""
        self._column += 1
        match = _REFERENCE.fullmatch(reference or "")
        if match:
            self._row, self._column = int(match[2]), 0
            for letter in match[1]:
                self._column = self._column * 26 + ord(letter) - ord("A") + 1
        self._row = max(self._row, 1)

    def _number(self, text: str | None, default: int) -> int:
        return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else default

    def _entered(self) -> Entered | None:
        """Return what the cell holds, or None where it is empty."""
        kind = self._attributes.get("t", "n")
        value = self._value or ""
        is_empty_text = kind == "str" and self._value == ""
        if self._formula and not is_empty_text and (self._computes_on_load or not value):
            return Entered("", Form.NO_VALUE)
        if kind in ("s", "str", "inlineStr"):
            text = self._shared(value) if kind == "s" and value else _unescape(value)
            return Entered(text) if text else None
        if not value:
            return None
        match kind:
            case "b":
                return Entered("true" if value.strip() in ("1", "true") else "false", Form.TRUTH)
            case "e" | "d":
                return Entered(value, Form.ERROR if kind == "e" else Form.TIMED)
        return self._numeric(value)

    def _shared(self, value: str) -> str:
        index = self._number(value.strip(), len(self._texts))
        if index >= len(self._texts):
            raise broken(self._count.file)
        return self._texts[index]

    def _numeric(self, text: str) -> Entered:
        """Return a number as it is shown: a date, a time of day, or digits, fifteen at most."""
        try:
            number = float(text)
        except ValueError:
            return Entered(text)
        style = self._number(self._attributes.get("s"), 0)
        shown = self._formats[style] if style < len(self._formats) else _GENERAL
        if (shown.has_date or shown.has_time) and 0 <= number < 3_000_000:
            return Entered(self._timed(number, shown), Form.TIMED)
        digits = format(number, ".15g")
        return Entered(digits.zfill(shown.digits) if digits.isdigit() else digits, Form.NUMBER)

    def _timed(self, number: float, shown: NumberFormat) -> str:
        if not shown.has_date and number < 1:
            return clock_text(number)
        try:
            return moment_text(number, self._epoch, shows_time=shown.has_time)
        except OverflowError:
            return format(number, ".15g")
