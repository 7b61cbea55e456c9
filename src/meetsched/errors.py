"""What can go wrong, in words for people. A bug is any other exception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


class MeetschedError(Exception):
    """Base of every error that a user can cause and mend."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where something stands in a table.

    Attributes
    ----------
    sheet : str
    row : int
        1-based, as spreadsheets count.
    column : int
        1-based; 0 for the row as a whole.
    heading : str
        The column's, or a setting's key; empty where that would not tell what is meant.
    in_workbook : bool
        Whether it is a sheet of a workbook; otherwise it is a file of its own.
    """

    sheet: str
    row: int
    column: int = 0
    heading: str = ""
    in_workbook: bool = False

    def __str__(self) -> str:
        if not self.in_workbook:
            return f"row {self.row}" + (f", column {self.heading}" if self.heading else "")
        where = f"cell {self.reference}" if self.column else f"row {self.row}"
        return f"sheet {self.sheet}, {where}" + (f" ({self.heading})" if self.heading else "")

    @property
    def reference(self) -> str:
        """The cell as spreadsheets name it, such as ``E7``; of a row as a whole, its first."""
        letters, left = "", max(self.column, 1)
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong (or odd, as a warning) in an input file.

    Attributes
    ----------
    file : str
        The file as the user named it.
    line : int or None
        1-based line, where the format has lines.
    path : str
        Where in the data, for example ``cities[0].budget``; empty for the file as a whole.
    value : str or None
        What stands there, shortened; None where nothing stands there.
    expected : str
        What was expected instead, to follow the word "expected" or to stand alone as a sentence.
    hint : str
        A suggestion ("did you mean ...?"), or empty.
    cell : Cell or None
        Where in a table it is, where the format has tables.
    """

    file: str
    line: int | None
    path: str
    value: str | None
    expected: str
    hint: str = ""
    cell: Cell | None = None

    def __str__(self) -> str:
        # A column's heading says all that the path would.
        path = "" if self.cell and self.cell.heading else self.path
        subject = ": ".join(part for part in (path, self.value) if part)
        text = ", ".join(part for part in (subject, self.expected) if part)
        return f"{self.place}: {text}" + (f" ({self.hint})" if self.hint else "")

    @property
    def place(self) -> str:
        """The file, and where in it."""
        if self.cell:
            return f"{self.file} {self.cell}"
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass
class DataError(MeetschedError):
    """An instance or a plan that cannot be used, with every fault found."""

    faults: Sequence[Fault] = field(default_factory=tuple)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class OutputError(MeetschedError):
    """Results that could not be written: full disk, no permission, a file in the way."""


class RequestError(MeetschedError):
    """Something was asked for that cannot be: to be mended where it was asked for, not in a file."""


class ServerError(OutputError):
    """A calendar server that cannot be reached, or does not do what is needed."""


class StoreError(OutputError):
    """A store of plans that cannot be opened, read or written."""


class UnknownError(RequestError):
    """Something was asked for by a name that nothing has."""


class StaleError(RequestError):
    """What was to be changed has been changed by somebody else in the meantime; nothing was changed."""


class SolverError(MeetschedError):
    """No backend could deal with the model."""
