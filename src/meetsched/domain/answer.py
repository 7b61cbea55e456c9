"""Answers to "why?": about a meeting as it is, and about one that somebody would rather have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meetsched.domain.difference import Difference
from meetsched.domain.explanation import Conflict
from meetsched.domain.instance import Pin
from meetsched.domain.plan import Duty, Meeting, Plan
from meetsched.rules import Rule, Tier

TEAM_RULES = frozenset(
    {
        Rule.EXPERTISE,
        Rule.EXPERT_MATCH,
        Rule.EXPERT_OUTSIDE,
        Rule.CREW,
        Rule.HOST,
        Rule.HOST_INSTITUTION,
        Rule.PRESENTER_INSTITUTION,
        Rule.COVERAGE_MEETING,
        Rule.COVERAGE_HORIZON,
        Rule.PERSON_ROLE,
        Rule.PERSON_CITY,
        Rule.PERSON_ONE_ROLE,
        Rule.PERSON_AVAILABLE,
        Rule.PERSON_CLASH,
        Rule.PERSON_LOAD,
        Rule.PERSON_OVERTIME,
        Rule.BUDGET,
    }
)
"""Rules that a meeting may break with some people and hold with others, at the same start and venue."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule that forbids what was asked for, in words.

    Attributes
    ----------
    rule : Rule
    message : str
    cases : int
        How many of the cases it forbids.
    varies : bool
        Whether the words differ from case to case; these are then the first one's.
    """

    rule: Rule
    message: str
    cases: int = 1
    varies: bool = False


class Standing(StrEnum):
    """How it stands with what was asked for."""

    SO = "so"
    """The plan has it."""
    POSSIBLE = "possible"
    FORBIDDEN = "forbidden"
    """It is proven that no plan has it."""
    UNKNOWN = "unknown"
    """Neither was found in time."""


@dataclass(frozen=True, slots=True)
class Way:
    """A plan that has what was asked for, verified.

    Attributes
    ----------
    plan : Plan
        With the question among its pins; made from the plan asked about.
    proven : bool
        Whether it is proven that none is better, in the order in which `after` lists the tiers.
    before, after : mapping of Tier to int
        What the plan asked about and this one come to; disruption counts from the former.
    difference : Difference
    """

    plan: Plan
    proven: bool
    before: Mapping[Tier, int]
    after: Mapping[Tier, int]
    difference: Difference


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a meeting is not otherwise, or what it would take.

    Attributes
    ----------
    asked : Pin
        The meeting, and what was asked of it.
    standing : Standing
    cases : int
        Where rules on the meeting alone forbid it: how many starts and venues it could mean. None of them
        is left by the rules in `obstacles`.
    all_cases : bool
        Whether there was time to look at all of them; else these are as many as were looked at.
    obstacles : tuple of Obstacle
        Where one rule alone forbids every case, only such rules.
    conflict : Conflict or None
        Else, where it is forbidden: demands that cannot be held together with what was asked.
    nearest : Way or None
        The plan that disturbs the one asked about least; of these the best.
    best : Way or None
        The best plan there is, whatever moves; of these the one that disturbs least. None where nobody
        asked for it, or time ran out.
    interrupted : bool
        Whether somebody stopped the search.
    """

    asked: Pin
    standing: Standing
    cases: int = 0
    all_cases: bool = True
    obstacles: tuple[Obstacle, ...] = ()
    conflict: Conflict | None = None
    nearest: Way | None = None
    best: Way | None = None
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """A meeting at another start or in another venue, while all others stay as they are.

    Attributes
    ----------
    start : datetime
    venue : str
    obstacles : tuple of Obstacle
        Why that cannot be; empty where it can.
    meeting : Meeting or None
        Where it can be, with the people who serve it best then.
    gain : mapping of Tier to int
        By how much the value of each tier would rise (or, below 0, fall). Where it cannot be, only those
        tiers that the people do not matter for.
    """

    start: datetime
    venue: str
    obstacles: tuple[Obstacle, ...]
    meeting: Meeting | None
    gain: Mapping[Tier, int]

    @property
    def lacks_people(self) -> bool:
        """Whether it cannot be for want of people: the obstacles are those of the people it has now."""
        return bool(self.obstacles) and all(each.rule in TEAM_RULES for each in self.obstacles)


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Other starts, or other venues, one by one.

    Attributes
    ----------
    possible : tuple of Alternative
        The best first.
    forbidden : tuple of Alternative
        Those that would serve firms most first.
    open : tuple of Alternative
        Those that no rule seems to forbid, but that were not looked at: whether the people can be had.
        None of them promises more in the first tier than those in `possible`, unless time ran out.
    """

    possible: tuple[Alternative, ...]
    forbidden: tuple[Alternative, ...]
    open: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who could have a duty instead, one for one, or why not.

    Attributes
    ----------
    person : str
    obstacles : tuple of Obstacle
        Why that cannot be; empty where it can.
    gain : mapping of Tier to int
        By how much the value of each tier would rise; empty where it cannot be.
    """

    person: str
    obstacles: tuple[Obstacle, ...]
    gain: Mapping[Tier, int]


@dataclass(frozen=True, slots=True)
class DutyAccount:
    """Why somebody has a duty at a meeting.

    Attributes
    ----------
    duty : Duty
    stand_ins : tuple of StandIn
        Everybody else who has the role there at all: those who could first, the best of them first.
    """

    duty: Duty
    stand_ins: tuple[StandIn, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Why a meeting is where it is, told by its alternatives, each with all other meetings as they are.

    Attributes
    ----------
    meeting : Meeting
    is_over : bool
        Whether it is history by the plan's own date: then there are no alternatives.
    pins : tuple of Pin
        What holds it.
    starts : Alternatives
        In the same venue at another start.
    venues : Alternatives
        At the same start in another venue.
    people : tuple of DutyAccount
    without : tuple of Obstacle
        The rules that would be broken if it were not held.
    loss : mapping of Tier to int
        By how much the value of each tier would rise if it were not held.
    complete : bool
        Whether all was looked at in time.
    interrupted : bool
        Whether somebody stopped the search.
    """

    meeting: Meeting
    is_over: bool
    pins: tuple[Pin, ...]
    starts: Alternatives
    venues: Alternatives
    people: tuple[DutyAccount, ...]
    without: tuple[Obstacle, ...]
    loss: Mapping[Tier, int]
    complete: bool = True
    interrupted: bool = False
