"""Who may be on duty at a session, under the rules on one meeting.

Only teams that no other team dominates are kept. One dominates another if its people are among the
other's, if it shows every institution type that the city counts and the other shows, and if it has no
more experts from outside where the city limits them, and if it keeps the published duties that the other
keeps (so that none dominates the published team itself). Fees, travel, overtime and effort never fall, and
no rule on a person's calendar or load is eased, when somebody is added; so whatever plan holds the
dominated team holds the other as well, at values that are no worse in any tier.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from typing import NamedTuple

from meetsched.domain.entities import City, InstitutionType, Person, Role
from meetsched.domain.plan import Meeting
from meetsched.domain.scalars import Window
from meetsched.rules import Rule
from tests.oracle.clock import meets, merged, seconds_within, weekly, within
from tests.oracle.figures import overtime_cost, overtime_minutes
from tests.oracle.sessions import Session, World

Duties = tuple[tuple[str, Role], ...]
USUAL_OVERTIME = Window(7 * 60, 21 * 60)
SHOWN = (Role.EXPERT, Role.REPRESENTATIVE)


class Team(NamedTuple):
    """People for a session: their duties, and what the city's rules count of them."""

    duties: Duties
    people: frozenset[str]
    types: frozenset[InstitutionType]
    outside: int
    kept: frozenset[tuple[str, str]] = frozenset()
    """The published duties among its own."""


class Staffed(NamedTuple):
    """A session with its team; cost in cents, people included, overtime in minutes."""

    session: Session
    team: Team
    cost: int
    overtime: dict[str, int]


