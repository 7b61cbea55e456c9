"""CP-SAT: exact search in integers, quick to a first solution."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from ortools.sat.python import cp_model

from meetsched.backends.messages import Answer, Bounded, End, Ended, Improved, Search
from meetsched.backends.problem import Problem

_ENDS = {
    cp_model.OPTIMAL: End.OPTIMAL,
    cp_model.INFEASIBLE: End.INFEASIBLE,
}


def search(
    task: Search, emit: Callable[[Answer], None], offer_stop: Callable[[Callable[[], None]], None]
) -> None:
    """Solve a problem by constraint programming; `offer_stop` is given what ends the search."""
    model, columns = _model(task.problem)
    if task.hint is not None:
        for column, value in zip(columns, task.hint.tolist(), strict=True):
            model.add_hint(column, value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = task.threads
    solver.parameters.random_seed = task.seed % 2**31
    offer_stop(solver.stop_search)
    solver.best_bound_callback = lambda bound: emit(Bounded(bound))
    status = solver.solve(model, _Listener(columns, emit))
    emit(Ended(_ENDS.get(status, End.UNKNOWN)))


class _Listener(cp_model.CpSolverSolutionCallback):
    """Passes on solutions as they are found."""

    def __init__(self, columns: list[cp_model.IntVar], emit: Callable[[Answer], None]) -> None:
        super().__init__()
        self._columns = columns
        self._emit = emit

    def on_solution_callback(self) -> None:
        """Pass on the solution just found."""
        values = np.array([self.value(column) for column in self._columns], dtype=np.int64)
        self._emit(Improved(values))


def _model(problem: Problem) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    columns = [
        model.new_int_var(lower, upper, "")
        for lower, upper in zip(problem.lower.tolist(), problem.upper.tolist(), strict=True)
    ]
    rows = problem.rows
    indices, coefficients, starts = rows.column.tolist(), rows.coefficient.tolist(), rows.start.tolist()
    for row, (lower, upper) in enumerate(zip(rows.lower.tolist(), rows.upper.tolist(), strict=True)):
        entries = slice(starts[row], starts[row + 1])
        terms = cp_model.LinearExpr.weighted_sum(
            [columns[index] for index in indices[entries]], coefficients[entries]
        )
        model.add_linear_constraint(terms, lower, upper)
    costly = np.flatnonzero(problem.cost).tolist()
    if costly:
        model.minimize(
            cp_model.LinearExpr.weighted_sum([columns[i] for i in costly], problem.cost[costly].tolist())
        )
    return model, columns
