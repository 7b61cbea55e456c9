"""What an instance is read from: a file or a folder, by its name's ending."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from meetsched.loading.files import decode, read_bytes
from meetsched.loading.json_reader import read_json
from meetsched.loading.raw import Document, unreadable
from meetsched.loading.yaml_reader import read_yaml

_TEXTS: Mapping[str, Callable[[str, str], Document]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
}
_WORKBOOKS = (".xlsx", ".xlsm")
_OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".numbers")


@dataclass(frozen=True, slots=True)
class Source:
    """An instance's text.

    Attributes
    ----------
    document : Document
    sha256 : str
        Of the file's bytes, hexadecimal; of a folder, of its files' sums and names.
    folder : Path
        Where the calendars that it names lie.
    """

    document: Document
    sha256: str
    folder: Path


def read_source(path: Path) -> Source:
    """Read a .yaml, .json or .xlsx file, or a folder of CSV files.

    Raises
    ------
    DataError
        It cannot be read at all.
    """
    file = str(path)
    if os.path.isdir(path):  # noqa: PTH112 - of a name that is none it says no, where `Path` raises.
        from meetsched.loading.tabular.csv_folder import read_folder
        from meetsched.loading.tabular.reader import read_tables

        grids, digest = read_folder(path)
        return Source(read_tables(file, grids), digest, path)
    data = read_bytes(path)
    return Source(_read_file(path, data), sha256(data).hexdigest(), path.parent)


def read_cells(path: Path) -> dict[str, dict[int, dict[int, str]]]:
    """Return what stands in the cells of a workbook or a folder of CSV files, by sheet, row and column.

    Raises
    ------
    DataError
        They cannot be read.
    """
    from meetsched.loading.tabular.csv_folder import read_folder
    from meetsched.loading.tabular.workbook import read_workbook

    grids = read_folder(path)[0] if path.is_dir() else read_workbook(str(path), read_bytes(path))
    return {
        grid.name: {
            row: {column: entered.text for column, entered in cells.items()}
            for row, cells in grid.rows.items()
        }
        for grid in grids
    }


def _read_file(path: Path, data: bytes) -> Document:
    file, suffix = str(path), path.suffix.lower()
    if suffix in _TEXTS:
        return _TEXTS[suffix](file, decode(file, data))
    if suffix in _WORKBOOKS:
        from meetsched.loading.tabular.reader import read_tables
        from meetsched.loading.tabular.workbook import read_workbook

        return read_tables(file, read_workbook(file, data))
    if suffix in _OTHER_WORKBOOKS:
        raise unreadable(
            file, "expected a workbook whose name ends in .xlsx", hint="save it as an Excel workbook"
        )
    if suffix == ".csv":
        raise unreadable(
            file, "expected the folder of CSV files, this is one of them", hint="name the folder"
        )
    endings = ", ".join((*_TEXTS, _WORKBOOKS[0]))
    raise unreadable(file, f"expected a folder of CSV files, or a file whose name ends in one of {endings}")
