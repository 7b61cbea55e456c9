"""The demands of an instance as tolls: setting one aside costs one step and frees whatever it asks for."""

from collections.abc import Iterable, Mapping

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates
from meetsched.candidates.people import Presence
from meetsched.candidates.starts import pin_allows
from meetsched.domain.explanation import Demand
from meetsched.explain.elastic import Easing, Layer, Side
from meetsched.explain.times import Times
from meetsched.rules import Rule

BOUNDS = {Side.LOWER: "least", Side.UPPER: "most"}
_BOTH = {Rule.CADENCE, Rule.VENUE_PUBS}
"""Rules with a least and a most number."""
_AS_ROW = {
    *_BOTH,
    Rule.CADENCE_OPEN,
    Rule.SPACING,
    Rule.TOPIC_ORDER,
    Rule.TOPIC_REQUIRED,
    Rule.TOPIC_FORMAT,
    Rule.VENUE_CLASH,
    Rule.VENUE_USES,
    Rule.VENUE_QUOTA,
    Rule.VENUE_ROTATION,
    Rule.VENUE_AWAY,
    Rule.VENUE_HOSTS,
    Rule.EXPERTISE,
    Rule.EXPERT_OUTSIDE,
    Rule.COVERAGE_HORIZON,
    Rule.PERSON_CLASH,
    Rule.PERSON_LOAD,
    Rule.PERSON_OVERTIME,
    Rule.BUDGET,
}
"""Rules whose rows have the subject of the demand."""


class Demands:
    """The tariff that prices whole demands.

    Who may do what, when meetings may start at all, and that nobody is asked to be at a meeting twice
    are no demands: they always hold.
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
        elif rule in (Rule.CREW, Rule.COVERAGE_MEETING):
            meeting, what = subject.split(" ", 1)
            yield Easing(Demand(rule, (meeting.split("/")[0], what)))
        elif rule is Rule.PIN:
            yield Easing(Demand(rule, tuple(subject.split(" ")[:2])))
        elif rule is Rule.HOST and side is Side.LOWER:
            institution = subject.split(" ", 1)[1]
            for venue in self._instance.venues:
                if venue.host_required and venue.institution == institution:
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
        if not free.possible.all():
            absent = Presence(~free.possible, duty.presence.overtime)
            demand = Demand(Rule.PERSON_AVAILABLE, (duty.person.id,))
            yield Layer(duty.person, duty.roles, absent, (demand,), tolled=True)
