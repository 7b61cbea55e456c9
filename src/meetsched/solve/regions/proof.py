"""What a round of quotes proves of the whole, for the tiers to come."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Rows
from meetsched.solve.regions.blocks import Block, Blocks
from meetsched.solve.regions.quotes import Quote, Round
from meetsched.solve.relaxation import Relaxation


@dataclass(frozen=True, slots=True)
class RegionProof(Relaxation):
    """The bound of a round, what it costs to lift a column, and what each block comes to at most.

    Attributes
    ----------
    blocks : Blocks
    round : Round
    """

    blocks: Blocks
    round: Round

    @classmethod
    def of(cls, blocks: Blocks, found: Round) -> "RegionProof":
        """Return what a round proves.

        All other blocks come to their bounds at least, so that a column of a block costs more only by
        what its relaxation says beyond the difference of the block's bound from the relaxation's.
        """
        reduced = np.zeros(len(blocks.settled))
        for block, quote in zip(blocks.each, found.quotes, strict=True):
            if quote.relaxation is not None:
                own = quote.relaxation.reduced_cost
                beyond = np.abs(own) - max(0.0, quote.bound - quote.relaxation.bound)
                reduced[block.columns] = np.sign(own) * np.maximum(0.0, beyond) / found.scale
        return cls(found.scaled_bound / found.scale, reduced, blocks, found)

    def rows(self, limit: int) -> Rows:
        """Return the rows that hold each block at what it comes to at most under the round's prices."""
        columns = [block.columns[np.flatnonzero(quote.cost)] for block, quote in self._pairs()]
        limits = [self.round.limit(number, limit) for number in range(len(columns))]
        return Rows(
            np.full(len(limits), -UNBOUNDED, dtype=np.int64),
            np.array(limits, dtype=np.int64),
            np.concatenate([[0], np.cumsum([len(each) for each in columns])]).astype(np.int64),
            np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64),
            np.concatenate([quote.cost[np.flatnonzero(quote.cost)] for _, quote in self._pairs()]),
        )

    def _pairs(self) -> Iterator[tuple[Block, Quote]]:
        return zip(self.blocks.each, self.round.quotes, strict=True)
