"""HiGHS: linear relaxations, and branch and cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import highspy
import numpy as np

from meetsched.backends.messages import Answer, Bounded, End, Ended, Improved, Relax, Relaxed, Search
from meetsched.backends.problem import UNBOUNDED, Ints, Problem

_SEARCH_OPTIONS: dict[str, float | bool | int] = {
    "mip_rel_gap": 0.0,
    "mip_detect_symmetry": False,
    "mip_allow_restart": False,
    "presolve_mode": 2,
    "mip_heuristic_effort": 0.01,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
}
"""No gap is accepted. The windows to be searched are narrow: solved at the root or hardly beyond it,
where heuristics, symmetry, restarts and a full presolve (probing, above all) cost more than they gain;
of the heuristics the one on the root's reduced costs is worth its time."""


def relax(task: Relax, emit: Callable[[Answer], None]) -> None:
    """Solve a linear relaxation."""
    solver = _solver(seed=0)
    solver.passModel(_model(task.problem, integer=False))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        emit(Relaxed(None, infeasible=True))
    elif status == highspy.HighsModelStatus.kOptimal:
        emit(Relaxed(np.array(solver.getSolution().row_dual, dtype=float)))
    else:
        emit(Relaxed(None))


def search(task: Search, emit: Callable[[Answer], None]) -> None:
    """Solve a problem by branch and cut."""
    problem = task.problem
    if not len(problem.cost):
        _search_nothing(problem, emit)
        return
    solver = _solver(task.seed)
    for option, value in _SEARCH_OPTIONS.items():
        solver.setOptionValue(option, value)
    solver.passModel(_model(problem, integer=True))
    if task.hint is not None:
        start = highspy.HighsSolution()
        start.col_value = task.hint.astype(float).tolist()
        solver.setSolution(start)
    solver.setCallback(_Listener(emit), None)
    kinds = highspy.cb.HighsCallbackType
    solver.startCallback(kinds.kCallbackMipInterrupt)
    solver.startCallback(kinds.kCallbackMipImprovingSolution)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        emit(Improved(_rounded(solver.getSolution().col_value)))
        emit(Ended(End.OPTIMAL))
    elif status == highspy.HighsModelStatus.kInfeasible:
        emit(Ended(End.INFEASIBLE))
    else:
        emit(Ended(End.UNKNOWN))


def _search_nothing(problem: Problem, emit: Callable[[Answer], None]) -> None:
    """Solve a problem without columns, of which HiGHS only says that it is empty."""
    nothing = np.zeros(0, dtype=np.int64)
    if problem.is_solved_by(nothing):
        emit(Improved(nothing))
        emit(Ended(End.OPTIMAL))
    else:
        emit(Ended(End.INFEASIBLE))


class _Listener:
    """Passes on better solutions and bounds while the solver runs."""

    def __init__(self, emit: Callable[[Answer], None]) -> None:
        self._emit = emit
        self._bound = -np.inf

    def __call__(self, kind: Any, message: str, told: Any, reply: Any, user: Any) -> None:
        if kind == highspy.cb.HighsCallbackType.kCallbackMipImprovingSolution:
            self._emit(Improved(_rounded(told.mip_solution)))
        elif np.isfinite(told.mip_dual_bound) and told.mip_dual_bound > self._bound:
            self._bound = float(told.mip_dual_bound)
            self._emit(Bounded(self._bound))


def _rounded(values: Any) -> Ints:
    rounded: Ints = np.rint(np.array(values, dtype=float)).astype(np.int64)
    return rounded


def _solver(seed: int) -> Any:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", seed % 2**31)
    return solver


def _model(problem: Problem, *, integer: bool) -> Any:
    rows = problem.rows
    model = highspy.HighsLp()
    model.num_col_ = len(problem.cost)
    model.num_row_ = len(rows)
    model.col_cost_ = problem.cost.astype(float)
    model.col_lower_ = problem.lower.astype(float)
    model.col_upper_ = problem.upper.astype(float)
    infinity = highspy.kHighsInf
    model.row_lower_ = np.where(rows.lower <= -UNBOUNDED, -infinity, rows.lower).astype(float)
    model.row_upper_ = np.where(rows.upper >= UNBOUNDED, infinity, rows.upper).astype(float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.start.astype(np.int32)
    model.a_matrix_.index_ = rows.column.astype(np.int32)
    model.a_matrix_.value_ = rows.coefficient.astype(float)
    if integer:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(problem.cost)
    return model
