"""Tier after tier: each is optimised, then held while the next ones are."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from time import monotonic

from meetsched.backends.problem import UNBOUNDED, Ints, Problem, objective_row
from meetsched.domain.instance import Objective
from meetsched.domain.outcome import PlannedMeeting
from meetsched.model import Levels, PlanningModel, Terms
from meetsched.rules import Tier
from meetsched.solve.asking import compiled
from meetsched.solve.compile import compile_cost
from meetsched.solve.control import Control
from meetsched.solve.figures import Aim, Figures, differences
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.regions.levels import LevelSearch
from meetsched.solve.regions.region import Region
from meetsched.solve.regions.search import RegionSearch
from meetsched.solve.tier import TierSearch

_AnySearch = TierSearch | RegionSearch | LevelSearch

_SHARE_OF_TIME = 0.7
"""A tier with others after it may take this share of the time that is left."""
_SHARE_OF_LEVEL = 0.5
"""A level with others after it may take this share of what its tier has left."""
_NOTHING = Decimal(0)
"""What one level may give up for the next."""


@dataclass(frozen=True, slots=True)
class TierFigures:
    """A tier in its own units: what was found in its turn, and what cannot be beaten.

    `levels` are the cities' shares in rising order, where these count one after the other; the first of
    them is the tier's own.
    """

    objective: Objective
    best: int
    bound: int
    closed: bool
    seconds: float
    levels: tuple[Figures, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether all of it is proven, each level too."""
        return self.closed and all(level.closed for level in self.levels)


@dataclass(frozen=True, slots=True)
class Solution:
    """The end of a lexicographic search.

    Attributes
    ----------
    values : ndarray of int, shape (n,), or None
        The plan's columns.
    tiers : tuple of TierFigures
        In order; empty where there is no plan.
    infeasible : bool
        Whether it is proven that there is no plan.
    """

    values: Ints | None
    tiers: tuple[TierFigures, ...]
    infeasible: bool


