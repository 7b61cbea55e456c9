"""What a check yields."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from meetsched.verify.case import Case
from meetsched.verify.held import Held


class Finding(NamedTuple):
    """A breach of the check's rule: the ids of the meetings concerned, and words for people."""

    meetings: tuple[str, ...]
    message: str


MeetingCheck = Callable[[Case, Held], Iterator[str]]
"""Checks a rule on one meeting alone and yields a message for each breach."""

PlanCheck = Callable[[Case], Iterator[Finding]]
"""Checks a rule that takes several meetings together, or none, to break."""


def about(message: str, *meetings: Held) -> Finding:
    """Return a finding about some meetings."""
    return Finding(tuple(held.id for held in meetings), message)
