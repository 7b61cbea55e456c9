"""Prices, quotes, better prices: a bound from below, and from above a choice among the parts found."""

import numpy as np

from meetsched.backends.problem import Ints
from meetsched.solve.asking import duals
from meetsched.solve.control import Control
from meetsched.solve.regions.around import settle_in_turn
from meetsched.solve.regions.memory import Memory
from meetsched.solve.regions.parts import forgiving
from meetsched.solve.regions.quotes import Quoting, scale_of, whole_prices
from meetsched.solve.regions.standing import Standing
from meetsched.solve.relaxation import relaxation, round_up
from meetsched.solve.tier import TierSearch

_PENALTY = 3
"""What a unit costs by which a linking row is broken, in times of the dearest column."""
_FOR_A_CHOICE = 0.1
"""The choice among known parts may take this share of the time that is left."""
_ROUNDS_WITHOUT_A_PLAN = 3
"""After so many rounds in which no parts go together the blocks settle in turn."""


class Negotiation:
    """Asks for quotes at better and better prices.

    The best choice of one part for each block that go together is a plan. The duals of that choice's
    relaxation are the next prices, halfway from the best ones so far (Wentges, *Weighted Dantzig-Wolfe
    decomposition for linear mixed-integer programming*, 1997).

    Parameters
    ----------
    standing : Standing
    memory : Memory
    threads, seed : int
    """

    def __init__(self, standing: Standing, memory: Memory, *, threads: int, seed: int) -> None:
        self._standing = standing
        self._memory = memory
        self._threads = threads
        self._seed = seed
        cost = standing.problem.cost
        self._penalty = _PENALTY * int(np.abs(cost).max(initial=1))
        self._quoting = Quoting(scale_of(cost), threads=threads, seed=seed)

    def run(self, control: Control) -> None:
        """Go on until the gap is closed, or prices that are not mixed bring no new part."""
        standing = self._standing
        prices: Ints | None = self._first_prices()
        rounds, mixed = 0, True
        while prices is not None and not standing.over(control):
            news = self._ask(prices, control)
            self.choose(control)
            rounds += 1
            if rounds == _ROUNDS_WITHOUT_A_PLAN and not standing.any_will_do:
                settle_in_turn(standing, control, threads=self._threads, seed=self._seed)
            if standing.over(control) or not (news or mixed):
                return
            mixed = news
            prices = self._next_prices(control, mix=mixed)

    def _first_prices(self) -> Ints:
        """Return the best prices of an earlier search for the same objective; its quotes may hold still."""
        count = len(self._standing.blocks.lower)
        before = self._memory.round(self._standing.problem.cost)
        if before is None or len(before.prices) > count:
            return np.zeros(count, dtype=np.int64)
        self._standing.last = before.with_rows(count)
        return self._standing.last.prices

    def _ask(self, prices: Ints, control: Control) -> bool:
        standing = self._standing
        found = self._quoting.ask(
            standing.blocks,
            prices,
            standing.within(control),
            known=standing.parts.values,
            before=standing.last,
            beat=standing.tell,
        )
        return standing.hear(found)

    def _next_prices(self, control: Control, *, mix: bool) -> Ints | None:
        """Return the prices by which the known parts are as good as can be.

        None where nothing is left to ask. Mixed, they lie halfway to the best ones so far.
        """
        standing = self._standing
        choice = forgiving(standing.parts.choice(), len(standing.blocks.lower), self._penalty)
        found = duals(choice, standing.within(control))
        if found is None or standing.best is None:
            return None
        prices = whole_prices(found[: len(standing.blocks.lower)], standing.best.scale, standing.blocks)
        most = round_up(relaxation(choice, found).bound) + standing.blocks.constant
        if most <= standing.best.bound:
            return None
        return (prices + standing.best.prices) // 2 if mix else prices

    def choose(self, control: Control) -> None:
        """Take the best plan that the known parts make, if it is better; rows that it breaks are added."""
        standing = self._standing
        hasty = standing.within(control).limited(_FOR_A_CHOICE)
        while not standing.over(control):
            choice = standing.parts.choice()
            known = None if standing.values is None else standing.parts.choice_of(standing.values)
            least = standing.bound - standing.blocks.constant
            search = TierSearch(choice, [], known=known, bound=least, threads=1, seed=self._seed)
            outcome = search.run(hasty, lambda _: standing.tell())
            if outcome.values is None or standing.take(standing.parts.chosen(outcome.values)):
                return
