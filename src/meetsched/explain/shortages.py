"""Rows that say at once what several rows on people together say: at a start at which too few are
there, somebody comes who needs a toll.

No whole solution needs them. Without them the linear relaxation takes the same start for several
people who are there at different times, and proves nothing.
"""

import numpy as np
from numpy.typing import NDArray

from meetsched.candidates.staffing import Need, host_need, needs, pinned_need
from meetsched.explain.elastic import IN_VENUE, Elastic, ElasticModel, Layer, venues_with_host
from meetsched.model import Terms
from meetsched.model.variables import MeetingColumns

Ints = NDArray[np.int64]


def add_shortages(elastic: Elastic) -> None:
    """Add the rows of every meeting."""
    for meeting in elastic.variables.coming:
        _Shortages(elastic, meeting).add()


class _Shortages:
    """Adds one meeting's rows."""

    def __init__(self, elastic: Elastic, meeting: MeetingColumns) -> None:
        self._linear: ElasticModel = elastic.linear
        self._instance = elastic.variables.candidates.instance
        self._size = len(elastic.variables.candidates.starts)
        self._meeting = meeting

    def add(self) -> None:
        own, instance = self._meeting.candidates, self._instance
        there: Terms = [(column, start) for start, column in self._meeting.at.items()]
        for need in needs(instance, own.city, own.topic):
            self._need(need, there)
        for number, pin in enumerate(instance.pins):
            if (pin.city, pin.topic) == (own.city.id, own.topic.id):
                for person in pin.people:
                    self._need(pinned_need(person, f"{number} {person.person}"), there)
        for name, (_, pairs) in venues_with_host(self._meeting).items():
            venue = instance.venue_by_id[name]
            self._need(host_need(venue, f"{IN_VENUE}{name}"), [(pair.column, pair.start) for pair in pairs])

    def _need(self, need: Need, there: Terms) -> None:
        """Where fewer than needed are there of themselves, so many more come at a toll.

        `there` are the columns, each with its start, of which one is 1 where people are needed.
        """
        free, tolled = self._people(need)
        missing = np.maximum(need.number - free, 0)
        short: Terms = [(column, -int(missing[start])) for column, start in there if missing[start]]
        if short:
            subject = f"{self._meeting.id} {need.what}"
            self._linear.at_least(need.rule, subject, [*tolled, *short], 0)

    def _people(self, need: Need) -> tuple[Ints, Terms]:
        """Count those who are there of themselves, and sum those who would come at a toll."""
        there = np.zeros(self._size, dtype=np.int64)
        tolled: Terms = []
        for duty in self._meeting.duties:
            if not need.suits(duty.person, duty.roles):
                continue
            layer = duty.candidate
            assert isinstance(layer, Layer)
            if layer.tolled:
                tolled += [term for role in need.roles for term in duty.roles.get(role, ())]
            else:
                there += layer.presence.possible
        return there, tolled
