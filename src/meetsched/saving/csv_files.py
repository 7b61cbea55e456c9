"""An instance as a folder of CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from meetsched.domain.cells import CsvDialect, guarded
from meetsched.domain.instance import Instance
from meetsched.saving.rows import rows_of, setting_rows
from meetsched.saving.tree import tree_of
from meetsched.tables import Column, Kind, Shape, layout
from meetsched.tables.layout import KEY, MEANING, SETTINGS, VALUE

_DECIMAL = (Kind.AMOUNT, Kind.SHARE)


def csv_files(instance: Instance, dialect: CsvDialect = CsvDialect.RFC4180) -> dict[str, bytes]:
    """Return the files of an instance by name: one for each sheet, those without rows included."""
    tree = tree_of(instance)
    settings = [
        [column.heading, _guarded(dialect, column, cell), column.explanation]
        for column, cell in setting_rows(tree)
    ]
    files = {f"{SETTINGS}.csv": _file(dialect, [(KEY, VALUE, MEANING), *settings])}
    for sheet in layout().sheets:
        headings = [column.heading for column in sheet.columns]
        rows = (_row(dialect, sheet.columns, row) for row in rows_of(sheet, tree))
        files[f"{sheet.name}.csv"] = _file(dialect, [headings, *rows])
    return files


def _row(dialect: CsvDialect, columns: Sequence[Column], cells: Sequence[str]) -> Iterator[str]:
    for column, cell in zip(columns, cells, strict=True):
        yield _guarded(dialect, column, cell)


def _guarded(dialect: CsvDialect, column: Column, cell: str) -> str:
    if column.shape is Shape.ONE and column.kind in _DECIMAL:
        return dialect.amount(cell)
    return guarded(cell)


def _file(dialect: CsvDialect, rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
