"""What an explanation tells while it is under way."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is being done."""

    PLAN = "plan"
    CONFLICT = "conflict"
    FIX = "fix"
    GAIN = "gain"


@dataclass(frozen=True, slots=True)
class News:
    """How far it has come.

    Attributes
    ----------
    stage : Stage
    seconds : float
        Since it began.
    found : int
        Conflicts, fixes or gains so far.
    open : int
        Demands of the conflict at hand that are not confirmed yet.
    """

    stage: Stage
    seconds: float
    found: int = 0
    open: int = 0
