"""Parts of plans, one city's each, and the choice of one for every city that go together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Ints, Problem
from meetsched.solve.regions.blocks import Block, Blocks, Entries, by_row

_MOST_AMISS = 10**6


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A solution of a block.

    Attributes
    ----------
    values : ndarray of int, shape (n,)
    cost : int
        Its objective.
    used : ndarray of int, shape (k,)
        What it adds to each of the block's linking rows.
    """

    values: Ints
    cost: int
    used: Ints

    @classmethod
    def of(cls, block: Block, values: Ints) -> "Part":
        """Return a solution of a block with what it comes to."""
        return cls(values, block.problem.value(values), block.links.used(values))


class Parts:
    """The parts known of every block.

    Parameters
    ----------
    blocks : Blocks
    known : sequence of iterable of ndarray
        Solutions of each block; those that its rows forbid are left out.
    """

    def __init__(self, blocks: Blocks, known: Sequence[Iterable[Ints]]) -> None:
        self.blocks = blocks
        self._each: list[dict[bytes, Part]] = [{} for _ in blocks.each]
        for number, many in enumerate(known):
            for values in many:
                self._add(number, values)

    def take(self, solutions: Sequence[Ints | None]) -> bool:
        """Add one solution of each block, where there is one; return whether any is new."""
        new = [self._add(number, values) for number, values in enumerate(solutions) if values is not None]
        return any(new)

    def _add(self, number: int, values: Ints) -> bool:
        block = self.blocks.each[number]
        key = _key(values)
        if key in self._each[number] or not block.problem.is_solved_by(values):
            return False
        self._each[number][key] = Part.of(block, values)
        return True

    @property
    def values(self) -> list[list[Ints]]:
        """The solutions of each block."""
        return [[part.values for part in parts.values()] for parts in self._each]

    def _in_order(self) -> Iterator[tuple[int, Part]]:
        for number, parts in enumerate(self._each):
            for part in parts.values():
                yield number, part

    def choice(self) -> Problem:
        """Return the problem to choose one part of each block so that the linking rows hold.

        Its rows are the linking rows, then one for each block; its columns are the parts in order.
        """
        linking = len(self.blocks.lower)
        entries = [
            Entries(
                np.append(self.blocks.each[number].links.rows[there], linking + number),
                np.full(len(there) + 1, column),
                np.append(part.used[there], 1),
            )
            for column, (number, part) in enumerate(self._in_order())
            for there in (np.flatnonzero(part.used),)
        ]
        ones = np.ones(len(self.blocks.each), dtype=np.int64)
        lower, upper = np.append(self.blocks.lower, ones), np.append(self.blocks.upper, ones)
        cost = np.array([part.cost for _, part in self._in_order()], dtype=np.int64)
        return Problem(
            np.zeros_like(cost), np.ones_like(cost), by_row(lower, upper, Entries.joined(entries)), cost
        )

    def chosen(self, values: Ints) -> Ints:
        """Return the solution of the whole that a solution of `choice` stands for."""
        parts = [part for take, (_, part) in zip(values, self._in_order(), strict=True) if take]
        return self.blocks.join([part.values for part in parts])

    def choice_of(self, values: Ints) -> Ints | None:
        """Return the solution of `choice` that stands for a solution of the whole, if its parts are known."""
        keys = [_key(part) for part in self.blocks.cut(values)]
        if not all(key in parts for key, parts in zip(keys, self._each, strict=True)):
            return None
        taken = [key == own for own, parts in zip(keys, self._each, strict=True) for key in parts]
        return np.array(taken, dtype=np.int64)


def forgiving(choice: Problem, linking: int, penalty: int) -> Problem:
    """Return a choice that may break its linking rows, the first ones, at a price for each unit."""
    rows = choice.rows
    over = np.flatnonzero(rows.upper[:linking] < UNBOUNDED)
    under = np.flatnonzero(rows.lower[:linking] > -UNBOUNDED)
    count, extra = len(choice.cost), len(over) + len(under)
    own = Entries(rows.row_of_entry, rows.column, rows.coefficient)
    amiss = Entries(
        np.append(over, under),
        np.arange(count, count + extra),
        np.repeat([-1, 1], [len(over), len(under)]),
    )
    relaxed = by_row(rows.lower, rows.upper, Entries.joined([own, amiss]))
    return Problem(
        np.zeros(count + extra, dtype=np.int64),
        np.concatenate([choice.upper, np.full(extra, _MOST_AMISS)]),
        relaxed,
        np.concatenate([choice.cost, np.full(extra, penalty)]),
    )


def _key(values: Ints) -> bytes:
    return values.astype(np.int32).tobytes()
