"""A repair: first among the plans near the published one, then farther away as far as need be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from meetsched.candidates import Candidates, Nearness
from meetsched.domain.instance import Objective
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Plan
from meetsched.model import PlanningModel, build
from meetsched.solve.control import Control
from meetsched.solve.lexicographic import LexicographicSearch, Solution, TierFigures, allowance

_SHARE_OF_TIME = 0.7
"""The first tier may take this share of the time, once there is a plan."""
_PAIRS = 400
"""How many pairs of a start and a venue the first, nearest search looks at."""
_GROWTH = 4
"""How many times as many the next one looks at, where that finds no plan."""


def as_planned(plan: Plan) -> tuple[PlannedMeeting, ...]:
    """Return what a plan decides."""
    return tuple(map(PlannedMeeting.of, plan.meetings))


@dataclass(frozen=True, slots=True)
class _Found:
    """The least disruption found, and where the plans lie that may have it."""

    figures: TierFigures
    planned: tuple[PlannedMeeting, ...]
    extra: int


class NearbySearch:
    """Optimises the tiers of a repair whose first tier is `disruption`.

    Whatever disturbs more than a known plan can be left aside, and with it most of the model. So the
    search begins with the nearest possibilities. A plan found there whose disruption none of those left
    aside could have is the best of all; one that disturbs more tells how far to look at most.

    Parameters
    ----------
    candidates : Candidates
        With a baseline.
    ideal : mapping of str to int, or None
        Each city's ideal, where balance counts.
    threads, seed : int
    prepare : callable
        Is given each search before it runs.
    """

    def __init__(
        self,
        candidates: Candidates,
        ideal: Mapping[str, int] | None,
        *,
        threads: int,
        seed: int,
        prepare: Callable[[LexicographicSearch], None] = lambda _: None,
    ) -> None:
        assert candidates.baseline is not None
        self._baseline = candidates.baseline
        self._nearness = Nearness(candidates, candidates.baseline)
        self._ideal = ideal
        self._threads = threads
        self._seed = seed
        self._prepare = prepare

    def run(self, objectives: Sequence[Objective], control: Control) -> tuple[PlanningModel | None, Solution]:
        """Return the best plan's columns with the model that they are of; no model where there is no plan."""
        found = self._least_disruption(objectives[0], control.patient(_SHARE_OF_TIME))
        if isinstance(found, Solution):
            return None, found
        model, search = self._search(found.extra, found.planned, control)
        search.hold(objectives[0], found.figures.best, found.figures.bound)
        rest = search.run(objectives[1:], control)
        return model, Solution(rest.values, (found.figures, *rest.tiers), infeasible=False)

    def _least_disruption(self, objective: Objective, control: Control) -> "_Found | Solution":
        """Look farther and farther, until nothing farther away can disturb less."""
        began = monotonic()
        pairs, bound = _PAIRS, self._nearness.least
        extra = self._nearness.extra(pairs)
        planned: tuple[PlannedMeeting, ...] | None = None
        while True:
            model, search = self._search(extra, planned, control)
            search.limit(objective.tier, bound)
            solution = search.run([objective], control)
            whole = self._nearness.is_whole(extra)
            if solution.values is None and (whole or not solution.infeasible):
                return solution
            beyond = self._nearness.least + extra + 1
            if solution.values is None:
                bound = beyond
                pairs, extra = self._farther(pairs, extra)
                continue
            figures, planned = solution.tiers[0], model.decode(solution.values)
            bound = max(bound, figures.bound if whole else min(figures.bound, beyond))
            reach = figures.best + allowance(figures.best, objective.give) - self._nearness.least
            if whole or reach <= extra:
                closed = figures.best <= bound
                seconds = monotonic() - began
                return _Found(replace(figures, bound=bound, closed=closed, seconds=seconds), planned, reach)
            extra = reach

    def _farther(self, pairs: int, extra: int) -> tuple[int, int]:
        while self._nearness.extra(pairs) <= extra and not self._nearness.is_whole(extra):
            pairs *= _GROWTH
        return pairs, self._nearness.extra(pairs)

    def _search(
        self, extra: int, planned: Sequence[PlannedMeeting] | None, control: Control
    ) -> tuple[PlanningModel, LexicographicSearch]:
        """Return a search among what is near, from a plan known, else from the published one if it holds."""
        between = control.check if planned is None else _go_on
        model = build(self._nearness.within(extra), self._ideal, between)
        search = LexicographicSearch(model, threads=self._threads, seed=self._seed)
        self._prepare(search)
        search.begin_from_plan(planned or as_planned(self._baseline.plan))
        return model, search


def _go_on() -> None:
    """Do not end the work, as there is a plan to end with."""
