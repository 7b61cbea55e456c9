"""The rows, given to CP-SAT."""

from math import ceil, floor

from ortools.sat.python import cp_model

from contest.systems.textbook.rows import Rows, Terms
from contest.systems.textbook.solver import Found, News

_WORKERS = 8
_FAR = 2**50


class CpSat:
    """One model, solved again for every tier, with the last solution as a hint."""

    def __init__(self, rows: Rows) -> None:
        self._model = cp_model.CpModel()
        self._columns = [self._model.new_int_var(0, upper, "") for upper in rows.upper]
        for row in rows.rows:
            self.hold(row.terms, row.low, row.high)

    def hold(self, terms: Terms, low: int | None, high: int | None) -> None:
        """Add a row."""
        low, high = -_FAR if low is None else low, _FAR if high is None else high
        self._model.add_linear_constraint(self._expression(terms), low, high)

    def optimise(self, terms: Terms, *, maximise: bool, seconds: float, tell: News) -> Found:
        """Optimise an expression."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = _WORKERS
        solver.parameters.max_time_in_seconds = seconds
        expression = self._expression(terms)
        (self._model.maximize if maximise else self._model.minimize)(expression)
        status = solver.solve(self._model, _Listener(tell, maximise=maximise))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(None, None, proven=False, infeasible=status == cp_model.INFEASIBLE)
        values = [solver.value(column) for column in self._columns]
        self._model.clear_hints()
        for column, value in zip(self._columns, values, strict=True):
            self._model.add_hint(column, value)
        bound = _whole(solver.best_objective_bound, maximise=maximise)
        return Found(values, bound, proven=status == cp_model.OPTIMAL)

    def _expression(self, terms: Terms) -> cp_model.LinearExprT:
        columns = [self._columns[column] for column, _ in terms]
        return cp_model.LinearExpr.weighted_sum(columns, [coefficient for _, coefficient in terms])


class _Listener(cp_model.CpSolverSolutionCallback):
    """Passes on each better value with the bound of the moment."""

    def __init__(self, tell: News, *, maximise: bool) -> None:
        super().__init__()
        self._tell = tell
        self._maximise = maximise

    def on_solution_callback(self) -> None:
        """Pass on the solution just found."""
        self._tell(round(self.objective_value), _whole(self.best_objective_bound, maximise=self._maximise))


def _whole(bound: float, *, maximise: bool) -> int:
    """Round a bound to the nearest whole number that is still a bound."""
    return floor(bound + 1e-6) if maximise else ceil(bound - 1e-6)
