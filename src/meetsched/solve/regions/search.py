"""The search for the optimum of one tier of a region: the cities apart, with prices on what they share."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Ints, Problem
from meetsched.model import Row
from meetsched.solve.asking import duals
from meetsched.solve.compile import compile_rows
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.regions.apart import take_apart
from meetsched.solve.regions.excess import excesses
from meetsched.solve.regions.memory import Memory
from meetsched.solve.regions.parts import Parts, forgiving
from meetsched.solve.regions.proof import RegionProof
from meetsched.solve.regions.quotes import Quoting, Round, scale_of, whole_prices
from meetsched.solve.relaxation import relaxation, round_up
from meetsched.solve.tier import Separator, TierSearch

_PENALTY = 3
"""What a unit costs by which a linking row is broken, in times of the dearest column."""
_FOR_A_CHOICE = 0.1
"""The choice among known parts may take this share of the time that is left."""
_FOR_A_NEIGHBOURHOOD = 0.1
"""The search in one neighbourhood as well."""
_SMALL = 30_000
"""With so many free columns at most the rest is searched as a whole."""


class RegionSearch:
    """Finds the optimum of a problem in blocks, from both ends.

    From below prices: each block is optimised alone, and pays for its use of the linking rows; what all of
    them come to is a bound (`quotes`). From above the parts found on the way: the best choice of one for
    each block that go together is a plan (`parts`), and the duals of that choice's relaxation are the next
    prices, halfway from the best ones so far (Wentges, *Weighted Dantzig-Wolfe decomposition for linear
    mixed-integer programming*, 1997). Where that ends with a gap, blocks that pay more than they have to are
    optimised anew, alone and in pairs, with the others as they are; then what may still be better is
    searched as a whole.

    Parameters
    ----------
    problem : Problem
    owner : ndarray of int, shape (n,)
        The block of each column; see `blocks`.
    separators : sequence of callable
        Return the rows that a solution of `problem` breaks and that it lacks.
    memory : Memory
        What earlier searches have left; this one leaves its own.
    known : ndarray of int, shape (n,), or None
        A solution to begin from.
    bound : int
        What no solution beats, as far as known.
    threads, seed : int
    worst : int
        Solutions of a larger objective are not wanted; with none up to it, the problem counts as infeasible.
    any_will_do : bool
        Whether the first solution ends the search.
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
        threads: int,
        seed: int,
        worst: int = UNBOUNDED,
        any_will_do: bool = False,
    ) -> None:
        self._problem = problem
        self._owner = owner
        self._separators = separators
        self._threads = threads
        self._seed = seed
        self._worst = worst
        self._any_will_do = any_will_do
        self._values = known
        self.value: int | None = None if known is None else problem.value(known)
        self.bound = bound
        self._infeasible = False
        self._penalty = _PENALTY * int(np.abs(problem.cost).max(initial=1))
        self._quoting = Quoting(scale_of(problem.cost), threads=threads, seed=seed)
        self._blocks = take_apart(problem, owner)
        self._memory = memory
        self._parts = Parts(self._blocks, memory.parts)
        if known is not None:
            self._parts.take(self._blocks.cut(known))
        self._best: Round | None = None
        self._last: Round | None = None
        self._tell: Callable[[], None] = lambda: None

    def run(self, control: Control, report: Callable[["RegionSearch"], None]) -> TierOutcome:
        """Search until the gap is closed, the time is over or somebody stops it."""
        self._tell = lambda: report(self)
        try:
            self._negotiate(control)
            self._settle_in_turn(control)
            self._look_around(control)
            self._finish(control)
        except OutOfTime:
            pass
        self._memory.learn(self._parts.values)
        proof = None
        if self._best is not None and not self._infeasible:
            self._memory.learn_prices(self._problem.cost, self._best.prices)
            proof = RegionProof.of(self._blocks, self._best)
        return TierOutcome(self._problem, self._values, self.value, self.bound, self._infeasible, proof)

    def _over(self, control: Control) -> bool:
        return self._closed() or control.over(with_plan=self.value is not None)

    def _closed(self) -> bool:
        if self._infeasible or self.value is None:
            return self._infeasible
        return self._any_will_do or self.value <= self.bound

    def _within(self, control: Control) -> Control:
        """Return a control for a search that has a plan where the whole may have none."""
        return control if self.value is None else replace(control, deadline=control.patience)

    def _negotiate(self, control: Control) -> None:
        """Ask for quotes at better and better prices."""
        prices: Ints | None = self._memory.prices(self._problem.cost, len(self._blocks.lower))
        mixed = False
        while prices is not None and not self._over(control):
            news = self._hear_quotes(prices, control)
            self._choose(control)
            if not mixed and not self._any_will_do:
                self._settle_in_turn(control)
            if self._over(control):
                return
            mixed = news or not mixed
            prices = self._next_prices(control, mix=mixed)

    def _hear_quotes(self, prices: Ints, control: Control) -> bool:
        """Take what all blocks come to under prices; return whether there are new parts."""
        found = self._quoting.ask(
            self._blocks,
            prices,
            self._within(control),
            known=self._parts.values,
            before=self._last,
            beat=self._tell,
        )
        self._last = found
        if self._best is None or found.scaled_bound > self._best.scaled_bound:
            self._best = found
        if found.infeasible:
            self._infeasible = self.value is None
            self._lift(self._cap() + 1)
            return False
        self._lift(found.bound)
        self._tell()
        return self._parts.take([quote.values for quote in found.quotes])

    def _cap(self) -> int:
        """Return the objective at which a solution is just better than the best known."""
        return self._worst if self.value is None else self.value - 1

    def _lift(self, bound: int) -> None:
        self.bound = max(self.bound, bound)
        self._infeasible = self._infeasible or (self.value is None and self.bound > self._worst)

    def _next_prices(self, control: Control, *, mix: bool) -> Ints | None:
        """Return the prices by which the known parts are as good as can be.

        None where nothing is left to ask. Mixed, they lie halfway to the best ones so far.
        """
        choice = forgiving(self._parts.choice(), len(self._blocks.lower), self._penalty)
        found = duals(choice, self._within(control))
        if found is None or self._best is None:
            return None
        prices = whole_prices(found[: len(self._blocks.lower)], self._best.scale, self._blocks)
        most = round_up(relaxation(choice, found).bound) + self._blocks.constant
        asked = self._last is not None and np.array_equal(prices, self._last.prices)
        if most <= self._best.bound or (asked and not mix):
            return None
        return (prices + self._best.prices) // 2 if mix else prices

    def _choose(self, control: Control) -> None:
        """Take the best plan that the known parts make, if it is better; rows that it breaks are added."""
        hasty = self._within(control).limited(_FOR_A_CHOICE)
        while not self._over(control):
            choice = self._parts.choice()
            known = None if self._values is None else self._parts.choice_of(self._values)
            least = self.bound - self._blocks.constant
            search = TierSearch(choice, [], known=known, bound=least, threads=1, seed=self._seed)
            outcome = search.run(hasty, lambda _: self._tell())
            if outcome.values is None or self._take(self._parts.chosen(outcome.values)):
                return

    def _take(self, values: Ints) -> bool:
        """Take a solution if it is better; add the rows that it breaks and return whether there are none."""
        broken = [row for separator in self._separators for row in separator(values)]
        if broken:
            self._extend(broken)
            return False
        value = self._problem.value(values)
        if self._problem.is_solved_by(values) and value <= self._cap():
            self.value, self._values = value, values
            self._tell()
        return True

    def _extend(self, broken: Sequence[Row]) -> None:
        """Add rows; they have no prices yet, so that all that was proven stays."""
        lower, upper = self._problem.lower, self._problem.upper
        self._problem = self._problem.restricted(lower, upper, compile_rows(broken))
        known = self._parts.values
        self._blocks = take_apart(self._problem, self._owner)
        self._parts = Parts(self._blocks, known)
        count = len(self._blocks.lower)
        self._best = None if self._best is None else self._best.with_rows(count)
        self._last = None if self._last is None else self._last.with_rows(count)

    def _settle_in_turn(self, control: Control) -> None:
        """Let each block do its best around those before it; one that finds no place comes first."""
        order = list(range(len(self._blocks.each)))
        for _ in self._blocks.each:
            if self.value is not None or self._over(control):
                return
            blocked = self._settle(order, control)
            if blocked is None:
                return
            order = [blocked, *(number for number in order if number != blocked)]

    def _settle(self, order: Sequence[int], control: Control) -> int | None:
        """Settle the blocks in an order; return one that finds no place."""
        parts = [np.zeros_like(block.columns) for block in self._blocks.each]
        for number in order:
            outcome = self._search_around(parts, [number], None, self._within(control))
            if outcome.values is None:
                return number
            parts = self._blocks.put(parts, [number], outcome.values)
        self._parts.take(parts)
        if not self._take(self._blocks.join(parts)):
            self._choose(control)
        return None

    def _search_around(
        self, parts: Sequence[Ints], members: Sequence[int], known: Ints | None, control: Control
    ) -> TierOutcome:
        """Optimise some blocks around the parts of the others."""
        problem = self._blocks.around(parts, members)
        least = int(np.minimum(problem.cost * problem.lower, problem.cost * problem.upper).sum())
        search = TierSearch(problem, [], known=known, bound=least, threads=self._threads, seed=self._seed)
        return search.run(control, lambda _: self._tell())

    def _look_around(self, control: Control) -> None:
        """Optimise blocks anew, alone and in pairs, as long as that makes the whole better."""
        tried: set[tuple[int, ...]] = set()
        while not self._over(control) and self._values is not None and self._best is not None:
            promising = excesses(self._best, self._blocks, self._blocks.cut(self._values))
            members = next((each for each in promising if each not in tried), None)
            if members is None:
                return
            tried.add(members)
            if self._improve(members, self._within(control).limited(_FOR_A_NEIGHBOURHOOD)):
                tried.clear()

    def _improve(self, members: tuple[int, ...], control: Control) -> bool:
        """Optimise some blocks with the others as they are; return whether the whole is better for it."""
        assert self._values is not None
        before, parts = self.value, self._blocks.cut(self._values)
        known = np.concatenate([parts[number] for number in members])
        outcome = self._search_around(parts, members, known, control)
        if outcome.values is not None:
            parts = self._blocks.put(parts, members, outcome.values)
            self._parts.take(parts)
            self._take(self._blocks.join(parts))
        return self.value != before

    def _finish(self, control: Control) -> None:
        """Search the rest as a whole, where it is small: what no better solution has otherwise is fixed."""
        if self._over(control) or self._best is None:
            return
        proof = RegionProof.of(self._blocks, self._best)
        problem = self._problem
        if self._cap() < UNBOUNDED:
            lower, upper = proof.fixings(problem.lower, problem.upper, self._cap())
            problem = problem.restricted(lower, upper, proof.rows(self._cap()))
        if np.count_nonzero(problem.lower < problem.upper) > _SMALL:
            return
        search = TierSearch(
            problem,
            self._separators,
            known=self._values,
            bound=self.bound,
            threads=self._threads,
            seed=self._seed,
            worst=self._worst,
        )
        outcome = search.run(control, self._follow)
        self._follow(search)
        self._infeasible = outcome.infeasible
        self._values = outcome.values

    def _follow(self, search: TierSearch) -> None:
        self.value, self.bound = search.value, max(self.bound, search.bound)
        self._tell()
