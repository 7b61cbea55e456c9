"""What the textbook model asks of a solver, and what it is answered."""

from collections.abc import Callable
from typing import Protocol

from contest.systems.textbook.rows import Terms

News = Callable[[int | None, int | None], None]
"""Is told the best value and the bound so far."""


class Solver(Protocol):
    """Optimises over rows, to which more may be added between two calls."""

    def optimise(self, terms: Terms, *, maximise: bool, seconds: float, tell: News) -> "Found":
        """Optimise an expression."""

    def hold(self, terms: Terms, low: int | None, high: int | None) -> None:
        """Add a row."""


class Found:
    """The end of a search: values of all columns (None: none found), the bound, whether proven."""

    def __init__(
        self, values: list[int] | None, bound: int | None, *, proven: bool, infeasible: bool = False
    ) -> None:
        self.values = values
        self.bound = bound
        self.proven = proven
        self.infeasible = infeasible
