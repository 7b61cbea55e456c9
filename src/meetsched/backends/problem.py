"""A problem as arrays: ``minimise cost @ x`` with ``row_lower <= A x <= row_upper``, x integer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in compressed form: the entries of row i are ``[start[i]:start[i + 1]]``.

    Attributes
    ----------
    lower, upper : ndarray of int, shape (m,)
        At `-UNBOUNDED` or `UNBOUNDED` there is no bound.
    start : ndarray of int, shape (m + 1,)
    column, coefficient : ndarray of int, shape (nonzeros,)
    """

    lower: Ints
    upper: Ints
    start: Ints
    column: Ints
    coefficient: Ints

    def __len__(self) -> int:
        return len(self.lower)

    @property
    def row_of_entry(self) -> Ints:
        """The number of each entry's row, shape (nonzeros,)."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def activities(self, values: Ints) -> Ints:
        """Return the exact value of every row under a solution."""
        products = np.concatenate([[0], np.cumsum(self.coefficient * values[self.column])])
        return np.asarray(products[self.start[1:]] - products[self.start[:-1]], dtype=np.int64)

    def with_more(self, more: Rows) -> Rows:
        """Return these rows followed by more."""
        return Rows(
            np.concatenate([self.lower, more.lower]),
            np.concatenate([self.upper, more.upper]),
            np.concatenate([self.start, more.start[1:] + self.start[-1]]),
            np.concatenate([self.column, more.column]),
            np.concatenate([self.coefficient, more.coefficient]),
        )


UNBOUNDED = 2**40
"""A row bound that no activity reaches."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An integer linear problem to be minimised; every column is bounded.

    Attributes
    ----------
    lower, upper : ndarray of int, shape (n,)
    rows : Rows
    cost : ndarray of int, shape (n,)
    """

    lower: Ints
    upper: Ints
    rows: Rows
    cost: Ints

    @property
    def least(self) -> int:
        """What no objective falls below, by the columns' bounds alone."""
        return int(np.minimum(self.cost * self.lower, self.cost * self.upper).sum())

    def value(self, values: Ints) -> int:
        """Return the objective of a solution."""
        return int(self.cost @ values)

    def is_solved_by(self, values: Ints) -> bool:
        """Whether a solution keeps every bound and every row, in exact arithmetic."""
        activities = self.rows.activities(values)
        return bool(
            np.all(self.lower <= values)
            and np.all(values <= self.upper)
            and np.all(self.rows.lower <= activities)
            and np.all(activities <= self.rows.upper)
        )

    def with_more(self, more: Rows) -> Problem:
        """Return the problem with more rows."""
        return replace(self, rows=self.rows.with_more(more))

    def restricted(self, lower: Ints, upper: Ints, more: Rows) -> Problem:
        """Return the problem with other bounds and more rows."""
        return replace(self, lower=lower, upper=upper, rows=self.rows.with_more(more))


def objective_row(cost: Ints, bound: int, limit: int) -> Rows:
    """Return the row that holds an objective at `limit` or below; that it reaches `bound` must be proven."""
    columns = np.flatnonzero(cost)
    return Rows(
        np.array([max(bound, -UNBOUNDED)], dtype=np.int64),
        np.array([limit], dtype=np.int64),
        np.array([0, len(columns)], dtype=np.int64),
        columns.astype(np.int64),
        cost[columns],
    )
