"""What a city may hold: topic, start and venue, under the rules on one meeting, people aside."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from meetsched.domain.calendar import Month
from meetsched.domain.entities import City, Topic, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.scalars import Weekday
from meetsched.rules import Rule
from tests.oracle.clock import Span, at, meets, skipped, weekly, within
from tests.oracle.figures import appeal, public_holidays, room_cost, start_bonus, turnout


class Start(NamedTuple):
    """A moment at which a meeting may start: its date, local minutes and absolute time."""

    day: date
    minutes: int
    absolute: int


class Session(NamedTuple):
    """A city's meeting without its people; money in cents."""

    city: str
    topic: Topic
    venue: Venue
    start: Start
    span: Span
    month: Month
    points: int
    cost: int
    appeal: int


class World:
    """An instance, and the rule that does not count (None: all do)."""

    def __init__(self, instance: Instance, switched_off: Rule | None) -> None:
        self.instance = instance
        self.zone = instance.zone
        self.switched_off = switched_off
        self.holidays = public_holidays(instance)
        self.months = instance.horizon.months()
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
        """Return all that the city may hold."""
        starts = list(self.starts())
        return [
            session
            for topic in self.instance.topics
            for start in starts
            for venue in self.instance.venues
            if (session := self._session(city, topic, start, venue)) is not None
        ]

    def _session(self, city: City, topic: Topic, start: Start, venue: Venue) -> Session | None:
        span = (start.absolute, start.absolute + topic.minutes * 60)
        if not (
            self._start_holds(city, topic, start, span)
            and self._venue_holds(city, topic, start, span, venue)
            and self._pins_hold(city, topic, start, venue)
        ):
            return None
        heads, points = turnout(self.instance, city, topic, venue, day=start.day, span=span)
        if self.counts(Rule.TOPIC_TURNOUT) and heads < topic.min_participants:
            return None
        room, catering, income = room_cost(topic, venue, heads)
        return Session(
            city=city.id,
            topic=topic,
            venue=venue,
            start=start,
            span=span,
            month=Month.of(start.day),
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
        return not self.counts(Rule.VENUE_HOURS) or (
            within(span, weekly(venue.hours, start.day, self.zone))
            and not meets(span, venue.closed, self.zone)
        )

    def _pins_hold(self, city: City, topic: Topic, start: Start, venue: Venue) -> bool:
        return not self.counts(Rule.PIN) or all(
            pin.held
            and pin.date in (None, start.day)
            and pin.start in (None, start.minutes)
            and pin.venue in (None, venue.id)
            for pin in self.instance.pins
            if (pin.city, pin.topic) == (city.id, topic.id)
        )
