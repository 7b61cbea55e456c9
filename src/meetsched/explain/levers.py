"""The levers of an instance as tolls: a step of a toll is a step of the change that pulls the lever."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates
from meetsched.candidates.people import Presence
from meetsched.candidates.starts import pin_allows
from meetsched.domain.ways_out import (
    ALL_TOLD,
    CENTS_PER_STEP,
    DAYS_PER_STEP,
    EARLIER,
    FEWER,
    LATER,
    LOWER,
    MINUTES_PER_STEP,
    MORE,
    PER_MONTH,
    RAISE,
    Lever,
)
from meetsched.explain.elastic import IN_VENUE, Easing, Layer, Side
from meetsched.explain.scope import Scope
from meetsched.explain.times import Times
from meetsched.rules import Rule

_COUNTED = {
    (Rule.CADENCE, Side.UPPER): MORE,
    (Rule.CADENCE, Side.LOWER): FEWER,
    (Rule.CADENCE_OPEN, Side.LOWER): Rule.CADENCE_OPEN,
    (Rule.TOPIC_FORMAT, Side.LOWER): Rule.TOPIC_FORMAT,
    (Rule.VENUE_USES, Side.UPPER): Rule.VENUE_USES,
    (Rule.VENUE_QUOTA, Side.UPPER): Rule.VENUE_QUOTA,
    (Rule.VENUE_AWAY, Side.UPPER): Rule.VENUE_AWAY,
    (Rule.VENUE_HOSTS, Side.LOWER): Rule.VENUE_HOSTS,
    (Rule.EXPERT_OUTSIDE, Side.UPPER): Rule.EXPERT_OUTSIDE,
    (Rule.COVERAGE_HORIZON, Side.LOWER): Rule.COVERAGE_HORIZON,
}
"""Bounds that are eased by one a step, about the subject of the lever."""
_SCALED = {Rule.BUDGET: CENTS_PER_STEP, Rule.PERSON_OVERTIME: MINUTES_PER_STEP}
"""Upper bounds that are eased by more a step."""


class Levers:
    """The tariff that prices changes of one value.

    A person who is available on one more date has no overtime on it. Where only one city is planned
    that could have the person, each such duty is on a date of its own and thus a change of its own;
    no column tells them apart.

    Parameters
    ----------
    forgiving : Candidates
    scope : Scope
        Which changes are looked at; all other rules hold.
    """

    def __init__(self, forgiving: Candidates, scope: Scope) -> None:
        self._instance = forgiving.instance
        self._scope = scope
        self._starts = forgiving.starts
        self._times = Times(forgiving)
        self._shared = _people_of_several_cities(forgiving)

    def omits(self, rule: Rule) -> bool:
        """Whether the rule's rows are written by `meetsched.explain.spacing`."""
        return rule is Rule.SPACING

    def row(self, rule: Rule, subject: str, side: Side) -> Iterable[Easing]:
        """Yield the levers that ease a bound of a row."""
        for easing in self._levers(rule, subject, side):
            assert isinstance(easing.toll, Lever)
            if self.most_steps(easing.toll) != 0:
                yield easing

    def most_steps(self, lever: Lever) -> int | None:
        """Return how many steps a lever can be eased by; None: any number."""
        return self._scope.most_steps(self._instance, lever)

    def within_scope(self, forgiving: Candidates) -> Candidates:
        """Return the candidates without the pairs that need more changes than are looked at."""
        return replace(forgiving, meetings=tuple(map(self._meeting_in_scope, forgiving.meetings)))

    def _meeting_in_scope(self, meeting: MeetingCandidates) -> MeetingCandidates:
        return meeting.part(
            np.array([self._allows(meeting, number, each) for each in range(len(place.starts))], dtype=bool)
            for number, place in enumerate(meeting.places)
        )

    def _allows(self, meeting: MeetingCandidates, place: int, position: int) -> bool:
        """Whether a pair needs no more changes than are looked at, and breaks nothing that none mends."""
        if not self._scope.allows(self._instance, self.pair(meeting, place, position)):
            return False
        start = self._starts[meeting.places[place].starts[position]]
        venue = meeting.places[place].venue
        return meeting.past is not None or not self._times.is_too_soon(meeting.id, venue, start)

    def past(self, meeting: MeetingCandidates) -> None:
        """Return nothing: what is over is over."""

    def _levers(self, rule: Rule, subject: str, side: Side) -> Iterable[Easing]:
        key = _COUNTED.get((rule, side))
        if key is not None:
            yield Easing(Lever(key, tuple(subject.split(" ", 1))), 1)
        elif rule in _SCALED:
            yield Easing(Lever(rule, (subject,)), _SCALED[rule])
        elif (rule, side) in _SPECIAL:
            yield from _SPECIAL[rule, side](subject)
        elif (rule, side) == (Rule.HOST, Side.LOWER):
            place = subject.split(" ", 1)[1]
            if place.startswith(IN_VENUE):
                yield Easing(Lever(rule, (place.removeprefix(IN_VENUE),)))
                return
            for venue in self._instance.venues:
                if venue.host_required and venue.institution == place:
                    yield Easing(Lever(rule, (venue.id,)))

    def pair(self, meeting: MeetingCandidates, place: int, position: int) -> Mapping[Lever, int]:
        """Return the changes that let the meeting be at this start in this venue."""
        topic, city = meeting.topic, meeting.city
        venue = meeting.places[place].venue
        index = int(meeting.places[place].starts[position])
        start = self._starts[index]
        needed: dict[Lever, int] = {}
        for number, pin in self._times.pins(city.id, topic.id):
            if not pin_allows(pin, venue, start):
                needed[Lever(Rule.PIN, (meeting.id, str(number)))] = 1
        if meeting.past is not None:
            return needed
        if self._times.is_frozen_elsewhere(meeting.id, venue, start):
            needed[Lever(Rule.FROZEN, (meeting.id,))] = 1
        if topic.earliest and start.day < topic.earliest:
            needed[Lever(Rule.TOPIC_WINDOW, (topic.id, EARLIER))] = _weeks(start.day, topic.earliest)
        if topic.latest and start.day > topic.latest:
            needed[Lever(Rule.TOPIC_WINDOW, (topic.id, LATER))] = _weeks(topic.latest, start.day)
        if city.id not in self._instance.cities_of_venue(venue):
            needed[Lever(Rule.VENUE_ACCESS, (venue.id, city.id))] = 1
        for item in topic.equipment:
            if item not in venue.equipment:
                needed[Lever(Rule.VENUE_EQUIPMENT, (topic.id, item))] = 1
        if not self._times.is_open(venue, topic)[index]:
            needed[Lever(Rule.VENUE_HOURS, (venue.id, start.day.isoformat()))] = 1
        lacking = topic.min_participants - int(meeting.places[place].heads[position])
        if lacking > 0:
            needed[Lever(Rule.TOPIC_TURNOUT, (topic.id,))] = lacking
        return needed

    def layers(self, meeting: MeetingCandidates, duty: DutyCandidate) -> Iterable[Layer]:
        """Yield when the person is there of themselves, and when on one more date."""
        free = self._times.presence(duty.person, meeting.topic)
        if free.possible.any():
            yield Layer(duty.person, duty.roles, free)
        extra = ~free.possible | (free.overtime > 0)
        if not extra.any() or self.most_steps(Lever(Rule.PERSON_AVAILABLE, (duty.person.id, ""))) == 0:
            return
        nothing = np.zeros_like(free.overtime)
        if duty.person.id not in self._shared:
            yield Layer(duty.person, duty.roles, Presence(extra, nothing), tolled=True)
            return
        days = [start.day for start in self._starts]
        for day in dict.fromkeys(day for day, more in zip(days, extra, strict=True) if more):
            then = extra & np.array([each == day for each in days], dtype=bool)
            lever = Lever(Rule.PERSON_AVAILABLE, (duty.person.id, day.isoformat()))
            yield Layer(duty.person, duty.roles, Presence(then, nothing), (lever,), tolled=True)


