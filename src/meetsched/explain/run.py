"""The whole explanation of an instance."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from time import monotonic

from meetsched.candidates import Candidates, find_candidates
from meetsched.domain.baseline import Baseline
from meetsched.domain.explanation import Explanation
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Verdict
from meetsched.explain.conflicts import find_conflicts
from meetsched.explain.demands import Demands
from meetsched.explain.elastic import build_elastic
from meetsched.explain.fixes import find_fixes
from meetsched.explain.gains import Gains
from meetsched.explain.news import News, Stage
from meetsched.explain.options import ExplainOptions
from meetsched.explain.planning import Planned, Planner
from meetsched.explain.ranking import Ranking
from meetsched.explain.shortages import add_shortages
from meetsched.explain.solving import Effort
from meetsched.explain.trials import Trials
from meetsched.solve.control import Control, OutOfTime

_SHARE_FOR_CONFLICTS = 0.4
"""Conflicts may take this share of the time that is left once it is known that there is no plan."""


def explain_instance(
    instance: Instance,
    sha256: str,
    options: ExplainOptions,
    on_news: Callable[[News], None] | None = None,
    stop: Event | None = None,
    *,
    baseline: Baseline | None = None,
) -> Explanation:
    """Tell why an instance has no plan and what would help, or else what binds its plan hardest.

    Parameters
    ----------
    instance : Instance
    sha256 : str
        Of the instance's file, to be named in plans.
    options : ExplainOptions
    on_news : callable, optional
        Hears how far it has come, in the thread that called.
    stop : Event, optional
        Ends the search once it is set; what was found by then is returned.
    baseline : Baseline, optional
        The published plan to go on from: what is over and frozen then holds as well.

    Raises
    ------
    SolverError
        If the solvers break down.
    RejectedPlanError
        A plan that was computed does not hold: a bug.
    """
    stop = stop or Event()
    planner = Planner(instance, sha256, options.solving.begun(), stop, baseline)
    run = _Run(planner, options.most, on_news or (lambda _: None))
    return replace(run.explanation(), interrupted=stop.is_set())


class _Run:
    """What the steps share."""

    def __init__(self, planner: Planner, most: int, on_news: Callable[[News], None]) -> None:
        self._planner = planner
        self._most = most
        self._on_news = on_news
        options = planner.options
        self._effort = Effort(Control.of(options, None, planner.stop), options.threads(), options.seed)

    def explanation(self) -> Explanation:
        """Plan; then explain what came of it."""
        self._tell(Stage.PLAN)
        outcome, planned = self._planner.plan()
        if planned is not None:
            return self._of_a_plan(planned)
        if outcome.verdict is Verdict.INFEASIBLE:
            return self._of_none()
        return Explanation(None)

    def _of_none(self) -> Explanation:
        explanation = Explanation(feasible=False)
        try:
            forgiving = self._forgiving()
            control = self._effort.control.limited(_SHARE_FOR_CONFLICTS)
            elastic = build_elastic(forgiving, Demands(forgiving), control.check)
            add_shortages(elastic)
            trials = Trials(elastic, replace(self._effort, control=control))
            conflicts, all_conflicts = find_conflicts(
                trials, lambda found, open_ones: self._tell(Stage.CONFLICT, found, open_ones)
            )
            explanation = replace(explanation, conflicts=conflicts, all_conflicts=all_conflicts)
            fixes = find_fixes(
                Ranking(forgiving, self._effort),
                self._planner,
                self._most,
                lambda found: self._tell(Stage.FIX, found),
            )
            return replace(
                explanation,
                fixes=(*fixes.told, *fixes.others),
                ranked=len(fixes.told),
                all_fixes=fixes.complete,
            )
        except OutOfTime:
            return explanation

    def _of_a_plan(self, planned: Planned) -> Explanation:
        explanation = Explanation(feasible=True, plan=planned.plan)
        if not planned.proven:
            return explanation
        try:
            forgiving = self._forgiving()
            search = Gains(
                forgiving,
                self._planner,
                self._effort,
                now=planned,
                most=self._most,
                tell=lambda found: self._tell(Stage.GAIN, found),
            )
            gains, complete = search.find()
            return replace(explanation, gains=gains, all_gains=complete)
        except OutOfTime:
            return explanation

    def _forgiving(self) -> Candidates:
        return find_candidates(
            self._planner.instance, self._effort.control.check, self._planner.baseline, forgiving=True
        )

    def _tell(self, stage: Stage, found: int = 0, open_ones: int = 0) -> None:
        self._on_news(News(stage, monotonic() - self._planner.options.started, found, open_ones))
