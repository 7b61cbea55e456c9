"""What one search of a region leaves to the next."""

from collections.abc import Iterable, Sequence

from meetsched.backends.problem import Ints
from meetsched.solve.regions.quotes import Round

_MOST_PARTS = 40
"""So many parts of a block are remembered, the latest."""


class Memory:
    """Parts of plans, and quotes.

    Parameters
    ----------
    size : int
        Number of blocks.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._parts: list[dict[bytes, Ints]] = [{} for _ in range(size)]
        self._rounds: dict[bytes, Round] = {}

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

    def learn_round(self, cost: Ints, found: Round) -> None:
        """Remember the best quotes for an objective.

        They serve problems with the same columns and rows, or more rows after these: the caller sees to
        it that later problems are never looser.
        """
        self._rounds[cost.tobytes()] = found

    def round(self, cost: Ints) -> Round | None:
        """Return the best quotes known for an objective."""
        return self._rounds.get(cost.tobytes())
