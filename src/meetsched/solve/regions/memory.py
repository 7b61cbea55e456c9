"""What one search of a region leaves to the next."""

from collections.abc import Iterable, Sequence

import numpy as np

from meetsched.backends.problem import Ints

_MOST_PARTS = 40
"""So many parts of a block are remembered, the latest."""


class Memory:
    """Parts of plans, and prices.

    Parameters
    ----------
    size : int
        Number of blocks.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._parts: list[dict[bytes, Ints]] = [{} for _ in range(size)]
        self._prices: dict[bytes, Ints] = {}

    @property
    def parts(self) -> list[list[Ints]]:
        """The parts of each block."""
        return [list(parts.values()) for parts in self._parts]

    def learn(self, parts: Sequence[Iterable[Ints]]) -> None:
        """Remember parts of each block."""
        for own, more in zip(self._parts, parts, strict=True):
            for values in more:
                own.pop(key := values.tobytes(), None)
                own[key] = values
            for key in list(own)[:-_MOST_PARTS]:
                del own[key]

    def learn_prices(self, cost: Ints, prices: Ints) -> None:
        """Remember the best prices for an objective."""
        self._prices[cost.tobytes()] = prices

    def prices(self, cost: Ints, count: int) -> Ints:
        """Return the best prices known for an objective and so many linking rows; 0 for those not known.

        Linking rows are only ever added, after those that were there.
        """
        prices = np.zeros(count, dtype=np.int64)
        known = self._prices.get(cost.tobytes(), prices[:0])[:count]
        prices[: len(known)] = known
        return prices
