"""Questions to the solvers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

import numpy as np

from meetsched.backends.messages import (
    Answer,
    Backend,
    End,
    Ended,
    Failed,
    Improved,
    Relax,
    Relaxed,
    Search,
)
from meetsched.backends.pool import POOL, Worker
from meetsched.backends.problem import Ints, Problem
from meetsched.errors import SolverError
from meetsched.model import LinearModel
from meetsched.solve.compile import compile_rows
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.relaxation import Relaxation, relaxation
from meetsched.solve.tier import Separator, TierSearch


@dataclass(frozen=True, slots=True)
class Effort:
    """What may be spent on a question: until when, how many threads, and the solvers' seed."""

    control: Control
    threads: int
    seed: int


def compiled(model: LinearModel) -> Problem:
    """Return a model as arrays, with nothing to minimise."""
    return Problem(
        np.array(model.lower, dtype=np.int64),
        np.array(model.upper, dtype=np.int64),
        compile_rows(model.rows),
        np.zeros(len(model.lower), dtype=np.int64),
    )


def grown(problem: Problem, model: LinearModel, rows: int) -> Problem:
    """Return a problem with the columns that a model has got meanwhile, and its rows from a number on."""
    old, new = len(problem.cost), len(model.lower)
    wider = Problem(
        np.concatenate([problem.lower, np.array(model.lower[old:], dtype=np.int64)]),
        np.concatenate([problem.upper, np.array(model.upper[old:], dtype=np.int64)]),
        problem.rows,
        np.concatenate([problem.cost, np.zeros(new - old, dtype=np.int64)]),
    )
    return wider.restricted(wider.lower, wider.upper, compile_rows(model.rows[rows:]))


def relaxed(problem: Problem, control: Control) -> Relaxation | None:
    """Return what the linear relaxation of a problem with solutions proves; None where it failed.

    Raises
    ------
    OutOfTime
        The search must end.
    """
    for answer in _answers(Relax(problem), Backend.HIGHS, control):
        if isinstance(answer, Relaxed) and answer.row_duals is not None:
            return relaxation(problem, answer.row_duals)
    return None


def solved(problem: Problem, separators: Sequence[Separator], effort: Effort) -> tuple[Ints | None, Problem]:
    """Return some solution of a problem, or None as a proof that it has none.

    HiGHS alone is asked, which is done before two solvers would be under way; where it cannot tell,
    CP-SAT is. The problem comes back with the rows of the separators that were broken meanwhile.

    Raises
    ------
    OutOfTime
        The search must end before that.
    """
    while True:
        values = _solution(problem, Backend.HIGHS, effort)
        if values is None:
            return None, problem
        broken = [row for separator in separators for row in separator(values)]
        if not broken:
            return values, problem
        problem = problem.restricted(problem.lower, problem.upper, compile_rows(broken))


def _solution(problem: Problem, backend: Backend, effort: Effort) -> Ints | None:
    threads = effort.threads if backend is Backend.CP_SAT else 1
    for answer in _answers(Search(problem, backend, threads, effort.seed), backend, effort.control):
        if isinstance(answer, Improved) and problem.is_solved_by(answer.values):
            return answer.values
        if isinstance(answer, Ended) and answer.end is End.INFEASIBLE:
            return None
    if backend is Backend.CP_SAT:
        raise SolverError("the solver could neither solve a problem nor refute it")
    return _solution(problem, Backend.CP_SAT, effort)


def _answers(task: Relax | Search, backend: Backend, control: Control) -> Iterator[Answer]:
    """Yield what a solver answers, until it is done or the search must end."""
    worker = POOL.acquire(backend)
    answers: SimpleQueue[tuple[Worker, Answer]] = SimpleQueue()
    try:
        worker.submit(task, answers)
        while True:
            control.check()
            try:
                answer = answers.get(timeout=control.wait())[1]
            except Empty:
                continue
            yield answer
            if isinstance(answer, (Relaxed, Ended, Failed)):
                return
    finally:
        POOL.release(worker)


def minimised(
    problem: Problem,
    separators: Sequence[Separator],
    effort: Effort,
    *,
    bound: int = 0,
    known: Ints | None = None,
) -> TierOutcome:
    """Return the proven best solution of a problem, or that it has none.

    Raises
    ------
    OutOfTime
        The search must end before that.
    """
    search = TierSearch(
        problem, separators, known=known, bound=bound, threads=effort.threads, seed=effort.seed
    )
    outcome = search.run(effort.control, lambda _: None)
    if not (outcome.proven or outcome.infeasible):
        raise OutOfTime
    return outcome


def fixed(problem: Problem, columns: Ints, values: Ints) -> Problem:
    """Return the problem with columns fixed."""
    lower, upper = problem.lower.copy(), problem.upper.copy()
    lower[columns] = upper[columns] = values
    return replace(problem, lower=lower, upper=upper)
