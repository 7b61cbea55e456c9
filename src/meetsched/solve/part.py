"""A part of an instance: cities that share nothing with the others, planned tier by tier as these allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event

from meetsched.domain.instance import Instance, Objective
from meetsched.domain.outcome import Outcome
from meetsched.domain.plan import Plan
from meetsched.model import PlanningModel
from meetsched.rules import Tier
from meetsched.solve.cities import Ideals
from meetsched.solve.control import Control
from meetsched.solve.lexicographic import LexicographicSearch, Solution
from meetsched.solve.nearby import as_planned
from meetsched.solve.options import SolveOptions
from meetsched.solve.run import Run


@dataclass(frozen=True, slots=True)
class Held:
    """A tier that is held at what an earlier course has found."""

    objective: Objective
    best: int
    bound: int


@dataclass(frozen=True, slots=True)
class Course:
    """Which tiers of a part are optimised, and what holds already.

    Attributes
    ----------
    objectives : tuple of Objective
        In order. `balance` counts where it is among them, however few cities the part has.
    held : tuple of Held
        The tiers before these.
    least_share : int or None
        What every city gets of its ideal at least, in thousandths.
    ideals : Ideals or None
        What each city gets alone, where that is known already.
    known : Plan or None
        A plan to begin from.
    """

    objectives: tuple[Objective, ...]
    held: tuple[Held, ...] = ()
    least_share: int | None = None
    ideals: Ideals | None = None
    known: Plan | None = None


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """The end of a course.

    Attributes
    ----------
    outcome : Outcome
        The plan has the tiers of the course only.
    ideals : Ideals or None
    glance : mapping of Tier to (int, int)
        For each tier that is a sum over the meetings, the plan's value and what no plan can beat, as far
        as a glance tells; empty where there is no plan.
    """

    outcome: Outcome
    ideals: Ideals | None
    glance: Mapping[Tier, tuple[int, int]]


def plan_part(
    instance: Instance, sha256: str, options: SolveOptions, course: Course, stop: Event | None = None
) -> PartOutcome:
    """Take a part of an instance through a course.

    Parameters
    ----------
    instance : Instance
        The part.
    sha256 : str
        To be named in the plan.
    options : SolveOptions
    course : Course
    stop : Event, optional
        Ends the search as soon as it is set; the best plan so far is returned.

    Raises
    ------
    SolverError
        If the solvers break down.
    """
    return _PartRun(instance, options, course, stop).part_outcome(sha256)


class _PartRun(Run):
    """A run that begins in the midst of the tiers."""

    def __init__(self, instance: Instance, options: SolveOptions, course: Course, stop: Event | None) -> None:
        super().__init__(instance, options, Control.of(options, None, stop), None)
        self._objectives = course.objectives
        self._ideals = course.ideals
        self._course = course
        self._glance: dict[Tier, tuple[int, int]] = {}

    def part_outcome(self, sha256: str) -> PartOutcome:
        outcome = self.outcome(sha256)
        return PartOutcome(outcome, self._ideals, self._glance)

    def _prepare(self, search: LexicographicSearch) -> None:
        super()._prepare(search)
        for held in self._course.held:
            search.hold(held.objective, held.best, held.bound)
        if self._course.least_share is not None:
            search.demand(Tier.BALANCE, self._course.least_share)

    def _begin(self, model: PlanningModel, search: LexicographicSearch) -> None:
        known = self._course.known
        if known is None or not search.begin_from_plan(as_planned(known)):
            super()._begin(model, search)

    def _plan(self, model: PlanningModel, solution: Solution, sha256: str) -> Plan:
        assert solution.values is not None
        self._glance = {
            tier: (model.value(tier, solution.values), model.quick_bound(tier)) for tier in SUMMED
        }
        return super()._plan(model, solution, sha256)


SUMMED: Sequence[Tier] = (Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT)
"""The tiers that are sums over the meetings, and so over the parts."""
