"""Changes, in words."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from meetsched.domain.entities import Format, InstitutionType, Role
from meetsched.domain.instance import Instance
from meetsched.domain.ways_out import (
    ALL_TOLD,
    CENTS_PER_STEP,
    DAYS_PER_STEP,
    EARLIER,
    FEWER,
    MINUTES_PER_STEP,
    MORE,
    RAISE,
    Change,
)
from meetsched.domain.wording.base import Words, month_of
from meetsched.domain.wording.people import pin_text
from meetsched.domain.words import (
    FORMAT_NAMES,
    ROLE_NAMES,
    TYPE_NAMES,
    count,
    day,
    listing,
    money,
    month,
    one_line,
)
from meetsched.rules import Rule

Phrase = Callable[[Words, tuple[str, ...], int], str]


def change_text(instance: Instance, change: Change) -> str:
    """Say a change as a phrase: ``20.00 EUR more budget for Kielce (620.00 EUR)``."""
    words = Words(instance, [instance.horizon])
    return _PHRASES[change.lever.key](words, change.lever.subject, change.steps)


def _budget(words: Words, subject: tuple[str, ...], steps: int) -> str:
    currency, budget = words.instance.currency, words.instance.city_by_id[subject[0]].budget or 0
    more = CENTS_PER_STEP * steps
    return (
        f"{money(more, currency)} more budget for {words.city(subject[0])} ({money(budget + more, currency)})"
    )


def _available(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{words.names.person(subject[0])} available on {_day(subject[1])} after all"


def _overtime(words: Words, subject: tuple[str, ...], steps: int) -> str:
    more = count(MINUTES_PER_STEP * steps, "minute")
    return f"{more} more overtime for {words.names.person(subject[0])}"


def _load(words: Words, subject: tuple[str, ...], steps: int) -> str:
    span = "in all" if subject[1] == ALL_TOLD else "a month"
    return f"{count(steps, 'meeting')} more {span} for {words.names.person(subject[0])}"


def _hours(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{words.venue(subject[0])} open on {_day(subject[1])} after all"


def _access(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{words.venue(subject[0])} open to {words.city(subject[1])}"


def _uses(words: Words, subject: tuple[str, ...], steps: int) -> str:
    return f"{count(steps, 'use')} more of {words.venue(subject[0])}"


def _quota(words: Words, subject: tuple[str, ...], steps: int) -> str:
    return f"{count(steps, 'use')} more of {words.venue(subject[1])} by {words.city(subject[0])}"


def _rotation(words: Words, subject: tuple[str, ...], steps: int) -> str:
    return f"{count(steps, 'use')} more of each venue by {words.city(subject[0])}"


def _away(words: Words, subject: tuple[str, ...], steps: int) -> str:
    return f"{count(steps, 'meeting')} more of {words.city(subject[0])} in other cities"


def _hosts(words: Words, subject: tuple[str, ...], steps: int) -> str:
    return f"{count(steps, 'host institution')} fewer for {words.city(subject[0])}"


def _pubs(words: Words, subject: tuple[str, ...], steps: int) -> str:
    way = "more" if subject[1] == RAISE else "fewer"
    return f"{count(steps, 'meeting')} {way} of {words.city(subject[0])} in pubs"


def _format(words: Words, subject: tuple[str, ...], steps: int) -> str:
    name = FORMAT_NAMES[Format(subject[1])].lower()
    return f"{count(steps, 'meeting')} fewer of the format {name} in {words.city(subject[0])}"


def _equipment(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{one_line(subject[1])} brought along to {words.topic(subject[0])}"


def _turnout(words: Words, subject: tuple[str, ...], steps: int) -> str:
    left = max(0, words.instance.topic_by_id[subject[0]].min_participants - steps)
    return f"{count(steps, 'participant')} fewer needed by {words.topic(subject[0])} ({left})"


def _window(words: Words, subject: tuple[str, ...], steps: int) -> str:
    topic = words.instance.topic_by_id[subject[0]]
    days = timedelta(days=DAYS_PER_STEP * steps)
    if subject[1] == EARLIER:
        from_when = f" (from {day(topic.earliest - days)})" if topic.earliest else ""
        return f"{words.topic(topic.id)} up to {count(days.days, 'day')} earlier{from_when}"
    until = f" (until {day(topic.latest + days)})" if topic.latest else ""
    return f"{words.topic(topic.id)} up to {count(days.days, 'day')} later{until}"


def _order(words: Words, subject: tuple[str, ...], _: int) -> str:
    before = words.instance.topic_by_id[subject[0]].after
    return (
        f"{words.topic(subject[0])} without {listing([words.topic(name) for name in before], 'or')} before it"
    )


def _required(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{words.topic(subject[0])} no longer required"


def _spacing(words: Words, subject: tuple[str, ...], steps: int) -> str:
    left = words.instance.city_by_id[subject[0]].min_days_between - steps
    return f"{count(steps, 'day')} less between the meetings of {words.city(subject[0])} ({left})"


def _monthly(way: str) -> Phrase:
    def phrase(words: Words, subject: tuple[str, ...], steps: int) -> str:
        noun = "open meeting" if way == "open" else "meeting"
        direction = "more" if way == "more" else "fewer"
        when = month(month_of(subject[1]))
        return f"{count(steps, noun)} {direction} in {words.city(subject[0])} in {when}"

    return phrase


def _expertise(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{words.topic(subject[0])} without an expert in {one_line(subject[1])}"


def _outside(words: Words, subject: tuple[str, ...], steps: int) -> str:
    return f"{count(steps, 'expert')} more from outside for {words.city(subject[0])}"


def _type_in_all(words: Words, subject: tuple[str, ...], steps: int) -> str:
    return f"{count(steps, 'meeting')} fewer of {words.city(subject[0])} with the type {_type(subject[1])}"


def _type_at_one(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{words.meeting('/'.join(subject[:2]))} without anybody of the type {_type(subject[2])}"


def _crew(words: Words, subject: tuple[str, ...], steps: int) -> str:
    role = Role(subject[1])
    left = getattr(words.instance.city_by_id[subject[0]].crew, role.value) - steps
    who = count(steps, ROLE_NAMES[role].lower())
    return f"{who} fewer at each meeting of {words.city(subject[0])} ({left or 'none'})"


def _host(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{words.venue(subject[0])} without a host"


def _pin(words: Words, subject: tuple[str, ...], _: int) -> str:
    pin = words.instance.pins[int(subject[1])]
    if not pin.held:
        return f"the pin lifted that forbids {words.meeting(subject[0])}"
    return f"the pin lifted that wants {words.meeting(subject[0])}{pin_text(pin, words.names)}"


def _frozen(words: Words, subject: tuple[str, ...], _: int) -> str:
    return f"{words.meeting(subject[0])} thawed, so that it may move"


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _type(name: str) -> str:
    return TYPE_NAMES[InstitutionType(name)].lower()


_PHRASES: Mapping[str, Phrase] = {
    Rule.BUDGET: _budget,
    Rule.PERSON_AVAILABLE: _available,
    Rule.PERSON_OVERTIME: _overtime,
    Rule.PERSON_LOAD: _load,
    Rule.VENUE_HOURS: _hours,
    Rule.VENUE_ACCESS: _access,
    Rule.VENUE_USES: _uses,
    Rule.VENUE_QUOTA: _quota,
    Rule.VENUE_ROTATION: _rotation,
    Rule.VENUE_AWAY: _away,
    Rule.VENUE_HOSTS: _hosts,
    Rule.VENUE_PUBS: _pubs,
    Rule.TOPIC_FORMAT: _format,
    Rule.VENUE_EQUIPMENT: _equipment,
    Rule.TOPIC_TURNOUT: _turnout,
    Rule.TOPIC_WINDOW: _window,
    Rule.TOPIC_ORDER: _order,
    Rule.TOPIC_REQUIRED: _required,
    Rule.SPACING: _spacing,
    MORE: _monthly("more"),
    FEWER: _monthly("fewer"),
    Rule.CADENCE_OPEN: _monthly("open"),
    Rule.EXPERTISE: _expertise,
    Rule.EXPERT_OUTSIDE: _outside,
    Rule.COVERAGE_HORIZON: _type_in_all,
    Rule.COVERAGE_MEETING: _type_at_one,
    Rule.CREW: _crew,
    Rule.HOST: _host,
    Rule.PIN: _pin,
    Rule.FROZEN: _frozen,
}
