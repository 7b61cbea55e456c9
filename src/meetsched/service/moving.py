"""Put a meeting of a plan elsewhere: where it could go, what that would break, and the plan with it there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache

from meetsched.candidates import Candidates, MeetingCandidates, find_candidates
from meetsched.domain.entities import Venue
from meetsched.domain.moves import Place, Room, Row, Trial
from meetsched.domain.names import Names
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Meeting, Plan, PlanStatus
from meetsched.domain.proof import tier_number
from meetsched.domain.reach import Reach
from meetsched.domain.scalars import format_clock
from meetsched.domain.wording.gains import gain_text
from meetsched.domain.wording.obstacles import OTHERWISE, PHRASES, said
from meetsched.domain.words import clock, day, listing
from meetsched.errors import RequestError, UnknownError
from meetsched.explain.why import Subject
from meetsched.loading.semantics import FIRST_YEAR, LAST_YEAR
from meetsched.rules import Tier
from meetsched.service.asking import LoadedPlan, subject_of
from meetsched.service.documents import Loaded, loaded_of, published_of
from meetsched.service.nearby import Nearby, attracting
from meetsched.solve.assemble import assemble_meeting
from meetsched.solve.editions import with_sequences
from meetsched.verify import require, verify

__all__ = ["Moving", "Place", "Room", "Trial", "moving", "unpinned"]

_TRIED = 2
"""So many places of a date are tried, those most like that of now."""
_KEPT = 32
"""How many meetings stay at hand with what was found out about where they could go."""


class Moving:
    """A meeting of a plan that may be put elsewhere.

    Parameters
    ----------
    loaded : Loaded
    subject : Subject
        The meeting, which its plan holds.
    """

    def __init__(self, loaded: Loaded, subject: Subject, meeting: Meeting) -> None:
        self.instance = loaded.instance
        self.meeting = meeting
        self._sha256 = loaded.sha256
        self._subject = subject
        self._names = Names(self.instance)

    @property
    def is_over(self) -> bool:
        """Whether it is history by the plan's own date, so that it stays where it was."""
        return self._subject.id in self._subject.baseline.history

    @property
    def now(self) -> Place:
        """Where it is."""
        return Place(self._names.local(self.meeting.start), self.meeting.venue)

    @cached_property
    def rooms(self) -> Mapping[date, tuple[Room, Place]]:
        """What each date of the horizon is to the meeting, and where it would be there at first."""
        now, starts = self.now, self._candidates.starts
        possible: dict[date, list[Place]] = {}
        for venue, index in self._pairs:
            start = datetime.fromtimestamp(starts[index].instant, self.instance.zone)
            possible.setdefault(starts[index].day, []).append(Place(start, venue))
        dates = self.instance.horizon.dates()
        rooms = {when: self._room(when, possible.get(when, [])) for when in dates}
        return rooms | {now.start.date(): (Room.HERE, now)}

    @cached_property
    def forbidden(self) -> str:
        """What rules out all other starts and venues, as far as the meeting alone is concerned, counted."""
        dropped = self._own.dropped.most_common()
        return listing([f"{PHRASES.get(rule, OTHERWISE)} ({number})" for rule, number in dropped])

    @property
    def venues(self) -> tuple[Venue, ...]:
        """The venues that the city may use."""
        return tuple(Reach(self.instance).venues[self.meeting.city])

    def hours(self, when: date) -> tuple[str, ...]:
        """Return the hours at which meetings may start on a date, as ``17:30``."""
        return tuple(format_clock(start.minute) for start in self._candidates.starts if start.day == when)

    def possible(self, when: date) -> Mapping[tuple[str, str], bool]:
        """Return whether each hour and venue of a date is possible, as far as the meeting alone goes."""
        starts = self._candidates.starts
        pairs = {
            (format_clock(starts[index].minute), venue)
            for venue, index in self._pairs
            if starts[index].day == when
        }
        return {
            (hour, venue.id): (hour, venue.id) in pairs for hour in self.hours(when) for venue in self.venues
        }

    def place(self, when: date, hour: str = "", venue: str = "") -> Place:
        """Return a place on a date; where nothing else is said, at the hour and in the venue of now.

        Where no meeting may start at that hour on that date, at the first hour that there is.

        Raises
        ------
        UnknownError
            There is no such venue, it is no time of day, or the date is in no year that can be planned.
        """
        if not FIRST_YEAR <= when.year <= LAST_YEAR:
            raise UnknownError(f"nothing can be planned in the year {when.year}")
        if venue and venue not in self.instance.venue_by_id:
            raise UnknownError(f"there is no venue {venue}")
        hours = self.hours(when)
        wanted = hour or clock(self.now.start)
        if not hour and wanted not in hours and hours:
            wanted = hours[0]
        try:
            start = datetime.fromisoformat(f"{when.isoformat()}T{wanted}")
        except ValueError:
            raise UnknownError(f"there is no time of day {wanted}") from None
        return Place(start.replace(tzinfo=self.instance.zone), venue or self.meeting.venue)

    def trial(self, place: Place) -> Trial:
        """Return what it means to move the meeting, with the people whom it has, and nothing else."""
        report = self._subject.report(self._subject.instead(self._moved(place)))
        values, after = self._subject.values, report.objective
        tiers = [each.tier for each in self.instance.active_objectives(with_baseline=True)]
        rows = (self._row(tier, values.get(tier, 0), after[tier]) for tier in tiers if tier in after)
        obstacles = self._subject.broken(report)
        local = self._names.local(place.start)
        return Trial(
            place,
            f"{day(local.date())}, {clock(local)}, in {self._names.venue(place.venue)}",
            tuple(dict.fromkeys(said(self.instance, self.meeting, each) for each in obstacles)),
            tuple(rows),
            (int(place.start.timestamp()), place.venue) not in self._possible,
        )

    def taken(self, place: Place) -> Plan:
        """Return the plan with the meeting moved and nothing else changed, verified.

        It says nothing of how good it is.

        Raises
        ------
        RequestError
            It would break a rule.
        """
        trial = self.trial(place)
        if trial.obstacles:
            raise RequestError(f"{trial.text}: {' '.join(trial.obstacles)}")
        planned = PlannedMeeting(
            self.meeting.city, self.meeting.topic, place.start, place.venue, self.meeting.people
        )
        meeting = assemble_meeting(self._candidates, planned)
        baseline = self._subject.baseline
        meetings = with_sequences(self._subject.instead(meeting), baseline)
        plan = baseline.plan.model_copy(
            update={
                "meetings": tuple(sorted(meetings, key=lambda each: (each.start, each.city, each.topic))),
                "tiers": (),
                "status": PlanStatus.FEASIBLE,
                "repair": baseline.repair,
            }
        )
        require(verify(self.instance, plan, baseline=baseline.plan, sha256=self._sha256))
        return plan

    @cached_property
    def _candidates(self) -> Candidates:
        """What is possible for the meeting alone."""
        pinned = self._subject.pinned
        topic = pinned.topic_by_id[self.meeting.topic]
        alone = attracting(pinned, self.meeting.city).replaced(topics=(topic,))
        return find_candidates(alone, baseline=self._subject.baseline)

    @cached_property
    def _nearby(self) -> Nearby:
        return Nearby.of(self._subject, self.meeting, {venue for venue, _ in self._pairs})

    @cached_property
    def _own(self) -> MeetingCandidates:
        own = self._subject.own(self._candidates)
        assert own is not None
        return own

    @cached_property
    def _pairs(self) -> tuple[tuple[str, int], ...]:
        return tuple((place.venue.id, int(index)) for place in self._own.places for index in place.starts)

    @cached_property
    def _possible(self) -> frozenset[tuple[int, str]]:
        starts = self._candidates.starts
        return frozenset((starts[index].instant, venue) for venue, index in self._pairs)

    def _room(self, when: date, possible: list[Place]) -> tuple[Room, Place]:
        """Try the places of a date that are most like that of now."""
        likely = sorted(possible, key=self._unlikeness)
        for place in likely[:_TRIED]:
            if not self._nearby.breaks(self._moved(place)):
                return Room.FREE, place
        return (Room.PERHAPS, likely[0]) if likely else (Room.NONE, self.place(when))

    def _unlikeness(self, place: Place) -> tuple[bool, int, datetime]:
        now = self.now
        apart = abs(_minutes(place.start) - _minutes(now.start))
        return place.venue != now.venue, apart, place.start

    def _moved(self, place: Place) -> Meeting:
        """Return the meeting there, with the people whom it has."""
        return self._subject.at(place.start, place.venue, self.meeting.people)

    def _row(self, tier: Tier, before: int, after: int) -> Row:
        currency = self.instance.currency
        was, would_be = (tier_number(tier, value, currency) for value in (before, after))
        return Row(tier, was, would_be, gain_text({tier: after - before}, currency) or "no difference")


def _minutes(moment: datetime) -> int:
    return 60 * moment.hour + moment.minute


@lru_cache(_KEPT)
def moving(instance: str, plan: str, city: str, topic: str) -> Moving:
    """Return a meeting of a plan that may be put elsewhere.

    Parameters
    ----------
    instance, plan : str
        Their texts.

    Raises
    ------
    UnknownError
        The plan holds no such meeting, or the instance knows it no longer.
    """
    loaded = loaded_of(instance)
    subject = subject_of(loaded, unpinned(published_of(plan), city, topic), city, topic)
    known = city in loaded.instance.city_by_id and topic in loaded.instance.topic_by_id
    if subject.meeting is None or not known:
        raise UnknownError(f"there is no meeting {city}/{topic} that could be moved")
    return Moving(loaded, subject, subject.meeting)


def unpinned(published: LoadedPlan, city: str, topic: str) -> LoadedPlan:
    """Return a plan without what it was made to hold of a meeting: whoever moves it wants it otherwise."""
    pins = tuple(pin for pin in published.plan.pins if (pin.city, pin.topic) != (city, topic))
    return LoadedPlan(published.plan.model_copy(update={"pins": pins}), published.sha256)
