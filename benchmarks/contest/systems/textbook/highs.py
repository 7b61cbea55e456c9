"""The rows, given to HiGHS."""

from math import ceil, floor, isfinite
from time import monotonic
from typing import Any

import highspy
import numpy as np

from contest.systems.textbook.rows import Rows, Terms, collect
from contest.systems.textbook.solver import Found, News

Kind = highspy.cb.HighsCallbackType
_INTERRUPTS = (Kind.kCallbackMipInterrupt, Kind.kCallbackSimplexInterrupt)


class Highs:
    """One model, solved again for every tier, with the last solution as a start."""

    def __init__(self, rows: Rows) -> None:
        self._size = len(rows.upper)
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.passModel(_model(rows))

    def hold(self, terms: Terms, low: int | None, high: int | None) -> None:
        """Add a row."""
        sums = collect(terms)
        columns, coefficients = (
            np.array(list(sums), dtype=np.int32),
            np.array(list(sums.values()), dtype=float),
        )
        self._solver.addRow(*_limits(low, high), len(sums), columns, coefficients)

    def optimise(self, terms: Terms, *, maximise: bool, seconds: float, tell: News) -> Found:
        """Optimise an expression."""
        solver = self._solver
        cost = np.zeros(self._size)
        for column, coefficient in collect(terms).items():
            cost[column] = coefficient
        solver.changeColsCost(self._size, np.arange(self._size, dtype=np.int32), cost)
        sense = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        solver.changeObjectiveSense(sense)
        solver.setCallback(_Listener(tell, monotonic() + seconds, maximise=maximise), None)
        for kind in (Kind.kCallbackMipImprovingSolution, Kind.kCallbackMipLogging, *_INTERRUPTS):
            solver.startCallback(kind)
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        infeasible = status == highspy.HighsModelStatus.kInfeasible
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Found(None, None, proven=False, infeasible=infeasible)
        values = [round(value) for value in solver.getSolution().col_value]
        start = highspy.HighsSolution()
        start.col_value = [float(value) for value in values]
        solver.setSolution(start)
        bound = _whole(info.mip_dual_bound, maximise=maximise)
        return Found(values, bound, proven=status == highspy.HighsModelStatus.kOptimal)


class _Listener:
    """Passes on values and bounds while the solver runs, and ends it in time.

    The option `time_limit` is no help: HiGHS looks at it too seldom.
    """

    def __init__(self, tell: News, deadline: float, *, maximise: bool) -> None:
        self._tell = tell
        self._deadline = deadline
        self._maximise = maximise

    def __call__(self, kind: Any, message: str, told: Any, reply: Any, user: Any) -> None:
        if kind in _INTERRUPTS:
            reply.user_interrupt = monotonic() > self._deadline
            return
        value = told.mip_primal_bound if kind == Kind.kCallbackMipLogging else told.objective_function_value
        whole = round(value) if isfinite(value) else None
        self._tell(whole, _whole(told.mip_dual_bound, maximise=self._maximise))


def _whole(bound: float, *, maximise: bool) -> int | None:
    """Round a bound to the nearest whole number that is still a bound; None while there is none."""
    if not isfinite(bound):
        return None
    return floor(bound + 1e-6) if maximise else ceil(bound - 1e-6)


def _limits(low: int | None, high: int | None) -> tuple[float, float]:
    infinity = highspy.kHighsInf
    return -infinity if low is None else float(low), infinity if high is None else float(high)


def _model(rows: Rows) -> highspy.HighsLp:
    sums = [collect(row.terms) for row in rows.rows]
    limits = [_limits(row.low, row.high) for row in rows.rows]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(rows.upper), len(sums)
    model.col_cost_ = np.zeros(len(rows.upper))
    model.col_lower_ = np.zeros(len(rows.upper))
    model.col_upper_ = np.array(rows.upper, dtype=float)
    model.row_lower_ = np.array([low for low, _ in limits])
    model.row_upper_ = np.array([high for _, high in limits])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *map(len, sums)], dtype=np.int32)
    model.a_matrix_.index_ = np.array([c for row in sums for c in row], dtype=np.int32)
    model.a_matrix_.value_ = np.array([v for row in sums for v in row.values()], dtype=float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(rows.upper)
    return model
