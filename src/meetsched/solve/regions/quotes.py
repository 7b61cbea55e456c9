"""What each city would do alone if it paid for what it shares, and what that proves of them all.

With prices y on the linking rows, every solution x of the whole satisfies
``cost @ x >= y @ b + sum over the cities of min (cost - A' y) @ x_city``, where b is the bound of each row
that its price points at (Lagrangean relaxation; Wolsey, *Integer Programming*, 2nd ed., 2020, ch. 10).
Prices are whole numbers of a small part of the objective's unit, and each city's minimum is one over whole
solutions: the bound is exact, and mostly higher than that of the linear relaxation of the whole.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

import numpy as np

from meetsched.backends.problem import Floats, Ints
from meetsched.solve.control import Control
from meetsched.solve.regions.blocks import Block, Blocks
from meetsched.solve.relaxation import Relaxation, bounds_at, pointing
from meetsched.solve.tier import TierSearch

_FINEST, _LARGEST = 10_000, 100_000
"""Prices are whole numbers of 1/10,000 of the objective's unit, or coarser where columns cost much: numbers
beyond these are more than solvers' tolerances are made for."""


def scale_of(cost: Ints) -> int:
    """Return into how many parts the unit of an objective is divided."""
    return int(np.clip(_LARGEST // max(1, int(np.abs(cost).max(initial=0))), 1, _FINEST))


@dataclass(frozen=True, slots=True, eq=False)
class Quote:
    """What a block comes to at least under prices, in parts of the objective's unit.

    Attributes
    ----------
    cost : ndarray of int, shape (n,)
        The block's objective under the prices.
    bound : int
    values : ndarray of int, shape (n,), or None
        The best solution found.
    relaxation : Relaxation or None
        Of the block under the prices.
    infeasible : bool
        The block has no solution whatever the prices.
    """

    cost: Ints
    bound: int
    values: Ints | None
    relaxation: Relaxation | None
    infeasible: bool = False

    def still_holds(self, block: Block, cost: Ints) -> bool:
        """Whether it is what the block comes to, which may have got more rows since."""
        return (
            self.values is not None
            and np.array_equal(cost, self.cost)
            and block.problem.is_solved_by(self.values)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """The quotes of all blocks under the same prices.

    Attributes
    ----------
    scale : int
        Into how many parts the objective's unit is divided.
    prices : ndarray of int, shape (m,)
        In these parts.
    quotes : tuple of Quote
    at_rows : int
        What the bounds of the linking rows come to at the prices.
    constant : int
        What the settled columns add.
    """

    scale: int
    prices: Ints
    quotes: tuple[Quote, ...]
    at_rows: int
    constant: int

    @property
    def scaled_bound(self) -> int:
        """No solution of the whole has a smaller objective, in parts of its unit."""
        return sum(quote.bound for quote in self.quotes) + self.at_rows + self.scale * self.constant

    @property
    def bound(self) -> int:
        """The same, rounded up to a whole objective."""
        return -(-self.scaled_bound // self.scale)

    def with_rows(self, count: int) -> "Round":
        """Return the round with 0 as the price of rows that have come since; it holds still."""
        more = np.zeros(count - len(self.prices), dtype=np.int64)
        return replace(self, prices=np.concatenate([self.prices, more]))

    @property
    def infeasible(self) -> bool:
        """Whether some block has no solution at all."""
        return any(quote.infeasible for quote in self.quotes)

    def limit(self, block: int, most: int) -> int:
        """Return what a block comes to at most in solutions of the whole up to an objective."""
        return self.scale * most - self.scaled_bound + self.quotes[block].bound


def whole_prices(duals: Floats, scale: int, blocks: Blocks) -> Ints:
    """Return duals of the linking rows as prices: those that point at no bound are 0."""
    return pointing(np.rint(scale * duals).astype(np.int64), blocks.lower, blocks.upper)


class Quoting:
    """Asks all blocks at once, as many side by side as there are threads.

    Parameters
    ----------
    scale : int
        Into how many parts the objective's unit is divided.
    threads, seed : int
    """

    def __init__(self, scale: int, *, threads: int, seed: int) -> None:
        self._scale = scale
        self._threads = threads
        self._seed = seed

    def ask(
        self,
        blocks: Blocks,
        prices: Ints,
        control: Control,
        *,
        known: Sequence[Sequence[Ints]],
        before: Round | None,
        beat: Callable[[], None],
    ) -> Round:
        """Return what all blocks come to under prices; where the time is over, the bounds are weaker.

        Parameters
        ----------
        blocks : Blocks
        prices : ndarray of int, shape (m,)
        control : Control
        known : sequence of sequence of ndarray
            Solutions of each block.
        before : Round or None
            The quotes of blocks that pay the same now are taken from it.
        beat : callable
            Called again and again while others wait.
        """
        with ThreadPoolExecutor(self._threads) as pool:
            futures = [
                pool.submit(self._quote, block, prices, control, solutions, quote)
                for block, solutions, quote in zip(
                    blocks.each, known, before.quotes if before else [None] * len(known), strict=True
                )
            ]
            while wait(futures, timeout=control.wait()).not_done:
                beat()
        at_rows = bounds_at(prices, blocks.lower, blocks.upper) * prices
        quotes = tuple(future.result() for future in futures)
        return Round(self._scale, prices, quotes, int(at_rows.sum()), blocks.constant)

    def _quote(
        self, block: Block, prices: Ints, control: Control, known: Sequence[Ints], before: Quote | None
    ) -> Quote:
        cost = self._scale * block.problem.cost - block.links.charge(prices, len(block.columns))
        if before is not None and before.still_holds(block, cost):
            return before
        problem = replace(block.problem, cost=cost)
        best = min(known, key=problem.value, default=None)
        search = TierSearch(problem, [], known=best, bound=problem.least, threads=1, seed=self._seed)
        outcome = search.run(control, lambda _: None)
        return Quote(cost, outcome.bound, outcome.values, outcome.relaxation, outcome.infeasible)
