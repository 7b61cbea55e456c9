"""Changes applied to an instance: a pure function, so that each can be planned, verified and compared."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from meetsched.domain.baseline import Baseline
from meetsched.domain.calendar import Month
from meetsched.domain.concessions import MonthlyChange
from meetsched.domain.entities import City, InstitutionType, Person, PubMeetings, Role, Topic, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.ways_out import (
    ALL_TOLD,
    CENTS_PER_STEP,
    DAYS_PER_STEP,
    EARLIER,
    FEWER,
    LOWER,
    MINUTES_PER_STEP,
    MORE,
    RAISE,
    Change,
)
from meetsched.rules import Rule

Application = Callable[[Instance, tuple[str, ...], int], Instance]


def changed(instance: Instance, changes: Iterable[Change]) -> Instance:
    """Return the instance with changes; every plan of the instance is one of it, too.

    Two exceptions are in the nature of the rules: with a broker or presenter fewer, and with no host
    in a venue, a plan that has them breaks the rule `crew` or `host`, which say how many there are.
    """
    result = instance
    lifted = set()
    for change in changes:
        if change.lever.key == Rule.PIN:
            lifted.add(int(change.lever.subject[1]))
        else:
            result = _APPLICATIONS[change.lever.key](result, change.lever.subject, change.steps)
    if lifted:
        pins = tuple(pin for number, pin in enumerate(instance.pins) if number not in lifted)
        result = result.replaced(pins=pins)
    return result


def changed_baseline(baseline: Baseline, changes: Iterable[Change]) -> Baseline:
    """Return how to go on from a published plan with changes: the meetings that they thaw may move."""
    thawed = [each.lever.subject[0] for each in changes if each.lever.key == Rule.FROZEN]
    if not thawed:
        return baseline
    update = {"thawed": tuple(dict.fromkeys([*baseline.repair.thawed, *thawed]))}
    return Baseline(baseline.plan, baseline.repair.model_copy(update=update), baseline.zone)


def _of_city(values: Callable[[City, tuple[str, ...], int], dict[str, Any]]) -> Application:
    return lambda instance, subject, steps: instance.with_values(
        "cities", subject[0], **values(instance.city_by_id[subject[0]], subject[1:], steps)
    )


def _of_topic(values: Callable[[Topic, tuple[str, ...], int], dict[str, Any]]) -> Application:
    return lambda instance, subject, steps: instance.with_values(
        "topics", subject[0], **values(instance.topic_by_id[subject[0]], subject[1:], steps)
    )


def _of_venue(values: Callable[[Venue, tuple[str, ...], int], dict[str, Any]]) -> Application:
    return lambda instance, subject, steps: instance.with_values(
        "venues", subject[0], **values(instance.venue_by_id[subject[0]], subject[1:], steps)
    )


def _of_person(values: Callable[[Person, tuple[str, ...], int], dict[str, Any]]) -> Application:
    return lambda instance, subject, steps: instance.with_values(
        "people", subject[0], **values(instance.person_by_id[subject[0]], subject[1:], steps)
    )


def _granted(grant: Callable[[tuple[str, ...], int], dict[str, Any]]) -> Application:
    return lambda instance, subject, steps: instance.replaced(
        concessions=instance.concessions.granting(**grant(subject, steps))
    )


def _monthly(change: Callable[[int], MonthlyChange]) -> Application:
    def grant(subject: tuple[str, ...], steps: int) -> dict[str, Any]:
        year, number = subject[1].split("-")
        return {"months": {(subject[0], Month(int(year), int(number))): change(steps)}}

    return _granted(grant)


def _raised(value: int | None, more: int) -> int | None:
    return None if value is None else value + more


def _access(instance: Instance, subject: tuple[str, ...], _: int) -> Instance:
    venue = instance.venue_by_id[subject[0]]
    return instance.with_values("venues", venue.id, open_to=(*instance.cities_of_venue(venue), subject[1]))


def _quota(instance: Instance, subject: tuple[str, ...], steps: int) -> Instance:
    city, name = subject
    quota = instance.venue_by_id[name].quota
    return instance.with_values("venues", name, quota={**quota, city: quota[city] + steps})


def _load(person: Person, which: tuple[str, ...], steps: int) -> dict[str, Any]:
    if which == (ALL_TOLD,):
        return {"max_meetings": _raised(person.max_meetings, steps)}
    return {"max_per_month": _raised(person.max_per_month, steps)}


def _pubs(city: City, which: tuple[str, ...], steps: int) -> dict[str, Any]:
    asked = city.pub_meetings
    most = _raised(asked.max, steps if which == (RAISE,) else 0)
    least = max(0, asked.min - (steps if which == (LOWER,) else 0))
    return {"pub_meetings": PubMeetings.model_construct(min=least, max=most)}


def _window(topic: Topic, which: tuple[str, ...], steps: int) -> dict[str, Any]:
    days = timedelta(days=DAYS_PER_STEP * steps)
    if which == (EARLIER,):
        return {"earliest": None if topic.earliest is None else topic.earliest - days}
    return {"latest": None if topic.latest is None else topic.latest + days}


def _coverage(city: City, which: tuple[str, ...], steps: int) -> dict[str, Any]:
    kind = InstitutionType(which[0])
    at_least = {**city.coverage.at_least, kind: max(0, city.coverage.at_least[kind] - steps)}
    return {"coverage": city.coverage.model_copy(update={"at_least": at_least})}


def _crew(city: City, which: tuple[str, ...], steps: int) -> dict[str, Any]:
    name = Role(which[0]).value
    left = max(0, getattr(city.crew, name) - steps)
    return {"crew": city.crew.model_copy(update={name: left})}


def _formats(city: City, which: tuple[str, ...], steps: int) -> dict[str, Any]:
    least = {kind: max(0, n - steps) if kind == which[0] else n for kind, n in city.formats.items()}
    return {"formats": least}


_APPLICATIONS: dict[str, Application] = {
    Rule.BUDGET: _of_city(lambda city, _, steps: {"budget": _raised(city.budget, CENTS_PER_STEP * steps)}),
    Rule.PERSON_AVAILABLE: _granted(
        lambda subject, _: {"people": [(subject[0], date.fromisoformat(subject[1]))]}
    ),
    Rule.PERSON_OVERTIME: _of_person(
        lambda person, _, steps: {
            "max_overtime_minutes": _raised(person.max_overtime_minutes, MINUTES_PER_STEP * steps)
        }
    ),
    Rule.PERSON_LOAD: _of_person(_load),
    Rule.VENUE_HOURS: _granted(lambda subject, _: {"venues": [(subject[0], date.fromisoformat(subject[1]))]}),
    Rule.VENUE_ACCESS: _access,
    Rule.VENUE_USES: _of_venue(lambda venue, _, steps: {"max_uses": _raised(venue.max_uses, steps)}),
    Rule.VENUE_QUOTA: _quota,
    Rule.VENUE_ROTATION: _of_city(
        lambda city, _, steps: {"max_uses_per_venue": _raised(city.max_uses_per_venue, steps)}
    ),
    Rule.VENUE_AWAY: _of_city(
        lambda city, _, steps: {"max_away_meetings": _raised(city.max_away_meetings, steps)}
    ),
    Rule.VENUE_HOSTS: _of_city(
        lambda city, _, steps: {"min_host_institutions": max(0, city.min_host_institutions - steps)}
    ),
    Rule.VENUE_PUBS: _of_city(_pubs),
    Rule.TOPIC_FORMAT: _of_city(_formats),
    Rule.VENUE_EQUIPMENT: _of_topic(
        lambda topic, which, _: {"equipment": tuple(item for item in topic.equipment if item != which[0])}
    ),
    Rule.TOPIC_TURNOUT: _of_topic(
        lambda topic, _, steps: {"min_participants": max(0, topic.min_participants - steps)}
    ),
    Rule.TOPIC_WINDOW: _of_topic(_window),
    Rule.TOPIC_ORDER: _of_topic(lambda _topic, _which, _steps: {"after": ()}),
    Rule.TOPIC_REQUIRED: _of_topic(lambda _topic, _which, _steps: {"required": False}),
    Rule.SPACING: _of_city(
        lambda city, _, steps: {"min_days_between": max(1, city.min_days_between - steps)}
    ),
    MORE: _monthly(lambda steps: MonthlyChange(more=steps)),
    FEWER: _monthly(lambda steps: MonthlyChange(fewer=steps)),
    Rule.CADENCE_OPEN: _monthly(lambda steps: MonthlyChange(fewer_open=steps)),
    Rule.EXPERTISE: _granted(lambda subject, _: {"tags": [(subject[0], subject[1])]}),
    Rule.EXPERT_OUTSIDE: _of_city(
        lambda city, _, steps: {"max_outside_experts": _raised(city.max_outside_experts, steps)}
    ),
    Rule.COVERAGE_HORIZON: _of_city(_coverage),
    Rule.COVERAGE_MEETING: _granted(
        lambda subject, _: {"types": [(subject[0], subject[1], InstitutionType(subject[2]))]}
    ),
    Rule.CREW: _of_city(_crew),
    Rule.FROZEN: lambda instance, _subject, _steps: instance,  # See `changed_baseline`.
    Rule.HOST: _of_venue(lambda _venue, _which, _steps: {"host_required": False}),
}
