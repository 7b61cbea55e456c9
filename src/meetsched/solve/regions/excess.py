"""Where a plan pays more than it would have to: the neighbourhoods in which a better one may lie."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from meetsched.backends.problem import Ints
from meetsched.solve.regions.blocks import Blocks
from meetsched.solve.regions.quotes import Round


def excesses(found: Round, blocks: Blocks, parts: Sequence[Ints]) -> Iterator[tuple[int, ...]]:
    """Yield blocks, alone and in pairs, that may do better with the others as they are, most promising first.

    A solution of the whole comes to more than a round's bound by what its parts exceed their quotes, and
    by what linking rows with a price leave unused. Whatever is done to some blocks, it gains no more than
    their excess and what is unused.
    """
    excess = [int(quote.cost @ part) - quote.bound for quote, part in zip(found.quotes, parts, strict=True)]
    value = sum(block.problem.value(part) for block, part in zip(blocks.each, parts, strict=True))
    unused = found.scale * (value + blocks.constant) - found.scaled_bound - sum(excess)
    near = blocks.neighbours()
    alone = [(number,) for number in range(len(parts))]
    pairs = [pair for pair in combinations(range(len(parts)), 2) if pair[1] in near[pair[0]] or unused]
    for members in (alone, pairs):
        gains = {each: sum(excess[number] for number in each) for each in members}
        for each in sorted(gains, key=lambda one: -gains[one]):
            if gains[each] and gains[each] + unused >= found.scale:
                yield each
