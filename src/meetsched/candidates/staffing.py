"""Who could be on duty at a meeting, and at which starts the people needed can be had at all."""

from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np

from meetsched.candidates.meeting import DutyCandidate, Ints, Mask
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

    def shortages(self) -> Iterable[tuple[Rule, Mask]]:
        """Yield the rules that lack of people breaks whatever the venue, with the starts affected."""
        for tag in self._instance.tags_needed(self._topic):
            yield Rule.EXPERTISE, self._count((Role.EXPERT,), _knows(tag)) < 1
        crew = self._city.crew
        yield Rule.CREW, self._count((Role.BROKER,), _anyone) < crew.broker
        yield Rule.CREW, self._count((Role.PRESENTER,), _anyone) < crew.presenter
        for kind in self._instance.types_needed(self._city, self._topic):
            yield Rule.COVERAGE_MEETING, self._count(COVERING_ROLES, self._of_type(kind)) < 1

    def lacks_host(self, venue: Venue) -> Mask:
        """Return the starts at which the venue requires a host and has none."""
        if not venue.host_required:
            return np.zeros(self._size, dtype=bool)
        return self._count((Role.HOST,), lambda person: person.institution == venue.institution) < 1

    def lacks_pinned(self, pinned: PinnedPerson) -> Mask:
        """Return the starts at which a pinned person cannot have the pinned role."""
        roles = tuple(Role) if pinned.role is None else (pinned.role,)
        return self._count(roles, lambda person: person.id == pinned.person) < 1

    def _of_type(self, kind: InstitutionType) -> Callable[[Person], bool]:
        return lambda person: self._instance.institution_by_id[person.institution].type is kind

    def _count(self, roles: Sequence[Role], who: Callable[[Person], bool]) -> Ints:
        count = np.zeros(self._size, dtype=np.int64)
        for duty in self._duties:
            if who(duty.person) and not set(roles).isdisjoint(duty.roles):
                count += duty.presence.possible
        return count


def _anyone(_: Person) -> bool:
    return True


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
