"""Starts of a meeting that its venues do not tell apart.

Where two starts come to the same in every venue (open or not, points, cost, appeal), it is enough to
say that the meeting is at one of them and in which venue. The linear relaxation loses nothing by it:
any flow from such starts to venues splits into pairs in proportion. Only a venue in which meetings may
clash has to know the very start.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meetsched.candidates import Candidates, MeetingCandidates, Places

_MINUTES_A_DAY = 24 * 60 - 60
"""The shortest day: one on which the clocks go forward."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Starts of a meeting that come to the same in each of some venues.

    Attributes
    ----------
    starts : tuple of int
        Indices into `Candidates.starts`, ascending.
    options : tuple of (Places, int)
        The venues that are possible then, each with the position of the first start.
    """

    starts: tuple[int, ...]
    options: tuple[tuple[Places, int], ...]


def clash_prone(candidates: Candidates) -> frozenset[str]:
    """Return the venues in which two meetings could clash: that several cities use, or for days on end.

    A city's own meetings are kept apart by its spacing.
    """
    users: dict[str, set[str]] = {}
    prone = set()
    for meeting in candidates.meetings:
        free = (meeting.city.min_days_between - 1) * _MINUTES_A_DAY
        for place in meeting.places:
            users.setdefault(place.venue.id, set()).add(meeting.city.id)
            if place.venue.turnaround_minutes > free or meeting.past is not None:
                prone.add(place.venue.id)
    return frozenset(prone | {venue for venue, cities in users.items() if len(cities) > 1})


def alike(meeting: MeetingCandidates, apart: frozenset[str]) -> Iterator[Alike]:
    """Yield the starts of a meeting in groups that its venues, those of `apart` aside, do not tell apart."""
    starts = meeting.possible_starts()
    places = [place for place in meeting.places if place.venue.id not in apart]
    figures = _figures(starts, places)
    _, first, group = np.unique(figures, axis=0, return_index=True, return_inverse=True)
    group = group.reshape(-1)
    for index in np.argsort(first):
        members = starts[group == index]
        yield Alike(tuple(members.tolist()), tuple(_options(int(members[0]), places)))


def _figures(starts: NDArray[np.int64], places: list[Places]) -> NDArray[np.int64]:
    """Return for each start what every venue comes to then: open, points, cost, appeal; shape (n, 4 m)."""
    figures = np.zeros((len(starts), 4 * len(places) + 1), dtype=np.int64)
    for number, place in enumerate(places):
        rows = np.searchsorted(starts, place.starts)
        open_then = np.ones_like(place.points)
        for offset, what in enumerate((open_then, place.points, place.cost, place.appeal)):
            figures[rows, 4 * number + offset] = what
    return figures


def _options(start: int, places: list[Places]) -> Iterator[tuple[Places, int]]:
    for place in places:
        position = int(np.searchsorted(place.starts, start))
        if position < len(place.starts) and place.starts[position] == start:
            yield place, position
