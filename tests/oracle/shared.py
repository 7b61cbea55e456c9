"""What two cities have to share: rooms and people, in time and in number."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from meetsched.domain.instance import Instance
from meetsched.rules import Rule
from tests.oracle.city_plans import CityPlan
from tests.oracle.sessions import World

Key = tuple[str, ...]
"""A room or a person (kind, id), and what is counted of it: in all, in a month, or overtime."""


class Use(NamedTuple):
    """A room or a person, taken from start to end; overtime in minutes."""

    kind: str
    name: str
    start: int
    end: int
    month: str
    overtime: int


class Claims(NamedTuple):
    """What a city's plan takes of the shared rooms and people.

    `blocked` tells all of it, but the limits: plans of a city that block the same uses of the other go
    with the same plans of the other, since clashes are mutual. Both are sets of bits.
    """

    uses: int
    blocked: int
    amounts: tuple[tuple[Key, int], ...]


class Shared:
    """Tells whether two cities' plans go together.

    Parameters
    ----------
    world : World
        The instance.
    by_city : list of list of CityPlan
        Each city's plans.
    """

    def __init__(self, world: World, by_city: list[list[CityPlan]]) -> None:
        self._world = world
        self._limits = _limits(world)
        self._is_shared = len(by_city) > 1
        self._most_changes = _most_changes(world)
        if not self._is_shared:
            return
        uses = [{use for plan in plans for use in _uses(plan)} for plans in by_city]
        self._bits = {use: 1 << place for place, use in enumerate(sorted(set().union(*uses)))}
        self._amounts = {use: self._limited(use) for use in self._bits}
        self._foes = [
            {use: sum(self._bits[foe] for foe in theirs if self._collide(use, foe)) for use in ours}
            for ours, theirs in ((uses[0], uses[-1]), (uses[-1], uses[0]))
        ]

    def claims(self, city: int, plan: CityPlan) -> Claims:
        """Return what a plan of the first (0) or the other (1) city takes."""
        bits = blocked = 0
        amounts: Counter[Key] = Counter()
        for use in _uses(plan) if self._is_shared else ():
            bits |= self._bits[use]
            blocked |= self._foes[city][use]
            for key, number in self._amounts[use]:
                amounts[key] += number
        return Claims(bits, blocked, tuple(sorted(amounts.items())))

    def allows(self, one: Claims, other: Claims, changed: int = 0) -> bool:
        """Whether nothing clashes between them, no limit on their sum is passed and few enough change."""
        if one.blocked & other.uses or (self._most_changes is not None and changed > self._most_changes):
            return False
        if not (one.amounts and other.amounts):
            return True
        others = dict(other.amounts)
        return all(number + others.get(key, 0) <= self._limits[key] for key, number in one.amounts)

    def within(self, claims: Iterable[Claims]) -> bool:
        """Whether no limit on the sum of some cities' claims is passed."""
        taken: Counter[Key] = Counter()
        for each in claims:
            taken.update(dict(each.amounts))
        return all(number <= self._limits[key] for key, number in taken.items())

    def _limited(self, use: Use) -> list[tuple[Key, int]]:
        counted = {
            (use.kind, use.name): 1,
            (use.kind, use.name, use.month): 1,
            (use.kind, use.name, "overtime"): use.overtime,
        }
        return [(key, number) for key, number in counted.items() if key in self._limits]

    def _collide(self, one: Use, other: Use) -> bool:
        if one[:2] != other[:2]:
            return False
        instance = self._world.instance
        if one.kind == "room":
            rule, gap = Rule.VENUE_CLASH, _turnaround(instance, one.name) * 60
        else:
            rule, gap = Rule.PERSON_CLASH, instance.person_gap_minutes * 60
        apart = one.end + gap <= other.start or other.end + gap <= one.start
        return self._world.counts(rule) and not apart


def _turnaround(instance: Instance, venue: str) -> int:
    """Return the minutes between two meetings in a venue; none where it is no more."""
    known = instance.venue_by_id.get(venue)
    return known.turnaround_minutes if known else 0


def _uses(plan: CityPlan) -> Iterator[Use]:
    for meeting in plan.meetings:
        session = meeting.session
        month = str(session.month)
        yield Use("room", session.venue.id, *session.span, month, 0)
        for name in meeting.team.people:
            yield Use("person", name, *session.span, month, meeting.overtime[name])


def _most_changes(world: World) -> int | None:
    """Return how many meetings of these cities may differ from the published ones; None for all."""
    published = world.published
    if published is None or published.repair.max_changes is None:
        return None
    return published.repair.max_changes - published.of_lost_cities().meetings


def _limits(world: World) -> dict[Key, int]:
    """Return the limits on the use of rooms and people by both cities together."""
    limits: dict[Key, int | None] = {}
    if world.counts(Rule.VENUE_USES):
        limits.update({("room", venue.id): venue.max_uses for venue in world.instance.venues})
    for person in world.instance.people:
        if world.counts(Rule.PERSON_LOAD):
            limits["person", person.id] = person.max_meetings
            for month in world.months_with_past:
                limits["person", person.id, str(month)] = person.max_per_month
        if world.counts(Rule.PERSON_OVERTIME):
            limits["person", person.id, "overtime"] = person.max_overtime_minutes
    return {key: most for key, most in limits.items() if most is not None}
