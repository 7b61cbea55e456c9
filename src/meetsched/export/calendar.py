"""A plan as published iCalendar feeds (RFC 5545): whole, or one a person, venue or city."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Plan
from meetsched.domain.words import listing, one_line
from meetsched.export.agenda import AgendaItem, agenda, cancellations
from meetsched.export.attendance import Attendance
from meetsched.export.events import new_calendar, new_event, organiser
from meetsched.export.file_names import file_names

_METHOD = "PUBLISH"


class FeedFor(StrEnum):
    """Of what there is a feed each."""

    CITY = "city"
    VENUE = "venue"
    PERSON = "person"

    def ids_in(self, item: AgendaItem) -> tuple[str, ...]:
        """Return the ids of those whom a meeting concerns."""
        match self:
            case FeedFor.CITY:
                return (item.meeting.city,)
            case FeedFor.VENUE:
                return (item.meeting.venue,)
        return tuple(dict.fromkeys(one.person for one in item.people))

    def ids_of(self, instance: Instance) -> Iterable[str]:
        """Return the ids of all that the instance lists."""
        match self:
            case FeedFor.CITY:
                return instance.city_by_id
            case FeedFor.VENUE:
                return instance.venue_by_id
        return instance.person_by_id

    def name_of(self, instance: Instance, one: str) -> str:
        """Say one of them by its name."""
        names = Names(instance)
        match self:
            case FeedFor.CITY:
                return names.city(one)
            case FeedFor.VENUE:
                return names.venue(one)
        return names.person(one)


def calendar_file(instance: Instance, plan: Plan) -> bytes:
    """Return the plan as an .ics file: an event per meeting, cancelled ones too.

    The same plan gives the same bytes.
    """
    return _feed(instance, agenda(instance, plan), cancellations(instance, plan), _title(instance))


def feed_files(instance: Instance, plan: Plan, by: FeedFor) -> dict[str, bytes]:
    """Return an .ics file for each person, venue or city, by names that any file system takes.

    Who has no meeting has an empty feed: a calendar that subscribed to one must see that it is empty.
    Meetings have the same identity in every feed. A meeting that moved to another venue is gone from the
    former one's feed, as are those of which somebody was taken off; what was cancelled stays, as cancelled.

    Returns
    -------
    dict of str to bytes
        In the order of the instance; what only the plan still knows comes last.
    """
    held, cancelled = agenda(instance, plan), cancellations(instance, plan)
    named = (name for item in (*held, *cancelled) for name in by.ids_in(item))
    ids = tuple(dict.fromkeys((*by.ids_of(instance), *named)))
    files = file_names(ids)
    return {f"{files[one]}.ics": _feed_of(instance, held, cancelled, by, one) for one in ids}


def feed_file(instance: Instance, plan: Plan, by: FeedFor, one: str) -> bytes:
    """Return the .ics file of one person, venue or city by the id; otherwise as `feed_files`."""
    return _feed_of(instance, agenda(instance, plan), cancellations(instance, plan), by, one)


def _feed_of(
    instance: Instance, held: Iterable[AgendaItem], cancelled: Iterable[AgendaItem], by: FeedFor, one: str
) -> bytes:
    return _feed(
        instance,
        [item for item in held if one in by.ids_in(item)],
        [item for item in cancelled if one in by.ids_in(item)],
        f"{by.name_of(instance, one)} – {_title(instance)}",
        person=one if by is FeedFor.PERSON else None,
    )


def part_line(people: Iterable[Attendance]) -> str:
    """Say to somebody what their part in a meeting is."""
    return f"Your part: {listing([one.role_name.lower() for one in people])}"


def _title(instance: Instance) -> str:
    return one_line(instance.name) or instance.id


def _feed(
    instance: Instance,
    held: Iterable[AgendaItem],
    cancelled: Iterable[AgendaItem],
    name: str,
    person: str | None = None,
) -> bytes:
    meetings = [*((item, False) for item in held), *((item, True) for item in cancelled)]
    calendar = new_calendar(instance, (item for item, _ in meetings), method=_METHOD, name=name)
    for item, over in meetings:
        part = [one for one in item.people if one.person == person]
        event = new_event(instance, item, cancelled=over, first_lines=[part_line(part)] if part else ())
        # iTIP wants a feed to say whose it is; no address, since nobody is to answer.
        event.add("organizer", organiser(item.city))
        calendar.add_component(event)
    return bytes(calendar.to_ical())
