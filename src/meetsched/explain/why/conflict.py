"""A smallest set of demands with which what was asked for cannot be had.

The fewest demands are found that have to be set aside for it; one of them is held from then on, and so
on, until what is held leaves no plan. A demand that was to be set aside alone is needed; the others are
tried without, one by one (Liffiton and Sakallah, *Algorithms for computing minimal unsatisfiable subsets
of constraints*, Journal of Automated Reasoning 40, 2008).

Most of the model are starts, venues and people's times that only set a demand of theirs aside. While
such demands are held the model is small, and it is there that the search begins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from meetsched.backends.problem import Ints, Problem
from meetsched.candidates import Candidates, MeetingCandidates, Places, find_candidates
from meetsched.candidates.starts import pin_allows
from meetsched.domain.explanation import Conflict, Demand
from meetsched.domain.instance import Instance, Pin
from meetsched.explain.demands import Demands
from meetsched.explain.elastic import Easing, Elastic, Side, build_elastic
from meetsched.explain.shortages import add_shortages
from meetsched.explain.solving import Effort, fixed, minimised, solved
from meetsched.explain.why.subject import Subject
from meetsched.rules import Rule
from meetsched.solve.asking import compiled
from meetsched.solve.control import OutOfTime


def find_conflict(subject: Subject, asked: Pin, effort: Effort) -> Conflict | None:
    """Find demands that cannot be held together with what was asked for, of which it is known that none can.

    Where time runs out, some may not be confirmed to be needed; None where it ran out before that.
    """
    instance = subject.asking(asked)
    search: _Search | None = None
    try:
        elastic = _elastic(subject, instance, effort)
        search = _Search(elastic, effort)
        search.gather()
        search.reduce()
    except OutOfTime:
        pass
    return None if search is None or not search.refuted else search.conflict()


_LOCAL = frozenset(
    {
        Rule.TOPIC_WINDOW,
        Rule.TOPIC_TURNOUT,
        Rule.VENUE_ACCESS,
        Rule.VENUE_EQUIPMENT,
        Rule.VENUE_HOURS,
        Rule.PERSON_AVAILABLE,
    }
)
"""Rules that forbid one meeting a start, a venue or a person."""


class _Asked(Demands):
    """Prices all demands but the last pin, which is the question: it always holds."""

    def __init__(self, forgiving: Candidates) -> None:
        super().__init__(forgiving)
        self._question = str(len(forgiving.instance.pins) - 1)

    def row(self, rule: Rule, subject: str, side: Side) -> Iterable[Easing]:
        """Yield the demand that a row belongs to."""
        if rule is Rule.PIN and subject.split(" ")[1] == self._question:
            return
        yield from super().row(rule, subject, side)


def _elastic(subject: Subject, instance: Instance, effort: Effort) -> Elastic:
    """Build the model of everything that could be and has what was asked for."""
    check = effort.control.check
    forgiving = find_candidates(instance, check, subject.baseline, forgiving=True)
    meetings = tuple(
        _asked_places(each, forgiving, instance.pins[-1]) if each.id == subject.id else each
        for each in forgiving.meetings
    )
    narrowed = replace(forgiving, meetings=meetings)
    elastic = build_elastic(narrowed, _Asked(narrowed), check)
    add_shortages(elastic)
    return elastic


def _asked_places(meeting: MeetingCandidates, candidates: Candidates, asked: Pin) -> MeetingCandidates:
    """Return the meeting with the starts and venues asked for only."""
    places = []
    for place in meeting.places:
        allowed = [pin_allows(asked, place.venue, candidates.starts[index]) for index in place.starts]
        mask = np.array(allowed, dtype=bool)
        if mask.any():
            arrays = (place.starts, place.heads, place.points, place.cost, place.appeal)
            places.append(Places(place.venue, *(each[mask] for each in arrays)))
    return replace(meeting, places=tuple(places))


class _Search:
    """Gathers demands until they are refuted, then leaves out those that are not needed."""

    def __init__(self, elastic: Elastic, effort: Effort) -> None:
        tolls = elastic.linear.tolls
        self._demands = [each for each in tolls if isinstance(each, Demand)]
        self._columns = np.array([tolls[each] for each in self._demands], dtype=np.int64)
        self._separators = elastic.linear.separators
        self._effort = effort
        problem = compiled(elastic.linear)
        cost = np.zeros_like(problem.cost)
        cost[self._columns] = 1
        self._problem = replace(problem, cost=cost)
        self._held: list[int] = []
        self._needed: set[int] = set()
        self.refuted = False

    def gather(self) -> None:
        """Hold more and more demands until no plan does.

        Raises
        ------
        OutOfTime
            It could not be told in time.
        """
        local = [place for place, demand in enumerate(self._demands) if demand.rule in _LOCAL]
        self._gather(local)
        self._gather([])
        self.refuted = True

    def _gather(self, besides: Sequence[int]) -> None:
        """Hold more and more demands until no plan does that holds some others as well."""
        while True:
            held = [*self._held, *besides]
            outcome = minimised(self._holding(held), self._separators, self._effort, bound=1)
            if outcome.values is None:
                return
            aside = [place for place, column in enumerate(self._columns) if outcome.values[column]]
            if not aside:
                raise AssertionError("a plan has what was asked for")
            self._held.append(aside[0])
            if len(aside) == 1:
                self._needed.add(aside[0])

    def reduce(self) -> None:
        """Leave out what can be, and learn what is needed.

        Raises
        ------
        OutOfTime
            Perhaps not all of it is needed.
        """
        for place in [each for each in self._held if each not in self._needed]:
            rest = [each for each in self._held if each != place]
            if self._can_be_held(rest):
                self._needed.add(place)
            else:
                self._held = rest

    def conflict(self) -> Conflict:
        """Return the demands that are left."""
        return Conflict(self._named(self._held), self._named(self._needed))

    def _named(self, places: Iterable[int]) -> tuple[Demand, ...]:
        return tuple(sorted(self._demands[place] for place in places))

    def _can_be_held(self, places: Sequence[int]) -> bool:
        problem = self._holding(places)
        everything = np.setdiff1d(np.arange(len(self._columns)), np.array(places, dtype=np.int64))
        columns = self._columns[everything]
        bare = replace(fixed(problem, columns, problem.upper[columns]), cost=0 * problem.cost)
        values, _ = solved(bare, self._separators, self._effort)
        return values is not None

    def _holding(self, places: Sequence[int]) -> Problem:
        columns: Ints = self._columns[np.array(places, dtype=np.int64)]
        return fixed(self._problem, columns, np.zeros(len(columns), dtype=np.int64))
