"""A planner such as a careful clerk is by hand.

Month by month, city by city: of the topics not held yet the one that most firms want, the first date
and room that fit, the first people who are free; another date, room or topic where that comes to
nothing. A finished calendar is checked against the rules; where it breaks one, the clerk goes back to
the latest choices and tries others, for as long as the patience lasts. Where it holds, the clerk adds
further meetings as long as one fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from contest.answers import Answer
from contest.judge import score
from contest.systems.ledger import Entry, Ledger
from contest.task import Task
from meetsched.candidates import DutyCandidate, MeetingCandidates, find_candidates
from meetsched.domain.calendar import Month
from meetsched.domain.entities import City, Role
from meetsched.domain.outcome import Verdict
from meetsched.loading import load_instance
from meetsched.rules import Tier

_TRIES_A_MEETING = 8
"""Rooms and dates that the clerk tries for one topic."""
_PATIENCE = 2000
"""Meetings that the clerk writes down at most, those struck out again included."""


def plan(task: Task) -> Answer:
    """Plan by hand."""
    clerk = _Clerk(task)
    if clerk.finish():
        clerk.add_more()
        return Answer(Verdict.FEASIBLE, clerk.ledger.meetings())
    return Answer(Verdict.UNKNOWN)


class _Clerk:
    def __init__(self, task: Task) -> None:
        self._instance = load_instance(task.path).instance
        self._candidates = find_candidates(self._instance)
        self._task = task
        self._patience = _PATIENCE
        self.ledger = Ledger(self._candidates)
        self._goals = [
            (month, city)
            for month in self._instance.horizon.months()
            for city in self._instance.cities
            for _ in range(max(1, city.meetings_per_month.min))
        ]

    def finish(self, done: int = 0) -> bool:
        """Plan the goals that are left; the ledger holds the plan where it works out."""
        if done == len(self._goals):
            return self._all_holds()
        month, city = self._goals[done]
        for entry in self._ideas(city, month):
            if self._patience <= 0 or not self._task.left():
                return False
            self._patience -= 1
            self.ledger.entries.append(entry)
            if self.finish(done + 1):
                return True
            self.ledger.entries.pop()
        return False

    def add_more(self) -> None:
        """Add meetings beyond the least number, as long as one that is wanted fits."""
        for month in self._instance.horizon.months():
            for city in self._instance.cities:
                while any(self._kept(entry) for entry in self._ideas(city, month)):
                    continue

    def _kept(self, entry: Entry) -> bool:
        if not self._task.left():
            return False
        self.ledger.entries.append(entry)
        if self._all_holds():
            return True
        self.ledger.entries.pop()
        return False

    def _all_holds(self) -> bool:
        scored = score(self._instance, self.ledger.meetings())
        if not scored.violations:
            self._task.journal.note(Tier.POINTS, scored.objective[Tier.POINTS], None)
        return not scored.violations

    def _ideas(self, city: City, month: Month) -> Iterator[Entry]:
        """Yield meetings that fit, the most wanted topics first."""
        own = [meeting for meeting in self._candidates.meetings if meeting.city.id == city.id]
        for meeting in sorted(own, key=self._wish, reverse=True):
            for entry in islice(self._rooms(meeting, month), _TRIES_A_MEETING):
                staffed = self._staffed(entry)
                if staffed is not None:
                    yield staffed

    def _wish(self, meeting: MeetingCandidates) -> tuple[bool, int]:
        """Return how much a topic is wanted; required ones come before all others."""
        topic = meeting.topic
        interests = sum(
            company.interests.get(topic.id, 0)
            for company in self._instance.companies
            if meeting.city.id in self._instance.cities_of_company(company)
        )
        return topic.required, topic.demand + interests

    def _rooms(self, meeting: MeetingCandidates, month: Month) -> Iterator[Entry]:
        """Yield the dates and rooms that fit, in order of time, cheap rooms first."""
        entries = [
            Entry(meeting, int(start), place, position)
            for place in meeting.places
            for position, start in enumerate(place.starts)
            if self._candidates.starts[start].month == month
        ]
        entries.sort(key=lambda entry: (entry.start, entry.place.cost[entry.position]))
        return filter(self.ledger.room_fits, entries)

    def _staffed(self, entry: Entry) -> Entry | None:
        """Fill every duty with the first person who is free; None where somebody is missing."""
        for role, people in self._needs(entry):
            free = next((one for one in people if self.ledger.person_fits(entry, one, role)), None)
            if free is None:
                return None
            entry = replace(entry, staff=(*entry.staff, (free, role)))
        entry = self._with_types(entry)
        return entry if entry is not None and self.ledger.affordable(entry) else None

    def _needs(self, entry: Entry) -> Iterator[tuple[Role, Sequence[DutyCandidate]]]:
        """Yield each duty with those who could have it, the rarest first: the host, then the experts."""
        meeting, venue = entry.meeting, entry.place.venue
        crew = meeting.city.crew
        if venue.host_required:
            yield Role.HOST, _able(meeting, Role.HOST, institution=venue.institution)
        uncovered = set(meeting.topic.expertise)
        while uncovered:
            experts = _able(meeting, Role.EXPERT)
            tag = min(uncovered)
            knowing = [one for one in experts if tag in one.person.expertise]
            knowing.sort(key=lambda one: -len(uncovered.intersection(one.person.expertise)))
            uncovered.discard(tag)
            yield Role.EXPERT, knowing
        for _ in range(crew.broker):
            yield Role.BROKER, _able(meeting, Role.BROKER)
        for _ in range(crew.presenter):
            yield Role.PRESENTER, _able(meeting, Role.PRESENTER)

    def _with_types(self, entry: Entry) -> Entry | None:
        """Invite representatives: of the types that every meeting has, and of those still owed."""
        coverage = entry.meeting.city.coverage
        others = self.ledger.of_city(entry.meeting.city.id)
        for kind in dict.fromkeys([*coverage.each_meeting, *coverage.at_least]):
            owed = sum(self._shows(one, kind) for one in others) < coverage.at_least.get(kind, 0)
            must = kind in coverage.each_meeting
            if self._shows(entry, kind) or not (owed or must):
                continue
            of_kind = [one for one in _able(entry.meeting, Role.REPRESENTATIVE) if self._type(one) == kind]
            role = Role.REPRESENTATIVE
            free = next((one for one in of_kind if self.ledger.person_fits(entry, one, role)), None)
            if free is not None:
                entry = replace(entry, staff=(*entry.staff, (free, role)))
            elif must:
                return None
        return entry

    def _shows(self, entry: Entry, kind: str) -> bool:
        return any(
            role in (Role.EXPERT, Role.REPRESENTATIVE) and self._type(one) == kind
            for one, role in entry.staff
        )

    def _type(self, duty: DutyCandidate) -> str:
        return self._instance.institution_by_id[duty.person.institution].type


def _able(meeting: MeetingCandidates, role: Role, institution: str | None = None) -> list[DutyCandidate]:
    return [
        duty
        for duty in meeting.duties
        if role in duty.roles and institution in (None, duty.person.institution)
    ]
