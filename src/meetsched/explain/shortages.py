"""Rows that say at once what several rows on people together say: at a start at which too few are
there, somebody comes who needs a toll.

No whole solution needs them. Without them the linear relaxation takes the same start for several
people who are there at different times, and proves nothing.
"""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from meetsched.candidates.staffing import COVERING_ROLES
from meetsched.domain.entities import Person, Role
from meetsched.explain.elastic import IN_VENUE, Elastic, ElasticModel, Layer, venues_with_host
from meetsched.model import Terms
from meetsched.model.variables import MeetingColumns
from meetsched.rules import Rule

Ints = NDArray[np.int64]


def add_shortages(elastic: Elastic) -> None:
    """Add the rows of every meeting."""
    for meeting in elastic.variables.meetings:
        _Shortages(elastic, meeting).add()


class _Shortages:
    """Adds one meeting's rows."""

    def __init__(self, elastic: Elastic, meeting: MeetingColumns) -> None:
        self._linear: ElasticModel = elastic.linear
        self._instance = elastic.variables.candidates.instance
        self._size = len(elastic.variables.candidates.starts)
        self._meeting = meeting

    def add(self) -> None:
        meeting, instance = self._meeting, self._instance
        city, topic = meeting.candidates.city, meeting.candidates.topic
        for tag in instance.tags_needed(topic):
            self._need(Rule.EXPERTISE, tag, (Role.EXPERT,), _knows(tag), 1)
        for role, needed in ((Role.BROKER, city.crew.broker), (Role.PRESENTER, city.crew.presenter)):
            self._need(Rule.CREW, role, (role,), lambda _: True, needed)
        types = {one.id: one.type for one in instance.institutions}
        for kind in instance.types_needed(city, topic):
            self._need(
                Rule.COVERAGE_MEETING,
                kind,
                COVERING_ROLES,
                lambda person, kind=kind: types[person.institution] is kind,  # type: ignore[misc]
                1,
            )
        self._add_pins()
        self._add_hosts()

    def _need(
        self, rule: Rule, what: str, roles: Collection[Role], who: Callable[[Person], bool], needed: int
    ) -> None:
        """Where fewer than needed are there of themselves, so many more come at a toll."""
        there, tolled = self._people(roles, who)
        missing = np.maximum(needed - there, 0)
        short: Terms = [(column, -int(missing[start])) for start, column in self._meeting.at.items()]
        self._add(rule, f"{self._meeting.id} {what}", tolled, [term for term in short if term[1]])

    def _add_pins(self) -> None:
        own = self._meeting.candidates
        for number, pin in enumerate(self._instance.pins):
            if (pin.city, pin.topic) != (own.city.id, own.topic.id):
                continue
            for person in pin.people:
                roles = tuple(Role) if person.role is None else (person.role,)
                who = _is(person.person)
                self._need(Rule.PIN, f"{number} {person.person}", roles, who, 1)

    def _add_hosts(self) -> None:
        for venue, (institution, pairs) in venues_with_host(self._meeting).items():
            there, tolled = self._people((Role.HOST,), _of_house(institution))
            short: Terms = [(pair.column, -1) for pair in pairs if not there[pair.start]]
            self._add(Rule.HOST, f"{self._meeting.id} {IN_VENUE}{venue}", tolled, short)

    def _add(self, rule: Rule, subject: str, tolled: Terms, short: Terms) -> None:
        if short:
            self._linear.at_least(rule, subject, [*tolled, *short], 0)

    def _people(self, roles: Collection[Role], who: Callable[[Person], bool]) -> tuple[Ints, Terms]:
        """Count those who are there of themselves, and sum those who would come at a toll."""
        there = np.zeros(self._size, dtype=np.int64)
        tolled: Terms = []
        for duty in self._meeting.duties:
            if not who(duty.person) or set(roles).isdisjoint(duty.roles):
                continue
            layer = duty.candidate
            assert isinstance(layer, Layer)
            if layer.tolled:
                tolled += [term for role in roles for term in duty.roles.get(role, ())]
            else:
                there += layer.presence.possible
        return there, tolled


def _knows(tag: str) -> Callable[[Person], bool]:
    return lambda person: tag in person.expertise


def _is(name: str) -> Callable[[Person], bool]:
    return lambda person: person.id == name


def _of_house(institution: str) -> Callable[[Person], bool]:
    return lambda person: person.institution == institution
