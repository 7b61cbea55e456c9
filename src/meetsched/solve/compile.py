"""From the model's rows to arrays."""

from collections.abc import Sequence
from math import gcd

import numpy as np

from meetsched.backends.problem import UNBOUNDED as NO_BOUND
from meetsched.backends.problem import Ints, Rows
from meetsched.model import UNBOUNDED, Row, Terms
from meetsched.model.linear import merged


def compile_rows(rows: Sequence[Row]) -> Rows:
    """Return rows in compressed form, each divided by the greatest divisor of its coefficients.

    The bounds are rounded inwards, which no integer solution notices.
    """
    starts = [0]
    columns: list[int] = []
    coefficients: list[int] = []
    lowers: list[int] = []
    uppers: list[int] = []
    for row in rows:
        sums = merged(row.terms)
        divisor = gcd(*sums.values()) or 1
        columns.extend(sums.keys())
        coefficients.extend(coefficient // divisor for coefficient in sums.values())
        starts.append(len(columns))
        lowers.append(-NO_BOUND if row.lower <= -UNBOUNDED else -(-row.lower // divisor))
        uppers.append(NO_BOUND if row.upper >= UNBOUNDED else row.upper // divisor)
    return Rows(*(np.array(each, dtype=np.int64) for each in (lowers, uppers, starts, columns, coefficients)))


def compile_cost(terms: Terms, size: int, sign: int) -> tuple[Ints, int]:
    """Return an expression as a dense row to be minimised, and the divisor taken out of it.

    Parameters
    ----------
    terms : Terms
    size : int
        Number of columns.
    sign : int
        1 to minimise the expression, -1 to maximise it.
    """
    sums = merged(terms)
    divisor = gcd(*sums.values()) or 1
    cost = np.zeros(size, dtype=np.int64)
    for column, coefficient in sums.items():
        cost[column] = sign * (coefficient // divisor)
    return cost, divisor
