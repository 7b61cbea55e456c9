"""The search for one tier's optimum, with whatever company."""

from collections.abc import Iterator

import numpy as np
import pytest

from meetsched.backends.messages import Backend, Failed, Search
from meetsched.backends.pool import POOL, Worker
from meetsched.backends.problem import Problem
from meetsched.model import UNBOUNDED, Row
from meetsched.solve import tier
from meetsched.solve.compile import compile_rows
from meetsched.solve.control import Control
from meetsched.solve.options import SolveOptions
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.tier import TierSearch

SIZE = 24
"""Pairs of columns."""


def cover() -> Problem:
    """Return a vertex cover of a cycle of odd length: its relaxation is worth half a column too little."""
    count = 2 * SIZE + 1
    rows = [Row(None, "", [(i, 1), ((i + 1) % count, 1)], 1, UNBOUNDED) for i in range(count)]
    return Problem(np.zeros(count, int), np.ones(count, int), compile_rows(rows), np.ones(count, int))


def search(problem: Problem, threads: int, known: np.ndarray | None = None) -> TierOutcome:
    control = Control.of(SolveOptions(time_limit=60), None, None)
    found = TierSearch(problem, [], known=known, bound=0, threads=threads, seed=0)
    return found.run(control, lambda _: None)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Backend]]:
    """Collect the backends of all searches."""
    backends: list[Backend] = []
    submit = Worker.submit

    def note(self: Worker, task: object, answers: object) -> None:
        if isinstance(task, Search):
            backends.append(task.backend)
        submit(self, task, answers)  # type: ignore[arg-type]

    monkeypatch.setattr(Worker, "submit", note)
    yield backends


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_optimum_is_found_and_proven_by_any_number(threads: int) -> None:
    outcome = search(cover(), threads)
    assert (outcome.value, outcome.bound, outcome.proven) == (SIZE + 1, SIZE + 1, True)


def test_a_solution_known_is_kept_where_none_is_better() -> None:
    problem = cover()
    values = np.array([1, *([1, 0] * SIZE)], dtype=np.int64)
    outcome = search(problem, 2, known=values)
    assert outcome.proven
    assert outcome.values is values


def test_highs_has_highs_for_company(asked: list[Backend]) -> None:
    search(cover(), 2)
    assert set(asked) == {Backend.HIGHS}


def test_a_large_problem_has_cp_sat_for_company(
    monkeypatch: pytest.MonkeyPatch, asked: list[Backend]
) -> None:
    monkeypatch.setattr(tier, "_MANY_COLUMNS", 5)
    assert search(cover(), 2).proven
    assert Backend.CP_SAT in asked


def test_cp_sat_is_called_where_no_plan_turns_up(
    monkeypatch: pytest.MonkeyPatch, asked: list[Backend]
) -> None:
    monkeypatch.setattr(tier, "_PATIENCE", 0.0)
    assert search(cover(), 2).proven
    assert Backend.CP_SAT in asked


def test_the_search_outlives_a_companion(monkeypatch: pytest.MonkeyPatch) -> None:
    chase = TierSearch._chase

    def fail(self: TierSearch) -> None:
        chase(self)
        if self._chaser is not None:
            self._hear(self._chaser, Failed("for a test"))
            assert self._chaser is None

    monkeypatch.setattr(TierSearch, "_chase", fail)
    assert search(cover(), 2).proven


def test_no_worker_is_left_busy() -> None:
    search(cover(), 3)
    assert not any(worker.busy for worker in POOL._idle)
