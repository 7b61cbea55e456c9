"""How a planning run is to go, and what it tells while it goes."""

import os
from dataclasses import dataclass, replace
from time import monotonic
from typing import Self

from meetsched.rules import Tier


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How a planning run is to go.

    Attributes
    ----------
    time_limit : float
        Seconds for the whole run, ideals included.
    workers : int or None
        Threads at most; None for as many as there are processors.
    seed : int
        Seed of everything random in the solvers.
    deterministic : bool
        Same instance, seed and workers: same plan, byte for byte.
    started : float
        The `time.monotonic` from which the time limit counts; now by default.
    """

    time_limit: float = 60.0
    workers: int | None = None
    seed: int = 0
    deterministic: bool = False
    started: float = -1.0

    def threads(self) -> int:
        """Return how many threads may search: one where runs have to come out the same."""
        return 1 if self.deterministic else self.workers or os.cpu_count() or 1

    def begun(self) -> Self:
        """Return the options with the time running: from now, where it does not run yet."""
        return self if self.started >= 0 else replace(self, started=monotonic())

    def deadline(self) -> float:
        """Return the `time.monotonic` at which the run must end."""
        return self.begun().started + self.time_limit


@dataclass(frozen=True, slots=True)
class Progress:
    """News from a running search.

    Attributes
    ----------
    tier : Tier
        The tier being optimised; `POINTS` while a city's ideal is sought.
    city : str or None
        The city whose ideal is sought; None while the whole is planned.
    value, bound : int or None
        The best value so far, and what cannot be beaten; None while unknown.
    seconds : float
        Since the run began.
    finished : bool
        Whether this search has ended; `proven` then tells how.
    proven : bool
        Whether value equals bound.
    level : int
        Which of the cities' shares in rising order is being lifted, where these count one after the other.
    """

    tier: Tier
    city: str | None
    value: int | None
    bound: int | None
    seconds: float
    finished: bool = False
    proven: bool = False
    level: int = 1
