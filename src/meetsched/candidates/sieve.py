"""The starts that are left for a venue, and the rules that dropped the others."""

from collections import Counter

import numpy as np

from meetsched.candidates.meeting import Mask
from meetsched.rules import Rule

LAWS = frozenset({Rule.SLOT})
"""The rules that drop a pair of a start and a venue even where all others are forgiven."""


class Sieve:
    """The starts that are left for one venue; counts for each rule the pairs that it drops."""

    def __init__(self, size: int, dropped: Counter[Rule], *, forgiving: bool) -> None:
        self.left: Mask = np.ones(size, dtype=bool)
        self._dropped = dropped
        self._forgiving = forgiving

    def drop(self, rule: Rule, broken: Mask | bool) -> None:
        """Drop the starts that break a rule."""
        if self._forgiving and rule not in LAWS:
            return
        hit = self.left & broken
        count = int(np.count_nonzero(hit))
        if count:
            self._dropped[rule] += count
            self.left &= ~hit
