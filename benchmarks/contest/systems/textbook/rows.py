"""Columns and rows, with no thought of a solver."""

from collections.abc import Iterable
from dataclasses import dataclass, field

Terms = list[tuple[int, int]]
"""A linear expression: columns and their whole coefficients."""


@dataclass(frozen=True, slots=True)
class Row:
    """``low <= sum of terms <= high``; None: no limit."""

    terms: Terms
    low: int | None
    high: int | None


@dataclass
class Rows:
    """A model: whole columns from 0 to an upper bound each, and rows."""

    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, upper: int = 1) -> int:
        """Add a column and return its number."""
        self.upper.append(upper)
        return len(self.upper) - 1

    def add(self, terms: Terms, low: int | None = None, high: int | None = None) -> None:
        """Add a row."""
        self.rows.append(Row(terms, low, high))


def plus(columns: Iterable[int], coefficient: int = 1) -> Terms:
    """Return each column times the coefficient."""
    return [(column, coefficient) for column in columns]


def collect(terms: Terms) -> dict[int, int]:
    """Add up the terms of each column."""
    sums: dict[int, int] = {}
    for column, coefficient in terms:
        sums[column] = sums.get(column, 0) + coefficient
    return sums
