"""What more changes buy: the best plan with at most none, one, two, … changed meetings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event

from meetsched.domain.baseline import Baseline
from meetsched.domain.difference import difference
from meetsched.domain.instance import Instance, Objective
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan
from meetsched.rules import Tier
from meetsched.solve.control import Control
from meetsched.solve.options import SolveOptions
from meetsched.solve.run import Run

_SHARE_FOR_LAST = 0.5
"""The plan with as many changes as it takes may take this share of the time."""


@dataclass(frozen=True, slots=True)
class FrontierStep:
    """The best plan with so many changes at most.

    Attributes
    ----------
    max_changes : int
    outcome : Outcome
    last : bool
        Whether it is proven that no plan with more changes is better.
    """

    max_changes: int
    outcome: Outcome
    last: bool


def disruption_last(instance: Instance) -> Instance:
    """Return the instance with disruption after all other tiers: changes then serve these."""
    others = [each for each in instance.objectives if each.tier is not Tier.DISRUPTION]
    own = [each for each in instance.objectives if each.tier is Tier.DISRUPTION]
    objectives = (*others, *(own or [Objective(tier=Tier.DISRUPTION)]))
    return instance.replaced(objectives=objectives)


def plan_frontier(
    instance: Instance, sha256: str, options: SolveOptions, baseline: Baseline, stop: Event | None = None
) -> Iterator[FrontierStep]:
    """Yield for each number of changed meetings the best plan, disruption counted last.

    It begins with no change and ends where more changes gain nothing in any other tier, where the
    baseline allows no more, or where the time is over.

    Parameters
    ----------
    instance : Instance
    sha256 : str
        Of the instance's file, to be named in the plans.
    options : SolveOptions
        The time limit is that of all plans together.
    baseline : Baseline
    stop : Event, optional
        Ends the search as soon as it is set.

    Raises
    ------
    SolverError
        If the solvers break down.
    """
    control = Control.of(options, None, stop)
    run = Run(disruption_last(instance), options, control.limited(_SHARE_FOR_LAST), baseline)
    best = run.outcome(sha256)
    if best.plan is None:
        return
    steps = _changes(instance, baseline, best.plan)
    bounds = {tier.name: tier.bound for tier in best.plan.tiers[:1]}
    known: Plan | None = None
    for changes in range(steps):
        if control.over(with_plan=False):
            return
        share = control.limited(1 / (steps - changes))
        outcome = run.again(_limited(baseline, changes), share, known, bounds).outcome(sha256)
        known = outcome.plan or known
        last = best.verdict is Verdict.OPTIMAL and _is_as_good(outcome, best.plan)
        yield FrontierStep(changes, outcome, last)
        if last:
            return
    repair = _limited(baseline, steps).repair
    plan = best.plan.model_copy(update={"repair": repair})
    yield FrontierStep(steps, replace(best, plan=plan), best.verdict is Verdict.OPTIMAL)


def _limited(baseline: Baseline, changes: int) -> Baseline:
    repair = baseline.repair.model_copy(update={"max_changes": changes})
    return Baseline(baseline.plan, repair, baseline.zone)


def _changes(instance: Instance, baseline: Baseline, plan: Plan) -> int:
    return difference(baseline.plan, plan, instance.disruption, instance.zone).changes


def _is_as_good(outcome: Outcome, best: Plan) -> bool:
    return outcome.plan is not None and _served(outcome.plan) == _served(best)


def _served(plan: Plan) -> list[tuple[int, int]]:
    return [(tier.best, tier.value) for tier in plan.tiers if tier.name is not Tier.DISRUPTION]
