"""The candidates of one meeting: where and when it is possible, and who could be on duty."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from meetsched.candidates.people import Presence
from meetsched.domain.entities import City, Person, Role, Topic, Venue
from meetsched.domain.plan import Meeting, meeting_id
from meetsched.rules import Rule

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Places:
    """The starts at which a venue can house a meeting, and what it then comes to.

    Attributes
    ----------
    venue : Venue
    starts : ndarray of int, shape (n,)
        Indices into `Candidates.starts`, ascending.
    heads, points, cost, appeal : ndarray of int, shape (n,)
        Turnout, points with the topic's demand, cents without the people's, bonuses of the start
        and of the venue's events.
    """

    venue: Venue
    starts: Ints
    heads: Ints
    points: Ints
    cost: Ints
    appeal: Ints

    def part(self, mask: Mask) -> "Places":
        """Return the place with some of its starts only; `mask` is shaped as they are."""
        figures = (self.starts, self.heads, self.points, self.cost, self.appeal)
        return Places(self.venue, *(each[mask] for each in figures))


@dataclass(frozen=True, slots=True)
class DutyCandidate:
    """A person who could be on duty at a meeting.

    Attributes
    ----------
    person : Person
    roles : tuple of Role
        Those in which the person is of use there.
    presence : Presence
    """

    person: Person
    roles: tuple[Role, ...]
    presence: Presence


@dataclass(frozen=True, slots=True)
class MeetingCandidates:
    """All that is possible for a city and a topic.

    Attributes
    ----------
    city, topic : City, Topic
    places : tuple of Places
        Venues that can house it, each with at least one start.
    duties : tuple of DutyCandidate
    dropped : Counter of Rule
        How many (start, venue) pairs each rule dropped; a pair counts for the first that did.
    past : Meeting or None
        The meeting as it was, where it is over: then it has one place with one start, and its duties
        are those that it had.
    """

    city: City
    topic: Topic
    places: tuple[Places, ...]
    duties: tuple[DutyCandidate, ...]
    dropped: Counter[Rule] = field(default_factory=Counter)
    past: Meeting | None = None

    @property
    def id(self) -> str:
        """The meeting's id."""
        return meeting_id(self.city.id, self.topic.id)

    @property
    def seconds(self) -> int:
        """How long it lasts; what is over keeps the length that it had."""
        if self.past is None:
            return 60 * self.topic.minutes
        return int(self.past.end.timestamp()) - int(self.past.start.timestamp())

    @property
    def pair_count(self) -> int:
        """How many (start, venue) pairs survive."""
        return sum(len(place.starts) for place in self.places)

    def part(self, masks: Iterable[Mask]) -> "MeetingCandidates":
        """Return the meeting with some starts of each place, a mask for each; a place without any goes."""
        parts = (place.part(mask) for place, mask in zip(self.places, masks, strict=True) if mask.any())
        return replace(self, places=tuple(parts))

    def possible_starts(self) -> Ints:
        """Return the indices of the starts that some venue allows, ascending."""
        if not self.places:
            return np.empty(0, dtype=np.int64)
        return np.unique(np.concatenate([place.starts for place in self.places]))
