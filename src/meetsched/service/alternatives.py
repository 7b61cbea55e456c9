"""Find plans for a committee to choose from, each verified, and write them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event

from meetsched.domain.alternatives import Alternative, Alternatives
from meetsched.domain.cells import CsvDialect
from meetsched.domain.difference import difference
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan
from meetsched.loading import Loaded, load_instance
from meetsched.rules import Tier
from meetsched.service.publishing import check_numbered, numbered_files
from meetsched.service.solving import Progress, SolveOptions, verified_values, without_reserve
from meetsched.service.writing import write_files
from meetsched.solve.alternatives import (
    AlternativesRequest,
    AlternativeStep,
    FarNews,
    loss_limits,
    plan_alternatives,
)
from meetsched.verify import reject

__all__ = [
    "AlternativesRequest",
    "FarNews",
    "Progress",
    "SolveOptions",
    "check_alternatives_target",
    "find_alternatives",
    "load_instance",
    "publish_alternatives",
]


def find_alternatives(
    loaded: Loaded,
    options: SolveOptions,
    request: AlternativesRequest,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    on_news: Callable[[FarNews], None] = lambda _: None,
    stop: Event | None = None,
) -> Alternatives:
    """Find the best plan, and others that lose little and are each as far as can be from all before.

    Each plan is verified, and so is how far it is from the others.

    Parameters
    ----------
    loaded : Loaded
    options : SolveOptions
        The time limit is that of all plans together.
    request : AlternativesRequest
    on_progress, on_news : callable, optional
        Hear how the search for the best plan goes, and that for the others.
    stop : Event, optional
        Once it is set, the search ends with what was found.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    steps = plan_alternatives(
        loaded.instance,
        loaded.sha256,
        without_reserve(options),
        request,
        on_progress=on_progress,
        on_news=on_news,
        stop=stop,
    )
    outcome = Outcome(Verdict.UNKNOWN)
    plans: list[Alternative] = []
    exhausted = False
    for number, step in enumerate(steps):
        outcome = step.outcome if number == 0 else outcome
        exhausted = number > 0 and step.outcome.verdict is Verdict.INFEASIBLE
        if step.outcome.plan is not None:
            plans.append(_alternative(loaded, step, step.outcome.plan, [each.plan for each in plans]))
    limits = loss_limits(plans[0].values, request.give) if plans else {}
    for each in plans[1:]:
        _require_within(limits, each)
    return Alternatives(outcome, request.give, limits, tuple(plans), exhausted)


def _alternative(loaded: Loaded, step: AlternativeStep, plan: Plan, before: Sequence[Plan]) -> Alternative:
    instance = loaded.instance
    values = verified_values(instance, plan)
    distances = tuple(_distance(instance, one, plan) for one in before)
    best = step.outcome.verdict is Verdict.OPTIMAL
    found = Alternative(plan, values, distances, step.bound, best)
    if found.distance is not None and not (step.distance or 0) <= found.distance <= (step.bound or 0):
        reject(
            f"it was to be {step.distance} to {step.bound} points from those before it, "
            f"but is {found.distance}"
        )
    return found


def _distance(instance: Instance, before: Plan, plan: Plan) -> int:
    return difference(before, plan, instance.disruption, instance.zone).disruption


def _require_within(limits: Mapping[Tier, int], found: Alternative) -> None:
    for tier, limit in limits.items():
        value = found.values[tier]
        if (value < limit) if tier.maximise else (value > limit):
            reject(f"its {tier} are {value}, beyond the limit {limit}")


def check_alternatives_target(instance: Path, folder: Path) -> None:
    """Tell early that the files cannot be written into a folder.

    Raises
    ------
    OutputError
        The folder cannot be used, or one of the files would replace that of the instance.
    """
    check_numbered(instance, folder)


def publish_alternatives(
    instance: Instance,
    found: Alternatives,
    folder: Path,
    dialect: CsvDialect = CsvDialect.RFC4180,
) -> tuple[Path, ...]:
    """Write each plan's files into a folder of its own, and what compares them: all files or none.

    Returns
    -------
    tuple of Path
        ``alternatives.html``, ``alternatives.csv``, then ``plan-1/plan.json`` and so on.

    Raises
    ------
    OutputError
        Nothing was changed.
    """
    from meetsched.export import alternatives_page, alternatives_table

    contents = {
        "alternatives.html": alternatives_page(instance, found),
        "alternatives.csv": alternatives_table(instance, found, dialect),
    }
    plans = [each.plan for each in found.plans]
    return write_files(folder, contents | numbered_files(instance, plans, dialect))