class Teams:
    """Finds the teams of a city's sessions."""

    def __init__(self, world: World, city: City) -> None:
        self._world = world
        self._city = city
        self._found: dict[object, list[Team]] = {}
        at_least = city.coverage.at_least if world.counts(Rule.COVERAGE_HORIZON) else {}
        self._counted_types = frozenset(kind for kind, number in at_least.items() if number)
        self._counts_outside = world.counts(Rule.EXPERT_OUTSIDE) and city.max_outside_experts is not None

    def staffed(self, session: Session) -> list[Staffed]:
        """Return the session with each of its undominated teams; what is over has its own."""
        if session.past is not None:
            return self._past(session, session.past)
        choices = tuple(
            (person.id, roles)
            for person in self._world.instance.people
            if (roles := self._roles(session, person))
        )
        key = (session.topic.id, session.venue.host_required, choices)
        if key not in self._found:
            teams = (self._relevant(session, team) for team in self._teams(session, choices))
            self._found[key] = _undominated(teams)
        return [self._with_cost(session, team) for team in self._found[key]]

    def _with_cost(self, session: Session, team: Team) -> Staffed:
        instance = self._world.instance
        cost, overtime = session.cost, {}
        for name in team.people:
            person = instance.person_by_id[name]
            minutes = overtime_minutes(instance, person, session.start.day, session.span)
            cost += person.fee + person.travel.get(session.city, 0) + overtime_cost(person, minutes)
            overtime[name] = minutes
        return Staffed(session, team, cost, overtime)

    def _roles(self, session: Session, person: Person) -> tuple[Role, ...]:
        """Return the roles that the person may have and that some rule may want of them."""
        counts, instance = self._world.counts, self._world.instance
        institution = instance.institution_by_id[person.institution]
        home = "all" if institution.city is None else (institution.city,)
        cities = home if person.cities is None else person.cities
        if counts(Rule.PERSON_CITY) and cities != "all" and session.city not in cities:
            return ()
        if counts(Rule.PERSON_AVAILABLE) and not self._can(session, person):
            return ()
        return tuple(
            role
            for role in (person.roles if counts(Rule.PERSON_ROLE) else Role)
            if self._may(session, person, institution.type, role)
            and (
                self._useful(session, institution.type, role)
                or self._pinned(session, person.id, role)
                or (person.id, role.value) in self._published(session)
            )
        )

    def _can(self, session: Session, person: Person) -> bool:
        zone, day = self._world.zone, session.start.day
        if (person.id, day) in self._world.instance.concessions.people:
            return True
        if meets(session.span, person.busy, zone):
            return False
        hours = weekly(person.available, day, zone)
        if person.overtime_per_hour is not None and not within(session.span, hours):
            extra = person.overtime_hours
            if extra is None:
                extra = dict.fromkeys(person.available or (), (USUAL_OVERTIME,))
            hours = merged(hours + weekly(extra, day, zone))
        return seconds_within(session.span, hours) == session.span[1] - session.span[0]

    def _may(self, session: Session, person: Person, kind: InstitutionType, role: Role) -> bool:
        counts = self._world.counts
        if role is Role.EXPERT:
            return not counts(Rule.EXPERT_MATCH) or bool(set(person.expertise) & set(session.topic.expertise))
        if role is Role.HOST:
            return (not counts(Rule.HOST) or session.venue.host_required) and (
                not counts(Rule.HOST_INSTITUTION) or person.institution == session.venue.institution
            )
        if role is Role.PRESENTER and counts(Rule.PRESENTER_INSTITUTION):
            return kind is InstitutionType.LOCAL_ADMINISTRATION
        return True

    def _useful(self, session: Session, kind: InstitutionType, role: Role) -> bool:
        if role is Role.HOST:
            return self._world.counts(Rule.HOST)
        if role in (Role.BROKER, Role.PRESENTER):
            return self._world.counts(Rule.CREW)
        shown = kind in self._counted_types or (
            self._world.counts(Rule.COVERAGE_MEETING) and kind in self._city.coverage.each_meeting
        )
        tags = self._world.counts(Rule.EXPERTISE) and bool(session.topic.expertise)
        return shown or (role is Role.EXPERT and tags)

    def _pinned(self, session: Session, name: str, role: Role) -> bool:
        return any(wanted == name and as_role in (None, role) for wanted, as_role in self._wanted(session))

    def _wanted(self, session: Session) -> list[tuple[str, Role | None]]:
        if not self._world.counts(Rule.PIN):
            return []
        return [
            (wanted.person, wanted.role)
            for pin in self._world.instance.pins
            if (pin.city, pin.topic) == (session.city, session.topic.id)
            for wanted in pin.people
        ]

    def _teams(self, session: Session, choices: tuple[tuple[str, tuple[Role, ...]], ...]) -> Iterator[Team]:
        most = {}
        if self._world.counts(Rule.CREW):
            most = {Role.BROKER: self._city.crew.broker, Role.PRESENTER: self._city.crew.presenter}
        if self._world.counts(Rule.HOST):
            most[Role.HOST] = int(session.venue.host_required)
        options = [[(), *self._parts(name, roles)] for name, roles in choices]
        for duties in _assignments(options, most):
            if all(sum(role is wanted for _, role in duties) == n for wanted, n in most.items()):
                team = self._team(duties)
                if self._holds(session, team):
                    yield team

    def _parts(self, name: str, roles: tuple[Role, ...]) -> list[Duties]:
        """Return what one person may do at a meeting: one role, or any number without the rule."""
        most = 1 if self._world.counts(Rule.PERSON_ONE_ROLE) else len(roles)
        subsets = chain.from_iterable(combinations(roles, size) for size in range(1, most + 1))
        return [tuple((name, role) for role in subset) for subset in subsets]

    def _team(self, duties: Duties) -> Team:
        instance = self._world.instance
        works_for = {
            name: instance.institution_by_id[instance.person_by_id[name].institution] for name, _ in duties
        }
        return Team(
            duties=duties,
            people=frozenset(works_for),
            types=frozenset(works_for[name].type for name, role in duties if role in SHOWN),
            outside=sum(works_for[name].city is None for name, role in duties if role is Role.EXPERT),
        )

    def _holds(self, session: Session, team: Team) -> bool:
        counts, person_by_id = self._world.counts, self._world.instance.person_by_id
        tags = {
            tag for name, role in team.duties if role is Role.EXPERT for tag in person_by_id[name].expertise
        }
        return (
            (not counts(Rule.EXPERTISE) or self._tags_wanted(session) <= tags)
            and (not counts(Rule.COVERAGE_MEETING) or self._types_wanted(session) <= team.types)
            and all(
                any(name == wanted and as_role in (None, role) for name, role in team.duties)
                for wanted, as_role in self._wanted(session)
            )
        )

    def _tags_wanted(self, session: Session) -> set[str]:
        waived = self._world.instance.concessions.tags
        return {tag for tag in session.topic.expertise if (session.topic.id, tag) not in waived}

    def _types_wanted(self, session: Session) -> set[InstitutionType]:
        waived = self._world.instance.concessions.types
        kinds = self._city.coverage.each_meeting
        return {kind for kind in kinds if (self._city.id, session.topic.id, kind) not in waived}

    def _relevant(self, session: Session, team: Team) -> Team:
        """Return the team with only what the city counts of it."""
        duties = {(name, role.value) for name, role in team.duties}
        return team._replace(
            types=team.types & self._counted_types,
            outside=team.outside if self._counts_outside else 0,
            kept=self._published(session) & duties,
        )

    def _published(self, session: Session) -> frozenset[tuple[str, str]]:
        if self._world.published is None:
            return frozenset()
        return self._world.published.wanted(session.city, session.topic.id)

    def _past(self, session: Session, meeting: Meeting) -> list[Staffed]:
        """Return the people of a meeting that is over, as far as they are known, if no pin misses one."""
        known = self._world.instance.person_by_id
        team = self._team(tuple((duty.person, duty.role) for duty in meeting.people if duty.person in known))
        missed = any(
            not any(name == wanted and as_role in (None, role) for name, role in team.duties)
            for wanted, as_role in self._wanted(session)
        )
        relevant = self._relevant(session, team)
        return [] if missed else [self._with_cost(session, relevant)]


def _assignments(options: list[list[Duties]], most: dict[Role, int]) -> Iterator[Duties]:
    """Yield every choice of one option each with no more of a role than allowed."""
    if not options:
        yield ()
        return
    for part in options[0]:
        left = dict(most)
        for _, role in part:
            if role in left:
                left[role] -= 1
        if min(left.values(), default=0) >= 0:
            for rest in _assignments(options[1:], left):
                yield part + rest


def _undominated(teams: Iterable[Team]) -> list[Team]:
    kept: list[Team] = []
    for team in sorted(teams, key=lambda team: (len(team.people), team.outside, -len(team.types))):
        if not any(
            other.people <= team.people
            and other.types >= team.types
            and other.outside <= team.outside
            and other.kept >= team.kept
            for other in kept
        ):
            kept.append(team)
    return kept
