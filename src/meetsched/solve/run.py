"""A planning run: from an instance to an outcome."""

import os
from collections.abc import Callable
from threading import Event

from meetsched.backends.messages import Backend
from meetsched.backends.pool import POOL
from meetsched.candidates import find_candidates
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import InstanceReference, Plan, PlanStatus, TierResult
from meetsched.model import PlanningModel, build
from meetsched.rules import Tier
from meetsched.solve.assemble import assemble_meetings
from meetsched.solve.cities import Ideals, first_plan, seek_ideals
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.lexicographic import LexicographicSearch, Solution, TierFigures
from meetsched.solve.options import Progress, SolveOptions

_SHARE_FOR_IDEALS = 0.5
"""The cities' ideals together may take this share of the time."""
_SHARE_FOR_FIRST_PLAN = 0.4
"""A first plan of several cities may take this share of the time that is left then."""
_LARGE = 8000
"""With fewer columns the first plan comes by itself."""


def plan_instance(
    instance: Instance,
    sha256: str,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
) -> Outcome:
    """Plan an instance: the best plan that can be found in time, with what is proven of it.

    Parameters
    ----------
    instance : Instance
    sha256 : str
        Of the instance's file, to be named in the plan.
    options : SolveOptions
    on_progress : callable, optional
        Is told how the search goes, from the thread of the call, at least every 0.1 s or so.
    stop : Event, optional
        Ends the search as soon as it is set; the best plan so far is returned.

    Raises
    ------
    SolverError
        If the solvers break down.
    """
    stop = stop or Event()
    control = Control.of(options, on_progress, stop)
    run = _Run(instance, options, control)
    try:
        outcome = run.outcome(sha256)
    except OutOfTime:
        outcome = Outcome(Verdict.UNKNOWN)
    return Outcome(outcome.verdict, outcome.plan, stop.is_set(), outcome.hopeless_city)


class _Run:
    """What the steps of one run share."""

    def __init__(self, instance: Instance, options: SolveOptions, control: Control) -> None:
        self._instance = instance
        self._options = options
        self._control = control
        workers = options.workers or os.cpu_count() or 1
        self._threads = 1 if options.deterministic else workers
        POOL.warm([Backend.HIGHS, Backend.CP_SAT][: self._threads])
        self._objectives = instance.active_objectives()
        self._ideals: Ideals | None = None

    def outcome(self, sha256: str) -> Outcome:
        """Seek the ideals where balance counts, then the plan."""
        candidates = find_candidates(self._instance, self._control.check)
        if any(objective.tier is Tier.BALANCE for objective in self._objectives):
            control = self._control.limited(_SHARE_FOR_IDEALS)
            self._ideals = seek_ideals(candidates, control, threads=self._threads, seed=self._options.seed)
            if self._ideals.hopeless is not None:
                return Outcome(Verdict.INFEASIBLE, hopeless_city=self._ideals.hopeless)
        ideal = None if self._ideals is None else self._ideals.points
        model = build(candidates, ideal, self._control.check)
        solution = self._solve(model)
        if solution.values is None:
            return Outcome(Verdict.INFEASIBLE if solution.infeasible else Verdict.UNKNOWN)
        plan = self._plan(model, solution, sha256)
        return Outcome(Verdict(plan.status), plan)

    def _solve(self, model: PlanningModel) -> Solution:
        threads, seed = self._threads, self._options.seed
        search = LexicographicSearch(model, threads=threads, seed=seed)
        if self._ideals is not None:
            search.limit(Tier.POINTS, self._ideals.bound)
        if self._ideals is not None and len(model.linear.lower) > _LARGE:
            control = self._control.limited(_SHARE_FOR_FIRST_PLAN)
            known = first_plan(model, self._ideals, control, threads=threads, seed=seed)
            if known is not None:
                search.begin_from(known)
        return search.run(self._objectives, self._control)

    def _plan(self, model: PlanningModel, solution: Solution, sha256: str) -> Plan:
        assert solution.values is not None
        proven = self._ideals is None or self._ideals.proven
        tiers = []
        for figures in solution.tiers:
            value = model.value(figures.objective.tier, solution.values)
            counted = proven or figures.objective.tier is Tier.DISRUPTION
            proven = counted and figures.closed
            tiers.append(self._tier_result(figures, value, proven))
        return Plan(
            instance=InstanceReference(id=self._instance.id, sha256=sha256),
            status=PlanStatus.OPTIMAL if proven else PlanStatus.FEASIBLE,
            tiers=tuple(tiers),
            ideal=None if self._ideals is None else self._ideals.points,
            meetings=assemble_meetings(model, solution.values),
        )

    def _tier_result(self, figures: TierFigures, value: int, proven: bool) -> TierResult:
        seconds = 0.0 if self._options.deterministic else round(figures.seconds, 2)
        return TierResult(
            name=figures.objective.tier,
            value=value,
            best=figures.best,
            bound=figures.bound,
            proven=proven,
            give=figures.objective.give,
            seconds=seconds,
        )
