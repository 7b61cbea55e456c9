"""Who comes to a meeting, and what it costs apart from its people."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meetsched.domain.entities import City, Topic, Venue

Ints = NDArray[np.int64]
INTERESTS = (3, 2, 1)
"""The degrees of interest, highest first."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """For each start: how many come, and the points of their interests with the topic's demand."""

    heads: Ints
    points: Ints


def seats(venue: Venue, city: City, topic: Topic) -> int:
    """Return how many participants there is room for; never below 0."""
    room = venue.capacity - city.reserved_seats
    if topic.max_participants is not None:
        room = min(room, topic.max_participants)
    return max(room, 0)


def find_turnout(topic: Topic, interested: Mapping[int, Ints], room: int) -> Turnout:
    """Fill the room: the most interested companies first, then the walk-ins of an open topic.

    Parameters
    ----------
    topic : Topic
    interested : mapping of int to ndarray of int, shape (starts,)
        For each degree of interest, how many companies are free at each start.
    room : int
        Seats for participants.
    """
    shape = next(iter(interested.values())).shape
    heads = np.zeros(shape, dtype=np.int64)
    points = np.full(shape, topic.demand, dtype=np.int64)
    for interest in INTERESTS:
        come = np.minimum(interested[interest], room - heads)
        heads = heads + come
        points = points + interest * come
    if topic.open:
        heads = np.minimum(heads + topic.walk_in, room)
    return Turnout(heads, points)


@dataclass(frozen=True, slots=True)
class RoomCost:
    """What the room and the refreshments cost for so many heads, and what participants pay; cents."""

    venue: Ints
    catering: Ints
    income: Ints

    @property
    def net(self) -> Ints:
        """The room and the refreshments less the income."""
        return self.venue + self.catering - self.income


def room_cost(venue: Venue, topic: Topic, heads: Ints) -> RoomCost:
    """Return the cost of a venue for each number of heads."""
    shortfall = np.maximum(0, venue.minimum_spend - heads * venue.spend_per_head)
    rent = venue.fee + shortfall
    catering = heads * venue.catering_per_head
    return RoomCost(rent, catering, np.minimum(heads * topic.fee, rent + catering))
