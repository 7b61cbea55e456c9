"""The demands of an instance as tolls: setting one aside costs one step and frees whatever it asks for."""

from collections.abc import Iterable, Mapping

import numpy as np

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates
from meetsched.candidates.people import Presence
from meetsched.domain.explanation import EARLIEST, OVER, Demand
from meetsched.domain.plan import Meeting, meeting_id
from meetsched.domain.ways_out import FEWER, MORE, PER_MONTH, RAISE, Lever
from meetsched.explain.elastic import Easing, Layer, Side
from meetsched.explain.levers import Levers
from meetsched.explain.scope import Scope, is_dated
from meetsched.explain.times import Times
from meetsched.rules import Rule

BOUNDS = {Side.LOWER: "least", Side.UPPER: "most"}


class Demands:
    """The tariff that prices whole demands: what levers ease a step at a time is set aside altogether.

    Who may do what, when meetings may start at all, and that nobody can be in two places nor a room
    hold two meetings at once, are no demands: that is so. Somebody whose time is set aside is always
    there, and never at overtime.
    """

    def __init__(self, forgiving: Candidates) -> None:
        self._starts = forgiving.starts
        self._baseline = forgiving.baseline
        self._times = Times(forgiving)
        self._levers = Levers(forgiving, Scope())

    def omits(self, rule: Rule) -> bool:
        """Whether the rule has no rows; all have."""
        return False

    def row(self, rule: Rule, subject: str, side: Side) -> Iterable[Easing]:
        """Yield the demand that a row belongs to."""
        if rule is Rule.SPACING:
            yield Easing(Demand(rule, (subject,)))
        elif rule is Rule.CHANGES and self._baseline is not None:
            yield Easing(Demand(rule, (str(self._baseline.repair.max_changes),)))
        lower = rule is Rule.CREW  # How many of a crew there are is said exactly; a lever is about fewer.
        for easing in self._levers.row(rule, subject, Side.LOWER if lower else side):
            assert isinstance(easing.toll, Lever)
            yield Easing(self._demand_of(easing.toll))

    def pair(self, meeting: MeetingCandidates, place: int, position: int) -> Mapping[Demand, int]:
        """Return what forbids the meeting to be at this start in this venue."""
        found = dict.fromkeys(map(self._demand_of, self._levers.pair(meeting, place, position)), 1)
        start = self._starts[meeting.places[place].starts[position]]
        if meeting.past is None and self._baseline is not None:
            earliest = self._baseline.earliest(meeting.id)
            if earliest and self._times.is_too_soon(meeting.id, meeting.places[place].venue, start):
                found[Demand(Rule.FROZEN, (earliest.isoformat(),), EARLIEST)] = 1
        return found

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

    def past(self, meeting: MeetingCandidates) -> Demand | None:
        """Return the demand that a meeting was held as it was."""
        return None if meeting.past is None else Demand(Rule.FROZEN, self._published(meeting.past), OVER)

    def _demand_of(self, lever: Lever) -> Demand:
        """Return the demand that a lever eases."""
        rule, subject, bound = lever.rule, lever.subject, ""
        if lever.key in (MORE, FEWER):
            bound = BOUNDS[Side.UPPER if lever.key == MORE else Side.LOWER]
        elif rule is Rule.VENUE_PUBS:
            subject, bound = subject[:1], BOUNDS[Side.UPPER if subject[1] == RAISE else Side.LOWER]
        elif rule is Rule.PERSON_LOAD:
            subject, bound = subject[:1], PER_MONTH if subject[1] == PER_MONTH else ""
        elif rule is Rule.TOPIC_WINDOW or is_dated(lever):
            subject = subject[:1]
        elif rule is Rule.COVERAGE_MEETING:
            subject = (subject[0], subject[2])
        elif rule is Rule.FROZEN and self._baseline is not None:
            subject = self._published(self._baseline.published[subject[0]])
        return Demand(rule, subject, bound)

    def _published(self, record: Meeting) -> tuple[str, ...]:
        """Return which meeting was published, and for what date, time and venue."""
        assert self._baseline is not None
        local = record.start.astimezone(self._baseline.zone)
        name = meeting_id(record.city, record.topic)
        return name, local.date().isoformat(), f"{local:%H:%M}", record.venue
