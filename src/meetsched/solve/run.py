"""A planning run: from an instance to an outcome."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from threading import Event

from meetsched.backends.messages import Backend
from meetsched.backends.pool import POOL
from meetsched.candidates import Candidates, find_candidates
from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, PlannedMeeting, Verdict
from meetsched.domain.plan import InstanceReference, LevelResult, Plan, PlanStatus, TierResult
from meetsched.model import PlanningModel, Values, build
from meetsched.rules import Tier
from meetsched.solve.assemble import assemble_meetings
from meetsched.solve.cities import Ideals, seek_ideals
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.editions import cancellations
from meetsched.solve.figures import Figures
from meetsched.solve.lexicographic import LexicographicSearch, Solution, TierFigures
from meetsched.solve.nearby import NearbySearch, as_planned
from meetsched.solve.options import Progress, SolveOptions

_SHARE_FOR_IDEALS = 0.5
"""The cities' ideals together may take this share of the time."""
_LARGE = 8000
"""With more columns several cities are searched apart, with prices on what they share."""


def plan_instance(
    instance: Instance,
    sha256: str,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    *,
    baseline: Baseline | None = None,
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
    baseline : Baseline, optional
        The published plan to go on from; its disruption then counts.

    Raises
    ------
    SolverError
        If the solvers break down.
    """
    control = Control.of(options, on_progress, stop)
    return Run(instance, options, control, baseline).outcome(sha256)


class Run:
    """What the steps of one run share.

    Parameters
    ----------
    instance : Instance
    options : SolveOptions
    control : Control
    baseline : Baseline or None
    """

    def __init__(
        self, instance: Instance, options: SolveOptions, control: Control, baseline: Baseline | None
    ) -> None:
        self._instance = instance
        self._baseline = baseline
        self._options = options
        self._control = control
        self._threads = options.threads()
        POOL.warm([Backend.HIGHS, Backend.HIGHS][: self._threads])
        self._objectives = instance.active_objectives(with_baseline=baseline is not None)
        self._ideals: Ideals | None = None
        self._measure: dict[str, int] | None = None
        self._candidates: Candidates | None = None
        self._known: tuple[PlannedMeeting, ...] | None = None
        self._bounds: dict[Tier, int] = {}

    def again(
        self, baseline: Baseline, control: Control, known: Plan | None, bounds: Mapping[Tier, int]
    ) -> "Run":
        """Return a run with another limit on changes of what was published; the rest is known still.

        Parameters
        ----------
        baseline : Baseline
            With the same plan, and the same of it over and frozen.
        control : Control
        known : Plan or None
            A plan to begin from.
        bounds : mapping of Tier to int
            What no plan can beat.
        """
        other = copy(self)
        other._baseline, other._control, other._bounds = baseline, control, dict(bounds)
        other._known = None if known is None else as_planned(known)
        if self._candidates is not None:
            other._candidates = replace(self._candidates, baseline=baseline)
        return other

    def measured_by(self, ideal: Mapping[str, int]) -> "Run":
        """Return a run that counts the balance by ideals from elsewhere, be they the most or not."""
        other = copy(self)
        other._measure = dict(ideal)
        return other

    def among(self, candidates: Candidates) -> "Run":
        """Return a run that knows what is possible: the candidates of its instance beside its baseline."""
        other = copy(self)
        other._candidates = replace(candidates, instance=self._instance)
        return other

    @property
    def _ideal(self) -> dict[str, int] | None:
        """What the balance is counted by."""
        return self._ideals.points if self._measure is None and self._ideals is not None else self._measure

    @property
    def _has_history(self) -> bool:
        return self._baseline is not None and bool(self._baseline.history)

    def outcome(self, sha256: str) -> Outcome:
        """Seek the ideals where balance counts and they are not known, then the plan."""
        try:
            outcome = self._outcome(sha256)
        except OutOfTime:
            outcome = Outcome(Verdict.UNKNOWN)
        return replace(outcome, interrupted=self._control.stop.is_set())

    def _outcome(self, sha256: str) -> Outcome:
        if self._candidates is None:
            self._candidates = find_candidates(self._instance, self._control.check, self._baseline)
        candidates = self._candidates
        self._find_ideals(candidates)
        hopeless = None if self._ideals is None else self._ideals.hopeless
        if hopeless is not None and not self._has_history:
            return Outcome(Verdict.INFEASIBLE, hopeless_city=hopeless)
        model, solution = self._solve(candidates)
        if model is None or solution.values is None:
            return Outcome(Verdict.INFEASIBLE if solution.infeasible else Verdict.UNKNOWN)
        plan = self._plan(model, solution, sha256)
        return Outcome(Verdict(plan.status), plan)

    def _find_ideals(self, candidates: Candidates) -> None:
        """Seek the ideals where balance counts and they are not known."""
        balanced = any(each.tier is Tier.BALANCE for each in self._objectives)
        if not balanced or self._ideals is not None or self._measure is not None:
            return
        if self._baseline is not None:  # An ideal knows nothing of what was published.
            candidates = find_candidates(self._instance, self._control.check)
        self._ideals = seek_ideals(
            candidates,
            self._control.limited(_SHARE_FOR_IDEALS),
            threads=self._threads,
            seed=self._options.seed,
            all_cities=self._has_history,
        )

    def _solve(self, candidates: Candidates) -> tuple[PlanningModel | None, Solution]:
        if self._objectives and self._objectives[0].tier is Tier.DISRUPTION:
            nearby = NearbySearch(
                candidates,
                self._ideal,
                threads=self._threads,
                seed=self._options.seed,
                prepare=self._prepare,
            )
            return nearby.run(self._objectives, self._control)
        model = build(candidates, self._ideal, self._control.check)
        search = LexicographicSearch(model, threads=self._threads, seed=self._options.seed)
        if self._baseline is None and len(candidates.cities) > 1 and len(model.linear.lower) > _LARGE:
            search.by_city(self._alone())
        self._prepare(search)
        self._begin(model, search)
        return model, search.run(self._objectives, self._control)

    def _prepare(self, search: LexicographicSearch) -> None:
        """Tell what no plan can beat; with what is over, one may have more points than the ideals."""
        for tier, bound in self._bounds.items():
            search.limit(tier, bound)
        if self._ideals is not None and not self._has_history:
            search.limit(Tier.POINTS, self._ideals.bound)

    def _begin(self, model: PlanningModel, search: LexicographicSearch) -> None:
        """Begin from a plan where one is at hand: one known, else the published one."""
        if self._baseline is None:
            return
        if self._known is None or not search.begin_from_plan(self._known):
            search.begin_from_plan(as_planned(self._baseline.plan))

    def _alone(self) -> Iterator[PlannedMeeting]:
        """Yield what each city does alone, where that is known."""
        for planned in () if self._ideals is None else self._ideals.plans.values():
            yield from planned

    def _plan(self, model: PlanningModel, solution: Solution, sha256: str) -> Plan:
        assert solution.values is not None
        sure_of_ideals = self._ideals is None or self._ideals.proven
        proven = True
        tiers = []
        for figures in solution.tiers:
            counted = sure_of_ideals or figures.objective.tier is Tier.DISRUPTION
            tiers.append(self._tier_result(model, solution.values, figures, proven and counted))
            proven = proven and counted and figures.settled
        meetings = assemble_meetings(model, solution.values)
        baseline = self._baseline
        return Plan(
            instance=InstanceReference(id=self._instance.id, sha256=sha256),
            status=PlanStatus.OPTIMAL if proven and sure_of_ideals else PlanStatus.FEASIBLE,
            tiers=tuple(tiers),
            ideal=self._ideal,
            meetings=meetings,
            cancelled=() if baseline is None else cancellations(meetings, baseline),
            repair=None if baseline is None else baseline.repair,
        )

    def _tier_result(
        self, model: PlanningModel, values: Values, figures: TierFigures, provable: bool
    ) -> TierResult:
        """Return a tier's figures in a plan; it may be called proven only where all before it is."""
        return TierResult(
            name=figures.objective.tier,
            value=model.value(figures.objective.tier, values),
            best=figures.best,
            bound=figures.bound,
            proven=provable and figures.closed,
            give=figures.objective.give,
            seconds=0.0 if self._options.deterministic else round(figures.seconds, 2),
            levels=_level_results(figures.levels, model.shares(values), provable) if figures.levels else None,
        )


def _level_results(
    levels: Sequence[Figures], shares: Sequence[int], provable: bool
) -> tuple[LevelResult, ...]:
    found = []
    for level, share in zip(levels, shares, strict=True):
        provable = provable and level.closed
        found.append(LevelResult(value=share, best=level.best, bound=level.bound, proven=provable))
    return tuple(found)
