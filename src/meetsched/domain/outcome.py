"""What solving came to: a value, never an exception."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from meetsched.domain.plan import Duty, Meeting, Plan


class Verdict(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A solver-neutral decision: this city holds this topic then, there, with these people.

    `start` is aware. Figures are not part of it: they follow from the instance.
    """

    city: str
    topic: str
    start: datetime
    venue: str
    people: tuple[Duty, ...]

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        """Return what was decided of a meeting of a plan."""
        return cls(meeting.city, meeting.topic, meeting.start, meeting.venue, meeting.people)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a planning run.

    Attributes
    ----------
    verdict : Verdict
        `INFEASIBLE` is a proof that no plan exists; `UNKNOWN` means none was found in time.
    plan : Plan or None
        The best plan found; None unless the verdict is `OPTIMAL` or `FEASIBLE`.
    interrupted : bool
        Whether somebody stopped the search.
    hopeless_city : str or None
        With `INFEASIBLE`: a city that has no plan even alone, where that was the proof.
    """

    verdict: Verdict
    plan: Plan | None = None
    interrupted: bool = False
    hopeless_city: str | None = None
