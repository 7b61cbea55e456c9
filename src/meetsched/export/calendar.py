"""A plan as a published iCalendar feed (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.words import listing, money, one_line
from meetsched.export.agenda import AgendaItem, agenda, cancellations
from meetsched.export.attendance import Attendance
from meetsched.export.timezones import zone_component

if TYPE_CHECKING:
    from icalendar import Event


def calendar_file(instance: Instance, plan: Plan) -> bytes:
    """Return the plan as an .ics file: an event per meeting, cancelled ones too.

    The same plan gives the same bytes.
    """
    from icalendar import Calendar

    held, cancelled = agenda(instance, plan), cancellations(instance, plan)
    calendar = Calendar()
    calendar.add("prodid", "-//meetsched//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(instance.name) or instance.id)
    calendar.add("x-wr-timezone", instance.timezone)
    calendar.add_component(zone_component(instance.zone, *_covered(instance, (*held, *cancelled))))
    for item in held:
        calendar.add_component(_event(instance, item, cancelled=False))
    for item in cancelled:
        calendar.add_component(_event(instance, item, cancelled=True))
    return bytes(calendar.to_ical())


def _covered(instance: Instance, items: tuple[AgendaItem, ...]) -> tuple[datetime, datetime]:
    """Return the first and the last moment of which the calendar may speak."""
    start = datetime.combine(instance.horizon.start, time(), tzinfo=instance.zone)
    end = datetime.combine(instance.horizon.end, time(), tzinfo=instance.zone) + timedelta(days=1)
    return min([start, *(item.start for item in items)]), max([end, *(item.end for item in items)])


def _event(instance: Instance, item: AgendaItem, *, cancelled: bool) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{instance.id}/{item.meeting.id}@meetsched")
    event.add("sequence", item.meeting.sequence)
    event.add("dtstamp", _stamp(instance, item))
    event.add("dtstart", item.start)
    event.add("dtend", item.end)
    # Some clients overlook STATUS, so the title says it too.
    event.add("summary", f"Cancelled: {item.title}" if cancelled else item.title)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("location", ", ".join(filter(None, (item.venue, item.venue_city))))
    event.add("categories", [name for name in (item.city, item.format) if name])
    event.add("description", _description(instance, item))
    return event


def _stamp(instance: Instance, item: AgendaItem) -> datetime:
    """Return when the event is said to have been written.

    A plan carries no time of its own, and the time of the export would give other bytes for the same
    plan. Clients take the later of two stamps for the newer edition where SEQUENCE does not decide, and
    some distrust a stamp in the future. So: a year before the horizon, a minute later with each edition.
    """
    return datetime.combine(instance.horizon.start, time(), tzinfo=UTC) + timedelta(
        days=-365, minutes=item.meeting.sequence
    )


def _description(instance: Instance, item: AgendaItem) -> str:
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
    return "\n".join(filter(None, lines))


def _admission(item: AgendaItem) -> str:
    if item.topic is None:
        return ""
    return "open also to people who do not yet run a firm" if item.topic.open else "for firms"


def _role_line(label: str, people: tuple[Attendance, ...]) -> str:
    names = [f"{one.name} ({one.institution})" if one.institution else one.name for one in people]
    return f"{label}: {listing(names)}" if names else ""
