"""Some blocks at a time, around what the others have."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from meetsched.backends.problem import Ints
from meetsched.solve.control import Control
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.regions.blocks import Blocks
from meetsched.solve.regions.quotes import Round
from meetsched.solve.regions.standing import Standing
from meetsched.solve.relaxation import bounds_at
from meetsched.solve.tier import TierSearch

_FOR_A_NEIGHBOURHOOD = 0.1
"""The search in one neighbourhood may take this share of the time that is left."""


def settle_in_turn(standing: Standing, control: Control, *, threads: int, seed: int) -> None:
    """Where no plan is known, let each block do its best around those before it.

    One that finds no place comes first the next time.
    """
    order = list(range(len(standing.blocks.each)))
    for _ in standing.blocks.each:
        if standing.value is not None or standing.over(control):
            return
        blocked = _settle(standing, order, control, threads=threads, seed=seed)
        if blocked is None:
            return
        order = [blocked, *(number for number in order if number != blocked)]


def _settle(
    standing: Standing, order: Sequence[int], control: Control, *, threads: int, seed: int
) -> int | None:
    """Settle the blocks in an order; return one that finds no place.

    What rows the result breaks are added, so that another turn can heed them.
    """
    parts = [np.zeros_like(block.columns) for block in standing.blocks.each]
    for number in order:
        outcome = _search(standing, parts, [number], None, control, threads=threads, seed=seed)
        if outcome.values is None:
            return number
        parts = standing.blocks.put(parts, [number], outcome.values)
    standing.parts.take(parts)
    return None if standing.take(standing.blocks.join(parts)) else order[0]


def look_around(standing: Standing, control: Control, *, threads: int, seed: int) -> None:
    """Optimise blocks anew, alone and in pairs, as long as that makes the whole better."""
    tried: set[tuple[int, ...]] = set()
    while not standing.over(control) and standing.values is not None and standing.best is not None:
        parts = standing.blocks.cut(standing.values)
        near = promising(standing.best, standing.blocks, parts)
        members = next((each for each in near if each not in tried), None)
        if members is None:
            return
        tried.add(members)
        before, known = standing.value, np.concatenate([parts[number] for number in members])
        hasty = standing.within(control).limited(_FOR_A_NEIGHBOURHOOD)
        outcome = _search(standing, parts, members, known, hasty, threads=threads, seed=seed)
        if outcome.values is not None:
            parts = standing.blocks.put(parts, members, outcome.values)
            standing.parts.take(parts)
            standing.take(standing.blocks.join(parts))
        if standing.value != before:
            tried.clear()


def _search(
    standing: Standing,
    parts: Sequence[Ints],
    members: Sequence[int],
    known: Ints | None,
    control: Control,
    *,
    threads: int,
    seed: int,
) -> TierOutcome:
    """Optimise some blocks around the parts of the others."""
    problem = standing.blocks.around(parts, members)
    search = TierSearch(problem, [], known=known, bound=problem.least, threads=threads, seed=seed)
    return search.run(control, lambda _: standing.tell())


def promising(found: Round, blocks: Blocks, parts: Sequence[Ints]) -> list[tuple[int, ...]]:
    """Return blocks, alone and in pairs, that may do better with the others as they are, the best first.

    A solution of the whole comes to more than a round's bound by what its parts exceed their quotes, and
    by what linking rows with a price leave unused. Whatever is done to some blocks, it gains no more than
    their excess and what is unused of their rows.
    """
    unused = _unused(found, blocks, parts)
    gains = [
        int(quote.cost @ part) - quote.bound + int(unused[block.links.rows].sum())
        for block, quote, part in zip(blocks.each, found.quotes, parts, strict=True)
    ]
    near = blocks.neighbours()
    alone = [(number,) for number in range(len(parts)) if gains[number] >= found.scale]
    pairs = [
        (one, other)
        for one, other in combinations(range(len(parts)), 2)
        if other in near[one] and gains[one] + gains[other] >= found.scale
    ]
    for members in (alone, pairs):
        members.sort(key=lambda each: -sum(gains[number] for number in each))
    return [*alone, *pairs]


def _unused(found: Round, blocks: Blocks, parts: Sequence[Ints]) -> Ints:
    """Return what each linking row leaves unused, at its price."""
    used = np.zeros(len(blocks.lower), dtype=np.int64)
    for block, part in zip(blocks.each, parts, strict=True):
        used[block.links.rows] += block.links.used(part)
    at = bounds_at(found.prices, blocks.lower, blocks.upper)
    return np.asarray(found.prices * (used - at), dtype=np.int64)
