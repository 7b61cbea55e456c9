"""Why a meeting is where it is: its alternatives one by one, with every other meeting as it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from threading import Event

from meetsched.candidates.staffing import useful_roles
from meetsched.domain.answer import (
    TEAM_RULES,
    Account,
    Alternative,
    Alternatives,
    DutyAccount,
    Obstacle,
    StandIn,
)
from meetsched.domain.entities import Role
from meetsched.domain.plan import Duty, Meeting
from meetsched.domain.reach import Reach
from meetsched.explain.why.subject import Subject
from meetsched.explain.why.surroundings import Surroundings
from meetsched.rules import Rule, Tier
from meetsched.solve import SolveOptions
from meetsched.solve.control import Control, OutOfTime

_TOLD_FROM_PLACE = (Tier.BALANCE, Tier.POINTS, Tier.APPEAL)
"""Tiers that people do not matter for."""
_ON_SEVERAL = (Rule.CADENCE, Rule.CADENCE_OPEN, Rule.SPACING)
"""Rules that are told after those on the meeting alone."""
_MOST = 6
"""So many of the other starts are tried with the people who would serve them best."""
_NONE = Alternatives((), ())


def account(subject: Subject, options: SolveOptions, stop: Event | None = None, most: int = _MOST) -> Account:
    """Tell why the subject's meeting, which the plan holds, is where it is and with these people.

    Parameters
    ----------
    subject : Subject
    options : SolveOptions
    stop : Event, optional
        Once it is set, what was found by then is returned.
    most : int
        So many other starts that are possible are looked for, those that serve most first.

    Raises
    ------
    SolverError
        If the solvers break down.
    RejectedPlanError
        A plan that was computed does not hold: a bug.
    """
    stop = stop or Event()
    meeting = subject.meeting
    assert meeting is not None
    if subject.id in subject.baseline.history:
        return Account(meeting, True, subject.pins, _NONE, _NONE, (), (), {})
    look = _Look(subject, meeting, options, Control.of(options, None, stop))
    venues = look.elsewhere()
    starts = look.at_other_times(most)
    people = tuple(look.duties())
    dropped = subject.report(subject.instead(None))
    return Account(
        meeting,
        False,
        subject.pins,
        starts,
        venues,
        people,
        subject.broken(dropped),
        look.gain(dropped.objective),
        complete=look.complete,
        interrupted=stop.is_set(),
    )


class _Look:
    """Looks at a meeting's alternatives for as long as there is time."""

    def __init__(self, subject: Subject, meeting: Meeting, options: SolveOptions, control: Control) -> None:
        self._subject = subject
        self._meeting = meeting
        self._control = control
        self._surroundings = Surroundings(subject, options.seed)
        self._tiers = [
            each.tier for each in subject.instance.active_objectives() if each.tier in subject.values
        ]
        self.complete = True

    def gain(self, values: Mapping[Tier, int], tiers: Iterable[Tier] | None = None) -> Mapping[Tier, int]:
        """Return by how much the value of each tier that counts would rise."""
        told = self._tiers if tiers is None else [each for each in self._tiers if each in tiers]
        return {tier: values[tier] - self._subject.values[tier] for tier in told}

    def at_other_times(self, most: int) -> Alternatives:
        """Look at every other start in the same venue; at the people for those that serve most."""
        clock = self._subject.candidates.clock
        moments = (clock.local(start.instant) for start in self._subject.candidates.starts)
        others = [each for each in moments if each.timestamp() != self._meeting.start.timestamp()]
        return self._tried(self._glances((each, self._meeting.venue) for each in others), most)

    def elsewhere(self) -> Alternatives:
        """Look at every other venue at the same start."""
        venues = [each.id for each in self._subject.instance.venues if each.id != self._meeting.venue]
        return self._tried(self._glances((self._meeting.start, venue) for venue in venues), len(venues))

    def _glances(self, cases: Iterable[tuple[datetime, str]]) -> list[Alternative]:
        """Look at starts and venues for as long as there is time."""
        found = []
        for start, venue in cases:
            if self._control.over(with_plan=False):
                self.complete = False
                break
            found.append(self._glance(start, venue))
        return found

    def _glance(self, start: datetime, venue: str) -> Alternative:
        """Return what the same people there would make of it; perhaps others could."""
        moved = self._subject.at(start, venue, self._meeting.people)
        report = self._subject.report(self._subject.instead(moved))
        broken = self._subject.broken(report)
        whoever = sorted(
            (each for each in broken if each.rule not in TEAM_RULES),
            key=lambda each: each.rule in _ON_SEVERAL,
        )
        gain = self.gain(report.objective, _TOLD_FROM_PLACE)
        return Alternative(start, venue, tuple(whoever) or broken, None, gain)

    def _tried(self, glances: Sequence[Alternative], most: int) -> Alternatives:
        """Sort alternatives by what they promise, and find the people for the first that are possible."""
        hopeful = [each for each in glances if each.lacks_people or not each.obstacles]
        forbidden = [each for each in glances if each.obstacles and not each.lacks_people]
        hopeful.sort(key=self._promise)
        possible: list[Alternative] = []
        while hopeful and len(possible) < most:
            try:
                tried = self._staffed(hopeful[0])
            except OutOfTime:
                self.complete = False
                break
            (possible if tried.meeting else forbidden).append(tried)
            del hopeful[0]
        return Alternatives(
            tuple(sorted(possible, key=self._rank)),
            tuple(sorted(forbidden, key=self._promise)),
            tuple(hopeful),
        )

    def _staffed(self, glance: Alternative) -> Alternative:
        found = self._surroundings.best(glance.start, glance.venue, self._control)
        if found is None:
            return glance
        return Alternative(glance.start, glance.venue, (), found.meeting, self.gain(found.values))

    def _promise(self, alternative: Alternative) -> tuple[float, ...]:
        """Return a key that sorts first what serves firms most, then what is nearest in time."""
        days = abs((alternative.start - self._meeting.start).total_seconds())
        return (*(-alternative.gain.get(tier, 0) for tier in _TOLD_FROM_PLACE), days)

    def _rank(self, alternative: Alternative | StandIn) -> tuple[int, ...]:
        gain = alternative.gain
        return tuple(-gain[tier] if tier.maximise else gain[tier] for tier in self._tiers)

    def duties(self) -> Iterator[DutyAccount]:
        """Yield for each duty all who could have it instead, one for one, or why they could not."""
        for duty in self._meeting.people:
            found = [self._stand_in(duty, each) for each in self._others(duty.role)]
            possible = sorted((each for each in found if not each.obstacles), key=self._rank)
            yield DutyAccount(duty, (*possible, *(each for each in found if each.obstacles)))

    def _others(self, role: Role) -> Iterator[str]:
        """Yield everybody who is not there and could serve the meeting in a role, were they free."""
        instance, there = self._subject.instance, {duty.person for duty in self._meeting.people}
        city, topic = instance.city_by_id[self._subject.city], instance.topic_by_id[self._subject.topic]
        house = instance.venue_by_id[self._meeting.venue].institution
        reach = Reach(instance)
        for person in reach.people[city.id]:
            useful = role in useful_roles(reach, city, person, topic.expertise)
            at_home = role is not Role.HOST or person.institution == house
            if useful and at_home and person.id not in there:
                yield person.id

    def _stand_in(self, duty: Duty, other: str) -> StandIn:
        people = [
            Duty(person=other, role=each.role) if each == duty else each for each in self._meeting.people
        ]
        moved = self._subject.at(self._meeting.start, self._meeting.venue, people)
        report = self._subject.report(self._subject.instead(moved))
        obstacles: tuple[Obstacle, ...] = self._subject.broken(report)
        return StandIn(other, obstacles, {} if obstacles else self.gain(report.objective))
