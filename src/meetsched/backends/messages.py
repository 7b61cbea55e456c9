"""What a solver's process is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meetsched.backends.problem import Floats, Ints, Problem


class Backend(StrEnum):
    """A solver."""

    HIGHS = "highs"
    CP_SAT = "cp-sat"


class End(StrEnum):
    """How a solver ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Prepare:
    """Import what a backend needs, so that the first task need not wait for it."""

    backend: Backend


@dataclass(frozen=True, slots=True)
class Relax:
    """Solve the linear relaxation with HiGHS; answered by `Relaxed`."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Search:
    """Solve the problem; answered by any number of `Improved` and `Bounded`, then `Ended`.

    Attributes
    ----------
    hint : ndarray of int, shape (n,), or None
        A solution, or something near one, to begin from.
    """

    problem: Problem
    backend: Backend
    threads: int
    seed: int
    hint: Ints | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """Give up the search under way; only CP-SAT heeds it at once."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The duals of the rows at the relaxation's optimum; None where the relaxation is infeasible."""

    row_duals: Floats | None
    infeasible: bool = False


@dataclass(frozen=True, slots=True)
class Improved:
    """A solution better than those before it."""

    values: Ints


@dataclass(frozen=True, slots=True)
class Bounded:
    """No solution has a smaller objective than this."""

    bound: float


@dataclass(frozen=True, slots=True)
class Ended:
    """The search is over; `OPTIMAL` means the last `Improved` cannot be beaten."""

    end: End


@dataclass(frozen=True, slots=True)
class Failed:
    """The solver or its process broke down."""

    reason: str


Task = Prepare | Relax | Search
Answer = Relaxed | Improved | Bounded | Ended | Failed
