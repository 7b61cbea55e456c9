"""A workbook with its faults marked: coloured cells with comments, and a list on a sheet of its own."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meetsched.domain.cells import guarded
from meetsched.errors import Fault, OutputError
from meetsched.tables.layout import FAULTS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "meetsched check"
"""Of the comments on faults; those of an earlier check are taken away."""

_RED, _YELLOW = "FFFFC7CE", "FFFFEB9C"
_RULE = "\n———\n"
"""Between a comment on a fault and what the cell's comment said before."""

_COMMENT_WIDTH, _LINE_HEIGHT, _LINE_LENGTH = 320, 17, 46
_HEADINGS = ("kind", "where", "what")
_WIDTHS = (10, 44, 110)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be marked: what is wrong, and what is odd but not wrong."""

    faults: Sequence[Fault]
    warnings: Sequence[Fault]

    def all(self) -> Iterable[tuple[str, Fault]]:
        """Yield each with its kind."""
        yield from (("fault", fault) for fault in self.faults)
        yield from (("warning", warning) for warning in self.warnings)


def mark_workbook(data: bytes, marks: Marks) -> bytes:
    """Return a workbook with marks; all else in it stays, but for macros and charts.

    Raises
    ------
    OutputError
        The workbook is beyond what can be changed.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
        for page in book.worksheets:
            _clean(page)
        return _marked(book, marks)
    except Exception as error:  # What a file that is odd makes of it is not laid down.
        raise OutputError(f"the workbook cannot be marked: {type(error).__name__}: {error}") from error


def mark_tables(tables: Mapping[str, Mapping[int, Mapping[int, str]]], marks: Marks) -> bytes:
    """Return a workbook made of tables of texts, by row and column, with marks."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        page = book.create_sheet(name[:31])
        for row, cells in rows.items():
            for column, text in cells.items():
                _write(page, row, column, text)
        page.freeze_panes = "A2"
    return _marked(book, marks)


def _marked(book: Workbook, marks: Marks) -> bytes:
    pages = {page.title.strip().casefold(): page for page in book.worksheets}
    by_cell: dict[tuple[str, str], list[tuple[str, Fault]]] = defaultdict(list)
    for kind, fault in marks.all():
        if fault.cell and fault.cell.sheet.strip().casefold() in pages:
            by_cell[fault.cell.sheet.strip().casefold(), fault.cell.reference].append((kind, fault))
    for (sheet, reference), found in by_cell.items():
        _mark(pages[sheet], reference, found)
    _list(book, marks, pages)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _mark(page: Worksheet, reference: str, found: Sequence[tuple[str, Fault]]) -> None:
    from openpyxl.styles import PatternFill

    cell = page[reference]
    for merged in page.merged_cells.ranges:
        if reference in merged:
            cell = page.cell(merged.min_row, merged.min_col)
    colour = _RED if any(kind == "fault" for kind, _ in found) else _YELLOW
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    text = "\n".join(_message(fault) for _, fault in found)
    if cell.comment:
        text += _RULE + cell.comment.text
    cell.comment = _comment(text, AUTHOR)


def _clean(page: Worksheet) -> None:
    """Take away the marks of an earlier check.

    Only cells that are there are looked at: to walk the rows would make one for each place up to the last.
    """
    from openpyxl.styles import PatternFill

    for cell in page._cells.values():
        if not cell.comment:
            continue
        text = cell.comment.text
        if cell.comment.author == AUTHOR:
            cell.fill = PatternFill()
            _, _, text = text.partition(_RULE)
        cell.comment = _comment(text, "meetsched") if text else None


def _comment(text: str, author: str) -> Comment:
    from openpyxl.comments import Comment

    lines = text.count("\n") + len(text) // _LINE_LENGTH + 2
    return Comment(text, author, height=lines * _LINE_HEIGHT, width=_COMMENT_WIDTH)


def _message(fault: Fault) -> str:
    parts = [f"here: {fault.value}" if fault.value else "", fault.hint]
    remark = "; ".join(part for part in parts if part)
    return f"{fault.expected} ({remark})" if remark else fault.expected


def _list(book: Workbook, marks: Marks, pages: Mapping[str, Worksheet]) -> None:
    """Write the sheet that lists everything, with links to the cells."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import quote_sheetname

    if FAULTS in pages:
        book.remove(pages[FAULTS])
    page = book.create_sheet(FAULTS, 0)
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        page.cell(1, column, heading).font = Font(name="Calibri", bold=True)
        page.column_dimensions["ABC"[column - 1]].width = width
    for row, (kind, fault) in enumerate(marks.all(), start=2):
        page.cell(row, 1, kind)
        where = str(fault.cell) if fault.cell else fault.path or fault.file
        _write(page, row, 2, where)
        _write(page, row, 3, _message(fault))
        page.cell(row, 3).alignment = Alignment(wrap_text=True, vertical="top")
        target = pages.get(fault.cell.sheet.strip().casefold()) if fault.cell else None
        if fault.cell and target is not None and target.title != FAULTS:
            page.cell(row, 2).hyperlink = f"#{quote_sheetname(target.title)}!{fault.cell.reference}"
            page.cell(row, 2).style = "Hyperlink"
    page.freeze_panes = "A2"
    book.active = 0


def _write(page: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text as a text, whatever it begins with."""
    cell = page.cell(row, column)
    cell.value = guarded(text)
    cell.data_type = "s"
