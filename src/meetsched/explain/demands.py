"""The demands of an instance as tolls: setting one aside costs one step and frees whatever it asks for."""

from collections.abc import Iterable, Mapping

import numpy as np

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates
from meetsched.candidates.people import Presence
from meetsched.candidates.starts import pin_allows
from meetsched.domain.explanation import PER_MONTH, Demand
from meetsched.explain.elastic import IN_VENUE, Easing, Layer, Side
from meetsched.explain.times import Times
from meetsched.rules import Rule

BOUNDS = {Side.LOWER: "least", Side.UPPER: "most"}
_BOTH = {Rule.CADENCE, Rule.VENUE_PUBS}
"""Rules with a least and a most number."""
_AS_ROW = {
    *_BOTH,
    Rule.CADENCE_OPEN,
    Rule.SPACING,
    Rule.TOPIC_FORMAT,
    Rule.VENUE_USES,
    Rule.VENUE_QUOTA,
    Rule.VENUE_AWAY,
    Rule.VENUE_HOSTS,
    Rule.EXPERT_OUTSIDE,
    Rule.COVERAGE_HORIZON,
    Rule.PERSON_OVERTIME,
    Rule.BUDGET,
}
"""Rules whose rows have the subject of the demand."""
_OF_CITY = (Rule.CREW, Rule.COVERAGE_MEETING)
_OF_TOPIC = (Rule.TOPIC_ORDER, Rule.TOPIC_REQUIRED, Rule.EXPERTISE)
"""Rules whose rows are about a meeting, where the demand is the city's or the topic's."""


class Demands:
    """The tariff that prices whole demands.

    Who may do what, when meetings may start at all, and that nobody can be in two places nor a room
    hold two meetings at once, are no demands: that is so. Somebody whose time is set aside is always
    there, and never at overtime.
    """

    def __init__(self, forgiving: Candidates) -> None:
        self._instance = forgiving.instance
        self._starts = forgiving.starts
        self._times = Times(forgiving)

    def omits(self, rule: Rule) -> bool:
        """Whether the rule has no rows; all have."""
        return False

    def row(self, rule: Rule, subject: str, side: Side) -> Iterable[Easing]:
        """Yield the demand that a row belongs to."""
        if rule in _AS_ROW:
            parts = subject.split(" ", 1)
            yield Easing(Demand(rule, tuple(parts), BOUNDS[side] if rule in _BOTH else ""))
        elif rule in _OF_CITY:
            meeting, what = subject.split(" ", 1)
            yield Easing(Demand(rule, (meeting.split("/")[0], what)))
        elif rule in _OF_TOPIC:
            meeting, *tag = subject.split(" ", 1)
            yield Easing(Demand(rule, (meeting.split("/")[1], *tag)))
        elif rule is Rule.VENUE_ROTATION:
            yield Easing(Demand(rule, (subject.split(" ", 1)[0],)))
        elif rule is Rule.PERSON_LOAD:
            person, _, month = subject.partition(" ")
            yield Easing(Demand(rule, (person,), PER_MONTH if month else ""))
        elif rule is Rule.PIN:
            yield Easing(Demand(rule, tuple(subject.split(" ")[:2])))
        elif rule is Rule.HOST and side is Side.LOWER:
            place = subject.split(" ", 1)[1]
            if place.startswith(IN_VENUE):
                yield Easing(Demand(rule, (place.removeprefix(IN_VENUE),)))
                return
            for venue in self._instance.venues:
                if venue.host_required and venue.institution == place:
                    yield Easing(Demand(rule, (venue.id,)))

    def pair(self, meeting: MeetingCandidates, place: int, position: int) -> Mapping[Demand, int]:
        """Return what forbids the meeting to be at this start in this venue."""
        return dict.fromkeys(self._against(meeting, place, position), 1)

    def _against(self, meeting: MeetingCandidates, place: int, position: int) -> Iterable[Demand]:
        topic, city = meeting.topic, meeting.city
        venue = meeting.places[place].venue
        index = int(meeting.places[place].starts[position])
        start = self._starts[index]
        if (topic.earliest and start.day < topic.earliest) or (topic.latest and start.day > topic.latest):
            yield Demand(Rule.TOPIC_WINDOW, (topic.id,))
        if city.id not in self._instance.cities_of_venue(venue):
            yield Demand(Rule.VENUE_ACCESS, (venue.id, city.id))
        for item in topic.equipment:
            if item not in venue.equipment:
                yield Demand(Rule.VENUE_EQUIPMENT, (topic.id, item))
        if not self._times.is_open(venue, topic)[index]:
            yield Demand(Rule.VENUE_HOURS, (venue.id,))
        if meeting.places[place].heads[position] < topic.min_participants:
            yield Demand(Rule.TOPIC_TURNOUT, (topic.id,))
        for number, pin in self._times.pins(city.id, topic.id):
            if not pin_allows(pin, venue, start):
                yield Demand(Rule.PIN, (meeting.id, str(number)))

    def layers(self, meeting: MeetingCandidates, duty: DutyCandidate) -> Iterable[Layer]:
        """Yield when the person is there, and when only if their time did not count."""
        free = self._times.presence(duty.person, meeting.topic)
        if free.possible.any():
            yield Layer(duty.person, duty.roles, free)
        extra = ~free.possible | (free.overtime > 0)
        if extra.any():
            absent = Presence(extra, np.zeros_like(free.overtime))
            demand = Demand(Rule.PERSON_AVAILABLE, (duty.person.id,))
            yield Layer(duty.person, duty.roles, absent, (demand,), tolled=True)
