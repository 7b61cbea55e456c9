"""What a city may hold: topic, start and venue, under the rules on one meeting, people aside."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from meetsched.domain.calendar import Month
from meetsched.domain.entities import City, Topic, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting
from meetsched.domain.scalars import Weekday
from meetsched.rules import Rule
from tests.oracle.clock import Span, at, meets, seconds, skipped, weekly, within
from tests.oracle.figures import appeal, public_holidays, room_cost, start_bonus, turnout
from tests.oracle.published import Published, topic_of, venue_of


class Start(NamedTuple):
    """A moment at which a meeting may start: its date, local minutes and absolute time."""

    day: date
    minutes: int
    absolute: int


class Session(NamedTuple):
    """A city's meeting without its people; money in cents.

    `past` is the meeting as it was published, where it is over.
    """

    city: str
    topic: Topic
    venue: Venue
    start: Start
    span: Span
    month: Month
    heads: int
    points: int
    cost: int
    appeal: int
    past: Meeting | None = None


class World:
    """An instance, the rule that does not count (None: all do), and what was published before."""

    def __init__(
        self, instance: Instance, switched_off: Rule | None, published: Published | None = None
    ) -> None:
        self.published = published
        self.instance = instance
        self.zone = instance.zone
        self.switched_off = switched_off
        self.holidays = public_holidays(instance)
        self.months = instance.horizon.months()
        past = published.plan.meetings if published else ()
        starts = (meeting.start.astimezone(self.zone).date() for meeting in past)
        self.months_with_past = dict.fromkeys([*self.months, *map(Month.of, starts)])
        self.whole_months = [month for month in self.months if instance.horizon.holds_whole(month)]

    def counts(self, rule: Rule) -> bool:
        """Whether the rule counts."""
        return rule is not self.switched_off

    def starts(self) -> Iterator[Start]:
        """Yield the slots; without the rule `slot`, they are on holidays and excluded dates, too.

        There are other starts that are no slots; these are enough to tell whether the rule matters.
        """
        weekdays = {list(Weekday).index(weekday) for rule in self.instance.slots for weekday in rule.weekdays}
        times = sorted({minutes for rule in self.instance.slots for minutes in rule.starts})
        for day in self.instance.horizon.dates():
            for minutes in times:
                is_slot = start_bonus(self.instance, day, minutes, self.holidays) is not None
                possible = is_slot or (not self.counts(Rule.SLOT) and day.weekday() in weekdays)
                if possible and not skipped(day, minutes, self.zone):
                    yield Start(day, minutes, at(day, minutes, self.zone))

    def sessions(self, city: City) -> list[Session]:
        """Return what is over, then all that the city may hold."""
        starts = list(self.starts())
        over = self._over(city)
        topics = {session.topic.id for session in over}
        return [
            *over,
            *(
                session
                for topic in self.instance.topics
                if topic.id not in topics
                for start in starts
                for venue in self.instance.venues
                if (session := self._session(city, topic, start, venue)) is not None
            ),
        ]

    def _over(self, city: City) -> list[Session]:
        if self.published is None:
            return []
        return [
            self._past_session(city, meeting)
            for meeting in self.published.plan.meetings
            if meeting.city == city.id and self.published.is_over(meeting)
        ]

    def _past_session(self, city: City, meeting: Meeting) -> Session:
        topic, venue = topic_of(self.instance, meeting), venue_of(self.instance, meeting)
        begin = meeting.start.astimezone(self.zone)
        start = Start(begin.date(), begin.hour * 60 + begin.minute, seconds(begin, self.zone))
        span = (start.absolute, seconds(meeting.end, self.zone))
        return self._with_figures(city, topic, start, venue, span)._replace(past=meeting)

    def _session(self, city: City, topic: Topic, start: Start, venue: Venue) -> Session | None:
        span = (start.absolute, start.absolute + topic.minutes * 60)
        if not (
            self._start_holds(city, topic, start, span)
            and self._venue_holds(city, topic, start, span, venue)
            and self.pins_hold(city, topic, start, venue)
        ):
            return None
        found = self._with_figures(city, topic, start, venue, span)
        return found if self._comes_to_pass(city, found) else None

    def _comes_to_pass(self, city: City, session: Session) -> bool:
        """Whether enough come, and what was published lets it be."""
        topic, start = session.topic, session.start
        if self.counts(Rule.TOPIC_TURNOUT) and session.heads < topic.min_participants:
            return False
        return self.published is None or self.published.allows(
            city.id, topic.id, (start.day, start.absolute), session.venue.id
        )

    def _with_figures(self, city: City, topic: Topic, start: Start, venue: Venue, span: Span) -> Session:
        heads, points = turnout(self.instance, city, topic, venue, day=start.day, span=span)
        room, catering, income = room_cost(topic, venue, heads)
        return Session(
            city=city.id,
            topic=topic,
            venue=venue,
            start=start,
            span=span,
            month=Month.of(start.day),
            heads=heads,
            points=points,
            cost=room + catering - income,
            appeal=appeal(self.instance, venue, start.day, start.minutes, self.holidays),
        )

    def _start_holds(self, city: City, topic: Topic, start: Start, span: Span) -> bool:
        if self.counts(Rule.SLOT) and span[1] > at(start.day, 24 * 60, self.zone):
            return False
        return not self.counts(Rule.TOPIC_WINDOW) or (
            (topic.cities == "all" or city.id in topic.cities)
            and (topic.earliest is None or topic.earliest <= start.day)
            and (topic.latest is None or start.day <= topic.latest)
        )

    def _venue_holds(self, city: City, topic: Topic, start: Start, span: Span, venue: Venue) -> bool:
        open_to = (venue.city,) if venue.open_to is None else venue.open_to
        if self.counts(Rule.VENUE_ACCESS) and open_to != "all" and city.id not in open_to:
            return False
        if self.counts(Rule.VENUE_EQUIPMENT) and not set(topic.equipment) <= set(venue.equipment):
            return False
        if (venue.id, start.day) in self.instance.concessions.venues:
            return True
        return not self.counts(Rule.VENUE_HOURS) or (
            within(span, weekly(venue.hours, start.day, self.zone))
            and not meets(span, venue.closed, self.zone)
        )

    def pins_hold(self, city: City, topic: Topic, start: Start, venue: Venue) -> bool:
        """Whether no pin is against a start and a venue."""
        return not self.counts(Rule.PIN) or all(
            pin.held
            and pin.date in (None, start.day)
            and pin.start in (None, start.minutes)
            and pin.venue in (None, venue.id)
            for pin in self.instance.pins
            if (pin.city, pin.topic) == (city.id, topic.id)
        )
