"""The demands on who, on money, and what is pinned, as sentences."""

from collections.abc import Mapping

from meetsched.domain.entities import InstitutionType, Role
from meetsched.domain.explanation import Demand
from meetsched.domain.instance import Pin, PinnedPerson
from meetsched.domain.names import Names
from meetsched.domain.scalars import format_clock
from meetsched.domain.ways_out import PER_MONTH
from meetsched.domain.wording.base import Sentence, Words, times
from meetsched.domain.wording.periods import intervals_text, table_text
from meetsched.domain.words import ROLE_NAMES, TYPE_NAMES, count, day, listing, money, one_line
from meetsched.rules import Rule


def _expertise(words: Words, demand: Demand) -> str:
    topic, tag = demand.subject
    experts = words.people(lambda person: Role.EXPERT in person.roles and tag in person.expertise)
    return f"{words.topic(topic)} needs an expert in {one_line(tag)}{experts}."


def _outside(words: Words, demand: Demand) -> str:
    most = words.instance.city_by_id[demand.subject[0]].max_outside_experts or 0
    return f"{words.city(demand.subject[0])} may call on experts from outside {times(most)}."


def _crew(words: Words, demand: Demand) -> str:
    city, name = demand.subject
    role = Role(name)
    needed = getattr(words.instance.city_by_id[city].crew, role.value)
    who = words.people(words.serving(city, role))
    return f"Every meeting of {words.city(city)} has {count(needed, ROLE_NAMES[role].lower())}{who}."


def _host(words: Words, demand: Demand) -> str:
    venue = words.instance.venue_by_id[demand.subject[0]]
    who = words.people(lambda person: Role.HOST in person.roles and person.institution == venue.institution)
    return f"{words.venue(venue.id)} requires a host of the house{who}."


def _type_at_each(words: Words, demand: Demand) -> str:
    return f"Every meeting of {words.city(demand.subject[0])} needs somebody of the type {_type(demand)}."


def _type_in_all(words: Words, demand: Demand) -> str:
    city = words.instance.city_by_id[demand.subject[0]]
    least = city.coverage.at_least[InstitutionType(demand.subject[1])]
    return (
        f"At least {count(least, 'meeting')} of {words.city(city.id)} must have somebody of the type "
        f"{_type(demand)}."
    )


def _available(words: Words, demand: Demand) -> str:
    person = words.instance.person_by_id[demand.subject[0]]
    parts = []
    busy = intervals_text(person.busy, words.dates, words.instance.zone)
    if busy:
        parts.append(f"is away {busy}")
    if person.available is not None:
        extra = ", and some overtime" if person.overtime_per_hour is not None else ""
        parts.append(f"works {table_text(person.available)}{extra}")
    roles = listing([ROLE_NAMES[role].lower() for role in person.roles])
    return f"{one_line(person.name)} ({roles}) {listing(parts) or 'is not always there'}."


def _load(words: Words, demand: Demand) -> str:
    person = words.instance.person_by_id[demand.subject[0]]
    if demand.bound == PER_MONTH:
        return f"{one_line(person.name)} may be on duty {times(person.max_per_month or 0)} a month."
    return f"{one_line(person.name)} may be on duty {times(person.max_meetings or 0)}."


def _overtime(words: Words, demand: Demand) -> str:
    person = words.instance.person_by_id[demand.subject[0]]
    most = count(person.max_overtime_minutes or 0, "minute")
    return f"{one_line(person.name)} may have at most {most} of overtime."


def _budget(words: Words, demand: Demand) -> str:
    city = words.instance.city_by_id[demand.subject[0]]
    return f"{words.city(city.id)} may spend at most {money(city.budget or 0, words.instance.currency)}."


def _pin(words: Words, demand: Demand) -> str:
    pin = words.instance.pins[int(demand.subject[1])]
    if not pin.held:
        return f"A pin forbids {words.meeting(demand.subject[0])}."
    return f"A pin wants {words.meeting(demand.subject[0])}{pin_text(pin, words.names)}."


def pin_text(pin: Pin, names: Names) -> str:
    """Say what a pin fixes: `` on Tue 19 January 2027 at 17:30 in the Library with Anna Lis (host)``."""
    if not pin.held:
        return " not to be held"
    parts = []
    if pin.date is not None:
        parts.append(f"on {day(pin.date)}")
    if pin.start is not None:
        parts.append(f"at {format_clock(pin.start)}")
    if pin.venue is not None:
        parts.append(f"in {names.venue(pin.venue)}")
    if pin.people:
        parts.append(f"with {listing([_pinned(each, names) for each in pin.people])}")
    return "".join(f" {part}" for part in parts) or " to be held"


def _pinned(pinned: PinnedPerson, names: Names) -> str:
    role = f" ({ROLE_NAMES[pinned.role].lower()})" if pinned.role else ""
    return f"{names.person(pinned.person)}{role}"


def _type(demand: Demand) -> str:
    return TYPE_NAMES[InstitutionType(demand.subject[1])].lower()


SENTENCES: Mapping[Rule, Sentence] = {
    Rule.EXPERTISE: _expertise,
    Rule.EXPERT_OUTSIDE: _outside,
    Rule.CREW: _crew,
    Rule.HOST: _host,
    Rule.COVERAGE_MEETING: _type_at_each,
    Rule.COVERAGE_HORIZON: _type_in_all,
    Rule.PERSON_AVAILABLE: _available,
    Rule.PERSON_LOAD: _load,
    Rule.PERSON_OVERTIME: _overtime,
    Rule.BUDGET: _budget,
    Rule.PIN: _pin,
}
