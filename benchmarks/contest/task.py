"""What a system is given."""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from contest.answers import Journal

_RESERVE = 1.0
"""Seconds before the limit at which a search ends, to write down what it has."""


@dataclass(frozen=True, slots=True)
class Task:
    """One instance, and the time for it.

    Attributes
    ----------
    path : Path
        The instance.
    folder : Path
        Where the system may write.
    time_limit : float
        Seconds for the whole command, from its launch.
    launched : float
        When the process was launched, on the clock of `time.monotonic`.
    workers : int
        Processors of the machine.
    journal : Journal
    """

    path: Path
    folder: Path
    time_limit: float
    launched: float
    workers: int
    journal: Journal

    def deadline(self) -> float:
        """Return when a search must end, on the clock of `time.monotonic`."""
        return self.launched + self.time_limit - min(_RESERVE, 0.1 * self.time_limit)

    def left(self) -> float:
        """Return the seconds that a search still has; never below 0."""
        return max(0.0, self.deadline() - monotonic())
