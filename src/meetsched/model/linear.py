"""A linear model in integers, independent of any solver.

Every row carries the rule that it holds and the subject that the rule is about, so that a conflict
can be told in the instance's words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from meetsched.rules import Rule

Terms = list[tuple[int, int]]
"""A linear expression: pairs of a column and its whole coefficient."""

UNBOUNDED = 2**40
"""A bound that no row's activity reaches."""

Values = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """``lower <= sum of terms <= upper``, for a rule about a subject; no rule: a definition."""

    rule: Rule | None
    subject: str
    terms: Terms
    lower: int
    upper: int


@dataclass
class LinearModel:
    """Columns with bounds, and rows.

    Attributes
    ----------
    lower, upper : list of int, one a column
    rows : list of Row
    separators : list of callable
        Each returns, for a solution of the other rows, the rows of a family too large to write
        out that the solution breaks; a solution that breaks none is a solution of the model.
    """

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    separators: list[Callable[[Values], Iterable[Row]]] = field(default_factory=list)

    def add_column(self, upper: int = 1, lower: int = 0) -> int:
        """Add an integer column and return its index."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def add_columns(self, count: int) -> range:
        """Add so many binary columns and return their indices."""
        first = len(self.lower)
        self.lower.extend([0] * count)
        self.upper.extend([1] * count)
        return range(first, first + count)

    def at_most(self, rule: Rule | None, subject: str, terms: Terms, upper: int) -> None:
        """Demand that the terms add up to no more than `upper`."""
        self.rows.append(Row(rule, subject, terms, -UNBOUNDED, upper))

    def at_least(self, rule: Rule | None, subject: str, terms: Terms, lower: int) -> None:
        """Demand that the terms add up to no less than `lower`."""
        self.rows.append(Row(rule, subject, terms, lower, UNBOUNDED))

    def equal(self, rule: Rule | None, subject: str, terms: Terms, value: int = 0) -> None:
        """Demand that the terms add up to `value`."""
        self.rows.append(Row(rule, subject, terms, value, value))


def plus(columns: Iterable[int]) -> Terms:
    """Return the sum of columns."""
    return [(column, 1) for column in columns]


def scaled(terms: Terms, factor: int) -> Terms:
    """Return an expression times a factor."""
    return [(column, factor * coefficient) for column, coefficient in terms]


def merged(terms: Terms) -> Mapping[int, int]:
    """Return the coefficient of each column; terms on the same column are added up."""
    found = dict(terms)
    if len(found) < len(terms):
        found = {}
        for column, coefficient in terms:
            found[column] = found.get(column, 0) + coefficient
    return found


def total(terms: Terms, values: Values) -> int:
    """Return the value of an expression under a solution."""
    return int(sum(coefficient * values[column] for column, coefficient in terms))
