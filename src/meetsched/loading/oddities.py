"""What is odd but not wrong: told as warnings about a valid instance.

Each is a fact that keeps something from ever being used or held, so that none is a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

from meetsched.domain.instance import Instance, Pin
from meetsched.domain.scalars import Weekday
from meetsched.errors import Fault
from meetsched.loading.raw import Document, Located, Path
from meetsched.loading.shortages import shortages
from meetsched.loading.words import one_sided_words

_TABLES = (
    ("people", "available"),
    ("venues", "hours"),
    ("companies", "available"),
    ("cities", "company_hours"),
)


def warnings_about(document: Document, instance: Instance) -> tuple[Fault, ...]:
    """Return all that is odd in an instance, in the order of the document."""
    found = chain(
        one_sided_words(document),
        shortages(document, instance),
        *(check(document, instance) for check in _CHECKS),
    )
    return tuple(fault for _, fault in sorted(found, key=lambda located: document.order(located[0])))


def _empty_lists(document: Document, instance: Instance) -> Iterator[Located]:
    for name in ("slots", "topics", "venues"):
        if not getattr(instance, name):
            yield document.tell((name,), "an empty list, so no meeting can be held")


def _empty_tables(document: Document, instance: Instance) -> Iterator[Located]:
    for name, key in _TABLES:
        for index, entry in enumerate(getattr(instance, name)):
            table = getattr(entry, key)
            if table is not None and not any(table.values()):
                yield document.tell((name, index, key), "an empty table means never; leave it out for always")


def _skipped_starts(document: Document, instance: Instance) -> Iterator[Located]:
    changes = [day for day in instance.horizon.dates() if _changes_clocks(day, instance)]
    for index, rule in enumerate(instance.slots):
        for place, minute in enumerate(rule.starts):
            for day in changes:
                moment = datetime.combine(day, time(*divmod(minute, 60)), instance.zone)
                if Weekday.of(day) in rule.weekdays and _is_skipped(moment):
                    path = ("slots", index, "starts", place)
                    yield document.tell(path, f"the change of clocks skips this start on {day}")


def _changes_clocks(day: date, instance: Instance) -> bool:
    midnight = datetime.combine(day, time.min, instance.zone)
    return midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()


def _is_skipped(moment: datetime) -> bool:
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None)


def _outside_horizon(document: Document, instance: Instance) -> Iterator[Located]:
    horizon = instance.horizon
    for index, excluded in enumerate(instance.exclude_dates):
        if excluded.end < horizon.start or excluded.start > horizon.end:
            yield document.tell(("exclude_dates", index), "these dates lie outside the horizon")
    for index, venue in enumerate(instance.venues):
        for place, event in enumerate(venue.events):
            if event.date not in horizon:
                path = ("venues", index, "events", place, "date")
                yield document.tell(path, "this date lies outside the horizon")
    for index, topic in enumerate(instance.topics):
        if topic.latest is not None and topic.latest < horizon.start:
            yield document.tell(("topics", index, "latest"), "before the horizon, so it cannot be held")
        if topic.earliest is not None and topic.earliest > horizon.end:
            yield document.tell(("topics", index, "earliest"), "after the horizon, so it cannot be held")


def _hopeless_pins(document: Document, instance: Instance) -> Iterator[Located]:
    for index, pin in enumerate(instance.pins):
        path: Path = ("pins", index)
        if not pin.held:
            if pin.date is not None or pin.start is not None or pin.venue or pin.people:
                yield document.tell(path, "with held: false only city and topic count")
            continue
        if pin.date is not None and pin.date not in instance.horizon:
            yield document.tell((*path, "date"), "this date lies outside the horizon")
        if pin.city not in instance.cities_of_topic(instance.topic_by_id[pin.topic]):
            yield document.tell((*path, "topic"), f"this topic is not one of {pin.city}'s")
        if pin.venue and pin.city not in instance.cities_of_venue(instance.venue_by_id[pin.venue]):
            yield document.tell((*path, "venue"), f"this venue is not open to {pin.city}")
        yield from _hopeless_people(document, instance, pin, path)


def _hopeless_people(document: Document, instance: Instance, pin: Pin, path: Path) -> Iterator[Located]:
    for place, pinned in enumerate(pin.people):
        person = instance.person_by_id[pinned.person]
        here = (*path, "people", place)
        if pin.city not in instance.cities_of_person(person):
            yield document.tell((*here, "person"), f"this person is not on duty in {pin.city}")
        if pinned.role is not None and pinned.role not in person.roles:
            yield document.tell((*here, "role"), f"this is not one of {person.id}'s roles")


_CHECKS: tuple[Callable[[Document, Instance], Iterator[Located]], ...] = (
    _empty_lists,
    _empty_tables,
    _skipped_starts,
    _outside_horizon,
    _hopeless_pins,
)
