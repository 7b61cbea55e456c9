"""The search for the optimum of one tier of a region: the cities apart, with prices on what they share."""

from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from meetsched.backends.problem import UNBOUNDED
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.regions.around import look_around, settle_in_turn
from meetsched.solve.regions.memory import Memory
from meetsched.solve.regions.negotiation import Negotiation
from meetsched.solve.regions.proof import RegionProof
from meetsched.solve.regions.standing import Standing
from meetsched.solve.tier import Separator, TierSearch

_SMALL = 30_000
"""With so many free columns at most the rest is searched as a whole."""


class RegionSearch:
    """Finds the optimum of a problem in blocks, from both ends.

    First prices on the linking rows are negotiated, which bounds the whole by what the blocks come to
    alone, and finds parts of plans that go together (`negotiation`). Where none do, blocks settle in turn;
    or prices with nothing to minimise prove that there is no plan. Where a gap is left, blocks that pay
    more than they have to are optimised anew around the others (`around`); then what may still be better
    is searched as a whole, if it is small.

    Parameters
    ----------
    standing : Standing
        What is known at the beginning.
    separators : sequence of callable
        Return the rows that a solution breaks and that the problem lacks.
    memory : Memory
        What earlier searches have left; this one leaves its own.
    threads, seed : int
    """

    def __init__(
        self,
        standing: Standing,
        separators: Sequence[Separator],
        memory: Memory,
        *,
        threads: int,
        seed: int,
    ) -> None:
        self._standing = standing
        self._separators = separators
        self._memory = memory
        self._threads = threads
        self._seed = seed

    @property
    def value(self) -> int | None:
        """The objective of the best solution so far."""
        return self._standing.value

    @property
    def bound(self) -> int:
        """What no solution beats."""
        return self._standing.bound

    def run(self, control: Control, report: Callable[["RegionSearch"], None]) -> TierOutcome:
        """Search until the gap is closed, the time is over or somebody stops it."""
        standing = self._standing
        standing.tell = lambda: report(self)
        pace = {"threads": self._threads, "seed": self._seed}
        with suppress(OutOfTime):
            Negotiation(standing, self._memory, **pace).run(control)
            settle_in_turn(standing, control, **pace)
            self._decide(control)
            look_around(standing, control, **pace)
            self._finish(control)
        self._memory.learn(standing.parts.values)
        proof = None
        if standing.best is not None and not standing.infeasible:
            proof = RegionProof.of(standing.blocks, standing.best)
            if not standing.any_will_do:
                self._memory.learn_round(standing.problem.cost, standing.best)
        return TierOutcome(
            standing.problem, standing.values, standing.value, standing.bound, standing.infeasible, proof
        )

    def _decide(self, control: Control) -> None:
        """Where no plan has turned up, find out by prices alone whether there is one at all."""
        standing = self._standing
        if standing.value is not None or standing.over(control):
            return
        memory = Memory(len(standing.blocks.each))
        memory.learn(standing.parts.values)
        free = standing.of_any_solution(memory)
        free.tell = standing.tell
        Negotiation(free, memory, threads=self._threads, seed=self._seed).run(control)
        standing.infeasible = free.infeasible
        if free.values is not None:
            standing.take(free.values)

    def _finish(self, control: Control) -> None:
        """Search the rest as a whole, where it is small: what no better solution has otherwise is fixed."""
        standing = self._standing
        if standing.over(control) or standing.best is None:
            return
        problem, cap = standing.problem, standing.cap
        if cap < UNBOUNDED:
            proof = RegionProof.of(standing.blocks, standing.best)
            lower, upper = proof.fixings(problem.lower, problem.upper, cap)
            problem = problem.restricted(lower, upper, proof.rows(cap))
        if np.count_nonzero(problem.lower < problem.upper) > _SMALL:
            return
        search = TierSearch(
            problem,
            self._separators,
            known=standing.values,
            bound=standing.bound,
            threads=self._threads,
            seed=self._seed,
            worst=standing.worst,
        )
        outcome = search.run(control, self._follow)
        self._follow(search)
        standing.infeasible, standing.values = outcome.infeasible, outcome.values

    def _follow(self, search: TierSearch) -> None:
        standing = self._standing
        standing.value, standing.bound = search.value, max(standing.bound, search.bound)
        standing.tell()
