"""What stands in the cells of a table, before anything is known of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from meetsched.errors import Cell, Fault
from meetsched.loading.raw import Place, shorten

EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
"""The day number 0 of Excel's two calendars."""

MAX_CELLS = 300_000
"""That hold something, of a CSV file or of all sheets of a workbook; a town has 4,000."""

MAX_NAMED_CELLS = 1_000_000
"""Cells that a workbook names, empty ones with a border or a colour included."""


class Form(Enum):
    """As what a cell was entered; in a CSV file all is text."""

    TEXT = auto()
    NUMBER = auto()
    TRUTH = auto()
    TIMED = auto()
    """A date, a time of day or both, as ISO text; a date without a time was shown without one."""
    ERROR = auto()
    NO_VALUE = auto()
    """A formula that was never computed."""


class Entered(NamedTuple):
    """The content of a cell, in the words of the file."""

    text: str
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet of a workbook, or a CSV file.

    Attributes
    ----------
    name : str
        The sheet's name, or the file's without its ending.
    file : str
        The file as the user named it.
    in_workbook : bool
    rows : mapping of int to mapping of int to Entered
        The cells that are not empty, by row and column, both 1-based and in order.
    epoch : date
        The day number 0 of dates that are entered as numbers.
    """

    name: str
    file: str
    in_workbook: bool
    rows: Mapping[int, Mapping[int, Entered]]
    epoch: date = EPOCH_1900

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield the columns of a row with what stands there, blanks around it left out.

        An error, and a formula without a value, count as something that stands there.
        """
        for column, entered in self.rows.get(row, {}).items():
            if text := entered.text.strip() or (entered.form is Form.NO_VALUE and "="):
                yield column, text


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a grid, or a row where the column is 0; `heading` is the column's."""

    grid: Grid
    row: int
    column: int = 0
    heading: str = ""

    @property
    def entered(self) -> Entered | None:
        """What stands there, or None."""
        return self.grid.rows.get(self.row, {}).get(self.column)

    @property
    def place(self) -> Place:
        """Where it is, for whoever looks for it."""
        cell = Cell(self.grid.name, self.row, self.column, self.heading, self.grid.in_workbook)
        return Place(self.grid.file, None, cell)

    def fault(self, expected: str, hint: str = "") -> Fault:
        """Return what is wrong or odd about it."""
        value = shorten(self.entered.text) if self.entered and self.entered.text else None
        return Fault(self.grid.file, None, "", value, expected, hint, self.place.cell)
