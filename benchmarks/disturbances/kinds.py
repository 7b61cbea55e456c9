"""What may happen after a plan is published: pure functions from an instance to a changed instance.

Each hits the plan: who falls ill has a duty in it, a venue that closes holds a meeting of it, a new
holiday falls on a date of it, a budget becomes too small for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, zip_longest
from random import Random
from types import MappingProxyType

from meetsched.domain.calendar import Interval
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, Plan
from meetsched.domain.scalars import format_cents

_WEEKS = (1, 2, 3, 4)
_CUT = (1, 25)  # percent of what the plan costs a city
_TRIES = 40  # draws for each scenario wanted, before there are taken to be no more


class Kind(StrEnum):
    """What happens."""

    ABSENCE = "absence"
    CLOSURE = "closure"
    BUDGET = "budget cut"
    HOLIDAY = "new holiday"


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that happened, in words, and the instance as it is from then on."""

    kind: Kind
    what: str
    instance: Instance


@dataclass(frozen=True, slots=True)
class Base:
    """An instance and the plan of it that was published."""

    name: str
    instance: Instance
    plan: Plan


Maker = Callable[[Instance, Plan, Random], Scenario | None]


def scenarios(kind: Kind, base: Base, count: int, seed: int) -> list[Scenario]:
    """Return so many different scenarios of a kind, fewer where there are no more; the same for a seed."""
    random = Random(f"{seed}/{kind}/{base.name}")
    found: dict[str, Scenario] = {}
    for _ in range(_TRIES * count):
        made = _MAKERS[kind](base.instance, base.plan, random)
        if made is not None:
            found.setdefault(made.what, made)
        if len(found) == count:
            break
    return list(found.values())


def spread(kind: Kind, bases: Sequence[Base], count: int, seed: int) -> list[tuple[Base, Scenario]]:
    """Return so many scenarios of a kind, as evenly from all the bases as these allow."""
    own = [[(base, one) for one in scenarios(kind, base, count, seed)] for base in bases]
    in_turn: Iterator[tuple[Base, Scenario]] = (
        pair for round_ in zip_longest(*own) for pair in round_ if pair is not None
    )
    return list(islice(in_turn, count))


def _absence(instance: Instance, plan: Plan, random: Random) -> Scenario | None:
    """Somebody is away for some weeks, one of their duties among them."""
    on_duty = sorted({duty.person for meeting in plan.meetings for duty in meeting.people})
    if not on_duty:
        return None
    person = random.choice(on_duty)
    theirs = [each for each in plan.meetings if any(duty.person == person for duty in each.people)]
    away = _weeks_around(_day(instance, random.choice(theirs)), random)
    people = tuple(
        one.model_copy(update={"busy": (*one.busy, away)}) if one.id == person else one
        for one in instance.people
    )
    return Scenario(Kind.ABSENCE, f"{person} is away, {_period(away)}", instance.replaced(people=people))


def _closure(instance: Instance, plan: Plan, random: Random) -> Scenario | None:
    """A venue is closed for some weeks, one of its meetings among them."""
    if not plan.meetings:
        return None
    hit = random.choice(plan.meetings)
    shut = _weeks_around(_day(instance, hit), random)
    venues = tuple(
        one.model_copy(update={"closed": (*one.closed, shut)}) if one.id == hit.venue else one
        for one in instance.venues
    )
    return Scenario(Kind.CLOSURE, f"{hit.venue} is closed, {_period(shut)}", instance.replaced(venues=venues))


def _budget(instance: Instance, plan: Plan, random: Random) -> Scenario | None:
    """A city may spend less than its meetings cost."""
    costs = {
        city.id: sum(each.cost.total for each in plan.meetings if each.city == city.id)
        for city in instance.cities
    }
    spending = [city for city, cost in costs.items() if cost > 0]
    if not spending:
        return None
    hit = random.choice(spending)
    budget = costs[hit] * (100 - random.randint(*_CUT)) // 100
    cities = tuple(
        city.model_copy(update={"budget": budget}) if city.id == hit else city for city in instance.cities
    )
    what = f"{hit} has {format_cents(budget)}, where the plan costs {format_cents(costs[hit])}"
    return Scenario(Kind.BUDGET, what, instance.replaced(cities=cities))


def _holiday(instance: Instance, plan: Plan, random: Random) -> Scenario | None:
    """A date of the plan becomes a holiday."""
    dates = sorted({_day(instance, meeting) for meeting in plan.meetings})
    if not dates:
        return None
    day = random.choice(dates)
    rule = instance.holidays
    kept = tuple(each for each in rule.remove if each != day)
    holidays = rule.model_copy(update={"add": (*rule.add, day), "remove": kept})
    return Scenario(Kind.HOLIDAY, f"{day} is a holiday", instance.replaced(holidays=holidays))


_MAKERS: Mapping[Kind, Maker] = MappingProxyType(
    {Kind.ABSENCE: _absence, Kind.CLOSURE: _closure, Kind.BUDGET: _budget, Kind.HOLIDAY: _holiday}
)


def _day(instance: Instance, meeting: Meeting) -> date:
    return meeting.start.astimezone(instance.zone).date()


def _weeks_around(day: date, random: Random) -> Interval:
    """Return whole weeks, a date in the first of them; local times, from midnight to midnight."""
    first = datetime.combine(day - timedelta(days=random.randrange(7)), time())
    return Interval(start=first, end=first + timedelta(weeks=random.choice(_WEEKS)))


def _period(interval: Interval) -> str:
    return f"{interval.start.date()} to {interval.end.date() - timedelta(days=1)}"
