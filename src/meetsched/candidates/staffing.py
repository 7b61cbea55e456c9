"""Who could be on duty at a meeting, and at which starts the people needed can be had at all."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from meetsched.candidates.meeting import DutyCandidate, Mask
from meetsched.candidates.people import Presence
from meetsched.domain.entities import City, InstitutionType, Person, Role, Topic, Venue
from meetsched.domain.instance import Instance, PinnedPerson
from meetsched.domain.reach import Reach
from meetsched.rules import Rule

COVERING_ROLES = (Role.EXPERT, Role.REPRESENTATIVE)
"""The roles in which a person stands for an institution's type."""


def useful_roles(
    reach: Reach, city: City, person: Person, tags: Collection[str], *, pinned: bool = False
) -> tuple[Role, ...]:
    """Return the roles that a person may have at meetings of a city and that can serve one of them.

    A representative serves only where the city's coverage asks for the type: every tier is at
    least as good without one who does not. Whom a pin names may have any role that the rules allow.

    Parameters
    ----------
    reach : Reach
    city : City
    person : Person
        One of those who may be on duty there.
    tags : collection of str
        The expertise that the meetings' topics ask for.
    pinned : bool
        Whether a pin names the person.
    """
    kind = reach.instance.institution_by_id[person.institution].type
    covered = kind in city.coverage.each_meeting or city.coverage.at_least.get(kind, 0) > 0
    serves = {
        Role.EXPERT: not set(person.expertise).isdisjoint(tags),
        Role.REPRESENTATIVE: covered or pinned,
        Role.HOST: person.institution in reach.guarded,
        Role.BROKER: city.crew.broker > 0,
        Role.PRESENTER: city.crew.presenter > 0 and kind is InstitutionType.LOCAL_ADMINISTRATION,
    }
    return tuple(role for role in dict.fromkeys(person.roles) if serves[role])


class Need(NamedTuple):
    """People that a meeting needs: so many in one of the roles of whom something holds.

    `what` names them among those that the rule needs.
    """

    rule: Rule
    what: str
    roles: tuple[Role, ...]
    who: Callable[[Person], bool]
    number: int

    def suits(self, person: Person, roles: Collection[Role]) -> bool:
        """Whether a person who may have some roles could be one of them."""
        return self.who(person) and not set(self.roles).isdisjoint(roles)


def needs(instance: Instance, city: City, topic: Topic) -> Iterator[Need]:
    """Yield the people that a city's meeting on a topic needs whatever its venue."""
    for tag in instance.tags_needed(topic):
        yield Need(Rule.EXPERTISE, tag, (Role.EXPERT,), _knows(tag), 1)
    for role, number in ((Role.BROKER, city.crew.broker), (Role.PRESENTER, city.crew.presenter)):
        yield Need(Rule.CREW, role, (role,), _anyone, number)
    for kind in instance.types_needed(city, topic):
        yield Need(Rule.COVERAGE_MEETING, kind, COVERING_ROLES, _of_type(instance, kind), 1)


def pinned_need(pinned: PinnedPerson, what: str = "") -> Need:
    """Return the need for a person whom a pin names."""
    roles = tuple(Role) if pinned.role is None else (pinned.role,)
    return Need(Rule.PIN, what, roles, lambda person: person.id == pinned.person, 1)


def host_need(venue: Venue, what: str = "") -> Need:
    """Return the need for a host that a venue has which requires one."""
    return Need(Rule.HOST, what, (Role.HOST,), lambda person: person.institution == venue.institution, 1)


class Staffing:
    """Counts, start by start, the people that one meeting could have."""

    def __init__(
        self, instance: Instance, city: City, topic: Topic, duties: Sequence[DutyCandidate], size: int
    ) -> None:
        self._instance = instance
        self._city = city
        self._topic = topic
        self._duties = duties
        self._size = size

    def shortages(self) -> Iterable[tuple[Need, Mask]]:
        """Yield what is needed whatever the venue, with the starts at which it cannot be had."""
        for need in needs(self._instance, self._city, self._topic):
            yield need, self._lacks(need)

    def lacks_host(self, venue: Venue) -> Mask:
        """Return the starts at which the venue requires a host and has none."""
        if not venue.host_required:
            return np.zeros(self._size, dtype=bool)
        return self._lacks(host_need(venue))

    def lacks_pinned(self, pinned: PinnedPerson) -> Mask:
        """Return the starts at which a pinned person cannot have the pinned role."""
        return self._lacks(pinned_need(pinned))

    def _lacks(self, need: Need) -> Mask:
        count = np.zeros(self._size, dtype=np.int64)
        for duty in self._duties:
            if need.suits(duty.person, duty.roles):
                count += duty.presence.possible
        return count < need.number


def _anyone(_: Person) -> bool:
    return True


def _of_type(instance: Instance, kind: InstitutionType) -> Callable[[Person], bool]:
    return lambda person: instance.institution_by_id[person.institution].type is kind


def _knows(tag: str) -> Callable[[Person], bool]:
    return lambda person: tag in person.expertise


def duty_candidates(
    reach: Reach,
    city: City,
    topic: Topic,
    pinned: Iterable[PinnedPerson],
    presence: Callable[[Person, int], Presence],
) -> tuple[DutyCandidate, ...]:
    """Return the people who could serve the meeting at some start, in the instance's order."""
    wanted = {pin.person for pin in pinned}
    found = []
    for person in reach.people[city.id]:
        roles = useful_roles(reach, city, person, topic.expertise, pinned=person.id in wanted)
        if roles:
            when = presence(person, topic.minutes)
            if when.possible.any():
                found.append(DutyCandidate(person, roles, when))
    return tuple(found)
