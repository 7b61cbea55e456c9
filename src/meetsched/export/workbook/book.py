"""A workbook in the making: bytes that depend on nothing but what is written."""

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from meetsched.domain.cells import looks_like_formula
from meetsched.export.workbook import looks
from meetsched.export.workbook.looks import Look

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | Decimal | date | time | None
"""What a cell holds. Figures with decimals are exact, so that they are read back as they were."""

_NO_DATE = datetime(1980, 1, 1)
"""Stands for the day of making, which would make every file another: the first date that a zip knows."""

_LONGEST_TEXT = 16_000  # Excel takes 32,767 units of UTF-16, of which a character may need two.
_LONGEST_HEADING = 80  # Excel takes 255 characters in a page's header, codes included.
_A4 = 9
_EVERYWHERE = "A1:XFD1048576"


def amount(cents: int) -> Decimal:
    """Return an amount of cents in whole units of the currency."""
    return Decimal(cents) / 100


class Book:
    """Collects sheets; `title` heads each printed page."""

    def __init__(self, title: str) -> None:
        from xlsxwriter import Workbook

        self.title = title
        self._bytes = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._workbook = Workbook(self._bytes, options)
        self._workbook.set_properties({"title": title, "created": _NO_DATE})
        self._heading = title[:_LONGEST_HEADING].replace("&", "&&")
        self._formats: dict[frozenset[tuple[str, object]], Format] = {}

    def add_sheet(self, name: str) -> "Worksheet":
        """Add a sheet that prints on A4 across, as wide as the page, with its name and page numbers."""
        sheet = self._workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        sheet.set_tab_color(looks.TAB)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.set_header(f"&L&9{self._heading}&R&9&A")
        sheet.set_footer("&R&9&P / &N")
        return sheet

    def format(self, *parts: Look) -> "Format":
        """Return the format that the parts make together; later ones count more."""
        properties = {name: value for part in (looks.BASE, *parts) for name, value in part.items()}
        key = frozenset(properties.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def write(self, sheet: "Worksheet", row: int, column: int, value: Value, *parts: Look) -> None:
        """Write a value as what it is: a text is never taken for a formula, a number or an address."""
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self.format(*parts))
            case str():
                guard = [looks.QUOTED] if looks_like_formula(value) else []
                sheet.write_string(row, column, value[:_LONGEST_TEXT], self.format(*parts, *guard))
            case date() | time():
                sheet.write_datetime(row, column, value, self.format(*parts))
            case _:
                sheet.write_number(row, column, value, self.format(*parts))

    def close(self) -> bytes:
        """Return the whole workbook; nothing can be added to it any more."""
        self._workbook.close()
        return self._bytes.getvalue()
