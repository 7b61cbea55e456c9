"""A sheet that is one table: a header that stays in sight, filters, widths that fit, a page to print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from meetsched.export.workbook import looks
from meetsched.export.workbook.book import Book, Value
from meetsched.export.workbook.fitting import line_count, text_width
from meetsched.export.workbook.looks import Look

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LINE, _PADDING, _HEADER_PADDING = 14.5, 4, 9  # points
_INDENT = 2  # digits: the room left free at both sides of a cell
_ARROW = 2  # digits: what opens a filter covers the end of the header
_CURRENCY = " EUR"
_HIGHEST = 409.0  # points: no row may be higher
_ENOUGH = 4_000  # letters, which no row can show


@dataclass(frozen=True, slots=True)
class Column:
    """A column's header, how its cells look, and how wide it is at least and at most, in digits."""

    title: str
    look: Look = field(default_factory=lambda: looks.TEXT)  # Python takes any mapping for mutable.
    narrowest: int = 6
    widest: int = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that looks other than its column."""

    value: Value
    look: Look


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, one a column; its `look` lies over that of its columns.

    `level` is its depth in the outline: a row of level 1 folds away under the one of level 0 above it.
    """

    cells: Sequence[Value | Cell]
    look: Look = field(default_factory=dict)
    level: int = 0

    def values(self) -> tuple[Value, ...]:
        """Return what its cells hold."""
        return tuple(cell.value if isinstance(cell, Cell) else cell for cell in self.cells)

    def looks(self) -> tuple[Look, ...]:
        """Return what is special about each cell."""
        return tuple(cell.look if isinstance(cell, Cell) else {} for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and the rows below their headers."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    def widths(self) -> tuple[int, ...]:
        """Return for each column a width that fits, in digits."""
        values = [row.values() for row in self.rows]
        return tuple(
            _width(column, (cells[place] for cells in values)) for place, column in enumerate(self.columns)
        )


def add_table(book: Book, name: str, table: Table, *, frozen: int = 0, unprinted: int = 0) -> None:
    """Add a sheet that holds a table.

    Its first columns, as many as `frozen`, stay in sight; its last ones, as many as `unprinted`, are
    for the screen only.
    """
    sheet = book.add_sheet(name)
    widths = table.widths()
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    write_table(book, sheet, 0, table, widths)
    last_row, last_column = max(1, len(table.rows)), len(widths) - 1
    sheet.outline_settings(symbols_below=False)
    sheet.freeze_panes(1, frozen)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, last_row, last_column)
    sheet.print_area(0, 0, last_row, last_column - unprinted)


def write_table(book: Book, sheet: "Worksheet", top: int, table: Table, widths: Sequence[int]) -> None:
    """Write a header and the rows below it, from the row `top` on, each as high as its texts need."""
    sheet.set_row(top, height([column.title for column in table.columns], widths, _HEADER_PADDING))
    for place, column in enumerate(table.columns):
        align = {"align": column.look["align"]}
        book.write(sheet, top, place, column.title, looks.HEADER, align)
    for number, row in enumerate(table.rows, start=top + 1):
        values = row.values()
        sheet.set_row(number, height(values, widths), None, {"level": row.level})
        for place, (column, value, own) in enumerate(zip(table.columns, values, row.looks(), strict=True)):
            book.write(sheet, number, place, value, looks.LINED, column.look, row.look, own)


def height(values: Iterable[Value], widths: Iterable[int], padding: float = _PADDING) -> float:
    """Return a row's height in points: not every program finds it by itself where texts are wrapped."""
    lines = (
        line_count(value[:_ENOUGH], width - _INDENT) if isinstance(value, str) else 1
        for value, width in zip(values, widths, strict=False)
    )
    return min(_HIGHEST, _LINE * max(lines, default=1) + padding)


def _width(column: Column, values: Iterable[Value]) -> int:
    """Return a width in which the header's words and, up to the widest allowed, the values fit."""
    title = max(map(text_width, column.title.split()))
    longest = max(map(_length, values), default=0)
    return ceil(max(column.narrowest, title + _ARROW + _INDENT, min(column.widest, longest + _INDENT)))


def _length(value: Value) -> float:
    """Return the room that a text or a number needs at most; dates and times have their own width."""
    match value:
        case str():
            return text_width(value[:_ENOUGH])
        case int() | Decimal():
            return text_width(f"{value:,.2f}{_CURRENCY}")
    return 0
