"""Plan an instance; no plan leaves unverified."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Event, Thread

from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.outcome import Outcome
from meetsched.domain.plan import Plan
from meetsched.export import load_libraries
from meetsched.loading import Loaded, load_instance
from meetsched.rules import Tier
from meetsched.service.reserving import leaving
from meetsched.solve.options import Progress, SolveOptions
from meetsched.verify import RejectedPlanError, require, verify

__all__ = ["Progress", "RejectedPlanError", "SolveOptions", "load_instance", "solve"]


def solve(
    loaded: Loaded,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    *,
    baseline: Baseline | None = None,
    pins: tuple[Pin, ...] = (),
) -> Outcome:
    """Plan an instance, and verify the plan against the instance as it was read.

    The search ends a little before the time limit, which is that of the whole job.

    Parameters
    ----------
    loaded : Loaded
    options : SolveOptions
    on_progress : callable, optional
        Hears news of the search, in the thread that called.
    stop : Event, optional
        Once it is set, the search ends with the best plan found.
    baseline : Baseline, optional
        The published plan to go on from.
    pins : tuple of Pin, optional
        What has to hold besides the instance's pins; the plan tells them.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    from meetsched.solve.run import plan_instance

    Thread(target=load_libraries, daemon=True).start()  # the search runs in other processes
    search = without_reserve(options)
    going_on = {} if baseline is None else {"baseline": baseline}
    pinned = with_pins(loaded.instance, pins)
    outcome = plan_instance(pinned, loaded.sha256, search, on_progress, stop, **going_on)
    return verified(loaded.instance, loaded.sha256, outcome, baseline, pins)


def without_reserve(options: SolveOptions) -> SolveOptions:
    """Return the options of a search that leaves time to verify and write."""
    return leaving(options, seconds=2.0, share=0.15)


def with_pins(instance: Instance, pins: tuple[Pin, ...]) -> Instance:
    """Return the instance with more pins."""
    return instance.replaced(pins=(*instance.pins, *pins))


def verified(
    instance: Instance, sha256: str, outcome: Outcome, baseline: Baseline | None, pins: tuple[Pin, ...]
) -> Outcome:
    """Return the end of a search whose plan tells the pins given and is verified.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    if outcome.plan is not None and pins:
        outcome = replace(outcome, plan=outcome.plan.model_copy(update={"pins": pins}))
    if outcome.plan is not None:
        published = None if baseline is None else baseline.plan
        require(verify(instance, outcome.plan, baseline=published, sha256=sha256))
    return outcome


def verified_values(instance: Instance, plan: Plan) -> Mapping[Tier, int]:
    """Verify a plan, and return what it comes to.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    report = verify(instance, plan)
    require(report)
    return report.objective
