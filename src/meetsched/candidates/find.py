"""From an instance to its candidates."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from meetsched.candidates.clock import Clock, fits
from meetsched.candidates.freezing import breaks_freeze
from meetsched.candidates.hours import free_spans, interested, open_spans
from meetsched.candidates.meeting import Ints, Mask, MeetingCandidates, Places
from meetsched.candidates.past import PastMeetings, past_starts
from meetsched.candidates.people import Diary, Presence
from meetsched.candidates.sieve import Sieve
from meetsched.candidates.staffing import Staffing, duty_candidates
from meetsched.candidates.starts import Start, event_bonus, find_starts, pin_allows
from meetsched.candidates.turnout import INTERESTS, find_turnout, room_cost, seats
from meetsched.domain.baseline import Baseline
from meetsched.domain.entities import City, Company, Person, Topic, Venue
from meetsched.domain.instance import Instance, Pin, PinnedPerson
from meetsched.domain.plan import Meeting, meeting_id
from meetsched.domain.reach import Reach
from meetsched.rules import Rule


@dataclass(frozen=True)
class Candidates:
    """What is possible before solving.

    Attributes
    ----------
    instance : Instance
    cities : tuple of City
        Those that are planned: all, or one where it plans alone.
    starts : tuple of Start
        In order of time.
    meetings : tuple of MeetingCandidates
        One for each city and each of its topics, possible or not, cities in the instance's order; then
        what is over and no longer one of these.
    baseline : Baseline or None
        The published plan that the next one is made from.
    forgiving : bool
        Whether it holds what breaks the rules on one meeting alone too: every slot in every venue,
        everyone at any time. Then no rule may be left out of the model since another implies it.
    """

    instance: Instance
    clock: Clock
    cities: tuple[City, ...]
    starts: tuple[Start, ...]
    meetings: tuple[MeetingCandidates, ...]
    baseline: Baseline | None = None
    forgiving: bool = False

    def sure_gap(self, city: City) -> int:
        """Return how many dates lie between two meetings of the city at least, whatever is forgiven."""
        return 1 if self.forgiving else city.min_days_between

    def of(self, cities: Sequence[City]) -> "Candidates":
        """Return what is possible for some cities in the absence of the others."""
        ids = {city.id for city in cities}
        own = tuple(meeting for meeting in self.meetings if meeting.city.id in ids)
        return replace(self, cities=tuple(cities), meetings=own)

    def beside(self, city: City, standing: Iterable[Meeting]) -> "Candidates":
        """Return what is possible for a city while some meetings stand, which have one possibility each."""
        records = tuple(standing)
        ids = {meeting_id(record.city, record.topic) for record in records}
        past = PastMeetings(self.instance, self.clock, self.starts, Reach(self.instance))
        fixed = (past.candidates(self.instance.city_by_id[each.city], each, []) for each in records)
        free = (each for each in self.meetings if each.city.id == city.id and each.id not in ids)
        return replace(self, cities=(city,), meetings=(*free, *fixed))


def find_candidates(
    instance: Instance,
    between: Callable[[], None] = lambda: None,
    baseline: Baseline | None = None,
    *,
    forgiving: bool = False,
    standing: Iterable[Meeting] = (),
) -> Candidates:
    """Find every (start, venue) pair and every duty that no rule on one meeting alone forbids.

    Parameters
    ----------
    instance : Instance
    between : callable, optional
        Called after each meeting; what it raises ends the work.
    baseline : Baseline, optional
        What of it is over has one possibility, and what is frozen no other start and venue.
    forgiving : bool
        Whether to find what those rules forbid as well, but for the `LAWS`, and people in roles that
        they have in cities that are theirs.
    standing : iterable of Meeting
        Meetings that may be asked to stand (see `Candidates.beside`): their starts are known then.
    """
    finder = _Finder(instance, baseline, forgiving=forgiving, standing=standing)
    meetings = []
    for meeting in finder.meetings():
        meetings.append(meeting)
        between()
    cities, starts = instance.cities, finder.starts
    return Candidates(instance, finder.clock, cities, starts, tuple(meetings), baseline, forgiving)


class _Finder:
    """Computes each person's, venue's and company's time once, and meetings from these."""

    def __init__(
        self,
        instance: Instance,
        baseline: Baseline | None,
        *,
        forgiving: bool,
        standing: Iterable[Meeting] = (),
    ) -> None:
        self._instance = instance
        self._forgiving = forgiving
        self._reach = Reach(instance)
        self._coming = baseline.coming if baseline else {}
        self._history = baseline.history if baseline else {}
        self._baseline = baseline
        self.clock = Clock(instance.zone)
        slots = find_starts(instance, self.clock)
        past = past_starts([*self._history.values(), *standing], slots, self.clock)
        self.starts = tuple(sorted([*slots, *past], key=lambda start: start.instant))
        self._instants = [start.instant for start in self.starts]
        no_slots = {start.instant for start in past}
        self._no_slot = np.array([instant in no_slots for instant in self._instants], dtype=bool)
        self._presence: dict[tuple[str, int], Presence] = {}
        self._open: dict[tuple[str, int], Mask] = {}
        self._free: dict[tuple[str, int], Mask] = {}
        self._pins: dict[tuple[str, str], list[Pin]] = {}
        for pin in instance.pins:
            self._pins.setdefault((pin.city, pin.topic), []).append(pin)

    @cached_property
    def _diaries(self) -> Mapping[str, Diary]:
        horizon = self._instance.horizon
        at_ease = _days_by_id(self._instance.concessions.people)
        return {
            person.id: Diary(person, horizon, self.clock, at_ease.get(person.id, ()))
            for person in self._instance.people
        }

    def meetings(self) -> Iterator[MeetingCandidates]:
        """Find the candidates of each city's meeting on each of its topics, then what else is over."""
        instance = self._instance
        past = PastMeetings(instance, self.clock, self.starts, self._reach)
        left = dict(self._history)
        for city in instance.cities:
            for topic in instance.topics:
                record = left.pop(meeting_id(city.id, topic.id), None)
                if record is not None:
                    pins = [] if self._forgiving else self._pins.get((city.id, topic.id), [])
                    yield past.candidates(city, record, pins)
                elif city.id in instance.cities_of_topic(topic):
                    yield self.meeting(city, topic)
        for record in left.values():
            if record.city in instance.city_by_id:
                yield past.candidates(instance.city_by_id[record.city], record, [])

    def meeting(self, city: City, topic: Topic) -> MeetingCandidates:
        """Find the candidates of a city's meeting on a topic."""
        pins = self._pins.get((city.id, topic.id), [])
        pinned = [person for pin in pins for person in pin.people]
        published = self._coming.get(meeting_id(city.id, topic.id))
        wanted = [*pinned, *_as_pinned(published)]
        duties = duty_candidates(self._reach, city, topic, wanted, self._presence_of)
        staffing = Staffing(self._instance, city, topic, duties, len(self.starts))
        anywhere = [*self._anywhere(topic), *((need.rule, short) for need, short in staffing.shortages())]
        anywhere += [(Rule.PIN, staffing.lacks_pinned(person)) for person in pinned]
        interested = self._interested(city, topic)
        dropped: Counter[Rule] = Counter()
        places = []
        for venue in self._venues(city, dropped):
            sieve = Sieve(len(self.starts), dropped, forgiving=self._forgiving)
            for rule, broken in (*self._house_rules(city, topic, venue), *anywhere):
                sieve.drop(rule, broken)
            sieve.drop(Rule.HOST, staffing.lacks_host(venue))
            sieve.drop(Rule.FROZEN, self._against_freeze(meeting_id(city.id, topic.id), venue))
            for pin in pins:
                sieve.drop(Rule.PIN, self._against_pin(pin, venue))
            if sieve.left.any():
                place = self._place(city, topic, venue, interested, sieve)
                if len(place.starts):
                    places.append(place)
        return MeetingCandidates(city, topic, tuple(places), duties, dropped)

    def _venues(self, city: City, dropped: Counter[Rule]) -> Sequence[Venue]:
        """Return the venues to look at; those that are not open to the city are dropped at once."""
        venues = self._instance.venues if self._forgiving else self._reach.venues[city.id]
        if closed := (len(self._instance.venues) - len(venues)) * len(self.starts):
            dropped[Rule.VENUE_ACCESS] = closed
        return venues

    def _place(
        self, city: City, topic: Topic, venue: Venue, interested: Mapping[int, Ints], sieve: Sieve
    ) -> Places:
        turnout = find_turnout(topic, interested, seats(venue, city, topic))
        sieve.drop(Rule.TOPIC_TURNOUT, turnout.heads < topic.min_participants)
        at = np.flatnonzero(sieve.left)
        heads = turnout.heads[at]
        cost = room_cost(venue, topic, heads).net
        return Places(venue, at, heads, turnout.points[at], cost, self._appeal(venue, at))

    def _anywhere(self, topic: Topic) -> Iterable[tuple[Rule, Mask]]:
        """Yield the rules on a topic's start with the starts that break them, whatever the venue."""
        ends = np.array(self._instants, dtype=np.int64) + 60 * topic.minutes
        yield Rule.SLOT, self._no_slot
        yield Rule.SLOT, ends > np.array([start.midnight for start in self.starts], dtype=np.int64)
        outside = [
            (topic.earliest is not None and start.day < topic.earliest)
            or (topic.latest is not None and start.day > topic.latest)
            for start in self.starts
        ]
        yield Rule.TOPIC_WINDOW, np.array(outside, dtype=bool)

    def _house_rules(self, city: City, topic: Topic, venue: Venue) -> Iterable[tuple[Rule, Mask | bool]]:
        yield Rule.VENUE_EQUIPMENT, not set(topic.equipment) <= set(venue.equipment)
        yield Rule.VENUE_HOURS, ~self._opening(venue, topic.minutes)
        yield Rule.VENUE_USES, venue.max_uses == 0
        yield Rule.VENUE_QUOTA, venue.quota.get(city.id) == 0
        yield Rule.VENUE_ROTATION, city.max_uses_per_venue == 0
        yield Rule.VENUE_AWAY, city.max_away_meetings == 0 and venue.city != city.id

    def _against_pin(self, pin: Pin, venue: Venue) -> Mask:
        return ~np.array([pin_allows(pin, venue, start) for start in self.starts], dtype=bool)

    def _against_freeze(self, meeting: str, venue: Venue) -> Mask | bool:
        baseline, instance = self._baseline, self._instance
        if baseline is None or (meeting not in baseline.frozen and baseline.earliest(meeting) is None):
            return False
        broken = [breaks_freeze(baseline, instance, meeting, venue, start) for start in self.starts]
        return np.array(broken, dtype=bool)

    def _appeal(self, venue: Venue, at: Ints) -> Ints:
        bonuses = [self.starts[index].bonus + event_bonus(venue, self.starts[index]) for index in at]
        return np.array(bonuses, dtype=np.int64)

    def _presence_of(self, person: Person, minutes: int) -> Presence:
        key = person.id, minutes
        if key not in self._presence:
            self._presence[key] = self._find_presence(person, minutes)
        return self._presence[key]

    def _find_presence(self, person: Person, minutes: int) -> Presence:
        diary = self._diaries[person.id]
        if self._forgiving:
            anytime = np.ones(len(self.starts), dtype=bool)
            return Presence(anytime, np.zeros(len(self.starts), dtype=np.int64))
        presence = diary.presence(self.starts, self._instants, minutes)
        if 0 in (person.max_meetings, person.max_per_month):
            return Presence(np.zeros_like(presence.possible), presence.overtime)
        return presence

    def _opening(self, venue: Venue, minutes: int) -> Mask:
        key = venue.id, minutes
        if key not in self._open:
            self._open[key] = fits(open_spans(self._instance, venue, self.clock), self._instants, minutes)
        return self._open[key]

    def _free_time(self, company: Company, minutes: int) -> Mask:
        key = company.id, minutes
        if key not in self._free:
            spans = free_spans(self._instance, company, self._instance.horizon, self.clock)
            self._free[key] = fits(spans, self._instants, minutes)
        return self._free[key]

    def _interested(self, city: City, topic: Topic) -> Mapping[int, Ints]:
        """Count for each degree of interest the companies that are free at each start."""
        counts = {interest: np.zeros(len(self.starts), dtype=np.int64) for interest in INTERESTS}
        for company, interest in interested(self._reach.companies[city.id], topic):
            counts[interest] += self._free_time(company, topic.minutes)
        return counts


def _days_by_id(granted: Iterable[tuple[str, date]]) -> dict[str, list[date]]:
    days: dict[str, list[date]] = {}
    for name, day in granted:
        days.setdefault(name, []).append(day)
    return days


def _as_pinned(published: Meeting | None) -> Iterable[PinnedPerson]:
    """Yield the people whom a published meeting has: to keep them disturbs least."""
    for duty in published.people if published else ():
        yield PinnedPerson(person=duty.person, role=duty.role)
