"""The workbook as two programs that did not write it read it."""

from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook


def opened(content: bytes) -> Workbook:
    """Return the workbook with its looks, formulas as they are written."""
    return load_workbook(BytesIO(content))


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    """Return the values of every sheet, row by row."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def records(content: bytes, sheet: str) -> list[dict[str, object]]:
    """Return the rows of a table by the headers of its columns."""
    header, *rows = sheets(content)[sheet]
    return [dict(zip(header, row, strict=True)) for row in rows]


def parts(content: bytes) -> dict[str, str]:
    """Return the files that the workbook consists of."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}
