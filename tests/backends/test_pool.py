"""Solver processes: what they answer, and how they end."""

from queue import SimpleQueue

import numpy as np
import pytest

from meetsched.backends.messages import Answer, Backend, End, Ended, Failed, Improved, Relax, Relaxed, Search
from meetsched.backends.pool import Pool, Worker
from meetsched.backends.problem import UNBOUNDED, Ints, Problem, Rows


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def problem(demand: int = 3) -> Problem:
    """Minimise 2a + 3b + 4c with a + b + c >= demand (or all of them), each 0 or 1."""
    rows = Rows(ints(demand), ints(UNBOUNDED), ints(0, 3), ints(0, 1, 2), ints(1, 1, 1))
    return Problem(ints(0, 0, 0), ints(1, 1, 1), rows, ints(2, 3, 4))


def hard(size: int = 60) -> Problem:
    """A market split problem: hopeless to finish in the time of a test (Cornuéjols, Dawande 1998)."""
    random = np.random.default_rng(1)
    count = 6
    weights = random.integers(0, 1000, (count, size))
    rows = Rows(
        weights.sum(axis=1) // 2,
        weights.sum(axis=1) // 2,
        np.arange(0, count * size + 1, size),
        np.tile(np.arange(size), count),
        weights.ravel(),
    )
    return Problem(np.zeros(size, int), np.ones(size, int), rows, np.ones(size, int))


@pytest.fixture
def pool():
    pool = Pool()
    yield pool
    pool.close()


def answers(worker: Worker, task: Relax | Search) -> list[Answer]:
    queue: SimpleQueue[tuple[Worker, Answer]] = SimpleQueue()
    worker.submit(task, queue)
    heard: list[Answer] = []
    while not heard or not isinstance(heard[-1], (Ended, Relaxed, Failed)):
        heard.append(queue.get(timeout=60)[1])
    return heard


@pytest.mark.parametrize("backend", list(Backend))
def test_a_problem_is_solved_to_its_optimum(pool: Pool, backend: Backend) -> None:
    heard = answers(pool.acquire(backend), Search(problem(2), backend, 1, 0))
    assert heard[-1] == Ended(End.OPTIMAL)
    best = [answer.values for answer in heard if isinstance(answer, Improved)][-1]
    assert best.tolist() == [1, 1, 0]


@pytest.mark.parametrize("backend", list(Backend))
def test_an_impossible_problem_is_refuted(pool: Pool, backend: Backend) -> None:
    assert answers(pool.acquire(backend), Search(problem(4), backend, 1, 0))[-1] == Ended(End.INFEASIBLE)


def test_a_relaxation_gives_duals_or_its_refusal(pool: Pool) -> None:
    worker = pool.acquire(Backend.HIGHS)
    (told,) = answers(worker, Relax(problem(2)))
    assert isinstance(told, Relaxed)
    assert told.row_duals is not None
    assert told.row_duals.tolist() == [3.0]
    assert answers(worker, Relax(problem(4))) == [Relaxed(None, infeasible=True)]


def test_a_worker_is_used_again(pool: Pool) -> None:
    worker = pool.acquire(Backend.HIGHS)
    pool.release(worker)
    assert pool.acquire(Backend.HIGHS) is worker


def test_cp_sat_gives_up_and_takes_the_next_task(pool: Pool) -> None:
    worker = pool.acquire(Backend.CP_SAT)
    worker.submit(Search(hard(), Backend.CP_SAT, 1, 0), SimpleQueue())
    worker.give_up()
    assert worker.alive
    assert answers(worker, Search(problem(2), Backend.CP_SAT, 1, 0))[-1] == Ended(End.OPTIMAL)


def test_highs_gives_up_by_ending(pool: Pool) -> None:
    worker = pool.acquire(Backend.HIGHS)
    worker.submit(Search(hard(), Backend.HIGHS, 1, 0), SimpleQueue())
    pool.release(worker)
    assert not worker.alive
    assert pool.acquire(Backend.HIGHS) is not worker


def test_highs_may_finish_what_it_is_about_to_and_takes_the_next_task(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetsched.backends.pool._GRACE", 30)
    worker = pool.acquire(Backend.HIGHS)
    answers(worker, Search(problem(2), Backend.HIGHS, 1, 0))
    dropped: SimpleQueue[tuple[Worker, Answer]] = SimpleQueue()
    worker.submit(Search(problem(2), Backend.HIGHS, 1, 0), dropped)
    pool.release(worker)
    assert pool.acquire(Backend.HIGHS) is worker
    assert answers(worker, Search(problem(4), Backend.HIGHS, 1, 0)) == [Ended(End.INFEASIBLE)]


def test_a_process_that_dies_is_told(pool: Pool) -> None:
    worker = pool.acquire(Backend.HIGHS)
    queue: SimpleQueue[tuple[Worker, Answer]] = SimpleQueue()
    worker.submit(Search(hard(), Backend.HIGHS, 1, 0), queue)
    worker._process.kill()
    assert isinstance(queue.get(timeout=60)[1], Failed)
    pool.release(worker)


def test_solutions_are_checked_in_exact_arithmetic() -> None:
    assert problem(2).is_solved_by(ints(1, 0, 1))
    assert not problem(2).is_solved_by(ints(1, 0, 0))
    assert not problem(2).is_solved_by(ints(2, 0, 0))
