"""One meeting on its own: all that it could be while every other meeting stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from meetsched.candidates import Candidates, MeetingCandidates
from meetsched.domain.instance import Instance, Pin, PinnedPerson
from meetsched.domain.plan import Meeting
from meetsched.explain.why.subject import Subject
from meetsched.model import build
from meetsched.rules import Tier
from meetsched.solve.assemble import assemble_meetings
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.lexicographic import LexicographicSearch
from meetsched.verify import require


@dataclass(frozen=True, slots=True)
class Local:
    """A meeting with its best people, and what the whole plan then comes to."""

    meeting: Meeting
    values: Mapping[Tier, int]


class Surroundings:
    """Finds the best people for a meeting somewhere, all else in the plan as it is.

    Parameters
    ----------
    subject : Subject
    seed : int
    """

    def __init__(self, subject: Subject, seed: int) -> None:
        self._subject = subject
        self._seed = seed
        instance = _held_fast(subject)
        meetings = tuple(
            each if each.id == subject.id or each.past is not None else _as_it_is(subject, each)
            for each in subject.candidates.meetings
        )
        self._candidates = replace(subject.candidates, instance=instance, meetings=meetings)

    def best(self, start: datetime, venue: str, control: Control) -> Local | None:
        """Return the meeting at a start in a venue with the people who serve it best; None: there are none.

        The plan with it is verified.

        Raises
        ------
        OutOfTime
            It could not be told in time.
        """
        control.check()
        model = build(self._at(start, venue), self._subject.ideal)
        objectives = [
            each for each in self._subject.instance.active_objectives() if each.tier in model.objectives
        ]
        found = LexicographicSearch(model, threads=1, seed=self._seed).run(objectives, control)
        if found.infeasible:
            return None
        if found.values is None or not all(each.settled for each in found.tiers):
            raise OutOfTime
        meeting = next(each for each in assemble_meetings(model, found.values) if each.id == self._subject.id)
        report = self._subject.report(self._subject.instead(meeting))
        if self._subject.broken(report):
            require(report)
        return Local(meeting, report.objective)

    def _at(self, start: datetime, venue: str) -> Candidates:
        """Return what is possible at one start in one venue."""
        instant = int(start.timestamp())
        meetings = tuple(
            _only(each, self._candidates, instant, venue) if each.id == self._subject.id else each
            for each in self._candidates.meetings
        )
        return replace(self._candidates, meetings=meetings)


def _held_fast(subject: Subject) -> Instance:
    """Return the instance with pins that hold all other meetings and their people."""
    pins = [
        Pin(
            city=each.city,
            topic=each.topic,
            people=tuple(PinnedPerson(person=duty.person, role=duty.role) for duty in each.people),
        )
        for name, each in subject.baseline.coming.items()
        if name != subject.id
    ]
    return subject.pinned.replaced(pins=(*subject.pinned.pins, *pins))


def _as_it_is(subject: Subject, meeting: MeetingCandidates) -> MeetingCandidates:
    """Return a meeting with no possibility but that of the plan; with none, where the plan lacks it."""
    record = subject.baseline.published.get(meeting.id)
    if record is None:
        return replace(meeting, places=(), duties=())
    roles = {duty.person: duty.role for duty in record.people}
    duties = tuple(
        replace(duty, roles=(roles[duty.person.id],))
        for duty in meeting.duties
        if duty.person.id in roles and roles[duty.person.id] in duty.roles
    )
    narrowed = _only(meeting, subject.candidates, int(record.start.timestamp()), record.venue)
    return replace(narrowed, duties=duties)


def _only(meeting: MeetingCandidates, candidates: Candidates, instant: int, venue: str) -> MeetingCandidates:
    """Return a meeting with one start and one venue, if it has these."""
    at = np.array([start.instant == instant for start in candidates.starts], dtype=bool)
    return meeting.part(at[place.starts] & (place.venue.id == venue) for place in meeting.places)
