"""The raw tree that tables describe, as it grows."""

from __future__ import annotations

from meetsched.errors import Fault
from meetsched.loading.raw import Document, Path, Place, Raw
from meetsched.loading.suggest import Suggester
from meetsched.loading.tabular.grid import Spot
from meetsched.loading.tabular.headings import Findings
from meetsched.loading.tabular.values import CellFault, value_of
from meetsched.tables import Column

Table = dict[str, Raw]


class Builder:
    """A tree with the place of each of its parts, and what is wrong with cells.

    Attributes
    ----------
    tree : dict
    findings : Findings
        What belongs to no part of the tree.
    """

    def __init__(self, file: str) -> None:
        self.tree: Table = {}
        self.findings = Findings(Suggester())
        self._file = file
        self._places: dict[Path, Place] = {}
        self._located: list[tuple[Path, Fault]] = []

    def document(self) -> Document:
        """Return what was built."""
        findings = self.findings
        return Document(
            self._file,
            self.tree,
            self._places,
            tuple(findings.faults),
            tuple(self._located),
            tuple(findings.warnings),
            findings.suggester,
        )

    def tell(self, spot: Spot, expected: str, hint: str = "") -> None:
        """Tell what is wrong with a cell from which nothing is read."""
        self.findings.faults.append(spot.fault(expected, hint))

    def locate(self, path: Path, fault: Fault) -> None:
        """Tell what is wrong with a part, of which nothing else is told then."""
        self._located.append((path, fault))

    def place(self, path: Path, spot: Spot) -> None:
        """Note where a part stands, unless that is noted already."""
        self._places.setdefault(path, spot.place)

    def read(self, column: Column, spot: Spot) -> str | None:
        """Return the single value of a cell that must hold one, or None where that was told."""
        try:
            value = value_of(column, spot.entered, spot.grid.epoch)
        except CellFault as fault:
            self.tell(spot, fault.expected, fault.hint)
            return None
        if value is None:
            wanted = f"an id of the sheet {column.names}" if column.names else "a value"
            self.tell(spot, f"this cell is empty, expected {wanted}")
        return value if isinstance(value, str) else None

    def put(self, entry: Table, path: Path, column: Column, spot: Spot) -> None:
        """Read a cell and put its value where the column says; where it has a fault, that is told instead.

        Parameters
        ----------
        entry : dict
            The entry of the row, whose path is `path`.
        """
        here = (*path, *column.steps)
        for length in range(len(path) + 1, len(here) + 1):
            self.place(here[:length], spot)
        try:
            value = value_of(column, spot.entered, spot.grid.epoch)
        except CellFault as fault:
            self.locate(here, spot.fault(fault.expected, fault.hint))
            return
        if value is None:
            return
        table = entry
        for step in column.steps[:-1]:
            inner = table.setdefault(step, {})
            assert isinstance(inner, dict)
            table = inner
        if value != {}:  # Never a window on this weekday: the weekly table is there, the weekday is not.
            table[column.steps[-1]] = value