class LexicographicSearch:
    """Optimises a model's tiers in turn.

    Parameters
    ----------
    model : PlanningModel
    threads, seed : int
    city : str or None
        The city whose ideal is sought, for the reports.
    """

    def __init__(self, model: PlanningModel, *, threads: int, seed: int, city: str | None = None) -> None:
        self._model = model
        self._threads = threads
        self._seed = seed
        self._city = city
        self._problem = compiled(model.linear)
        self._values: Ints | None = None
        self._bounds: dict[Tier, int] = {}
        self._region: Region | None = None

    def by_city(self, plans: Iterable[PlannedMeeting] = ()) -> None:
        """Search the cities apart, with prices on what they share, wherever a tier lets that be.

        Parameters
        ----------
        plans : iterable of PlannedMeeting
            What each city does alone, as far as known.
        """
        self._region = Region(self._model, self._problem, threads=self._threads, seed=self._seed)
        self._region.learn(self._model.values_of(plans))

    def begin_from(self, values: Ints) -> None:
        """Give a plan to begin from, as the columns of the model."""
        self._values = values

    def begin_from_plan(self, planned: Iterable[PlannedMeeting]) -> bool:
        """Begin from a plan if it holds every rule of the model; return whether it does."""
        values = self._model.values_of(planned)
        separators = self._model.linear.separators
        holds = self._problem.is_solved_by(values) and not any(
            True for separator in separators for _ in separator(values)
        )
        if holds:
            self.begin_from(values)
        return holds

    def limit(self, tier: Tier, bound: int) -> None:
        """Tell what no plan can beat in a tier."""
        self._bounds[tier] = bound

    def fix(self, columns: Mapping[int, int]) -> None:
        """Fix columns at values."""
        lower, upper = self._problem.lower.copy(), self._problem.upper.copy()
        for column, value in columns.items():
            lower[column] = upper[column] = value
        self._problem = replace(self._problem, lower=lower, upper=upper)

    def branch(self, threads: int | None = None) -> "LexicographicSearch":
        """Return a search that goes on from here by itself; it has as many threads if not said otherwise."""
        other = copy(self)
        other._bounds = dict(self._bounds)
        other._threads = threads or self._threads
        if self._region is not None:  # What it remembers holds for searches that get narrower only.
            other.by_city()
        return other

    def demand(self, tier: Tier, limit: int) -> None:
        """Demand of a tier a value, or a better one, without a search for its optimum."""
        sign = -1 if tier.maximise else 1
        cost, unit = compile_cost(self._model.objectives[tier], len(self._problem.cost), sign)
        row = objective_row(cost, -UNBOUNDED, sign * limit // unit)
        self._problem = self._problem.with_more(row)

    @property
    def problem(self) -> Problem:
        """What is searched: the solutions that hold all that was demanded so far."""
        return self._problem

    def minimise(self, cost: Ints, worst: int, control: Control) -> TierOutcome:
        """Find the least of any objective, up to the worst that is wanted; it is not held."""
        problem = replace(self._problem, cost=cost)
        search = self._search(problem, -UNBOUNDED, known=None, worst=worst)
        return search.run(control, lambda _: None)

    def narrow(self, problem: Problem) -> None:
        """Search a part of the model's solutions: those of a problem with its columns."""
        self._problem = problem

    def run(self, objectives: Sequence[Objective], control: Control) -> Solution:
        """Optimise the tiers; without any, find a plan at all."""
        figures: list[TierFigures] = []
        for index, objective in enumerate(objectives):
            last = index == len(objectives) - 1
            tier = self._optimise(objective, control if last else control.patient(_SHARE_OF_TIME))
            if isinstance(tier, TierOutcome):
                return Solution(None, (), tier.infeasible)
            figures.append(tier)
        if not objectives:
            outcome = self._search(self._problem, 0, self._values).run(control, lambda _: None)
            return Solution(outcome.values, (), outcome.infeasible)
        return Solution(self._values, tuple(figures), infeasible=False)

    def hold(self, objective: Objective, best: int, bound: int) -> None:
        """Hold a tier that another search has optimised, at its best less what it gives.

        Parameters
        ----------
        objective : Objective
        best, bound : int
            In the tier's own units: what was found, and what is proven that no plan beats.
        """
        self._hold_terms(self._model.objectives[objective.tier], objective, best, bound)

    def _hold_terms(self, terms: Terms, objective: Objective, best: int, bound: int) -> None:
        sign = -1 if objective.tier.maximise else 1
        problem = self._problem
        cost, unit = compile_cost(terms, len(problem.cost), sign)
        limit = sign * best // unit + allowance(best, objective.give) // unit
        row = objective_row(cost, sign * bound // unit, limit)
        self._problem = problem.with_more(row)

    def _search(self, problem: Problem, bound: int, known: Ints | None, worst: int = UNBOUNDED) -> _AnySearch:
        if self._region is not None and worst == UNBOUNDED and self._region.suits(problem):
            return self._region.search(problem, known, bound)
        return TierSearch(
            problem,
            self._model.linear.separators,
            known=known,
            bound=bound,
            threads=self._threads,
            seed=self._seed,
            worst=worst,
        )

    def _optimise(self, objective: Objective, control: Control) -> TierFigures | TierOutcome:
        """Return the tier's figures, or how the search ended where it found no plan."""
        began = monotonic()
        tier = objective.tier
        levels = self._model.levels if tier is Tier.BALANCE else None
        before = self._problem
        quick = self._bounds.get(tier, self._model.quick_bound(tier))
        first = Aim(tier, self._model.objectives[tier], quick)
        if levels is None:
            found = self._seek(first, objective.give, control)
        else:
            found = self._seek(first, _NOTHING, control.hasty(_SHARE_OF_LEVEL))
        if isinstance(found, TierOutcome):
            return found
        sums: tuple[Figures, ...] = ()
        if levels is not None:
            sums = self._level_out(levels, found, control)
        if levels is not None and objective.give:
            self._problem = before
            for terms, each in zip((first.terms, *(one.terms for one in levels.sums)), sums, strict=True):
                self._hold_terms(terms, objective, each.best, each.bound)
        seconds = monotonic() - began
        return TierFigures(objective, found.best, found.bound, found.closed, seconds, differences(sums))

    def _level_out(self, levels: Levels, first: Figures, control: Control) -> tuple[Figures, ...]:
        """Lift the sum of the two smallest shares, then of the three smallest, and so on; hold each.

        Return the figures of these sums, the smallest share among them.
        """
        found = [first]
        for level in levels.sums:
            quick = found[-1].bound + self._model.quick_bound(Tier.BALANCE)
            aim = Aim(Tier.BALANCE, level.terms, quick, level.rank, found[-1].best)
            last = level is levels.sums[-1]
            figures = self._seek(aim, _NOTHING, control if last else control.hasty(_SHARE_OF_LEVEL))
            assert isinstance(figures, Figures)
            found.append(figures)
        return tuple(found)

    def _seek(self, aim: Aim, give: Decimal, control: Control) -> Figures | TierOutcome:
        """Optimise an expression and hold it; return how the search ended where it found no plan."""
        sign = -1 if aim.tier.maximise else 1
        cost, unit = compile_cost(aim.terms, len(self._problem.cost), sign)
        problem = replace(self._problem, cost=cost)

        def own(value: int | None) -> int | None:
            return None if value is None else sign * unit * value - aim.below

        def report(search: _AnySearch) -> None:
            control.report(aim.tier, self._city, own(search.value), own(search.bound), level=aim.level)

        outcome = self._search(problem, sign * aim.quick // unit, self._values).run(control, report)
        if outcome.values is None:
            return outcome
        if aim.tier is Tier.BALANCE and self._model.levels is not None:
            raised = self._model.with_balance(outcome.values)
            outcome = replace(outcome, values=raised, value=problem.value(raised))
        assert outcome.value is not None
        control.report(
            aim.tier,
            self._city,
            own(outcome.value),
            own(outcome.bound),
            finished=True,
            proven=outcome.proven,
            level=aim.level,
        )
        best, bound = sign * unit * outcome.value, sign * unit * outcome.bound
        self._values = outcome.values
        self._hold(outcome, outcome.value + allowance(best, give) // unit)
        return Figures(best, bound, outcome.proven)

    def _hold(self, outcome: TierOutcome, limit: int) -> None:
        """Hold a tier at a limit, and fix what no plan within it has otherwise."""
        problem = outcome.problem
        lower, upper = problem.lower, problem.upper
        if outcome.relaxation is not None:
            lower, upper = outcome.relaxation.fixings(lower, upper, limit)
        held = objective_row(problem.cost, outcome.bound, limit)
        if outcome.relaxation is not None:
            held = held.with_more(outcome.relaxation.rows(limit))
        self._problem = problem.restricted(lower, upper, held)


def allowance(best: int, give: Decimal) -> int:
    """Return how much of a tier's optimum later tiers may give up: the floor of a share of it."""
    return int((give * abs(best)).to_integral_value(rounding=ROUND_FLOOR))
