"""Where a meeting of a plan could go, and what that would mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meetsched.rules import Tier


class Room(StrEnum):
    """Whether a meeting could be on a date."""

    HERE = "here"
    """It is there now."""
    FREE = "free"
    """With the same people, and nothing else has to change."""
    PERHAPS = "perhaps"
    """As far as the meeting alone is concerned; with others, or if others give way."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """A start, local, and a venue's id."""

    start: datetime
    venue: str


@dataclass(frozen=True, slots=True)
class Row:
    """What a tier comes to before and after, and the difference in words."""

    tier: Tier
    before: str
    after: str
    difference: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A plan with one meeting moved and all else as it is.

    Attributes
    ----------
    place : Place
    text : str
        When and where that is.
    obstacles : tuple of str
        What it would break, in words; empty where it can be taken as it is.
    rows : tuple of Row
        What it would make of the plan.
    hopeless : bool
        Whether no plan has the meeting there: rules on it alone forbid it, whoever is on duty.
    """

    place: Place
    text: str
    obstacles: tuple[str, ...]
    rows: tuple[Row, ...]
    hopeless: bool
