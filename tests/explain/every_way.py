"""Every way out that there is, by the table of the specification, and whether cheap ones exist."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from meetsched.domain.changing import changed
from meetsched.domain.instance import Instance
from meetsched.domain.ways_out import Change, Lever
from meetsched.rules import Rule
from tests.oracle.city_plans import CityPlans
from tests.oracle.published import Published
from tests.oracle.search import search
from tests.oracle.sessions import World

MANY = 50
RIGID = (Rule.CREW, Rule.HOST)
"""Levers that ask for another number instead of for less: with them a plan may become impossible."""


@dataclass(frozen=True)
class Case:
    """An instance, and what it goes on from."""

    instance: Instance
    published: Published | None = None

    def changed(self, changes: Iterable[Change]) -> "Case":
        """Return the case with changes."""
        changes = tuple(changes)
        instance = changed(self.instance, changes)
        if self.published is None:
            return Case(instance)
        thawed = [each.lever.subject[0] for each in changes if each.lever.key == Rule.FROZEN]
        repair = self.published.repair
        repair = repair.model_copy(update={"thawed": (*repair.thawed, *thawed)})
        return Case(instance, Published(instance, self.published.plan, repair))


def feasible(case: Case, most: int | None = 3000) -> bool:
    """Tell by exhaustive search whether a case has a plan.

    Raises
    ------
    TooManyPlansError
        If a city of several has more than `most` plans.
    """
    if len(case.instance.cities) > 1:
        return search(case.instance, most=most, published=case.published).feasible
    world = World(case.instance, None, case.published)
    return any(True for city in case.instance.cities for _ in CityPlans(world, city))


def levers(case: Case) -> dict[Lever, int]:
    """Return all levers with the most steps that make sense."""
    instance = case.instance
    return {
        Lever(key, subject): steps
        for key, subject, steps in chain(
            _of_cities(instance),
            _of_topics(instance),
            _of_venues(instance),
            _of_people(instance),
            _pins(instance),
            _frozen(case),
        )
    }


Found = Iterator[tuple[str, tuple[str, ...], int]]


def _of_cities(instance: Instance) -> Found:
    whole = [month for month in instance.horizon.months() if instance.horizon.holds_whole(month)]
    for city in instance.cities:
        name = city.id
        if city.budget is not None:
            yield Rule.BUDGET, (name,), MANY
        for value, rule in (
            (city.max_uses_per_venue, Rule.VENUE_ROTATION),
            (city.max_away_meetings, Rule.VENUE_AWAY),
            (city.max_outside_experts, Rule.EXPERT_OUTSIDE),
        ):
            if value is not None:
                yield rule, (name,), 4
        yield Rule.VENUE_HOSTS, (name,), city.min_host_institutions
        yield Rule.VENUE_PUBS, (name, "fewer"), city.pub_meetings.min
        if city.pub_meetings.max is not None:
            yield Rule.VENUE_PUBS, (name, "more"), 4
        for kind, least in city.formats.items():
            yield Rule.TOPIC_FORMAT, (name, kind.value), least
        yield Rule.SPACING, (name,), city.min_days_between - 1
        for month in instance.horizon.months():
            yield "cadence.more", (name, str(month)), 4 if city.meetings_per_month.max is not None else 0
        for month in whole:
            yield "cadence.fewer", (name, str(month)), city.meetings_per_month.min
            yield Rule.CADENCE_OPEN, (name, str(month)), city.open_meetings_per_month
        for kind, least in city.coverage.at_least.items():
            yield Rule.COVERAGE_HORIZON, (name, kind.value), least
        for kind in city.coverage.each_meeting:
            for topic in instance.topics:
                yield Rule.COVERAGE_MEETING, (name, topic.id, kind.value), 1
        yield Rule.CREW, (name, "broker"), city.crew.broker
        yield Rule.CREW, (name, "presenter"), city.crew.presenter


def _of_topics(instance: Instance) -> Found:
    for topic in instance.topics:
        for item in topic.equipment:
            yield Rule.VENUE_EQUIPMENT, (topic.id, item), 1
        yield Rule.TOPIC_TURNOUT, (topic.id,), topic.min_participants
        yield Rule.TOPIC_WINDOW, (topic.id, "earlier"), 8 if topic.earliest else 0
        yield Rule.TOPIC_WINDOW, (topic.id, "later"), 8 if topic.latest else 0
        yield Rule.TOPIC_ORDER, (topic.id,), int(bool(topic.after))
        yield Rule.TOPIC_REQUIRED, (topic.id,), int(topic.required)
        for tag in topic.expertise:
            yield Rule.EXPERTISE, (topic.id, tag), 1


def _of_venues(instance: Instance) -> Found:
    days = _days(instance)
    for venue in instance.venues:
        for day in days if venue.hours is not None or venue.closed else ():
            yield Rule.VENUE_HOURS, (venue.id, day), 1
        for city in instance.cities:
            if city.id not in instance.cities_of_venue(venue):
                yield Rule.VENUE_ACCESS, (venue.id, city.id), 1
        yield Rule.VENUE_USES, (venue.id,), 0 if venue.max_uses is None else 4
        for name in venue.quota:
            yield Rule.VENUE_QUOTA, (name, venue.id), 4
        yield Rule.HOST, (venue.id,), int(venue.host_required)


def _of_people(instance: Instance) -> Found:
    for person in instance.people:
        for day in _days(instance) if person.available is not None or person.busy else ():
            yield Rule.PERSON_AVAILABLE, (person.id, day), 1
        yield Rule.PERSON_OVERTIME, (person.id,), 0 if person.max_overtime_minutes is None else 8
        yield Rule.PERSON_LOAD, (person.id, "in all"), 0 if person.max_meetings is None else 4
        yield Rule.PERSON_LOAD, (person.id, "per month"), 0 if person.max_per_month is None else 4


def _pins(instance: Instance) -> Found:
    for number, pin in enumerate(instance.pins):
        yield Rule.PIN, (f"{pin.city}/{pin.topic}", str(number)), 1


def _frozen(case: Case) -> Found:
    for city in case.instance.cities if case.published else ():
        for topic in case.published.must_be_held(city.id) if case.published else ():
            yield Rule.FROZEN, (f"{city.id}/{topic}",), 1


def _days(instance: Instance) -> list[str]:
    return sorted({start.day.isoformat() for start in World(instance, None).starts()})


def cheaper_pair(case: Case, price: int) -> bool:
    """Tell whether at most two changes that cost less than a price make a plan possible.

    Changes that only ever allow more are tried many at once: where all together do not help, none does.
    """
    money = price - 1
    options = _affordable(case, money)
    if any(True for _ in _helpful(case, case, None, options)):
        return True
    for number, most in enumerate(options):
        others = {each.lever for each in options[number + 1 :]}
        for steps in range(1, most.steps + 1):
            first = Change(most.lever, steps)
            left = money - first.price(case.instance)
            seconds = [each for each in _affordable(case, left) if each.lever in others]
            if any(True for _ in _helpful(case.changed([first]), case, first, seconds)):
                return True
    return False


def ways_at(case: Case, price: int) -> Iterator[tuple[Change, ...]]:
    """Yield all single changes and all pairs of exactly a price that make a plan possible.

    A pair counts where both changes are needed.
    """
    options = [Change(lever, steps) for lever, most in levers(case).items() for steps in range(1, most + 1)]
    single = [each for each in options if each.price(case.instance) == price]
    helpful = set(_helpful(case, case, None, single))
    yield from ((each,) for each in helpful)
    for number, first in enumerate(options):
        left = price - first.price(case.instance)
        rest = [each for each in options[number + 1 :] if each.price(case.instance) == left]
        seconds = [each for each in rest if each.lever != first.lever and not {each, first} & helpful]
        if seconds and first not in helpful:
            found = _helpful(case.changed([first]), case, first, seconds)
            yield from ((first, second) for second in found)


def _helpful(base: Case, case: Case, first: Change | None, options: Sequence[Change]) -> Iterator[Change]:
    """Yield those of the changes that make a plan possible, with the first one if there is one."""
    before = [] if first is None else [first]
    apart = RIGID
    if first is not None and first.lever.key == Rule.PIN:
        apart = (*RIGID, Rule.PIN)  # Pins go by their places in the list.
    yield from _those_that_help(base, [each for each in options if each.lever.key not in apart])
    for each in options:
        if each.lever.key in apart and feasible(case.changed([*before, each])):
            yield each


def _those_that_help(base: Case, options: Sequence[Change]) -> Iterator[Change]:
    if not options or not feasible(base.changed(options)):
        return
    if len(options) == 1:
        yield options[0]
        return
    middle = len(options) // 2
    yield from _those_that_help(base, options[:middle])
    yield from _those_that_help(base, options[middle:])


def _affordable(case: Case, money: int) -> list[Change]:
    """Return each lever with as many steps as the money pays for."""
    found = []
    for lever, most in levers(case).items():
        unit = lever.price(case.instance)
        steps = most if not unit else min(most, money // unit)
        if steps > 0 and money >= 0:
            found.append(Change(lever, steps))
    return found
