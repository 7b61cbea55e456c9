"""What is wrong with a calendar, and what is only odd about it."""

from __future__ import annotations

from meetsched.errors import DataError, Fault
from meetsched.loading.raw import shorten

MAX_TOLD = 20
"""Faults, and as many oddities, that are told of one calendar; of the rest only the number is."""


class Problems:
    """Collects the faults and the oddities of one calendar.

    Parameters
    ----------
    file : str
        The calendar as the user named it.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._faults: list[Fault] = []
        self._oddities: list[Fault] = []

    def fault(self, line: int | None, what: str, value: str, expected: str, hint: str = "") -> None:
        """Note what keeps the calendar from being used."""
        self._faults.append(self._tell(line, what, value, expected, hint))

    def oddity(self, line: int | None, what: str, value: str, expected: str, hint: str = "") -> None:
        """Note what is passed over or read in one way although it may be meant in another."""
        self._oddities.append(self._tell(line, what, value, expected, hint))

    def stop(self, line: int | None, expected: str, hint: str = "") -> DataError:
        """Return the error of a calendar that cannot be read any further, with what was found before."""
        self.fault(line, "", "", expected, hint)
        return DataError(self._cut(self._faults))

    def check(self) -> None:
        """Raise a DataError with all faults, if there are any."""
        if self._faults:
            raise DataError(self._cut(self._faults))

    @property
    def oddities(self) -> tuple[Fault, ...]:
        """What is odd, in the order of the file."""
        return self._cut(self._oddities)

    def _tell(self, line: int | None, what: str, value: str, expected: str, hint: str) -> Fault:
        return Fault(self._file, line, what, shorten(value) or None, expected, hint)

    def _cut(self, faults: list[Fault]) -> tuple[Fault, ...]:
        faults = sorted(faults, key=lambda fault: fault.line or 0)
        if len(faults) > MAX_TOLD:
            more = f"and {len(faults) - MAX_TOLD} more of this kind in the file"
            faults = [*faults[:MAX_TOLD], Fault(self._file, None, "", None, more)]
        return tuple(faults)
