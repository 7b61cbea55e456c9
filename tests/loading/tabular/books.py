"""Small workbooks and folders to read, and what the readers make of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from meetsched.errors import DataError
from meetsched.loading import load_instance
from meetsched.loading.tabular.grid import Entered
from meetsched.loading.tabular.workbook import read_workbook
from meetsched.saving.csv_files import csv_files
from meetsched.saving.workbook import workbook

TOWN = Path(__file__).parents[1] / "town.yaml"

Folder = dict[str, str]


@cache
def town_workbook() -> bytes:
    """Return the town as a workbook."""
    written = load_instance(TOWN).written
    assert written is not None
    return workbook(written)


def town_folder() -> Folder:
    """Return the town as CSV texts by file name, without byte order marks."""
    written = load_instance(TOWN).written
    assert written is not None
    return {name: data.decode("utf-8-sig") for name, data in csv_files(written).items()}


def changed(change: Callable[[openpyxl.Workbook], Any]) -> bytes:
    """Return the town's workbook after a change."""
    book = openpyxl.load_workbook(io.BytesIO(town_workbook()))
    change(book)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cell_of(book: openpyxl.Workbook, sheet: str, row: int, heading: str) -> Any:
    """Return the cell of a row under a heading."""
    column = next(cell.column for cell in book[sheet][1] if cell.value == heading)
    return book[sheet].cell(row, column)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


def cells(data: bytes, sheet: str) -> dict[tuple[int, int], Entered]:
    """Return what the reader finds on a sheet, by row and column."""
    grid = next(grid for grid in read_workbook("x.xlsx", data) if grid.name == sheet)
    return {(row, column): cell for row, line in grid.rows.items() for column, cell in line.items()}


def told(path: Path) -> list[str]:
    """Return the faults of an instance, or its warnings, without the file."""
    try:
        found = load_instance(path).warnings
    except DataError as error:
        found = tuple(error.faults)
    return [str(fault).removeprefix(str(path)).removeprefix("/").strip() for fault in found]
