"""The search's own reading of what a published plan holds fast, and of how much a change disturbs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from meetsched.domain.entities import Topic, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Duty, Meeting, Plan, Repair
from tests.oracle.clock import local, seconds

Key = tuple[str, str]
"""City and topic."""


class Disturbance(NamedTuple):
    """Points of disruption, and how many meetings differ."""

    points: int
    meetings: int


class Now(NamedTuple):
    """A meeting as a plan has it now; `start` is absolute."""

    topic: str
    venue: str
    start: int
    duties: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Published:
    """A published plan and how to go on from it."""

    instance: Instance
    plan: Plan
    repair: Repair

    @property
    def meetings(self) -> dict[Key, Meeting]:
        """All that was published."""
        return {(meeting.city, meeting.topic): meeting for meeting in self.plan.meetings}

    def is_over(self, meeting: Meeting) -> bool:
        """Whether it belongs to history."""
        return self.repair.as_of is not None and self._day(meeting) < self.repair.as_of

    def must_be_held(self, city: str) -> set[str]:
        """Return the topics of a city that are frozen."""
        return {
            topic
            for (where, topic), meeting in self.meetings.items()
            if where == city and topic in self.instance.topic_by_id and self._is_frozen(meeting)
        }

    def allows(self, city: str, topic: str, start: tuple[date, int], venue: str) -> bool:
        """Whether a meeting that is not over may be at a start (its date and absolute time) in a venue."""
        before, free = self.meetings.get((city, topic)), self.first_free_day()
        if free is None or f"{city}/{topic}" in self.repair.thawed:
            return True
        same = before is not None and seconds(before.start, self.instance.zone) == start[1]
        if before is None or not self._is_frozen(before):
            return same or start[0] >= free
        return same and (before.venue not in self.instance.venue_by_id or before.venue == venue)

    def wanted(self, city: str, topic: str) -> frozenset[tuple[str, str]]:
        """Return the duties of a published meeting that is not over."""
        before = self.meetings.get((city, topic))
        if before is None or self.is_over(before):
            return frozenset()
        return frozenset((duty.person, duty.role.value) for duty in before.people)

    def disturbance(self, city: str, now: Iterable[Now]) -> Disturbance:
        """Return how much a city's plan disturbs."""
        by_topic = {meeting.topic: meeting for meeting in now}
        weights = self.instance.disruption
        points = changes = 0
        for (where, topic), before in self.meetings.items():
            if where != city or self.is_over(before):
                by_topic.pop(topic, None) if where == city else None
                continue
            meeting = by_topic.pop(topic, None)
            moved = weights.cancel if meeting is None else self._moved(before, meeting)
            points += moved
            changes += meeting is None or self._differs(before, meeting)
        return Disturbance(points + weights.add * len(by_topic), changes + len(by_topic))

    def of_lost_cities(self) -> Disturbance:
        """Return what the meetings of cities that are no more count."""
        lost = [
            meeting
            for meeting in self.plan.meetings
            if meeting.city not in self.instance.city_by_id and not self.is_over(meeting)
        ]
        return Disturbance(self.instance.disruption.cancel * len(lost), len(lost))

    def _moved(self, before: Meeting, now: Now) -> int:
        weights, zone = self.instance.disruption, self.instance.zone
        points = 0
        days = abs((local(now.start, zone).date() - self._day(before)).days)
        if days:
            points += weights.date + min(30, days)
        elif seconds(before.start, zone) != now.start:
            points += weights.time
        if before.venue != now.venue:
            points += weights.venue
        return points + weights.person * len(_duties(before.people) - set(now.duties))

    def _differs(self, before: Meeting, now: Now) -> bool:
        return (
            seconds(before.start, self.instance.zone) != now.start
            or before.venue != now.venue
            or _duties(before.people) != set(now.duties)
        )

    def _is_frozen(self, meeting: Meeting) -> bool:
        free = self.first_free_day()
        return (
            free is not None
            and not self.is_over(meeting)
            and f"{meeting.city}/{meeting.topic}" not in self.repair.thawed
            and self._day(meeting) < free
        )

    def first_free_day(self) -> date | None:
        """Return the first date on which what is new or moved may start; None: any."""
        if self.repair.as_of is None:
            return None
        return self.repair.as_of + timedelta(days=self.repair.freeze_days)

    def _day(self, meeting: Meeting) -> date:
        return meeting.start.astimezone(self.instance.zone).date()


def _duties(people: Iterable[Duty]) -> set[tuple[str, str]]:
    return {(duty.person, duty.role.value) for duty in people}


def topic_of(instance: Instance, meeting: Meeting) -> Topic:
    """Return the topic of a meeting that is over; one that asks for nothing where it is no more."""
    known = instance.topic_by_id.get(meeting.topic)
    if known is not None:
        return known
    return Topic(id=meeting.topic, title="gone", minutes=1, open=False, min_participants=0)


def venue_of(instance: Instance, meeting: Meeting) -> Venue:
    """Return the venue of a meeting that is over; one that costs and limits nothing where it is no more."""
    known = instance.venue_by_id.get(meeting.venue)
    if known is not None:
        return known
    return Venue(id=meeting.venue, name="gone", kind="private", city=meeting.city, capacity=10**6)
