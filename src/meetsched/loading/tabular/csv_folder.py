"""A folder of CSV files to tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from meetsched.errors import DataError, Fault
from meetsched.loading.files import MAX_BYTES, decode, read_bytes
from meetsched.loading.raw import unreadable
from meetsched.loading.tabular.grid import MAX_CELLS, Entered, Grid
from meetsched.tables import layout
from meetsched.tables.layout import KEY, SETTINGS, VALUE

SUFFIX = ".csv"
_DELIMITERS = (";", ",", "\t")
_HINT = "in Excel, save it as CSV UTF-8"


def read_folder(folder: Path) -> tuple[list[Grid], str]:
    """Read the CSV files of a folder that are sheets of an instance.

    Returns
    -------
    grids : list of Grid
        One for each CSV file, by name; those that are no sheets were not read.
    sha256 : str
        Of the list of the sheets' files with their sums, as ``sha256sum FILES | sha256sum`` tells it.

    Raises
    ------
    DataError
        There is none, or one cannot be read.
    """
    sums = sha256()
    grids: list[Grid] = []
    faults: list[Fault] = []
    left = MAX_BYTES
    for file in _csv_files(folder):
        if file.stem.strip().casefold() not in layout().names:
            grids.append(Grid(file.stem, str(file), in_workbook=False, rows={}))
            continue
        try:
            data = read_bytes(file, may_be_empty=True)  # As that of a sheet without rows is.
            if len(data) > left:
                limit = f"{MAX_BYTES // 1_000_000} MB"
                raise unreadable(str(folder), f"the files are too large, expected at most {limit} in all")
            left -= len(data)
            sums.update(f"{sha256(data).hexdigest()}  {file.name}\n".encode(errors="surrogateescape"))
            grids.append(read_csv(str(file), file.stem, decode(str(file), data, _HINT)))
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(faults)
    return grids, sums.hexdigest()


def _csv_files(folder: Path) -> list[Path]:
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() == SUFFIX)
        home = folder.resolve()
        strangers = [file for file in files if not file.resolve().is_relative_to(home)]
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "links in a circle"
        raise unreadable(str(folder), f"the folder cannot be read: {reason}") from None
    if not files:
        raise unreadable(str(folder), f"expected a folder of CSV files, {SETTINGS}{SUFFIX} among them")
    if strangers:
        raise unreadable(
            str(strangers[0]), "expected a file inside the instance's folder, this is a link out of it"
        )
    return files


def read_csv(file: str, name: str, text: str) -> Grid:
    """Read the text of a CSV file, with ``;``, ``,`` or tabs between its cells.

    Raises
    ------
    DataError
        A quote is not closed, or the file is too large.
    """
    rows: dict[int, dict[int, Entered]] = {}
    lines = io.StringIO(text, newline="")
    delimiter = _declared(text)
    if delimiter:
        lines.readline()
    reader = csv.reader(lines, delimiter=delimiter or _guess(name, text), strict=True)
    count = 0
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            filled = {column: Entered(cell) for column, cell in enumerate(cells, start=1) if cell}
            count += len(cells)
            if count > MAX_CELLS:
                raise unreadable(file, f"expected at most {MAX_CELLS} cells")
            if filled:
                rows[row] = filled
    except csv.Error as error:
        hint = "look for a quote that is not closed, or that stands within a text and is not doubled"
        raise unreadable(file, f"row {row + 1} cannot be read: {error}", reader.line_num, hint) from None
    return Grid(name, file, in_workbook=False, rows=rows)


def _declared(text: str) -> str:
    """Return the delimiter that a first line ``sep=;`` declares, as Excel reads and writes it."""
    first = text[:6].strip("\r\n")
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in _DELIMITERS else ""


def _guess(name: str, text: str) -> str:
    """Return the delimiter at which the first lines fall into the most headings that are known."""
    known = _headings(name.strip().casefold())
    lines = list(_first_lines(text))

    def headings(delimiter: str) -> int:
        words = {word.strip().strip('"').casefold() for line in lines for word in line.split(delimiter)}
        return len(words & known)

    def pieces(delimiter: str) -> int:
        return max((line.count(delimiter) for line in lines), default=0)

    return max(_DELIMITERS, key=lambda delimiter: (headings(delimiter), pieces(delimiter)))


def _first_lines(text: str) -> Iterator[str]:
    yield from io.StringIO(text[:20_000]).readlines()[:5]


def _headings(name: str) -> set[str]:
    for sheet in layout().sheets:
        if sheet.name == name:
            return {column.heading for column in sheet.columns}
    return {KEY, VALUE}
