"""A plan's meetings with names, local times and remarks instead of ids: what every output shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from meetsched.domain.entities import Role, Topic, Venue, VenueEvent
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, Plan
from meetsched.domain.scalars import Weekday
from meetsched.domain.words import FORMAT_NAMES, VENUE_KIND_NAMES, one_line
from meetsched.export.attendance import Attendance, attendance


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A meeting as people read it.

    Names are cleaned to one line each. What a plan names and the instance no longer knows stands
    with its id.

    Attributes
    ----------
    number : int
        1-based place in the order of time; a meeting's short name within one output.
    meeting : Meeting
        What the plan says.
    topic, venue_details : Topic, Venue or None
        The instance's entries, where it still has them.
    start, end : datetime
        In the instance's time zone.
    title, format, city, venue, venue_city, venue_owner : str
        Names; `format` and `venue_owner` may be empty.
    people : tuple of Attendance
        Experts first, host last.
    seats : int or None
        How many participants may come; None where unknown.
    hour_bonus : int
        The appeal of the start's hour.
    events : tuple of VenueEvent
        What goes on at the venue and makes the meeting more appealing.
    """

    number: int
    meeting: Meeting
    topic: Topic | None
    venue_details: Venue | None
    start: datetime
    end: datetime
    title: str
    format: str
    city: str
    venue: str
    venue_city: str
    venue_owner: str
    people: tuple[Attendance, ...]
    seats: int | None
    hour_bonus: int
    events: tuple[VenueEvent, ...]

    def with_role(self, *roles: Role) -> tuple[Attendance, ...]:
        """Return those on duty in one of the roles."""
        return tuple(one for one in self.people if one.role in roles)

    @property
    def institutions(self) -> tuple[str, ...]:
        """Names of the institutions of everybody on duty, each once, in the order of the programme."""
        return tuple(dict.fromkeys(one.institution for one in self.people if one.institution))


def agenda(instance: Instance, plan: Plan) -> tuple[AgendaItem, ...]:
    """Return the meetings held, in the order of time, numbered from 1."""
    return agenda_items(instance, plan.meetings)


def cancellations(instance: Instance, plan: Plan) -> tuple[AgendaItem, ...]:
    """Return the meetings that were announced once and are held no more, in the order of time."""
    return agenda_items(instance, plan.cancelled)


def city_name(instance: Instance, city: str) -> str:
    """Return a city's name; its id where the instance does not know it."""
    known = instance.city_by_id.get(city)
    return one_line(known.name) if known else city


def agenda_items(instance: Instance, meetings: Iterable[Meeting]) -> tuple[AgendaItem, ...]:
    """Return meetings in the order of time, numbered from 1."""
    in_order = sorted(meetings, key=lambda meeting: (meeting.start, meeting.id))
    return tuple(_item(instance, meeting, number) for number, meeting in enumerate(in_order, start=1))


def _item(instance: Instance, meeting: Meeting, number: int) -> AgendaItem:
    topic = instance.topic_by_id.get(meeting.topic)
    venue = instance.venue_by_id.get(meeting.venue)
    owner = instance.institution_by_id[venue.institution].name if venue and venue.institution else ""
    start = meeting.start.astimezone(instance.zone)
    return AgendaItem(
        number=number,
        meeting=meeting,
        topic=topic,
        venue_details=venue,
        start=start,
        end=meeting.end.astimezone(instance.zone),
        title=one_line(meeting.title),
        format=FORMAT_NAMES[topic.format] if topic else "",
        city=city_name(instance, meeting.city),
        venue=one_line(venue.name) if venue else meeting.venue,
        venue_city=city_name(instance, venue.city) if venue else "",
        venue_owner=one_line(owner) or (VENUE_KIND_NAMES[venue.kind] if venue else ""),
        people=attendance(instance, meeting),
        seats=_seats(instance, meeting, topic, venue),
        hour_bonus=_hour_bonus(instance, start),
        events=_events(venue, start),
    )


def _seats(instance: Instance, meeting: Meeting, topic: Topic | None, venue: Venue | None) -> int | None:
    city = instance.city_by_id.get(meeting.city)
    if not (city and topic and venue):
        return None
    seats = max(0, venue.capacity - city.reserved_seats)
    return seats if topic.max_participants is None else min(seats, topic.max_participants)


def _hour_bonus(instance: Instance, start: datetime) -> int:
    weekday = Weekday.of(start.date())
    bonuses = (
        rule.bonus
        for rule in instance.slots
        if weekday in rule.weekdays and _minute_of_day(start) in rule.starts
    )
    return max(bonuses, default=0)


def _events(venue: Venue | None, start: datetime) -> tuple[VenueEvent, ...]:
    return tuple(
        event
        for event in (venue.events if venue else ())
        if event.date == start.date() and event.from_ <= _minute_of_day(start)
    )


def _minute_of_day(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
