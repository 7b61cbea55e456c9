"""What more money buys: the efficient plans between the cheapest and the best served."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Event

from meetsched.candidates import find_candidates
from meetsched.domain.curve import Between
from meetsched.domain.instance import Instance, Objective
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.model import PlanningModel, Values, build
from meetsched.rules import Rule, Tier
from meetsched.solve.boxes import Efficient
from meetsched.solve.cities import Ideals
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.efficient import COST, POINTS, EfficientSearch
from meetsched.solve.lexicographic import LexicographicSearch, Solution, TierFigures, allowance
from meetsched.solve.nearby import as_planned
from meetsched.solve.options import SolveOptions
from meetsched.solve.run import Run


@dataclass(frozen=True, slots=True)
class EfficientPlan:
    """A plan that is proven to be efficient.

    Attributes
    ----------
    plan : Plan
        It does not say how good it is: by the instance's order others may be better.
    ties : tuple of TierFigures
        The tiers that decided between plans of its points and cost.
    """

    plan: Plan
    ties: tuple[TierFigures, ...]

    @property
    def best_of_these(self) -> bool:
        """Whether it is proven that these tiers could not decide for another one."""
        return all(figures.settled for figures in self.ties)


@dataclass(frozen=True, slots=True)
class CurveEnd:
    """What the search for efficient plans has settled.

    Attributes
    ----------
    held : tuple of TierFigures
        The tiers that count before points and cost, which all plans keep.
    cheapest, best_served : bool
        Whether the plans at the two ends were found.
    gaps : mapping of (int, int) to Between
        What is not settled, by the points of the two neighbours between which it lies.
    beyond_budget : Plan or None
        A plan that serves more than any within the budgets; None where none is known.
    """

    held: tuple[TierFigures, ...] = ()
    cheapest: bool = False
    best_served: bool = False
    gaps: Mapping[tuple[int, int], Between] = field(default_factory=dict)
    beyond_budget: Plan | None = None

    @property
    def complete(self) -> bool:
        """Whether it is proven that all plans were found."""
        return self.cheapest and self.best_served and not self.gaps


@dataclass(frozen=True, slots=True)
class _Order:
    """What counts before points and cost, these two in the instance's order, and what breaks ties."""

    held: tuple[Objective, ...]
    traded: tuple[Objective, ...]
    ties: tuple[Objective, ...]

    @classmethod
    def of(cls, objectives: Sequence[Objective]) -> "_Order":
        """Return the order of an instance; what it does not list comes last.

        Points and cost are traded for one another, so that nothing is given up of them.
        """
        given = {each.tier: each for each in (POINTS, COST)}
        own = [each.tier for each in objectives if each.tier in given]
        first = next((place for place, each in enumerate(objectives) if each.tier in given), len(objectives))
        return cls(
            held=tuple(objectives[:first]),
            traded=tuple(given[tier] for tier in dict.fromkeys((*own, *given))),
            ties=tuple(each for each in objectives[first:] if each.tier not in given),
        )


def plan_curve(
    instance: Instance,
    sha256: str,
    options: SolveOptions,
    on_plan: Callable[[EfficientPlan], None],
    *,
    known: Plan | None = None,
    most: int | None = None,
    stop: Event | None = None,
) -> CurveEnd:
    """Find every plan that no other beats in points and cost at once, each proven, by the rules as they are.

    Tiers that the instance has before both are optimised first and held; later ones break ties.

    Parameters
    ----------
    instance : Instance
    sha256 : str
        Of the instance's file, to be named in the plans.
    options : SolveOptions
        The time limit is that of all plans together.
    on_plan : callable
        Is given each plan as soon as it is proven: both ends first, then those between.
    known : Plan, optional
        The instance's plan, to begin from.
    most : int, optional
        So many plans at most, two or more: each next one where its neighbours are farthest apart.
    stop : Event, optional
        Ends the search as soon as it is set.

    Raises
    ------
    SolverError
        If the solvers break down.
    """
    try:
        return _CurveRun(instance, options, Control.of(options, None, stop), known).run(sha256, on_plan, most)
    except OutOfTime:
        return CurveEnd()


