"""Meetings as iCalendar events (RFC 5545): one way of telling them, for every calendar that goes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.domain.words import listing, money, one_line
from meetsched.export.agenda import AgendaItem
from meetsched.export.attendance import Attendance
from meetsched.export.timezones import zone_component

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress

_UID_END = "@meetsched"

_NO_ADDRESS = "invalid:nomail"
"""What Exchange and Apple write, and know, as the address of somebody who has none to tell."""


def event_uid(instance: Instance, meeting: str) -> str:
    """Return what identifies a meeting in every calendar, for good; `meeting` is its id."""
    return f"{instance.id}/{meeting}{_UID_END}"


def is_uid_of(instance: Instance, uid: str) -> bool:
    """Return whether an event is one of the instance's meetings, of this plan or of another."""
    # Ids hold no slash, so no other instance's UIDs begin like this.
    return uid.startswith(f"{instance.id}/") and uid.endswith(_UID_END)


def new_calendar(
    instance: Instance, items: Iterable[AgendaItem], *, method: str | None = None, name: str = ""
) -> Calendar:
    """Return a calendar without events yet, whose time zone is right for all the meetings given.

    Parameters
    ----------
    items : iterable of AgendaItem
        Those that it is to tell of.
    method : str, optional
        As of iTIP (RFC 5546); none where the calendar is kept by a server.
    name : str
        What people see as the calendar's name; none where empty.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//meetsched//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", instance.timezone)
    calendar.add_component(zone_component(instance.zone, *_covered(instance, tuple(items))))
    return calendar


def new_event(
    instance: Instance, item: AgendaItem, *, cancelled: bool = False, first_lines: Iterable[str] = ()
) -> Event:
    """Return a meeting as an event, without organiser and attendees; the same meeting gives the same event.

    Parameters
    ----------
    cancelled : bool
        Whether it was announced once and is held no more.
    first_lines : iterable of str
        What its description begins with, a line each.
    """
    from icalendar import Event

    event = Event()
    event.add("uid", event_uid(instance, item.meeting.id))
    event.add("sequence", item.meeting.sequence)
    event.add("dtstamp", _stamp(instance, item))
    start, end = _moments(item)
    event.add("dtstart", start)
    event.add("dtend", end)
    # Some clients overlook STATUS, so the title says it too.
    event.add("summary", f"Cancelled: {item.title}" if cancelled else item.title)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("location", place(item))
    event.add("categories", [name for name in (item.city, item.format) if name])
    event.add("description", "\n".join([*first_lines, *description_lines(instance, item)]))
    return event


def organiser(city: str, address: str | None = None) -> vCalAddress:
    """Return who invites: a city by its name; `address` is a ``mailto:`` URI, None where none is told."""
    from icalendar import vCalAddress

    return with_name(vCalAddress(address or _NO_ADDRESS), city)


def with_name(address: vCalAddress, name: str) -> vCalAddress:
    """Give an address the name that people read."""
    address.params["CN"] = name.replace('"', "'")  # A parameter cannot hold the sign that quotes it.
    return address


def place(item: AgendaItem) -> str:
    """Say where a meeting is, on one line."""
    return ", ".join(filter(None, (item.venue, item.venue_city)))


def description_lines(instance: Instance, item: AgendaItem) -> list[str]:
    """Say what a meeting is, who is there and where, line by line."""
    topic = item.topic
    lines = [
        item.title,
        ", ".join(filter(None, (item.format, _admission(item)))),
        _role_line("Speaking", item.with_role(Role.EXPERT)),
        _role_line("Presented by", item.with_role(Role.PRESENTER)),
        _role_line("Moderated by the cooperation broker", item.with_role(Role.BROKER)),
        _role_line("Host", item.with_role(Role.HOST)),
        _role_line("Also there", item.with_role(Role.REPRESENTATIVE)),
        f"Institutions: {'; '.join(item.institutions)}" if item.institutions else "",
        f"Place: {', '.join(filter(None, dict.fromkeys((item.venue, item.venue_owner, item.venue_city))))}",
        f"Fee: {money(topic.fee, instance.currency)} a person" if topic and topic.fee else "",
        *(f"At the venue that day: {one_line(event.title)}" for event in item.events),
    ]
    return [line for line in lines if line]


def _covered(instance: Instance, items: tuple[AgendaItem, ...]) -> tuple[datetime, datetime]:
    """Return the first and the last moment of which the calendar may speak."""
    start = datetime.combine(instance.horizon.start, time(), tzinfo=instance.zone)
    end = datetime.combine(instance.horizon.end, time(), tzinfo=instance.zone) + timedelta(days=1)
    return min([start, *(item.start for item in items)]), max([end, *(item.end for item in items)])


def _moments(item: AgendaItem) -> tuple[datetime, datetime]:
    """Return start and end: local, so that people see their zone; in UTC where the clock says a time twice.

    A local time that clocks repeat is always read as the first of the two, so a meeting that ends at the
    second would end before it starts.
    """
    if any(_is_said_twice(moment) for moment in (item.start, item.end)):
        return item.start.astimezone(UTC), item.end.astimezone(UTC)
    return item.start, item.end


def _is_said_twice(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _stamp(instance: Instance, item: AgendaItem) -> datetime:
    """Return when the event is said to have been written.

    A plan carries no time of its own, and the time of the export would give other bytes for the same
    plan. Clients take the later of two stamps for the newer edition where SEQUENCE does not decide, and
    some distrust a stamp in the future. So: a year before the horizon, a minute later with each edition.
    """
    return datetime.combine(instance.horizon.start, time(), tzinfo=UTC) + timedelta(
        days=-365, minutes=item.meeting.sequence
    )


def _admission(item: AgendaItem) -> str:
    if item.topic is None:
        return ""
    return "open also to people who do not yet run a firm" if item.topic.open else "for firms"


def _role_line(label: str, people: tuple[Attendance, ...]) -> str:
    names = [f"{one.name} ({one.institution})" if one.institution else one.name for one in people]
    return f"{label}: {listing(names)}" if names else ""
