"""Meetings that are over: the one possibility that each has, with its figures.

No rule on one meeting alone counts for them, so nothing is dropped but by a pin. What they name and the
instance no longer has is stood in for by something that costs nothing and limits nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np

from meetsched.candidates.clock import Clock, Span, fits
from meetsched.candidates.hours import free_spans, interested
from meetsched.candidates.meeting import DutyCandidate, Ints, MeetingCandidates, Places
from meetsched.candidates.people import Diary, Presence
from meetsched.candidates.starts import Start, event_bonus, pin_allows
from meetsched.candidates.turnout import INTERESTS, find_turnout, room_cost, seats
from meetsched.domain.calendar import Horizon, Month
from meetsched.domain.entities import City, Company, Topic, Venue, VenueKind
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Meeting
from meetsched.domain.reach import Reach

_ROOM_FOR_ALL = 10**9


def past_starts(meetings: Iterable[Meeting], slots: Sequence[Start], clock: Clock) -> list[Start]:
    """Return the starts of meetings that none of the slots is."""
    known = {slot.instant for slot in slots}
    instants = {int(meeting.start.timestamp()) for meeting in meetings} - known
    return [_start(clock.local(instant), clock) for instant in sorted(instants)]


def _start(local: datetime, clock: Clock) -> Start:
    day = local.date()
    return Start(
        day=day,
        minute=60 * local.hour + local.minute,
        instant=int(local.timestamp()),
        midnight=clock.midnight_after(day),
        month=Month.of(day),
        bonus=0,
    )


class PastMeetings:
    """Turns meetings that are over into candidates.

    Parameters
    ----------
    instance : Instance
    clock : Clock
    starts : sequence of Start
        With those of all meetings that are over.
    reach : Reach
        Of the instance.
    """

    def __init__(self, instance: Instance, clock: Clock, starts: Sequence[Start], reach: Reach) -> None:
        self._instance = instance
        self._reach = reach
        self._clock = clock
        self._starts = starts
        self._index = {start.instant: index for index, start in enumerate(starts)}

    def candidates(self, city: City, meeting: Meeting, pins: Iterable[Pin]) -> MeetingCandidates:
        """Return the candidates of a meeting that is over; no place where a pin is against it."""
        topic = self._instance.topic_by_id.get(meeting.topic) or _unknown_topic(meeting)
        venue = self._instance.venue_by_id.get(meeting.venue) or _unknown_venue(meeting)
        index = self._index[int(meeting.start.timestamp())]
        kept = all(pin_allows(pin, venue, self._starts[index]) for pin in pins)
        return MeetingCandidates(
            city=city,
            topic=topic,
            places=(self._place(city, topic, venue, meeting, index),) if kept else (),
            duties=tuple(self._duties(meeting, index)),
            past=meeting,
        )

    def _place(self, city: City, topic: Topic, venue: Venue, meeting: Meeting, index: int) -> Places:
        turnout = find_turnout(topic, self._interested(city, topic, meeting), seats(venue, city, topic))
        start = self._starts[index]
        appeal = start.bonus + event_bonus(venue, start)
        return Places(
            venue=venue,
            starts=np.array([index], dtype=np.int64),
            heads=turnout.heads,
            points=turnout.points,
            cost=room_cost(venue, topic, turnout.heads).net,
            appeal=np.array([appeal], dtype=np.int64),
        )

    def _interested(self, city: City, topic: Topic, meeting: Meeting) -> Mapping[int, Ints]:
        """Count for each degree of interest the companies that were free."""
        counts = {interest: np.zeros(1, dtype=np.int64) for interest in INTERESTS}
        for company, interest in interested(self._reach.companies[city.id], topic):
            counts[interest] += self._was_free(company, meeting)
        return counts

    def _was_free(self, company: Company, meeting: Meeting) -> int:
        spans = free_spans(self._instance, company, self._days(meeting), self._clock)
        start, end = _span(meeting)
        return int(fits(spans, [start], (end - start) // 60)[0])

    def _duties(self, meeting: Meeting, index: int) -> Iterable[DutyCandidate]:
        for duty in meeting.people:
            person = self._instance.person_by_id.get(duty.person)
            if person is not None:
                possible = np.zeros(len(self._starts), dtype=bool)
                overtime = np.zeros(len(self._starts), dtype=np.int64)
                possible[index] = True
                overtime[index] = Diary(person, self._days(meeting), self._clock).overtime(*_span(meeting))
                yield DutyCandidate(person, (duty.role,), Presence(possible, overtime))

    def _days(self, meeting: Meeting) -> Horizon:
        """Return the dates that a meeting touches."""
        first, last = (self._clock.local(instant).date() for instant in _span(meeting))
        return Horizon(start=first, end=last)


def _span(meeting: Meeting) -> Span:
    return int(meeting.start.timestamp()), int(meeting.end.timestamp())


def _unknown_topic(meeting: Meeting) -> Topic:
    """Return a topic that asks for nothing and that nobody asked for."""
    start, end = _span(meeting)
    title = meeting.title.strip() or meeting.topic
    return Topic(id=meeting.topic, title=title, minutes=(end - start) // 60, open=False, min_participants=0)


def _unknown_venue(meeting: Meeting) -> Venue:
    """Return a venue of the meeting's own city that costs nothing and limits nothing."""
    return Venue(
        id=meeting.venue,
        name=meeting.venue,
        kind=VenueKind.PRIVATE,
        city=meeting.city,
        capacity=_ROOM_FOR_ALL,
    )
