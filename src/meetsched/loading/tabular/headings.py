"""Which column of a table is which: headings as offices have them.

There may be a title above the headings, they may be in any order and case, and a heading may be merged
over several columns, with what sets these apart in the row below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from meetsched.errors import Fault
from meetsched.loading.suggest import Suggester
from meetsched.loading.tabular.grid import Grid, Spot
from meetsched.tables import Column

_SEARCHED_ROWS = 10
"""Rows that are not empty among which the headings are."""


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table.

    Attributes
    ----------
    grid : Grid
    row : int
        The last row of the headings; the entries follow.
    columns : mapping of int to Column
        The columns that are known, by their position.
    """

    grid: Grid
    row: int
    columns: Mapping[int, Column]

    @property
    def spot(self) -> Spot:
        """The row of the headings."""
        return Spot(self.grid, self.row)

    def rows(self) -> Iterator[int]:
        """Yield the rows of entries: those below the headings in which anything stands."""
        for row in self.grid.rows:
            if row > self.row and next(self.grid.texts(row), None) is not None:
                yield row

    def position(self, column: Column) -> int | None:
        """Return where a column is, or None where it is missing."""
        return next((position for position, each in self.columns.items() if each == column), None)


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong and what is odd about tables, and the finder of what may have been meant."""

    suggester: Suggester
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def meant(self, word: str, known: Mapping[str, object] | Sequence[str]) -> str:
        """Return a hint that names the known word nearest to one, or nothing where none is near."""
        near = self.suggester.nearest(word, known)
        return f"did you mean {near}?" if near else ""


def find_header(grid: Grid, columns: Sequence[Column], findings: Findings) -> Header | None:
    """Return the headings of a table, or None where it has none.

    Whatever is wrong or odd about them is added to the findings.
    """
    known = {column.heading: column for column in columns}
    groups = {heading.rpartition(".")[0] for heading in known if "." in heading}
    best, hits = 0, 0
    for row in list(grid.rows)[:_SEARCHED_ROWS]:
        words = {text.casefold() for _, text in grid.texts(row)}
        if (count := len(words & known.keys()) + len(words & groups)) > hits:
            best, hits = row, count
    if hits:
        return _Reading(grid, known, groups, findings).header(best)
    first = Spot(grid, next(iter(grid.rows), 1))
    findings.faults.append(first.fault(f"expected a row of headings, such as {', '.join(list(known)[:4])}"))
    return None


class _Reading:
    """Reads one row of headings, with that below it where headings are merged."""

    def __init__(self, grid: Grid, known: Mapping[str, Column], groups: set[str], findings: Findings) -> None:
        self._grid = grid
        self._known = known
        self._groups = groups
        self._findings = findings

    def header(self, row: int) -> Header:
        headings = {column: text.casefold() for column, text in self._grid.texts(row)}
        merged = dict(self._merged(row, headings))
        headings |= merged
        columns: dict[int, Column] = {}
        for position, heading in sorted(headings.items()):
            column = self._known.get(heading)
            spot = Spot(self._grid, row, position, heading)
            if column is None:
                hint = self._findings.meant(heading, self._known)
                text = "unknown heading, so this column is not read"
                self._findings.warnings.append(spot.fault(text, hint))
            elif column in columns.values():
                self._findings.faults.append(spot.fault("this heading stands here twice"))
            else:
                columns[position] = column
        last = row + bool(merged)
        self._warn_of_nameless(last, headings)
        return Header(self._grid, last, columns)

    def _merged(self, row: int, headings: Mapping[int, str]) -> Iterator[tuple[int, str]]:
        """Yield headings made of one that is merged over several columns, and those below it."""
        group = ""
        below = {column: text.casefold() for column, text in self._grid.texts(row + 1)}
        for column in sorted({*headings, *below}):
            if column in headings:
                group = headings[column] if headings[column] in self._groups else ""
            full = f"{group}.{below.get(column)}"
            if group and full in self._known:
                yield column, full

    def _warn_of_nameless(self, last: int, headings: Mapping[int, str]) -> None:
        """Warn of columns that hold something and have no heading, each once."""
        told: set[int] = set()
        for row in self._grid.rows:
            for column, _ in self._grid.texts(row) if row > last else ():
                if column not in headings and column not in told:
                    told.add(column)
                    text = "this column has no heading, so it is not read"
                    self._findings.warnings.append(Spot(self._grid, row, column).fault(text))
