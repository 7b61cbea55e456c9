"""Whether some demands can be held together, whatever becomes of all others."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from meetsched.backends.problem import Ints, Problem
from meetsched.domain.explanation import Demand
from meetsched.explain.elastic import Elastic
from meetsched.explain.solving import Effort, fixed, solved
from meetsched.solve.asking import compiled, relaxed

Mask = NDArray[np.bool_]

_SURE = 1e-4
"""A relaxation that costs less than this proves nothing: it may be a rounding error."""


class Trials:
    """Tries sets of demands, and learns from every answer.

    Parameters
    ----------
    elastic : Elastic
        A model whose tolls are demands.
    effort : Effort

    Attributes
    ----------
    demands : tuple of Demand
        All there are; sets of them are masks of this shape.
    """

    def __init__(self, elastic: Elastic, effort: Effort) -> None:
        tolls = elastic.linear.tolls
        self.demands: tuple[Demand, ...] = tuple(each for each in tolls if isinstance(each, Demand))
        self._columns = np.array([tolls[each] for each in self.demands], dtype=np.int64)
        self._separators = elastic.linear.separators
        self._effort = effort
        self._problem: Problem = compiled(elastic.linear)
        self._set_aside: list[Mask] = []

    def everything(self) -> Mask:
        """Return the set of all demands."""
        return np.ones(len(self.demands), dtype=bool)

    def set_of(self, demands: Collection[Demand]) -> Mask:
        """Return some demands as a set."""
        return np.array([each in demands for each in self.demands], dtype=bool)

    def named(self, demands: Mask) -> tuple[Demand, ...]:
        """Return the demands of a set."""
        return tuple(self.demands[index] for index in np.flatnonzero(demands))

    def set_aside_by_a_solution(self, demands: Mask) -> Mask | None:
        """Return which of the demands a plan leaves aside that is known to keep all but one; else None."""
        found = [aside & demands for aside in self._set_aside]
        return next((aside for aside in found if np.count_nonzero(aside) == 1), None)

    def refute(self, demands: Mask) -> Mask | None:
        """Return a part of the demands that cannot be held together, or None where all can.

        The part is what a relaxation points at, and is returned only once solving has refuted it, too.

        Raises
        ------
        OutOfTime
            It could not be told in time.
        """
        if any(not (aside & demands).any() for aside in self._set_aside):
            return None
        if self.can_be_held(demands):
            return None
        core = self._core(demands)
        if core is None or (core == demands).all() or self.can_be_held(core):
            return demands
        return core

    def can_be_held(self, demands: Mask) -> bool:
        """Tell whether demands can be held together, by solving.

        Raises
        ------
        OutOfTime
            It could not be told in time.
        """
        values, problem = solved(self._in_force(demands), self._separators, self._effort)
        self._problem = replace(self._problem, rows=problem.rows)
        if values is None:
            return False
        self._set_aside.append(self._left_aside(values))
        return True

    def _core(self, demands: Mask) -> Mask | None:
        """Return a part of the demands that the linear relaxation refutes; None where it does not."""
        problem = fixed(self._problem, self._columns[~demands], self._problem.upper[self._columns[~demands]])
        cost = np.zeros_like(problem.cost)
        cost[self._columns[demands]] = 1
        proof = relaxed(replace(problem, cost=cost), self._effort.control)
        if proof is None or proof.bound < _SURE:
            return None
        pressed = proof.reduced_cost[self._columns] < 1 - 1e-7
        return demands & pressed

    def _in_force(self, demands: Mask) -> Problem:
        values = np.where(demands, 0, self._problem.upper[self._columns])
        return fixed(self._problem, self._columns, values)

    def _left_aside(self, values: Ints) -> Mask:
        """Return the demands that a plan does not hold; solvers set tolls that they need not."""
        bare = values.copy()
        bare[self._columns] = 0
        rows = self._problem.rows
        activities = rows.activities(bare)
        broken = (activities < rows.lower) | (activities > rows.upper)
        needed = np.zeros(len(values), dtype=bool)
        needed[rows.column[broken[rows.row_of_entry]]] = True
        return needed[self._columns] & (values[self._columns] > 0)
