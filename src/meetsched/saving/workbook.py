"""An instance as an Excel workbook to fill in: explained, with drop-down lists and real dates."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from meetsched.domain.cells import guarded
from meetsched.domain.instance import Instance
from meetsched.domain.scalars import MINUTES_PER_DAY, parse_clock
from meetsched.errors import OutputError
from meetsched.saving.rows import rows_of, setting_rows
from meetsched.saving.tree import tree_of
from meetsched.tables import Column, Kind, Shape, layout
from meetsched.tables.comments import comment, how_to_write
from meetsched.tables.layout import CHOICES, KEY, MEANING, SETTINGS, VALUE

LONGEST_CELL = 32_767
"""Characters that Excel has room for."""

_MADE = datetime(2027, 1, 1)
"""The date of making that each workbook carries: the same instance, the same bytes."""

_ROWS = 5_000
"""Rows for which there are drop-down lists."""

_LONGEST_LIST = 255
"""Characters of a drop-down list that stands in a cell's own rule."""

_NARROW, _WIDE = 8, 44
_FIRST_YEAR = 1901
"""Before it, Excel's calendar is wrong or ends: such dates are texts."""

_FORMATS = {
    Kind.WHOLE: "0",
    Kind.AMOUNT: "0.00",
    Kind.SHARE: "General",
    Kind.DATE: "yyyy-mm-dd",
    Kind.CLOCK: "hh:mm",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.YES_NO: "General",
}


def workbook(instance: Instance) -> bytes:
    """Return an instance as a workbook.

    Raises
    ------
    OutputError
        A text is longer than a cell of a workbook can be.
    """
    import xlsxwriter

    content = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, {"in_memory": True, **plain})
    book.set_properties({"title": instance.name or instance.id, "created": _MADE})
    _Writer(book).write(instance)
    book.close()
    return content.getvalue()


class _Writer:
    """Writes all sheets of a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._heading = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._needed = book.add_format(
            {"bold": True, "bg_color": "#B8CCE4", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._remark = book.add_format({"font_color": "#595959", "valign": "top"})
        self._formats: dict[str, Any] = {}
        self._choices: dict[tuple[str, ...], str] = {}

    def write(self, instance: Instance) -> None:
        tree = tree_of(instance)
        self._write_settings(list(setting_rows(tree)))
        for sheet in layout().sheets:
            page = self._add_page(sheet.name)
            rows = rows_of(sheet, tree)
            for position, column in enumerate(sheet.columns):
                self._write_column(page, position, column, [row[position] for row in rows])
            page.freeze_panes(1, 1 if sheet.columns[0].heading == "id" or sheet.owner else 0)
        self._write_choices()

    def _add_page(self, name: str) -> Any:
        """Add a sheet that prints as wide as a page, with its headings on each."""
        page = self._book.add_worksheet(name)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        return page

    def _write_settings(self, rows: Sequence[tuple[Column, str]]) -> None:
        page = self._add_page(SETTINGS)
        for position, (heading, width) in enumerate(((KEY, 24), (VALUE, 34), (MEANING, 130))):
            page.write_string(0, position, heading, self._heading)
            page.set_column(position, position, width)
        for row, (column, cell) in enumerate(rows, start=1):
            page.write_string(row, 0, column.heading, self._needed if column.required else self._heading)
            self._write_cell(page, row, 1, column, cell)
            page.write_string(row, 2, f"{column.explanation} {how_to_write(column)}", self._remark)
            self._offer(page, row, row, 1, column)
        page.freeze_panes(1, 1)

    def _write_column(self, page: Any, position: int, column: Column, cells: Sequence[str]) -> None:
        page.write_string(0, position, column.heading, self._needed if column.required else self._heading)
        lines = comment(column)
        size = {"width": 300, "height": 36 + 17 * (lines.count("\n") + len(lines) // 44)}
        page.write_comment(0, position, lines, {"author": "meetsched", **size})
        longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
        width = min(max(longest, len(column.heading), _NARROW) + 2, _WIDE)
        page.set_column(position, position, width, self._format(column))
        for row, cell in enumerate(cells, start=1):
            self._write_cell(page, row, position, column, cell)
        self._offer(page, 1, _ROWS, position, column)

    def _format(self, column: Column, *, seconds: bool = False) -> Any:
        code = _FORMATS.get(column.kind, "@") if column.shape is Shape.ONE else "@"
        code += ":ss" * seconds
        if code not in self._formats:
            place = {"valign": "top", "align": "left"} if code == "@" else {"valign": "top"}
            self._formats[code] = self._book.add_format({"num_format": code, **place})
        return self._formats[code]

    def _write_cell(self, page: Any, row: int, position: int, column: Column, cell: str) -> None:
        if not cell:
            page.write_blank(row, position, None, self._format(column))
            return
        value = _typed(column, cell)
        if isinstance(value, bool):
            page.write_boolean(row, position, value, self._format(column))
        elif isinstance(value, datetime):
            page.write_datetime(row, position, value, self._format(column, seconds=bool(value.second)))
        elif isinstance(value, float):
            page.write_number(row, position, value, self._format(column))
        else:
            text = guarded(value)
            if len(text.encode("utf-16-le")) > 2 * LONGEST_CELL:
                where = f"{page.get_name()}, row {row + 1}, column {column.heading}"
                raise OutputError(f"{where}: a cell of a workbook holds {LONGEST_CELL} characters at most")
            page.write_string(row, position, text, self._format(column))

    def _offer(self, page: Any, first: int, last: int, position: int, column: Column) -> None:
        """Add a drop-down list, which for cells of several values only offers."""
        source: list[str] | str
        if column.names:
            ids = f"{column.names}!$A$2:$A${_ROWS}"
            source = f"=OFFSET({column.names}!$A$2,0,0,MAX(1,COUNTA({ids})),1)"
        elif len(",".join(column.choices)) > _LONGEST_LIST:
            source = self._choices.setdefault(column.choices, self._next_choices(column.choices))
        elif column.choices:
            source = list(column.choices)
        else:
            return
        strict = column.shape is Shape.ONE
        rule = {"validate": "list", "source": source, "show_error": strict}
        if strict:
            rule |= {"error_title": column.heading, "error_message": "Please choose one of the list."}
        page.data_validation(first, position, last, position, rule)

    def _next_choices(self, choices: Sequence[str]) -> str:
        letter = chr(ord("A") + len(self._choices))
        return f"={CHOICES}!${letter}$1:${letter}${len(choices)}"

    def _write_choices(self) -> None:
        if self._choices:
            page = self._book.add_worksheet(CHOICES)
            for position, choices in enumerate(self._choices):
                page.write_column(0, position, choices)
            page.hide()


def _typed(column: Column, cell: str) -> str | float | bool | datetime:
    """Return a single value as a spreadsheet knows it; a text where it knows none."""
    if column.shape is not Shape.ONE:
        return cell
    match column.kind:
        case Kind.YES_NO:
            return cell == "true"
        case Kind.WHOLE | Kind.AMOUNT | Kind.SHARE:
            return float(cell)
        case Kind.CHOICE:
            return float(cell) if cell.isdigit() else cell
        case Kind.CLOCK | Kind.DATE | Kind.MOMENT:
            return _timed(cell)
    return cell


def _timed(cell: str) -> str | float | datetime:
    minutes = parse_clock(cell)
    if minutes is not None:
        return minutes / MINUTES_PER_DAY
    moment = datetime.fromisoformat(cell)
    is_plain = moment.tzinfo is None and not moment.microsecond
    return moment if is_plain and moment.year >= _FIRST_YEAR else cell
