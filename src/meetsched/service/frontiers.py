"""What more changes of a published plan buy."""

from collections.abc import Callable
from threading import Event

from meetsched.domain.frontier import Frontier, FrontierPoint
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import PlanStatus
from meetsched.service.repairing import Prepared, what_changed
from meetsched.service.solving import SolveOptions, verified, with_pins, without_reserve

__all__ = ["Frontier", "FrontierPoint", "repair_frontier"]


def repair_frontier(
    prepared: Prepared,
    options: SolveOptions,
    on_point: Callable[[FrontierPoint], None] = lambda _: None,
    stop: Event | None = None,
) -> Frontier:
    """Find the best plan with at most none, one, two, … changed meetings, until more buy nothing.

    A plan is the best by the instance's other aims; disruption counts last. Each is verified. By the
    instance's own order, in which disruption may come first, such a plan is a feasible one.

    Parameters
    ----------
    prepared : Prepared
        A limit on changes ends the frontier there.
    options : SolveOptions
        The time limit is that of all plans together.
    on_point : callable, optional
        Is given each plan when it is found.
    stop : Event, optional
        Once it is set, the search ends with what was found.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    from meetsched.solve.frontier import disruption_last, plan_frontier

    instance, sha256 = prepared.loaded.instance, prepared.loaded.sha256
    points: list[FrontierPoint] = []
    complete = False
    pinned = with_pins(instance, prepared.pins)
    judged = disruption_last(instance)
    for step in plan_frontier(pinned, sha256, without_reserve(options), prepared.baseline, stop):
        if step.outcome.verdict is Verdict.UNKNOWN:
            break
        outcome = verified(judged, sha256, step.outcome, prepared.baseline, prepared.pins)
        plan = outcome.plan and outcome.plan.model_copy(update={"status": PlanStatus.FEASIBLE})
        change = None if plan is None else what_changed(prepared, plan)
        points.append(FrontierPoint(step.max_changes, outcome.verdict, plan, change))
        on_point(points[-1])
        complete = step.last
    return Frontier(tuple(points), complete)
