"""Overlaps of intervals."""

from collections.abc import Iterable
from typing import TypeVar

Member = TypeVar("Member")


def maximal_overlaps(intervals: Iterable[tuple[int, int, Member]]) -> list[list[Member]]:
    """Return the maximal sets of half-open intervals ``(start, end, member)`` that share a moment.

    Two intervals overlap exactly where some set holds both (intervals have the Helly property).
    """
    waiting = sorted(intervals, key=lambda interval: interval[0])
    active: list[tuple[int, Member]] = []
    found: list[list[Member]] = []
    grown = False
    for start, end, member in waiting:
        if any(until <= start for until, _ in active):
            if grown:
                found.append([one for _, one in active])
            active = [(until, one) for until, one in active if until > start]
        active.append((end, member))
        grown = True
    if grown:
        found.append([one for _, one in active])
    return found
