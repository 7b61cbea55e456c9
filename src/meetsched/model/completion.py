"""A whole solution from the columns that a plan decides."""

from collections.abc import Mapping

import numpy as np

from meetsched.model.linear import UNBOUNDED, LinearModel, Row, Values


def complete(model: LinearModel, decided: Mapping[int, int]) -> Values:
    """Return a solution in which all other columns follow from those decided, by the rows that define them.

    A column that its definitions cap is as large as they let it be; one that they only push is as small.
    Whether the solution holds the other rows is for the caller to see.
    """
    completion = _Completion(model, decided)
    for row in model.rows:
        if row.rule is None:
            completion.read(row)
    return completion.values()


class _Completion:
    def __init__(self, model: LinearModel, decided: Mapping[int, int]) -> None:
        self._values = np.array(model.lower, dtype=np.int64)
        for column, value in decided.items():
            self._values[column] = value
        self._least = {column: low for column, low in enumerate(model.lower) if column not in decided}
        self._most = {column: model.upper[column] for column in self._least}
        self._capped: set[int] = set()

    def values(self) -> Values:
        for column, least in self._least.items():
            self._values[column] = self._most[column] if column in self._capped else least
        return self._values

    def read(self, row: Row) -> None:
        """Let a row that has one open column settle it, cap it or push it."""
        unknown = [term for term in row.terms if term[0] in self._least]
        if len(unknown) != 1:
            return
        column, factor = unknown[0]
        rest = sum(int(self._values[one]) * by for one, by in row.terms if one != column)
        if row.lower == row.upper:
            self._values[column] = (row.lower - rest) // factor
            del self._least[column]
            return
        for bound, caps in ((row.upper, factor > 0), (row.lower, factor < 0)):
            if abs(bound) < UNBOUNDED and caps:
                self._most[column] = min(self._most[column], (bound - rest) // factor)
                self._capped.add(column)
            elif abs(bound) < UNBOUNDED:
                self._least[column] = max(self._least[column], -((rest - bound) // factor))
