"""Find out what becomes of a plan where a person or a venue drops out; each repair is verified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event

from meetsched.domain.cells import CsvDialect
from meetsched.domain.difference import difference
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan
from meetsched.domain.resilience import Consequence, DropOut, Resilience, drop_outs, ranked, without
from meetsched.loading import Loaded, LoadedPlan, load_instance, load_whole_plan
from meetsched.rules import Tier
from meetsched.service.repairing import Prepared, RepairRequest, prepare
from meetsched.service.solving import SolveOptions, verified, without_reserve
from meetsched.service.writing import check_folder, write_files
from meetsched.solve.resilience import repairs_without
from meetsched.verify import verify

__all__ = [
    "Examined",
    "Prepared",
    "SolveOptions",
    "check_folder",
    "examine",
    "load_instance",
    "load_whole_plan",
    "prepare_examination",
    "publish_resilience",
]


@dataclass(frozen=True, slots=True)
class Examined:
    """A consequence as it is found, and how many of how many are known by then."""

    consequence: Consequence
    known: int
    of: int


def prepare_examination(
    loaded: Loaded, published: LoadedPlan, as_of: date | None, freeze_days: int
) -> Prepared:
    """Check that a plan can be examined from a date on, the horizon's start by default.

    Raises
    ------
    RequestError
        The date lies outside the horizon.
    """
    first = as_of or loaded.instance.horizon.start
    prepared = prepare(loaded, published, RepairRequest(first, freeze_days))
    if verify(loaded.instance, published.plan).holds:
        return prepared
    odd = "The plan breaks rules as it stands ('meetsched verify' tells which); each repair mends that, too."
    return replace(prepared, warnings=(*prepared.warnings, odd))


def examine(
    prepared: Prepared,
    options: SolveOptions,
    on_consequence: Callable[[Examined], None] = lambda _: None,
    stop: Event | None = None,
) -> Resilience:
    """Repair a plan anew for each person and venue that it uses, as if they were away from now on.

    Parameters
    ----------
    prepared : Prepared
        The instance and the plan; its date, or the horizon's start, is the first day of the absence.
    options : SolveOptions
        The time limit is that of all repairs together; `workers` of them are sought at once.
    on_consequence : callable, optional
        Is given each as soon as it is found; again where a longer search has settled it.
    stop : Event, optional
        Once it is set, the search ends with what was found.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    loaded, baseline = prepared.loaded, prepared.baseline
    first = baseline.repair.as_of or loaded.instance.horizon.start
    before = verify(loaded.instance, baseline.plan).objective
    absences = drop_outs(baseline)
    found = {each: Consequence(each, Verdict.UNKNOWN) for each in absences}
    outcomes = repairs_without(
        loaded.instance, loaded.sha256, without_reserve(options), baseline, absences, stop=stop
    )
    known: set[DropOut] = set()
    for drop_out, outcome in outcomes:
        changed = without(loaded.instance, drop_out, first)
        verified(changed, loaded.sha256, outcome, baseline, ())
        found[drop_out] = _consequence(prepared, drop_out, outcome, before)
        known.add(drop_out)
        on_consequence(Examined(found[drop_out], len(known), len(absences)))
    return Resilience(first, ranked(found))


def _consequence(
    prepared: Prepared, drop_out: DropOut, outcome: Outcome, before: Mapping[Tier, int]
) -> Consequence:
    plan = outcome.plan
    if plan is None:
        return Consequence(drop_out, outcome.verdict)
    instance = prepared.loaded.instance
    changes = difference(prepared.baseline.plan, plan, instance.disruption, instance.zone)
    return Consequence(drop_out, outcome.verdict, plan, changes, _losses(plan, before))


def _losses(plan: Plan, before: Mapping[Tier, int]) -> dict[Tier, int]:
    return {
        tier.name: (before[tier.name] - tier.value) * (1 if tier.name.maximise else -1)
        for tier in plan.tiers
        if tier.name in before
    }


def publish_resilience(
    instance: Instance, found: Resilience, folder: Path, dialect: CsvDialect = CsvDialect.RFC4180
) -> tuple[Path, ...]:
    """Write ``resilience.csv``.

    Raises
    ------
    OutputError
        Nothing was changed.
    """
    from meetsched.export import resilience_table

    return write_files(folder, {"resilience.csv": resilience_table(instance, found, dialect)})
