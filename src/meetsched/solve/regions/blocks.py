"""A problem in blocks, one a city, and the rows that link them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from meetsched.backends.problem import UNBOUNDED, Ints, Problem, Rows


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Entries of rows, in any order.

    Attributes
    ----------
    row, column, coefficient : ndarray of int, shape (nonzeros,)
    """

    row: Ints
    column: Ints
    coefficient: Ints

    def __len__(self) -> int:
        return len(self.row)

    @classmethod
    def joined(cls, many: Sequence["Entries"]) -> "Entries":
        """Return the entries of all."""
        rows, columns, coefficients = zip(*((e.row, e.column, e.coefficient) for e in many), strict=True)
        return cls(np.concatenate(rows), np.concatenate(columns), np.concatenate(coefficients))


def by_row(lower: Ints, upper: Ints, entries: Entries) -> Rows:
    """Return rows with their entries in compressed form."""
    order = np.argsort(entries.row, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(entries.row, minlength=len(lower)))])
    return Rows(lower, upper, start.astype(np.int64), entries.column[order], entries.coefficient[order])


def less(bounds: Ints, taken: Ints) -> Ints:
    """Return what bounds of rows leave where so much of each is taken; no bound stays none."""
    return np.where(np.abs(bounds) >= UNBOUNDED, bounds, bounds - taken)


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """What the columns of one block have to do with the linking rows.

    Attributes
    ----------
    rows : ndarray of int, shape (k,)
        The linking rows with a column of the block, ascending.
    entries : Entries
        Rows are numbered as in `rows`, columns within the block.
    """

    rows: Ints
    entries: Entries

    def used(self, values: Ints) -> Ints:
        """Return what a solution of the block adds to each of its linking rows, shape (k,)."""
        used = np.zeros(len(self.rows), dtype=np.int64)
        np.add.at(used, self.entries.row, self.entries.coefficient * values[self.entries.column])
        return used

    def charge(self, prices: Ints, size: int) -> Ints:
        """Return what prices on all linking rows come to for each of the block's `size` columns."""
        charge = np.zeros(size, dtype=np.int64)
        paid = prices[self.rows[self.entries.row]]
        np.add.at(charge, self.entries.column, self.entries.coefficient * paid)
        return charge

    def ranges(self, problem: Problem) -> tuple[Ints, Ints]:
        """Return the least and the most that the block can add to each row, by its columns' bounds."""
        entries = self.entries
        one = entries.coefficient * problem.lower[entries.column]
        other = entries.coefficient * problem.upper[entries.column]
        least, most = np.zeros((2, len(self.rows)), dtype=np.int64)
        np.add.at(least, entries.row, np.minimum(one, other))
        np.add.at(most, entries.row, np.maximum(one, other))
        return least, most

    def chosen(self, which: NDArray[np.bool_], lower: Ints, upper: Ints) -> Rows:
        """Return some of the rows, as far as the block has entries in them, with bounds of their own."""
        place = np.cumsum(which) - 1
        entries = self.entries
        there = which[entries.row]
        kept = Entries(place[entries.row[there]], entries.column[there], entries.coefficient[there])
        return by_row(lower, upper, kept)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The part of a problem that is one city's.

    Attributes
    ----------
    columns : ndarray of int, shape (n,)
        Where its columns stand in the whole.
    problem : Problem
        Its own rows.
    links : Links
    """

    columns: Ints
    problem: Problem
    links: Links


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """A problem taken apart; together the parts say the same.

    Attributes
    ----------
    each : tuple of Block
    lower, upper : ndarray of int, shape (m,)
        The bounds of the linking rows.
    settled : ndarray of int, shape (n,)
        The values of the columns that are in no block; elsewhere 0.
    constant : int
        What these add to the objective.
    """

    each: tuple[Block, ...]
    lower: Ints
    upper: Ints
    settled: Ints
    constant: int

    def join(self, parts: Sequence[Ints]) -> Ints:
        """Return the solution of the whole that is made up of a solution of each block."""
        values = self.settled.copy()
        for block, part in zip(self.each, parts, strict=True):
            values[block.columns] = part
        return values

    def cut(self, values: Ints) -> list[Ints]:
        """Return each block's part of a solution of the whole."""
        return [values[block.columns] for block in self.each]

    def around(self, parts: Sequence[Ints], members: Sequence[int]) -> Problem:
        """Return the problem of some blocks, one after the other, around the parts of the others."""
        taken = np.zeros(len(self.lower), dtype=np.int64)
        for number, (block, part) in enumerate(zip(self.each, parts, strict=True)):
            if number not in members:
                taken[block.links.rows] += block.links.used(part)
        chosen = [self.each[number] for number in members]
        first = np.cumsum([0, *(len(block.columns) for block in chosen)]).tolist()
        shifted = [
            Entries(block.links.rows[entries.row], entries.column + at, entries.coefficient)
            for block, at in zip(chosen, first, strict=False)
            for entries in (block.links.entries,)
        ]
        entries = Entries.joined(shifted)
        linking, place = np.unique(entries.row, return_inverse=True)
        rows = by_row(
            less(self.lower, taken)[linking],
            less(self.upper, taken)[linking],
            replace(entries, row=place),
        )
        for block, at in zip(chosen, first, strict=False):
            own = block.problem.rows
            rows = rows.with_more(replace(own, column=own.column + at))
        return Problem(
            np.concatenate([block.problem.lower for block in chosen]),
            np.concatenate([block.problem.upper for block in chosen]),
            rows,
            np.concatenate([block.problem.cost for block in chosen]),
        )

    def put(self, parts: Sequence[Ints], members: Sequence[int], values: Ints) -> list[Ints]:
        """Return the parts with those of some blocks replaced by a solution of `around`."""
        replaced = list(parts)
        at = 0
        for number in members:
            size = len(self.each[number].columns)
            replaced[number] = values[at : at + size]
            at += size
        return replaced

    def neighbours(self) -> list[set[int]]:
        """Return for each block those that a linking row may set against it, but for rows on all blocks."""
        users: list[list[int]] = [[] for _ in range(len(self.lower))]
        for number, block in enumerate(self.each):
            for row in block.links.rows.tolist():
                users[row].append(number)
        near: list[set[int]] = [set() for _ in self.each]
        for together in users:
            if len(together) < len(self.each) or len(self.each) == 2:
                for one in together:
                    near[one].update(together)
        return [others - {number} for number, others in enumerate(near)]
