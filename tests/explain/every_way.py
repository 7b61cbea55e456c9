"""Every way out that there is, by the table of the specification, and whether cheap ones exist."""

from collections.abc import Iterator, Sequence
from itertools import chain

from meetsched.domain.changing import changed
from meetsched.domain.instance import Instance
from meetsched.domain.ways_out import Change, Lever
from meetsched.rules import Rule
from tests.oracle.city_plans import CityPlans
from tests.oracle.search import search
from tests.oracle.sessions import World

MANY = 50
RIGID = (Rule.CREW, Rule.HOST)
"""Levers that ask for another number instead of for less: with them a plan may become impossible."""


def feasible(instance: Instance, most: int | None = 3000) -> bool:
    """Tell by exhaustive search whether an instance has a plan.

    Raises
    ------
    TooManyPlansError
        If a city of several has more than `most` plans.
    """
    if len(instance.cities) > 1:
        return search(instance, most=most).feasible
    world = World(instance, None)
    return any(True for city in instance.cities for _ in CityPlans(world, city))


def levers(instance: Instance) -> dict[Lever, int]:
    """Return all levers with the most steps that make sense."""
    return {
        Lever(key, subject): steps
        for key, subject, steps in chain(
            _of_cities(instance),
            _of_topics(instance),
            _of_venues(instance),
            _of_people(instance),
            _pins(instance),
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


def _days(instance: Instance) -> list[str]:
    return sorted({start.day.isoformat() for start in World(instance, None).starts()})


def cheaper_pair(instance: Instance, price: int) -> bool:
    """Tell whether at most two changes that cost less than a price make a plan possible.

    Changes that only ever allow more are tried many at once: where all together do not help, none does.
    """
    money = price - 1
    options = _affordable(instance, money)
    if any(feasible(changed(instance, [each])) for each in options if each.lever.key in RIGID):
        return True
    if _any_helps(instance, [each for each in options if each.lever.key not in RIGID]):
        return True
    for number, most in enumerate(options):
        others = {each.lever for each in options[number + 1 :]}
        for steps in range(1, most.steps + 1):
            first = Change(most.lever, steps)
            left = money - first.price(instance)
            seconds = [each for each in _affordable(instance, left) if each.lever in others]
            if _second_helps(changed(instance, [first]), instance, first, seconds):
                return True
    return False


def ways_at(instance: Instance, price: int) -> Iterator[tuple[Change, ...]]:
    """Yield all single changes and all pairs of exactly a price that make a plan possible.

    A pair counts where both changes are needed.
    """
    options = [
        Change(lever, steps) for lever, most in levers(instance).items() for steps in range(1, most + 1)
    ]
    single = [each for each in options if each.price(instance) == price]
    helpful = set(_helpful(instance, instance, None, single))
    yield from ((each,) for each in helpful)
    for number, first in enumerate(options):
        left = price - first.price(instance)
        rest = [each for each in options[number + 1 :] if each.price(instance) == left]
        seconds = [each for each in rest if each.lever != first.lever and not {each, first} & helpful]
        if seconds and first not in helpful:
            found = _helpful(changed(instance, [first]), instance, first, seconds)
            yield from ((first, second) for second in found)


def _helpful(
    base: Instance, instance: Instance, first: Change | None, options: Sequence[Change]
) -> Iterator[Change]:
    """Yield those of the changes that make a plan possible, with the first one if there is one."""
    before = [] if first is None else [first]
    apart = RIGID if first is None or first.lever.key != Rule.PIN else (*RIGID, Rule.PIN)
    for each in options:
        if each.lever.key in apart and feasible(changed(instance, [*before, each])):
            yield each
    yield from _those_that_help(base, [each for each in options if each.lever.key not in apart])


def _those_that_help(base: Instance, options: Sequence[Change]) -> Iterator[Change]:
    if not options or not feasible(changed(base, options)):
        return
    if len(options) == 1:
        yield options[0]
        return
    middle = len(options) // 2
    yield from _those_that_help(base, options[:middle])
    yield from _those_that_help(base, options[middle:])


def _affordable(instance: Instance, money: int) -> list[Change]:
    """Return each lever with as many steps as the money pays for."""
    found = []
    for lever, most in levers(instance).items():
        unit = lever.price(instance)
        steps = most if not unit else min(most, money // unit)
        if steps > 0 and money >= 0:
            found.append(Change(lever, steps))
    return found


def _second_helps(base: Instance, instance: Instance, first: Change, seconds: Sequence[Change]) -> bool:
    apart = (
        (*RIGID, Rule.PIN) if first.lever.key == Rule.PIN else RIGID
    )  # Pins go by their places in the list.
    together = [each for each in seconds if each.lever.key not in apart]
    alone = [each for each in seconds if each.lever.key in apart]
    return _any_helps(base, together) or any(feasible(changed(instance, [first, each])) for each in alone)


def _any_helps(base: Instance, options: Sequence[Change]) -> bool:
    if not options or not feasible(changed(base, options)):
        return False
    if len(options) == 1:
        return True
    middle = len(options) // 2
    return _any_helps(base, options[:middle]) or _any_helps(base, options[middle:])