def _people_of_several_cities(candidates: Candidates) -> frozenset[str]:
    planned = {city.id for city in candidates.cities}
    instance = candidates.instance
    return frozenset(
        person.id
        for person in instance.people
        if len(planned.intersection(instance.cities_of_person(person))) > 1
    )


def _weeks(first: date, last: date) -> int:
    """Return the steps of a window that cover the days between two dates."""
    return -(-(last - first).days // DAYS_PER_STEP)


def _rotation(subject: str) -> Iterable[Easing]:
    yield Easing(Lever(Rule.VENUE_ROTATION, (subject.split(" ", 1)[0],)), 1)


def _pubs(which: str) -> Callable[[str], Iterable[Easing]]:
    return lambda subject: [Easing(Lever(Rule.VENUE_PUBS, (subject, which)), 1)]


def _of_topic(rule: Rule) -> Callable[[str], Iterable[Easing]]:
    return lambda meeting: [Easing(Lever(rule, (meeting.split("/")[1],)))]


def _expertise(subject: str) -> Iterable[Easing]:
    meeting, tag = subject.split(" ", 1)
    yield Easing(Lever(Rule.EXPERTISE, (meeting.split("/")[1], tag)), 1)


def _type(subject: str) -> Iterable[Easing]:
    meeting, kind = subject.split(" ", 1)
    city, topic = meeting.split("/")
    yield Easing(Lever(Rule.COVERAGE_MEETING, (city, topic, kind)), 1)


def _crew(subject: str) -> Iterable[Easing]:
    meeting, role = subject.split(" ", 1)
    yield Easing(Lever(Rule.CREW, (meeting.split("/")[0], role)), 1)


def _load(subject: str) -> Iterable[Easing]:
    person, *month = subject.split(" ", 1)
    yield Easing(Lever(Rule.PERSON_LOAD, (person, PER_MONTH if month else ALL_TOLD)), 1)


def _frozen(meeting: str) -> Iterable[Easing]:
    yield Easing(Lever(Rule.FROZEN, (meeting,)))


def _pin(subject: str) -> Iterable[Easing]:
    meeting, number = subject.split(" ")[:2]
    yield Easing(Lever(Rule.PIN, (meeting, number)))


_SPECIAL: Mapping[tuple[Rule, Side], Callable[[str], Iterable[Easing]]] = {
    (Rule.VENUE_ROTATION, Side.UPPER): _rotation,
    (Rule.VENUE_PUBS, Side.UPPER): _pubs(RAISE),
    (Rule.VENUE_PUBS, Side.LOWER): _pubs(LOWER),
    (Rule.TOPIC_ORDER, Side.UPPER): _of_topic(Rule.TOPIC_ORDER),
    (Rule.TOPIC_REQUIRED, Side.LOWER): _of_topic(Rule.TOPIC_REQUIRED),
    (Rule.EXPERTISE, Side.LOWER): _expertise,
    (Rule.COVERAGE_MEETING, Side.LOWER): _type,
    (Rule.CREW, Side.LOWER): _crew,
    (Rule.PERSON_LOAD, Side.UPPER): _load,
    (Rule.PIN, Side.LOWER): _pin,
    (Rule.FROZEN, Side.LOWER): _frozen,
}
"""Bounds whose levers are about another subject than their rows."""
