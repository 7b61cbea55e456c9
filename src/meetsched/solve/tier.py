"""The search for the optimum of one tier."""

from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from time import monotonic

import numpy as np

from meetsched.backends.messages import (
    Answer,
    Backend,
    Bounded,
    End,
    Ended,
    Failed,
    Improved,
    Relax,
    Relaxed,
    Search,
)
from meetsched.backends.pool import POOL, Worker
from meetsched.backends.problem import UNBOUNDED, Ints, Problem, Rows
from meetsched.errors import SolverError
from meetsched.model import Row, Values
from meetsched.solve.compile import compile_rows
from meetsched.solve.control import Control
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.relaxation import Relaxation, relaxation, round_up
from meetsched.solve.window import Window

Separator = Callable[[Values], Iterable[Row]]

_GROWTH = 4
"""How much wider the next window is than an empty one."""
_LARGE, _FIRST_WIDTH = 2000, 0.005
"""Above this objective the first window has a width: a share of the bound."""
_MANY_COLUMNS = 10_000
"""With so many free columns CP-SAT is the better companion: HiGHS would be long at its root."""
_PATIENCE = 3.0
"""After so many seconds without any plan CP-SAT, quick to a first one, is called in."""


class TierSearch:
    """Finds the optimum of a problem from both ends.

    From below the prover: the relaxation bounds the objective; its reduced costs fix most columns for
    all solutions within a narrow window above the bound, which HiGHS searches whole. An empty window
    lifts the bound, and the next is wider. From above, beside it, a companion: the chaser, HiGHS as
    well, searches all that is better than the best known solution; where the problem is large or no
    plan is found for long, the finder, CP-SAT, looks for better solutions of the whole problem instead.
    Whoever closes the gap ends the search.

    Parameters
    ----------
    problem : Problem
    separators : sequence of callable
        Return the rows that a solution of `problem` breaks and that it lacks.
    known : ndarray of int, shape (n,), or None
        A solution to begin from.
    bound : int
        What no solution beats, as far as known.
    threads : int
        One for the prover, the others for its companion.
    seed : int
    worst : int
        Solutions of a larger objective are not wanted; with none up to it, the problem counts as infeasible.
    """

    def __init__(
        self,
        problem: Problem,
        separators: Sequence[Separator],
        *,
        known: Ints | None,
        bound: int,
        threads: int,
        seed: int,
        worst: int = UNBOUNDED,
    ) -> None:
        self._problem = problem
        self._worst = worst
        self._separators = separators
        self._threads = threads
        self._seed = seed
        self._answers: SimpleQueue[tuple[Worker, Answer]] = SimpleQueue()
        self._prover: Worker | None = None
        self._chaser: Worker | None = None
        self._finder: Worker | None = None
        self._windows: dict[Worker, Window] = {}
        self._relaxation: Relaxation | None = None
        self._values = known
        self.value: int | None = None if known is None else problem.value(known)
        self.bound = bound
        self._infeasible = False
        self._width = 0

    def run(self, control: Control, report: Callable[["TierSearch"], None]) -> TierOutcome:
        """Search until the gap is closed, the time is over or somebody stops it."""
        late = monotonic() + _PATIENCE
        try:
            if not self._over(control):
                self._begin()
            while not self._closed() and not self._over(control):
                if self._chaser is not None and self.value is None and monotonic() >= late:
                    self._call_finder()
                try:
                    worker, answer = self._answers.get(timeout=control.wait())
                except Empty:
                    report(self)
                    continue
                self._hear(worker, answer)
                report(self)
        finally:
            for held in (self._prover, self._chaser, self._finder):
                if held is not None:
                    POOL.release(held)
        return TierOutcome(
            self._problem, self._values, self.value, self.bound, self._infeasible, self._relaxation
        )

    def _over(self, control: Control) -> bool:
        return control.over(with_plan=self.value is not None)

    def _begin(self) -> None:
        if self._closed():
            return
        self._prover = POOL.acquire(Backend.HIGHS)
        self._prover.submit(Relax(self._problem), self._answers)
        if self._threads == 1:
            return
        if np.count_nonzero(self._problem.lower < self._problem.upper) >= _MANY_COLUMNS:
            self._call_finder()
        else:
            self._chaser = POOL.acquire(Backend.HIGHS)

    def _call_finder(self) -> None:
        """Let CP-SAT have the companion's place."""
        if self._chaser is not None:
            POOL.release(self._chaser)
            self._windows.pop(self._chaser, None)
            self._chaser = None
        self._finder = POOL.acquire(Backend.CP_SAT)
        self._seek()

    def _closed(self) -> bool:
        return self._infeasible or (self.value is not None and self.value <= self.bound)

    def _hear(self, worker: Worker, answer: Answer) -> None:
        if isinstance(answer, Failed):
            self._lose(worker, answer)
        elif isinstance(answer, Improved):
            self._hear_improved(worker, answer.values)
        elif worker is self._finder:
            self._hear_finder(answer)
        elif isinstance(answer, Relaxed):
            self._hear_relaxed(answer)
        elif isinstance(answer, Bounded) and worker in self._windows:
            self._lift(min(round_up(answer.bound), self._windows[worker].limit + 1))
        elif isinstance(answer, Ended) and worker in self._windows:
            self._hear_window(worker, answer.end)

    def _lose(self, worker: Worker, failure: Failed) -> None:
        """Go on without a worker that broke down, as long as another is left."""
        POOL.release(worker)
        self._windows.pop(worker, None)
        if worker is self._finder:
            self._finder = None
        elif worker is self._chaser:
            self._chaser = None
        else:
            self._prover = None
        if self._prover is None and self._chaser is None and self._finder is None:
            raise SolverError(f"the solver broke down: {failure.reason}")

    def _lift(self, bound: int) -> None:
        self.bound = max(self.bound, bound)
        self._infeasible = self._infeasible or (self.value is None and self.bound > self._worst)

    def _hear_improved(self, worker: Worker, values: Ints) -> None:
        """Take a solution if it holds every row, those of the separators too, and is better."""
        window = self._windows.get(worker)
        base = self._problem if window is None else window.problem
        if not base.is_solved_by(values):
            return
        value = base.value(values)
        if window is not None:
            window.best = value if window.best is None else min(window.best, value)
        broken = [row for separator in self._separators for row in separator(values)]
        if broken:
            self._extend(compile_rows(broken))
        elif self.value is None or value < self.value:
            self.value, self._values = value, values

    def _extend(self, rows: Rows) -> None:
        """Add rows that a solution has broken; the finder begins again with them."""
        self._problem = self._problem.with_more(rows)
        if self._finder is not None:
            self._finder.give_up()
            self._seek()

    def _seek(self) -> None:
        assert self._finder is not None
        search = Search(self._problem, Backend.CP_SAT, max(1, self._threads - 1), self._seed, self._values)
        self._finder.submit(search, self._answers)

    def _hear_finder(self, answer: Answer) -> None:
        if isinstance(answer, Bounded):
            self._lift(round_up(answer.bound))
        elif isinstance(answer, Ended) and answer.end is End.INFEASIBLE:
            self._exhaust()
        elif isinstance(answer, Ended) and answer.end is End.OPTIMAL and self.value is not None:
            self._lift(self.value)

    def _exhaust(self) -> None:
        """There is no solution better than the best known, if any is known."""
        if self.value is None:
            self._infeasible = True
        else:
            self._lift(self.value)

    def _hear_relaxed(self, answer: Relaxed) -> None:
        if answer.infeasible:
            self._exhaust()
            return
        if answer.row_duals is not None:
            self._relaxation = relaxation(self._problem, answer.row_duals)
            self._lift(self._relaxation.whole_bound)
        self._width = self._first_width()
        self._open_window()
        self._chase()

    def _cap(self) -> int:
        """Return the objective at which a solution is just better than the best known."""
        return self._worst if self.value is None else self.value - 1

    def _first_width(self) -> int:
        """Return by how much the first window goes beyond the bound."""
        if self._worst < UNBOUNDED:
            return (self._worst - self.bound) // _GROWTH
        return int(abs(self.bound) * _FIRST_WIDTH) if abs(self.bound) > _LARGE else 0

    def _open_window(self) -> None:
        """Let the prover search for all solutions a little above the bound."""
        if self._prover is None or self._closed():
            return
        limit = min(self.bound + self._width, self._cap())
        self._search(self._prover, limit, self._seed)

    def _chase(self) -> None:
        """Let the chaser search for all better solutions.

        With another seed than the prover, which ends up searching them as well.
        """
        if self._chaser is not None and not self._closed():
            self._search(self._chaser, self._cap(), self._seed + 1)

    def _search(self, worker: Worker, limit: int, seed: int) -> None:
        window = Window.of(self._problem, self._relaxation, limit, self._cap())
        self._windows[worker] = window
        worker.submit(Search(window.problem, Backend.HIGHS, 1, seed), self._answers)

    def _hear_window(self, worker: Worker, end: End) -> None:
        window = self._windows.pop(worker)
        if end is End.INFEASIBLE and window.whole:
            self._exhaust()
        elif end is End.INFEASIBLE:
            self._lift(window.limit + 1)
            self._width = max(1, _GROWTH * self._width)
        elif end is End.OPTIMAL and window.best is not None:
            self._lift(window.best)
        elif worker is self._prover:
            self._prove_exactly(window)
            return
        else:
            self._lose(worker, Failed("it could neither solve a problem nor refute it"))
        if worker is self._prover:
            self._open_window()
        else:
            self._chase()

    def _prove_exactly(self, window: Window) -> None:
        """Let CP-SAT, which knows no rounding, search a window whose end HiGHS could not tell."""
        assert self._prover is not None
        if self._prover.backend is Backend.CP_SAT:
            raise SolverError("the solver could neither solve a problem nor refute it")
        POOL.release(self._prover)
        self._prover = POOL.acquire(Backend.CP_SAT)
        self._windows[self._prover] = window
        search = Search(window.problem, Backend.CP_SAT, self._threads, self._seed)
        self._prover.submit(search, self._answers)
