"""Instances that ask for some demands only: every other value is made to ask for nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from meetsched.domain.concessions import MonthlyChange
from meetsched.domain.entities import City, Crew, Person, PubMeetings, Topic, Venue
from meetsched.domain.explanation import EARLIEST, OVER, Demand
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Meeting
from meetsched.domain.ways_out import PER_MONTH
from meetsched.rules import Rule
from tests.explain.every_way import Case, feasible
from tests.oracle.published import Published

MANY = 1000
Keep = Callable[[Demand], bool]


def held_by_some_plan(case: Case, keep: Keep) -> bool:
    """Tell by exhaustive search whether some plan holds the demands to be kept."""
    return any(feasible(each) for each in _only(case, keep))


def _only(case: Case, keep: Keep) -> Iterator[Case]:
    """Yield the case with just the demands to be kept: the ways in which what is over may not have been."""
    lifted = _Lifting(case.instance, keep).instance()
    published = case.published
    if published is None:
        yield Case(lifted)
        return
    free = [
        each
        for each in published.plan.meetings
        if published.is_over(each) and not keep(_demand(published, each, OVER))
    ]
    for number in range(len(free) + 1):
        for undone in combinations(free, number):
            yield _without(lifted, published, undone, keep)


def _without(instance: Instance, published: Published, undone: Sequence[Meeting], keep: Keep) -> Case:
    """Return the case in which some of what is over has not been, with what is frozen as far as kept."""
    left = [each for each in published.plan.meetings if each not in undone]
    forbidden = [
        Pin(city=each.city, topic=each.topic, held=False)
        for each in undone
        if each.city in instance.city_by_id and each.topic in instance.topic_by_id
    ]
    frozen = {
        f"{city.id}/{topic}": published.meetings[city.id, topic]
        for city in instance.cities
        for topic in published.must_be_held(city.id)
    }
    thawed = {name for name, each in frozen.items() if not keep(_demand(published, each, ""))}
    repair = published.repair
    first = published.first_free_day()
    if first is None or not keep(Demand(Rule.FROZEN, (first.isoformat(),), EARLIEST)):
        every = {f"{city.id}/{topic.id}" for city in instance.cities for topic in instance.topics}
        thawed |= every - frozen.keys()
    update: dict[str, Any] = {"thawed": (*repair.thawed, *thawed)}
    if not keep(Demand(Rule.CHANGES, (str(repair.max_changes),))):
        update["max_changes"] = None
    plan = published.plan.model_copy(update={"meetings": tuple(left)})
    subject = instance.replaced(pins=(*instance.pins, *forbidden)) if undone else instance
    return Case(subject, Published(subject, plan, repair.model_copy(update=update)))


def _demand(published: Published, meeting: Meeting, bound: str) -> Demand:
    local = meeting.start.astimezone(published.instance.zone)
    name = f"{meeting.city}/{meeting.topic}"
    return Demand(Rule.FROZEN, (name, local.date().isoformat(), f"{local:%H:%M}", meeting.venue), bound)


class _Lifting:
    def __init__(self, instance: Instance, keep: Keep) -> None:
        self._instance = instance
        self._keep = keep

    def instance(self) -> Instance:
        whole = self._instance
        pins = tuple(
            pin
            for number, pin in enumerate(whole.pins)
            if self._asks(Rule.PIN, f"{pin.city}/{pin.topic}", str(number))
        )
        tags = {
            (topic.id, tag)
            for topic in whole.topics
            for tag in topic.expertise
            if not self._asks(Rule.EXPERTISE, topic.id, tag)
        }
        concessions = replace(whole.concessions, tags=frozenset(tags), months=self._months())
        return whole.replaced(
            concessions=concessions,
            pins=pins,
            cities=tuple(map(self._city, whole.cities)),
            topics=tuple(map(self._topic, whole.topics)),
            venues=tuple(map(self._venue, whole.venues)),
            people=tuple(map(self._person, whole.people)),
        )

    def _asks(self, rule: Rule, *subject: str, bound: str = "") -> bool:
        return self._keep(Demand(rule, subject, bound))

    def _months(self) -> Any:
        months = {}
        for city in self._instance.cities:
            for month in self._instance.horizon.months():
                subject = (city.id, str(month))
                months[city.id, month] = MonthlyChange(
                    more=0 if self._asks(Rule.CADENCE, *subject, bound="most") else MANY,
                    fewer=0 if self._asks(Rule.CADENCE, *subject, bound="least") else MANY,
                    fewer_open=0 if self._asks(Rule.CADENCE_OPEN, *subject) else MANY,
                )
        return months

    def _city(self, city: City) -> City:
        name, asks = city.id, self._asks
        coverage = city.coverage
        pubs = city.pub_meetings
        return city.model_copy(
            update={
                "min_days_between": city.min_days_between if asks(Rule.SPACING, name) else 1,
                "budget": city.budget if asks(Rule.BUDGET, name) else None,
                "coverage": coverage.model_copy(
                    update={
                        "each_meeting": tuple(
                            kind for kind in coverage.each_meeting if asks(Rule.COVERAGE_MEETING, name, kind)
                        ),
                        "at_least": {
                            kind: least
                            for kind, least in coverage.at_least.items()
                            if asks(Rule.COVERAGE_HORIZON, name, kind)
                        },
                    }
                ),
                "crew": Crew.model_construct(
                    broker=city.crew.broker if asks(Rule.CREW, name, "broker") else 0,
                    presenter=city.crew.presenter if asks(Rule.CREW, name, "presenter") else 0,
                ),
                "max_outside_experts": city.max_outside_experts if asks(Rule.EXPERT_OUTSIDE, name) else None,
                "max_uses_per_venue": city.max_uses_per_venue if asks(Rule.VENUE_ROTATION, name) else None,
                "min_host_institutions": city.min_host_institutions if asks(Rule.VENUE_HOSTS, name) else 0,
                "max_away_meetings": city.max_away_meetings if asks(Rule.VENUE_AWAY, name) else None,
                "pub_meetings": PubMeetings.model_construct(
                    min=pubs.min if asks(Rule.VENUE_PUBS, name, bound="least") else 0,
                    max=pubs.max if asks(Rule.VENUE_PUBS, name, bound="most") else None,
                ),
                "formats": {
                    kind: least for kind, least in city.formats.items() if asks(Rule.TOPIC_FORMAT, name, kind)
                },
            }
        )

    def _topic(self, topic: Topic) -> Topic:
        name, asks = topic.id, self._asks
        window = asks(Rule.TOPIC_WINDOW, name)
        return topic.model_copy(
            update={
                "earliest": topic.earliest if window else None,
                "latest": topic.latest if window else None,
                "after": topic.after if asks(Rule.TOPIC_ORDER, name) else (),
                "required": topic.required and asks(Rule.TOPIC_REQUIRED, name),
                "min_participants": topic.min_participants if asks(Rule.TOPIC_TURNOUT, name) else 0,
                "equipment": tuple(
                    item for item in topic.equipment if asks(Rule.VENUE_EQUIPMENT, name, item)
                ),
            }
        )

    def _venue(self, venue: Venue) -> Venue:
        name, asks = venue.id, self._asks
        hours = asks(Rule.VENUE_HOURS, name)
        let_in = [city.id for city in self._instance.cities if not asks(Rule.VENUE_ACCESS, name, city.id)]
        return venue.model_copy(
            update={
                "open_to": tuple(dict.fromkeys([*self._instance.cities_of_venue(venue), *let_in])),
                "hours": venue.hours if hours else None,
                "closed": venue.closed if hours else (),
                "max_uses": venue.max_uses if asks(Rule.VENUE_USES, name) else None,
                "quota": {
                    city: most for city, most in venue.quota.items() if asks(Rule.VENUE_QUOTA, city, name)
                },
                "host_required": venue.host_required and asks(Rule.HOST, name),
            }
        )

    def _person(self, person: Person) -> Person:
        name, asks = person.id, self._asks
        changes: dict[str, Any] = {
            "max_meetings": person.max_meetings if asks(Rule.PERSON_LOAD, name) else None,
            "max_per_month": person.max_per_month if asks(Rule.PERSON_LOAD, name, bound=PER_MONTH) else None,
            "max_overtime_minutes": person.max_overtime_minutes if asks(Rule.PERSON_OVERTIME, name) else None,
        }
        if not asks(Rule.PERSON_AVAILABLE, name):
            changes |= {"available": None, "busy": (), "overtime_per_hour": None, "overtime_hours": None}
        return person.model_copy(update=changes)
