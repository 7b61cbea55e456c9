"""The part of a problem's solutions that lies just above its bound."""

from dataclasses import dataclass

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Ints, Problem, objective_row
from meetsched.solve.relaxation import Relaxation

_NARROW = 0.9
"""A window that leaves this share of the columns free is not worth a limit."""


@dataclass(slots=True)
class Window:
    """The solutions of an objective up to a limit.

    Attributes
    ----------
    problem : Problem
        The problem with that limit, and with columns fixed that no such solution has otherwise.
    limit : int
    whole : bool
        Whether these are all solutions that there are.
    best : int or None
        The objective of the best solution found that the problem's arithmetic confirms, whether or
        not the separators let it pass.
    """

    problem: Problem
    limit: int
    whole: bool
    best: int | None = None

    @classmethod
    def of(cls, problem: Problem, proof: Relaxation | None, limit: int, cap: int) -> "Window":
        """Return the window up to a limit, or up to `cap` where the limit fixes hardly a column."""
        if limit < cap:
            lower, upper = _fixed(problem, proof, limit)
            free, all_free = np.count_nonzero(lower < upper), np.count_nonzero(problem.lower < problem.upper)
            if free >= _NARROW * all_free:
                return cls.of(problem, proof, cap, cap)
        if limit >= UNBOUNDED:
            return cls(problem, limit, whole=True)
        lower, upper = _fixed(problem, proof, limit)
        row = objective_row(problem.cost, -UNBOUNDED, limit)
        return cls(problem.restricted(lower, upper, row), limit, whole=False)


def _fixed(problem: Problem, proof: Relaxation | None, limit: int) -> tuple[Ints, Ints]:
    """Return bounds that every solution of an objective up to a limit keeps."""
    if proof is None:
        return problem.lower, problem.upper
    return proof.fixings(problem.lower, problem.upper, limit)
