"""How the planning of parts goes, and how it ended."""

from dataclasses import dataclass

from meetsched.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class PartsProgress:
    """News of the parts.

    Attributes
    ----------
    parts, done, running, failed : int
        How many there are, are planned to the end, are being planned, and could not be planned.
    seconds : float
        Since the command began.
    left : float or None
        Seconds until the end, at the pace so far; None while there is no pace.
    """

    parts: int
    done: int
    running: int
    failed: int
    seconds: float
    left: float | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A part that could not be planned: its cities, and the reason."""

    cities: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PartsOutcome:
    """The end of the planning of parts.

    Attributes
    ----------
    outcome : Outcome
        Of the whole.
    parts, done : int
        How many there are, and are planned to the end.
    kept : int
        How many stages of parts are on the shelf.
    hopeless : tuple of str
        The cities of a part that is proven to have no plan.
    open : tuple of tuple of str
        The cities of each part for which no plan was found.
    failures : tuple of Failure
        The parts whose planning broke down.
    """

    outcome: Outcome
    parts: int
    done: int
    kept: int
    hopeless: tuple[str, ...] = ()
    open: tuple[tuple[str, ...], ...] = ()
    failures: tuple[Failure, ...] = ()
