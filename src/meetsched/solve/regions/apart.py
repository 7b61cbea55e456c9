"""Taking a problem apart: whose each column is, which rows are one block's, and which link several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Ints, Problem, Rows
from meetsched.solve.regions.blocks import Block, Blocks, Entries, Links, by_row, less

NOBODY = -1
"""Owner of a column that belongs to no block."""
OPEN = -2
"""Owner of a column whose block is to be found."""


def find_owners(rows: Rows, owner: Ints) -> Ints:
    """Return the owner of every column: one that is open belongs to whom a row's other columns belong to.

    Equations go first: sums are defined by them.

    Parameters
    ----------
    rows : Rows
    owner : ndarray of int, shape (n,)
        The number of the block, `NOBODY` or `OPEN`.
    """
    owner = owner.copy()
    row_of_entry = rows.row_of_entry
    for usable in (rows.lower == rows.upper, np.ones(len(rows), dtype=bool)):
        while True:
            low, high = _range_of_owners(rows, row_of_entry, owner)
            tells = usable & (low == high)
            told = (owner[rows.column] == OPEN) & tells[row_of_entry]
            if not told.any():
                break
            owner[rows.column[told]] = high[row_of_entry[told]]
    return np.where(owner == OPEN, 0, owner)


def take_apart(problem: Problem, owner: Ints) -> Blocks:
    """Take a problem apart by the owners of its columns.

    Columns that nobody owns are settled at the least that the rows on them alone let them be: the
    caller sees to it that this loses nothing.
    """
    cut = _Cut.of(problem, owner)
    linking = cut.number >= 0
    lower, upper = cut.rows.lower[linking], cut.rows.upper[linking]
    alone = [cut.block(number) for number in range(int(owner.max(initial=NOBODY)) + 1)]
    together = _with_shares(alone, lower, upper)
    return Blocks(together, lower, upper, cut.settled, int(problem.cost @ cut.settled))


def settles(problem: Problem, owner: Ints) -> bool:
    """Whether the rows on nobody's columns alone hold with these settled."""
    rows = problem.rows
    row_of_entry = rows.row_of_entry
    settled = _settle(problem, owner, row_of_entry)
    come_to = rows.activities(settled)
    hold = (rows.lower <= come_to) & (come_to <= rows.upper)
    return bool(np.all(settled <= problem.upper) and np.all(hold[_only_nobodys(rows, row_of_entry, owner)]))


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """A problem, and where it is cut.

    Attributes
    ----------
    owner : ndarray of int, shape (n,)
    settled : ndarray of int, shape (n,)
        The values of nobody's columns.
    rows : Rows
        Their bounds less what these columns come to.
    row_of_entry, row_owner : ndarray of int, shapes (nonzeros,) and (m,)
    number : ndarray of int, shape (m,)
        Of the linking rows, in order; -1 for others.
    """

    problem: Problem
    owner: Ints
    settled: Ints
    rows: Rows
    row_of_entry: Ints
    row_owner: Ints
    number: Ints

    @classmethod
    def of(cls, problem: Problem, owner: Ints) -> "_Cut":
        """Return where a problem is cut."""
        rows = problem.rows
        row_of_entry = rows.row_of_entry
        settled = _settle(problem, owner, row_of_entry)
        come_to = rows.activities(settled)
        low, high = _range_of_owners(rows, row_of_entry, owner)
        row_owner = np.where(low == high, high, NOBODY)
        linking = np.flatnonzero((row_owner < 0) & ~_only_nobodys(rows, row_of_entry, owner))
        number = np.full(len(rows), -1, dtype=np.int64)
        number[linking] = np.arange(len(linking))
        own = replace(rows, lower=less(rows.lower, come_to), upper=less(rows.upper, come_to))
        return cls(problem, owner, settled, own, row_of_entry, row_owner, number)

    def block(self, block: int) -> Block:
        """Return a block with the rows that have only its columns."""
        problem, rows = self.problem, self.rows
        mine, my_rows = self.owner == block, self.row_owner == block
        columns = np.flatnonzero(mine)
        place = np.full(len(mine), -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        entry = mine[rows.column]
        inner = entry & my_rows[self.row_of_entry]
        new_row = np.cumsum(my_rows) - 1
        own = by_row(
            rows.lower[my_rows],
            rows.upper[my_rows],
            Entries(new_row[self.row_of_entry[inner]], place[rows.column[inner]], rows.coefficient[inner]),
        )
        outer = entry & (self.number >= 0)[self.row_of_entry]
        linking, row = np.unique(self.number[self.row_of_entry[outer]], return_inverse=True)
        links = Links(linking, Entries(row, place[rows.column[outer]], rows.coefficient[outer]))
        part = Problem(problem.lower[columns], problem.upper[columns], own, problem.cost[columns])
        return Block(columns, part, links)


def _with_shares(blocks: Sequence[Block], lower: Ints, upper: Ints) -> tuple[Block, ...]:
    """Return the blocks with what the linking rows demand of each, whatever the others do.

    A row leaves to a block what the others cannot help using of it; where that binds, it is a row of the
    block's own as well.
    """
    ranges = [block.links.ranges(block.problem) for block in blocks]
    low, high = np.zeros(len(lower), dtype=np.int64), np.zeros(len(lower), dtype=np.int64)
    for block, (least, most) in zip(blocks, ranges, strict=True):
        low[block.links.rows] += least
        high[block.links.rows] += most
    found = []
    for block, (least, most) in zip(blocks, ranges, strict=True):
        rows = block.links.rows
        at_least, at_most = less(lower[rows], high[rows] - most), less(upper[rows], low[rows] - least)
        binding = (most > at_most) | (least < at_least)
        shares = block.links.chosen(binding, at_least[binding], at_most[binding])
        found.append(replace(block, problem=block.problem.with_more(shares)))
    return tuple(found)


def _range_of_owners(rows: Rows, row_of_entry: Ints, owner: Ints) -> tuple[Ints, Ints]:
    """Return the least and the largest number of a block with a column in each row."""
    of_entry = owner[rows.column]
    known = of_entry >= 0
    low = np.full(len(rows), np.iinfo(np.int64).max)
    high = np.full(len(rows), NOBODY)
    np.minimum.at(low, row_of_entry[known], of_entry[known])
    np.maximum.at(high, row_of_entry[known], of_entry[known])
    return low, high


def _only_nobodys(rows: Rows, row_of_entry: Ints, owner: Ints) -> Ints:
    """Return which rows have columns, all of them nobody's."""
    owned = np.bincount(row_of_entry[owner[rows.column] >= 0], minlength=len(rows))
    return np.asarray((np.diff(rows.start) > 0) & (owned == 0))


def _settle(problem: Problem, owner: Ints, row_of_entry: Ints) -> Ints:
    """Return the least values of nobody's columns, by the rows that have no other column."""
    rows = problem.rows
    values = np.where(owner == NOBODY, problem.lower, 0)
    alone = (np.diff(rows.start) == 1)[row_of_entry] & (owner[rows.column] == NOBODY)
    for entry in np.flatnonzero(alone).tolist():
        row, column, factor = row_of_entry[entry], rows.column[entry], rows.coefficient[entry]
        if factor > 0 and rows.lower[row] > -UNBOUNDED:
            values[column] = max(values[column], -(-rows.lower[row] // factor))
        elif factor < 0 and rows.upper[row] < UNBOUNDED:
            values[column] = max(values[column], -(rows.upper[row] // -factor))
    return values
