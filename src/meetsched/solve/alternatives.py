"""Plans that are nearly as good as the best one and as unlike each other as can be.

One after the other is chosen to be as far as possible from all before it, which is half as far at least
as any choice of so many could keep from each other, were distances a metric (Gonzalez, *Clustering to
minimize the maximum intercluster distance*, 1985). Most columns can be fixed at once: what no plan has
that loses so little of the points and the cost.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Event
from time import monotonic

from meetsched.backends.problem import UNBOUNDED, Ints, Problem, objective_row
from meetsched.candidates import find_candidates
from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan, PlanStatus, Repair
from meetsched.model import add_distance, build
from meetsched.rules import Tier
from meetsched.solve.asking import compiled, grown, relaxed
from meetsched.solve.assemble import assemble_meetings
from meetsched.solve.compile import compile_cost
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.lexicographic import LexicographicSearch, allowance
from meetsched.solve.nearby import as_planned
from meetsched.solve.options import Progress, SolveOptions
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.run import plan_instance
from meetsched.solve.tier import TierSearch

HELD = (Tier.COST, Tier.POINTS)
"""What the plans may lose only a share of."""
_SHARE_FOR_BEST = 0.5
"""The best plan may take this share of the time."""
_SHARE_FOR_DISTANCE = 0.8
"""The search for the farthest plan may take this share of its time, once there is one."""


@dataclass(frozen=True, slots=True)
class AlternativeStep:
    """A plan of the row, or how the search for it ended.

    Attributes
    ----------
    outcome : Outcome
        Of the best plan as `plan_instance` returns it. Of the others `OPTIMAL` where of the plans as far
        away none is better; `INFEASIBLE` is a proof that none is left that differs from all before.
    distance, bound : int or None
        How far the plan is from all before at least, and what no plan exceeds; None for the best plan.
    """

    outcome: Outcome
    distance: int | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class FarNews:
    """News from the search for a plan far from all before it.

    Attributes
    ----------
    number : int
        The plan's place in the row, from 1 on.
    distance, bound : int or None
        The farthest so far, None before there is one, and what cannot be exceeded.
    seconds : float
        Since the command began.
    """

    number: int
    distance: int | None
    bound: int
    seconds: float


@dataclass(frozen=True, slots=True)
class AlternativesRequest:
    """What plans are asked for.

    Attributes
    ----------
    most : int
        So many in all, the best one among them.
    give : Decimal
        The share of the best plan's points, and of its cost, that the others may lose.
    """

    most: int
    give: Decimal


def loss_limits(values: Mapping[Tier, int], give: Decimal) -> Mapping[Tier, int]:
    """Return the least points and the most cost of plans that lose at most a share of some values."""
    return {
        tier: values[tier] + (-1 if tier.maximise else 1) * allowance(values[tier], give) for tier in HELD
    }


def plan_alternatives(
    instance: Instance,
    sha256: str,
    options: SolveOptions,
    request: AlternativesRequest,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    on_news: Callable[[FarNews], None] = lambda _: None,
    stop: Event | None = None,
) -> Iterator[AlternativeStep]:
    """Yield the best plan, then again and again the plan farthest from all yielded before.

    It ends after as many as were asked for, where none is left that differs, or where the time is over.

    Parameters
    ----------
    instance : Instance
    sha256 : str
        Of the instance's file, to be named in the plans.
    options : SolveOptions
        The time limit is that of all plans together.
    request : AlternativesRequest
    on_progress : callable, optional
        Hears how the search for the best plan goes.
    on_news : callable, optional
        Hears how the search for the others goes.
    stop : Event, optional
        Ends the search as soon as it is set.

    Raises
    ------
    SolverError
        If the solvers break down.
    """
    stop = stop or Event()
    options = options.begun()
    control = Control.of(options, None, stop)
    for_best = replace(options, time_limit=_SHARE_FOR_BEST * options.time_limit)
    outcome = plan_instance(instance, sha256, for_best, on_progress, stop)
    yield AlternativeStep(outcome)
    if outcome.plan is None:
        return
    search = _FarSearch(instance, options, outcome.plan, request.give, on_news)
    plans = [outcome.plan]
    for share in control.shares(request.most - 1):
        step = search.farthest(plans, share)
        yield step
        if step.outcome.plan is None:
            return
        plans.append(step.outcome.plan)


class _FarSearch:
    """Finds plans far from others among those that lose little against the best one."""

    def __init__(
        self,
        instance: Instance,
        options: SolveOptions,
        best: Plan,
        give: Decimal,
        on_news: Callable[[FarNews], None],
    ) -> None:
        self._instance = instance
        self._best = best
        self._give = give
        self._on_news = on_news
        self._threads = options.threads()
        self._seed = options.seed
        self._room: _Room | None = None

    def farthest(self, plans: Sequence[Plan], control: Control) -> AlternativeStep:
        """Return the plan whose least distance from some plans is greatest, the best of those."""
        try:
            return self._farthest(plans, control)
        except OutOfTime:
            return AlternativeStep(Outcome(Verdict.UNKNOWN, interrupted=control.stop.is_set()))

    def _farthest(self, plans: Sequence[Plan], control: Control) -> AlternativeStep:
        if self._room is None:
            self._room = _Room(self._instance, self._best, self._give, control)
        room = self._room
        room.keep_from(plans)
        far = self._search(room, len(plans) + 1, control.hasty(_SHARE_FOR_DISTANCE))
        room.learn(far)
        if far.value is None:
            verdict = Verdict.INFEASIBLE if far.infeasible else Verdict.UNKNOWN
            return AlternativeStep(Outcome(verdict, interrupted=control.stop.is_set()))
        distance, bound = -far.value, -far.bound
        values, proven = self._best_of(room, far, control.with_plan())
        plan = Plan(
            instance=self._best.instance,
            status=PlanStatus.FEASIBLE,
            tiers=(),
            ideal=self._best.ideal,
            meetings=assemble_meetings(room.model, values),
        )
        verdict = Verdict.OPTIMAL if proven else Verdict.FEASIBLE
        return AlternativeStep(Outcome(verdict, plan, control.stop.is_set()), distance, bound)

    def _search(self, room: "_Room", number: int, control: Control) -> TierOutcome:
        def report(search: TierSearch) -> None:
            seconds = monotonic() - control.started
            distance = None if search.value is None else -search.value
            self._on_news(FarNews(number, distance, -search.bound, seconds))

        search = TierSearch(
            room.apart(),
            room.model.linear.separators,
            known=None,
            bound=-room.farthest,
            threads=self._threads,
            seed=self._seed,
        )
        return search.run(control, report)

    def _best_of(self, room: "_Room", far: TierOutcome, control: Control) -> tuple[Ints, bool]:
        """Return the best of the plans as far away as the one found, and whether that is proven."""
        assert far.values is not None and far.value is not None
        lower, upper = far.problem.lower.copy(), far.problem.upper
        lower[room.least] = -far.value
        if far.relaxation is not None:
            lower, upper = far.relaxation.fixings(lower, upper, far.value)
        search = LexicographicSearch(room.model, threads=self._threads, seed=self._seed)
        search.narrow(replace(far.problem, lower=lower, upper=upper))
        search.begin_from(far.values)
        objectives = self._instance.active_objectives()
        solution = search.run(objectives, control)
        if not objectives or solution.values is None:
            return far.values, not objectives
        return solution.values, all(tier.settled for tier in solution.tiers)


class _Room:
    """The plans that lose little against the best one, and how far they are from some of them.

    Attributes
    ----------
    model : PlanningModel
    least : int
        The column that is no more than the distance from each plan kept from.
    farthest : int
        No plan is farther from all of these.
    """

    def __init__(self, instance: Instance, best: Plan, give: Decimal, control: Control) -> None:
        self._instance = instance
        self.model = build(find_candidates(instance, control.check), best.ideal, control.check)
        self.least = self.model.linear.add_column(upper=0)
        self.farthest = UNBOUNDED
        self._kept = 0
        self._rows = len(self.model.linear.rows)
        values = self.model.values_of(as_planned(best))
        self._problem = self._within_limits(values, give, control)

    def _within_limits(self, best: Ints, give: Decimal, control: Control) -> Problem:
        """Return the plans that lose little, with columns fixed that none of these has otherwise."""
        problem = compiled(self.model.linear)
        held = {tier: self.model.value(tier, best) for tier in HELD}
        for tier, limit in loss_limits(held, give).items():
            sign = -1 if tier.maximise else 1
            cost, unit = compile_cost(self.model.objectives[tier], len(problem.cost), sign)
            most = sign * limit // unit
            problem = problem.with_more(objective_row(cost, -UNBOUNDED, most))
            proof = relaxed(replace(problem, cost=cost), control)
            if proof is not None:
                lower, upper = proof.fixings(problem.lower, problem.upper, most)
                problem = replace(problem, lower=lower, upper=upper)
        return problem

    def keep_from(self, plans: Sequence[Plan]) -> None:
        """Count the distance from more and more plans; those known already stay the first."""
        linear = self.model.linear
        for plan in plans[self._kept :]:
            other = _as_published(plan, self._instance)
            self.farthest = min(self.farthest, add_distance(linear, self.model.variables, other, self.least))
        self._kept = len(plans)
        self._problem = grown(self._problem, linear, self._rows)
        self._rows = len(linear.rows)

    def apart(self) -> Problem:
        """Return the plans that differ from all, with the least distance to be maximised."""
        cost, _ = compile_cost([(self.least, 1)], len(self._problem.cost), -1)
        lower, upper = self._problem.lower.copy(), self._problem.upper.copy()
        lower[self.least], upper[self.least] = 1, max(1, self.farthest)
        return replace(self._problem, lower=lower, upper=upper, cost=cost)

    def learn(self, far: TierOutcome) -> None:
        """Keep what a search has found out: with more plans to keep from, none is farther."""
        self._problem = replace(self._problem, rows=far.problem.rows)
        self.farthest = min(self.farthest, -far.bound)


def _as_published(plan: Plan, instance: Instance) -> Baseline:
    """Return a plan as if it had been published and nothing of it were over or frozen."""
    return Baseline(plan, Repair(baseline_sha256=plan.instance.sha256), instance.zone)
