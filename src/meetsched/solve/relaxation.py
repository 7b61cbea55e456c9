"""Bounds and fixings from the duals of the linear relaxation.

For any row duals y of the right signs, ``min cost @ x >= sum_i y_i b_i + sum_j min(d_j l_j, d_j u_j)``
with reduced costs ``d = cost - A' y`` and b_i the bound of row i that y_i points at (weak duality;
Wolsey, *Integer Programming*, 2nd ed., 2020, ch. 2 and 7.6). It is valid whatever the solver's
tolerances were, since every column is bounded.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Floats, Ints, Problem, Rows

_Duals = TypeVar("_Duals", Ints, Floats)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What the duals prove.

    Attributes
    ----------
    bound : float
        No solution has a smaller objective.
    reduced_cost : ndarray of float, shape (n,)
        At least so much more it costs to lift a column off the bound that is cheaper, per unit.
    """

    bound: float
    reduced_cost: Floats

    @property
    def whole_bound(self) -> int:
        """The bound rounded up: objectives are whole."""
        return round_up(self.bound)

    def fixings(self, lower: Ints, upper: Ints, limit: int) -> tuple[Ints, Ints]:
        """Return bounds of the columns that every solution of an objective up to `limit` keeps.

        Only columns of width 1 are fixed.
        """
        room = limit - self.bound + _margin(self.bound)
        binary = upper - lower == 1
        new_upper = np.where(binary & (self.reduced_cost > room), lower, upper)
        new_lower = np.where(binary & (self.reduced_cost < -room), upper, lower)
        return new_lower, new_upper

    def rows(self, limit: int) -> Rows:
        """Return more rows that every solution of an objective up to `limit` keeps: here none."""
        nothing = np.zeros(0, dtype=np.int64)
        return Rows(nothing, nothing, np.zeros(1, dtype=np.int64), nothing, nothing)


def relaxation(problem: Problem, row_duals: Floats) -> Relaxation:
    """Return what row duals prove; any duals will do, the better the tighter."""
    rows = problem.rows
    duals = pointing(row_duals, rows.lower, rows.upper)
    weighted = rows.coefficient.astype(float) * duals[rows.row_of_entry]
    priced = np.bincount(rows.column, weights=weighted, minlength=len(problem.cost))
    reduced = np.asarray(problem.cost - priced, dtype=float)
    at_rows = bounds_at(duals, rows.lower, rows.upper) * duals
    at_columns = np.minimum(reduced * problem.lower, reduced * problem.upper)
    return Relaxation(float(at_rows.sum() + at_columns.sum()), reduced)


def pointing(duals: _Duals, lower: Ints, upper: Ints) -> _Duals:
    """Return duals of rows, with 0 in place of each that points at no bound."""
    at_none = ((duals > 0) & (lower <= -UNBOUNDED)) | ((duals < 0) & (upper >= UNBOUNDED))
    return np.where(at_none, 0, duals)


def bounds_at(duals: Ints | Floats, lower: Ints, upper: Ints) -> Ints:
    """Return the bound of each row that its dual points at; 0 where the dual is 0."""
    return np.where(duals > 0, lower, np.where(duals < 0, upper, 0))


def round_up(bound: float) -> int:
    """Return the least whole number that is not below a bound, rounding errors allowed for."""
    return int(np.ceil(bound - _margin(bound)))


def _margin(bound: float) -> float:
    return 1e-6 * max(1.0, abs(bound) / 1000)
