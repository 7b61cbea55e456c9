"""A smallest set of demands with which what was asked for cannot be had.

The fewest demands are found that have to be set aside for it; one of them is held from then on, and so
on, until what is held leaves no plan. A demand that was to be set aside alone is needed; the others are
tried without, one by one (Liffiton and Sakallah, *Algorithms for computing minimal unsatisfiable subsets
of constraints*, Journal of Automated Reasoning 40, 2008).

Most of what could be is a start and a venue that only set a demand of their own aside. The search begins
without these, in a small part of the model: what is found there to be needed is needed in all of it.
Mostly that is all, and the whole only confirms that nothing else has to be held.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from meetsched.backends.problem import Ints, Problem
from meetsched.candidates import Candidates, MeetingCandidates, find_candidates
from meetsched.candidates.starts import pin_allows
from meetsched.domain.explanation import Conflict, Demand
from meetsched.domain.instance import Pin
from meetsched.explain.conflicts import told_before
from meetsched.explain.demands import Demands
from meetsched.explain.elastic import Easing, Side, build_elastic
from meetsched.explain.shortages import add_shortages
from meetsched.explain.solving import Effort, fixed, minimised, solved
from meetsched.explain.why.subject import Subject
from meetsched.rules import Rule
from meetsched.solve.asking import compiled
from meetsched.solve.control import OutOfTime


def find_conflict(subject: Subject, asked: Pin, candidates: Candidates, effort: Effort) -> Conflict | None:
    """Find demands that cannot be held together with what was asked for.

    Parameters
    ----------
    subject : Subject
    asked : Pin
        No plan has it, as is known.
    candidates : Candidates
        Those of the instance with the question among its pins.
    effort : Effort
        Where time runs out, some demands may not be confirmed to be needed.

    Returns
    -------
    Conflict or None
        None where time ran out before there was one.
    """
    search = _Search()
    refuted = False
    with suppress(OutOfTime):
        for stage in _stages(subject, asked, candidates, effort):
            search.gather(stage)
        refuted = True
        search.reduce(stage)
    return search.conflict() if refuted else None


class _Asked(Demands):
    """Prices all demands but the last pin, which is the question: it always holds."""

    def __init__(self, candidates: Candidates) -> None:
        super().__init__(candidates)
        self._question = str(len(candidates.instance.pins) - 1)

    def row(self, rule: Rule, subject: str, side: Side) -> Iterable[Easing]:
        """Yield the demand that a row belongs to."""
        if rule is Rule.PIN and subject.split(" ")[1] == self._question:
            return
        yield from super().row(rule, subject, side)


def _stages(subject: Subject, asked: Pin, candidates: Candidates, effort: Effort) -> Iterator["_Stage"]:
    """Yield larger and larger parts of the model of everything that could be, itself last.

    What no rule on one meeting alone forbids; with that, all that the meeting asked about could be;
    everything.
    """
    check = effort.control.check
    possible = replace(candidates, forgiving=True)  # No demand implies another: each can be set aside.
    yield _Stage(possible, effort)
    forgiving = find_candidates(candidates.instance, check, subject.baseline, forgiving=True)
    own = {
        each.id: _asked_places(each, forgiving, asked) for each in forgiving.meetings if each.id == subject.id
    }
    for others in (possible, forgiving):
        meetings = tuple(own.get(each.id, each) for each in others.meetings)
        yield _Stage(replace(forgiving, meetings=meetings), effort)


def _asked_places(meeting: MeetingCandidates, candidates: Candidates, asked: Pin) -> MeetingCandidates:
    """Return the meeting with the starts and venues asked for only."""
    starts = candidates.starts
    return meeting.part(
        np.array([pin_allows(asked, place.venue, starts[index]) for index in place.starts], dtype=bool)
        for place in meeting.places
    )


class _Stage:
    """A model in which demands can be held, or set aside."""

    def __init__(self, candidates: Candidates, effort: Effort) -> None:
        elastic = build_elastic(candidates, _Asked(candidates), effort.control.check)
        add_shortages(elastic)
        tolls = elastic.linear.tolls
        self._demands = [each for each in tolls if isinstance(each, Demand)]
        self._columns = np.array([tolls[each] for each in self._demands], dtype=np.int64)
        self._separators = elastic.linear.separators
        self._effort = effort
        problem = compiled(elastic.linear)
        cost = np.zeros_like(problem.cost)
        cost[self._columns] = 1
        self._problem = replace(problem, cost=cost)

    def set_aside(self, held: Collection[Demand]) -> list[Demand] | None:
        """Return the fewest demands that have to be set aside to hold some; None: these cannot be held.

        Raises
        ------
        OutOfTime
            It could not be told in time.
        """
        outcome = minimised(self._holding(held), self._separators, self._effort, bound=1)
        if outcome.values is None:
            return None
        aside = [each for each, column in self._by_column() if outcome.values[column]]
        if not aside:
            raise AssertionError("a plan has what was asked for")
        return aside

    def can_be_held(self, demands: Collection[Demand]) -> bool:
        """Tell whether demands can be held together, whatever becomes of all others.

        Raises
        ------
        OutOfTime
            It could not be told in time.
        """
        others = np.array([column for each, column in self._by_column() if each not in demands], dtype=int)
        problem = self._holding(demands)
        bare = replace(fixed(problem, others, problem.upper[others]), cost=np.zeros_like(problem.cost))
        values, _ = solved(bare, self._separators, self._effort)
        return values is not None

    def _by_column(self) -> Iterable[tuple[Demand, int]]:
        return zip(self._demands, self._columns.tolist(), strict=True)

    def _holding(self, held: Collection[Demand]) -> Problem:
        columns: Ints = np.array([column for each, column in self._by_column() if each in held], dtype=int)
        return fixed(self._problem, columns, np.zeros_like(columns))


class _Search:
    """Gathers demands until they are refuted, then leaves out those that are not needed."""

    def __init__(self) -> None:
        self._held: list[Demand] = []
        self._needed: list[Demand] = []

    def conflict(self) -> Conflict:
        """Return the demands that are left."""
        held, needed = (tuple(sorted(each, key=told_before)) for each in (self._held, self._needed))
        return Conflict(held, needed)

    def gather(self, stage: _Stage) -> None:
        """Hold more and more demands until nothing in the stage does.

        Raises
        ------
        OutOfTime
            It could not be told in time.
        """
        while (aside := stage.set_aside(self._held)) is not None:
            self._held.append(min(aside, key=told_before))
            if len(aside) == 1:
                self._needed += aside

    def reduce(self, stage: _Stage) -> None:
        """Leave out what can be, and learn what is needed.

        Raises
        ------
        OutOfTime
            Perhaps not all of it is needed.
        """
        for demand in [each for each in self._held if each not in self._needed]:
            rest: Sequence[Demand] = [each for each in self._held if each != demand]
            if stage.can_be_held(rest):
                self._needed.append(demand)
            else:
                self._held = list(rest)
