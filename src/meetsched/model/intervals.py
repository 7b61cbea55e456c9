"""Overlaps of intervals."""

from collections.abc import Iterable
from math import inf
from typing import TypeVar

Member = TypeVar("Member")


def maximal_overlaps(intervals: Iterable[tuple[int, int, Member]]) -> list[list[Member]]:
    """Return the maximal sets of half-open intervals ``(start, end, member)`` that share a moment.

    Two intervals overlap exactly where some set holds both (intervals have the Helly property).
    """
    waiting = sorted(intervals, key=lambda interval: interval[0])
    active: list[tuple[int, Member]] = []
    found: list[list[Member]] = []
    earliest_end = inf
    grown = False
    for start, end, member in waiting:
        if earliest_end <= start:
            if grown:
                found.append([one for _, one in active])
            active = [(until, one) for until, one in active if until > start]
            earliest_end = min((until for until, _ in active), default=inf)
        active.append((end, member))
        earliest_end = min(earliest_end, end)
        grown = True
    if grown:
        found.append([one for _, one in active])
    return found
