"""How the search for the optimum of a region's tier stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Ints, Problem
from meetsched.model import Row
from meetsched.solve.compile import compile_rows
from meetsched.solve.control import Control
from meetsched.solve.regions.apart import take_apart
from meetsched.solve.regions.memory import Memory
from meetsched.solve.regions.parts import Parts
from meetsched.solve.regions.quotes import Round
from meetsched.solve.tier import Separator


class Standing:
    """What is known: the best solution, what none beats, the blocks with their parts, the best prices.

    Parameters
    ----------
    problem : Problem
    owner : ndarray of int, shape (n,)
        The block of each column; see `apart`.
    separators : sequence of callable
        Return the rows that a solution of `problem` breaks and that it lacks.
    memory : Memory
        Of earlier searches.
    known : ndarray of int, shape (n,), or None
        A solution to begin from.
    bound : int
        What no solution beats, as far as known.
    worst : int
        Solutions of a larger objective are not wanted; with none up to it, the problem counts as infeasible.
    any_will_do : bool
        Whether the first solution ends the search.

    Attributes
    ----------
    values, value : ndarray of int, shape (n,), and int; or None
        The best solution, and its objective.
    best, last : Round or None
        The quotes that prove most, and those heard last.
    """

    def __init__(
        self,
        problem: Problem,
        owner: Ints,
        separators: Sequence[Separator],
        memory: Memory,
        *,
        known: Ints | None,
        bound: int,
        worst: int = UNBOUNDED,
        any_will_do: bool = False,
    ) -> None:
        self.problem = problem
        self.worst = worst
        self.any_will_do = any_will_do
        self.values = known
        self.value: int | None = None if known is None else problem.value(known)
        self.bound = bound
        self.infeasible = False
        self.blocks = take_apart(problem, owner)
        self.parts = Parts(self.blocks, memory.parts)
        if known is not None:
            self.parts.take(self.blocks.cut(known))
        self.best: Round | None = None
        self.last: Round | None = None
        self.tell: Callable[[], None] = lambda: None
        self._owner = owner
        self._separators = separators

    def of_any_solution(self, memory: Memory) -> "Standing":
        """Return where a search for any solution at all begins, in which nothing is minimised."""
        free = replace(self.problem, cost=np.zeros_like(self.problem.cost))
        return Standing(
            free, self._owner, self._separators, memory, known=None, bound=0, worst=0, any_will_do=True
        )

    @property
    def closed(self) -> bool:
        """Whether there is nothing left to search for."""
        if self.infeasible or self.value is None:
            return self.infeasible
        return self.any_will_do or self.value <= self.bound

    @property
    def cap(self) -> int:
        """The objective at which a solution is just better than the best known."""
        return self.worst if self.value is None else self.value - 1

    def over(self, control: Control) -> bool:
        """Whether the search must or may end."""
        return self.closed or control.over(with_plan=self.value is not None)

    def within(self, control: Control) -> Control:
        """Return a control for a part of the search, which ends where the whole would."""
        return control if self.value is None else control.with_plan()

    def lift(self, bound: int) -> None:
        """Take what no solution beats."""
        self.bound = max(self.bound, bound)
        self.infeasible = self.infeasible or (self.value is None and self.bound > self.worst)

    def hear(self, found: Round) -> bool:
        """Take what all blocks come to under prices; return whether there are new parts."""
        self.last = found
        if found.infeasible:
            self.infeasible = self.value is None
            return False
        if self.best is None or found.scaled_bound > self.best.scaled_bound:
            self.best = found
        self.lift(found.bound)
        self.tell()
        return self.parts.take([quote.values for quote in found.quotes])

    def take(self, values: Ints) -> bool:
        """Take a solution if it is better; add the rows that it breaks, and return whether there are none."""
        broken = [row for separator in self._separators for row in separator(values)]
        if broken:
            self._extend(broken)
            return False
        value = self.problem.value(values)
        if value <= self.cap and self.problem.is_solved_by(values):
            self.value, self.values = value, values
            self.tell()
        return True

    def _extend(self, broken: Sequence[Row]) -> None:
        """Add rows; they have no prices yet, so that all that was proven stays."""
        self.problem = self.problem.with_more(compile_rows(broken))
        known = self.parts.values
        self.blocks = take_apart(self.problem, self._owner)
        self.parts = Parts(self.blocks, known)
        count = len(self.blocks.lower)
        self.best = None if self.best is None else self.best.with_rows(count)
        self.last = None if self.last is None else self.last.with_rows(count)
