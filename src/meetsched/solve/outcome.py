"""How the search for one tier's optimum ended."""

from dataclasses import dataclass

from meetsched.backends.problem import Ints, Problem
from meetsched.solve.relaxation import Relaxation


@dataclass(frozen=True, slots=True)
class TierOutcome:
    """What is known at the end of a search; objectives as the problem has them, minimised.

    Attributes
    ----------
    problem : Problem
        With the rows that the separators have added meanwhile.
    values : ndarray of int, shape (n,), or None
        The best solution found.
    value : int or None
        Its objective.
    bound : int
        No solution has a smaller one.
    infeasible : bool
        Whether it is proven that there is no solution.
    relaxation : Relaxation or None
        Proves fixings for the tiers to come.
    """

    problem: Problem
    values: Ints | None
    value: int | None
    bound: int
    infeasible: bool
    relaxation: Relaxation | None

    @property
    def proven(self) -> bool:
        """Whether the best solution found cannot be beaten."""
        return self.value is not None and self.value <= self.bound
