"""What each city could have beside the others' meetings: each question is a search for one city's plan.

The meetings of others that stand are part of the model, with one possibility each, so that every rule on
rooms and people counts them as in a plan of all. Meetings that use nothing that the city may use are left
out: no rule connects them with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from threading import Event

from meetsched.backends.messages import Backend
from meetsched.backends.pool import POOL
from meetsched.candidates import Candidates, find_candidates
from meetsched.domain.baseline import Baseline
from meetsched.domain.entities import City
from meetsched.domain.instance import Instance, Objective
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Meeting, Plan
from meetsched.domain.shares import Most, concerns
from meetsched.model import PlanningModel, build
from meetsched.rules import Tier
from meetsched.solve.assemble import assemble_meetings
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.lexicographic import LexicographicSearch, Solution
from meetsched.solve.options import SolveOptions

_POINTS = (Objective(tier=Tier.POINTS),)


@dataclass(frozen=True, slots=True)
class Question:
    """What a city could have: alone, or beside the others, all of them but perhaps one.

    Attributes
    ----------
    city : str
    alone : bool
        Whether nobody else uses anything.
    without : str or None
        The one that uses nothing, where all others' meetings stand.
    """

    city: str
    alone: bool = False
    without: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a city could have, and how.

    Attributes
    ----------
    question : Question
    most : Most
    meetings : tuple of Meeting
        The city's own, which have these points.
    standing : tuple of Meeting
        Those of others that it stands beside.
    """

    question: Question
    most: Most
    meetings: tuple[Meeting, ...]
    standing: tuple[Meeting, ...]


def questions(instance: Instance) -> Iterator[Question]:
    """Yield for each city what it could have alone, beside the others, and without each of them."""
    for city in instance.cities:
        yield Question(city.id, alone=True)
        yield Question(city.id)
        for other in instance.cities:
            if other is not city:
                yield Question(city.id, without=other.id)


def most_points(
    instance: Instance, plan: Plan, options: SolveOptions, stop: Event | None = None
) -> Iterator[Answer]:
    """Answer for a plan all `questions`, in order; those that the time was too short for are left out.

    Parameters
    ----------
    instance : Instance
    plan : Plan
        It holds every rule of the instance.
    options : SolveOptions
        The time limit is that of all answers together.
    stop : Event, optional
        Ends the search as soon as it is set.

    Raises
    ------
    SolverError
        If the solvers break down.
    """
    control = Control.of(options, None, stop)
    POOL.warm([Backend.HIGHS, Backend.HIGHS][: options.threads()])
    try:
        candidates = find_candidates(instance, control.check, standing=plan.meetings)
        asking = _Asking(candidates, plan, options, control)
        for city in instance.cities:
            yield from asking.answers(city)
    except OutOfTime:
        return


class _Asking:
    """Answers the questions about one city after the other."""

    def __init__(self, candidates: Candidates, plan: Plan, options: SolveOptions, control: Control) -> None:
        self._candidates = candidates
        self._instance = candidates.instance
        self._plan = plan
        self._threads, self._seed = options.threads(), options.seed
        self._control = control
        self._open = sum(1 for _ in questions(self._instance))
        self._over: frozenset[str] = frozenset()
        if plan.repair is not None:
            self._over = frozenset(Baseline(plan, plan.repair, self._instance.zone).history)

    def answers(self, city: City) -> Iterator[Answer]:
        """Yield what a city could have; questions that come to the same are searched once."""
        near = [
            each
            for each in self._plan.meetings
            if each.city != city.id
            and each.city in self._instance.city_by_id
            and concerns(self._instance, city.id, each)
        ]
        own = tuple(each for each in self._plan.meetings if each.city == city.id)
        over = tuple(each for each in own if each.id in self._over)
        found: dict[tuple[Meeting, ...], Answer] = {}
        for question in questions(self._instance):
            if question.city != city.id:
                continue
            standing = () if question.alone else tuple(each for each in near if each.city != question.without)
            fixed = (*standing, *over)
            if fixed not in found:
                model = build(self._candidates.beside(city, fixed), between=self._control.check)
                search = LexicographicSearch(model, threads=self._threads, seed=self._seed, city=city.id)
                if found:
                    search.limit(Tier.POINTS, found[over].most.bound + _points(standing))
                for begin in (*(each.meetings for each in found.values()), own):
                    if search.begin_from_plan(map(PlannedMeeting.of, (*begin, *standing))):
                        break
                solution = search.run(_POINTS, self._control.limited(1 / self._open))
                found[fixed] = _answer(question, standing, model, solution)
            self._open -= 1
            yield replace(found[fixed], question=question)


def _answer(
    question: Question, standing: tuple[Meeting, ...], model: PlanningModel, solution: Solution
) -> Answer:
    """Return what a city has in a solution; the points of the others' meetings are no part of it."""
    if solution.values is None:
        if not solution.infeasible:
            raise OutOfTime
        return Answer(question, Most(0, 0), (), standing)
    meetings = assemble_meetings(model, solution.values)
    own = tuple(each for each in meetings if each.city == question.city)
    bound = solution.tiers[0].bound - _points(standing)
    return Answer(question, Most(_points(own), max(_points(own), bound)), own, standing)


def _points(meetings: Iterable[Meeting]) -> int:
    return sum(each.points for each in meetings)
