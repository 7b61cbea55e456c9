"""What can go wrong, in words for people. A bug is any other exception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


class MeetschedError(Exception):
    """Base of every error that a user can cause and mend."""


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
    """

    file: str
    line: int | None
    path: str
    value: str | None
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        subject = self.path if self.value is None else f"{self.path}: {self.value}"
        text = ", ".join(part for part in (subject, self.expected) if part)
        return f"{place}: {text}" + (f" ({self.hint})" if self.hint else "")


@dataclass
class DataError(MeetschedError):
    """An instance or a plan that cannot be used, with every fault found."""

    faults: Sequence[Fault] = field(default_factory=tuple)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class OutputError(MeetschedError):
    """Results that could not be written: full disk, no permission, a file in the way."""


class SolverError(MeetschedError):
    """No backend could deal with the model."""
