"""Questions to one solver, and its answers."""

from collections.abc import Iterator
from queue import Empty, SimpleQueue

import numpy as np

from meetsched.backends.messages import Answer, Backend, Ended, Failed, Relax, Relaxed, Search
from meetsched.backends.pool import POOL, Worker
from meetsched.backends.problem import Floats, Problem
from meetsched.model import LinearModel
from meetsched.solve.compile import compile_rows
from meetsched.solve.control import Control
from meetsched.solve.relaxation import Relaxation, relaxation


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
    return wider.with_more(compile_rows(model.rows[rows:]))


def relaxed(problem: Problem, control: Control) -> Relaxation | None:
    """Return what the linear relaxation of a problem with solutions proves; None where it failed.

    Raises
    ------
    OutOfTime
        The search must end.
    """
    found = duals(problem, control)
    return None if found is None else relaxation(problem, found)


def duals(problem: Problem, control: Control) -> Floats | None:
    """Return the duals of the rows at the optimum of a problem's linear relaxation; None where it failed.

    Raises
    ------
    OutOfTime
        The search must end.
    """
    for answer in answers(Relax(problem), Backend.HIGHS, control):
        if isinstance(answer, Relaxed):
            return answer.row_duals
    return None


def answers(task: Relax | Search, backend: Backend, control: Control) -> Iterator[Answer]:
    """Yield what a solver answers, until it is done or the search must end.

    Raises
    ------
    OutOfTime
        The search must end.
    """
    worker = POOL.acquire(backend)
    queue: SimpleQueue[tuple[Worker, Answer]] = SimpleQueue()
    try:
        worker.submit(task, queue)
        while True:
            control.check()
            try:
                answer = queue.get(timeout=control.wait())[1]
            except Empty:
                continue
            yield answer
            if isinstance(answer, (Relaxed, Ended, Failed)):
                return
    finally:
        POOL.release(worker)