class _CurveRun(Run):
    """A run that ends with many plans.

    Parameters
    ----------
    instance : Instance
    options : SolveOptions
    control : Control
    known : Plan or None
    """

    def __init__(
        self, instance: Instance, options: SolveOptions, control: Control, known: Plan | None
    ) -> None:
        super().__init__(instance, options, control, None)
        self._order = _Order.of(self._objectives)
        self._given = known
        if known is not None:
            self._learn_from(known)

    def _learn_from(self, known: Plan) -> None:
        """Take over what was proven of a plan: the ideals, and what none beats in the tier traded first.

        That counts only where all tiers before it are proven: otherwise it was found under other values.
        """
        balance = known.tier_by_name.get(Tier.BALANCE)
        if known.ideal is not None and balance is not None and balance.proven:
            self._ideals = Ideals(dict(known.ideal), {}, sum(known.ideal.values()))
        leading = known.tier_by_name.get(self._order.traded[0].tier)
        before = (known.tier_by_name.get(each.tier) for each in self._order.held)
        if leading is not None and all(tier is not None and tier.proven for tier in before):
            self._bounds = {leading.name: leading.bound}

    def run(self, sha256: str, on_plan: Callable[[EfficientPlan], None], most: int | None) -> CurveEnd:
        """Give each plan to `on_plan` that is found."""
        candidates = find_candidates(self._instance, self._control.check)
        self._find_ideals(candidates)
        if self._ideals is not None and (self._ideals.hopeless is not None or not self._ideals.proven):
            return CurveEnd()
        model = build(candidates, None if self._ideals is None else self._ideals.points, self._control.check)
        base = self._base(model)
        held = base.run(self._order.held, self._control).tiers if self._order.held else ()
        if len(held) < len(self._order.held) or not all(figures.settled for figures in held):
            return CurveEnd()
        search = EfficientSearch(model, base, self._order.traded, self._order.ties, threads=self._threads)
        found: list[Efficient] = []
        for each in search.run(self._control, most):
            found.append(each)
            on_plan(EfficientPlan(self._unjudged(model, each.values, sha256), each.ties))
        best_served = Tier.POINTS in search.ends
        best = max(found, key=lambda each: each.points) if best_served else None
        beyond = None if best is None else self._beyond_budget(model, held, best, sha256)
        return CurveEnd(held, Tier.COST in search.ends, best_served, search.gaps, beyond)

    def _base(self, model: PlanningModel) -> LexicographicSearch:
        """Return a search with what is known: a plan, and what none can beat in the tier traded first."""
        search = LexicographicSearch(model, threads=self._threads, seed=self._options.seed)
        self._prepare(search)
        if self._given is not None and search.begin_from_plan(as_planned(self._given)):
            search.begin_from(model.with_balance(model.values_of(as_planned(self._given))))
        return search

    def _unjudged(self, model: PlanningModel, values: Values, sha256: str) -> Plan:
        """Return a plan that does not say how good it is."""
        plan = self._plan(model, Solution(values, (), infeasible=False), sha256)
        return plan.model_copy(update={"status": PlanStatus.FEASIBLE})

    def _beyond_budget(
        self, model: PlanningModel, held: Sequence[TierFigures], best: Efficient, sha256: str
    ) -> Plan | None:
        """Return a plan that serves more than the best one, if no budget counted, for as little as can be."""
        linear = model.linear
        rows = [row for row in linear.rows if row.rule is not Rule.BUDGET]
        if len(rows) == len(linear.rows) or self._control.over(with_plan=True):
            return None
        free = replace(model, linear=replace(linear, rows=rows))
        search = LexicographicSearch(free, threads=self._threads, seed=self._options.seed)
        for each in held:
            given = allowance(each.best, each.objective.give)
            search.demand(
                each.objective.tier, each.best + (-given if each.objective.tier.maximise else given)
            )
        search.begin_from(best.values)
        solution = search.run([POINTS, COST], self._control)
        if solution.values is None or solution.tiers[0].best <= best.points:
            return None
        return self._unjudged(free, solution.values, sha256)
