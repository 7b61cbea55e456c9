"""Cells of tables that spreadsheets open: dialects of CSV, and text that must not become a formula.

Imports nothing heavy: the command line offers the dialects by name.
"""

from enum import StrEnum

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet may take for the start of a formula; full-width signs count in East Asia."""

_GUARD = "'"


class CsvDialect(StrEnum):
    """How a CSV file is written.

    `RFC4180` has commas between the cells and a decimal point, `EXCEL_EU` semicolons and a decimal
    comma, as Excel expects them wherever the comma is the decimal sign. Both are UTF-8 with a byte
    order mark and end their lines with CRLF.
    """

    RFC4180 = "rfc4180"
    EXCEL_EU = "excel-eu"

    @property
    def delimiter(self) -> str:
        """What stands between two cells."""
        return ";" if self is CsvDialect.EXCEL_EU else ","

    def amount(self, text: str) -> str:
        """Return an amount, given with a decimal point, as the dialect writes it."""
        return text.replace(".", ",") if self is CsvDialect.EXCEL_EU else text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text of a cell for a formula."""
    return text.lstrip(" ").startswith(_FORMULA_STARTS)


def guarded(text: str) -> str:
    """Return a text as a CSV cell that no spreadsheet takes for a formula: a ``'`` before it if need be.

    `unguarded` gives the text back: one that looks guarded already is guarded once more.
    """
    return f"{_GUARD}{text}" if _needs_guard(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` made the cell from."""
    return text[1:] if text.startswith(_GUARD) and _needs_guard(text[1:]) else text


def _needs_guard(text: str) -> bool:
    return looks_like_formula(text.lstrip(_GUARD))
