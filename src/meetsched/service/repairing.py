"""Go on from a published plan, with as little disruption as possible."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from threading import Event

from meetsched.domain.baseline import Baseline
from meetsched.domain.difference import Difference, difference
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.outcome import Outcome
from meetsched.domain.plan import Plan, Repair, meeting_id
from meetsched.domain.words import day, listing
from meetsched.errors import RequestError
from meetsched.loading import Loaded, LoadedPlan, load_baseline, load_instance
from meetsched.rules import Tier
from meetsched.service.requests import check_date, check_pins, did_you_mean
from meetsched.service.solving import Progress, SolveOptions, solve

__all__ = [
    "Prepared",
    "Progress",
    "RepairRequest",
    "Repaired",
    "SolveOptions",
    "load_baseline",
    "load_instance",
    "prepare",
    "resolve",
]


@dataclass(frozen=True, slots=True)
class RepairRequest:
    """How a plan is to go on from a published one.

    Attributes
    ----------
    as_of : date or None
        What starts before it is history; None where nothing is history or frozen.
    freeze_days : int
        For how many days from that date on nothing new starts and nothing moves.
    thaw : tuple of str
        Ids of meetings that may move all the same.
    max_changes : int or None
        How many meetings may differ; None for as many as need be.
    pins : tuple of Pin
        What has to hold besides the instance's pins.
    """

    as_of: date | None = None
    freeze_days: int = 7
    thaw: tuple[str, ...] = ()
    max_changes: int | None = None
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A repair that can begin, and what is odd about what was asked for."""

    loaded: Loaded
    baseline: Baseline
    pins: tuple[Pin, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """How a repair ended; `difference` is None where there is no plan."""

    outcome: Outcome
    difference: Difference | None


def prepare(loaded: Loaded, published: LoadedPlan, request: RepairRequest) -> Prepared:
    """Check that a published plan can be gone on from as asked.

    Raises
    ------
    RequestError
        The date lies outside the horizon, or something named is unknown.
    """
    instance = loaded.instance
    check_date(instance, request.as_of)
    _check_thawed(instance, published.plan, request.thaw)
    check_pins(instance, request.pins)
    repair = Repair(
        baseline_sha256=published.sha256,
        as_of=request.as_of,
        freeze_days=request.freeze_days,
        thawed=tuple(dict.fromkeys(request.thaw)),
        max_changes=request.max_changes,
    )
    baseline = Baseline(published.plan, repair, instance.zone)
    return Prepared(loaded, baseline, request.pins, tuple(_warnings(instance, baseline)))


def resolve(
    prepared: Prepared,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
) -> Repaired:
    """Plan anew with least disruption, and verify the plan; otherwise as `solve`.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    outcome = solve(
        prepared.loaded, options, on_progress, stop, baseline=prepared.baseline, pins=prepared.pins
    )
    return Repaired(outcome, None if outcome.plan is None else what_changed(prepared, outcome.plan))


def what_changed(prepared: Prepared, plan: Plan) -> Difference:
    """Compare a repaired plan with the published one."""
    instance = prepared.loaded.instance
    return difference(prepared.baseline.plan, plan, instance.disruption, instance.zone)


def _check_thawed(instance: Instance, published: Plan, thaw: tuple[str, ...]) -> None:
    known = {meeting_id(meeting.city, meeting.topic) for meeting in published.meetings}
    known |= {
        meeting_id(city, topic.id) for topic in instance.topics for city in instance.cities_of_topic(topic)
    }
    for name in thaw:
        if name not in known:
            raise RequestError(
                f"there is no meeting {name} to thaw, neither in the published plan nor in the instance"
                + did_you_mean(name, known)
            )


def _warnings(instance: Instance, baseline: Baseline) -> Iterator[str]:
    if all(objective.tier is not Tier.DISRUPTION for objective in instance.objectives):
        yield (
            "The instance's `objectives` do not list `disruption`: what is published may change for any "
            "gain in those that they list."
        )
    thawed = baseline.repair.thawed
    if thawed and baseline.repair.as_of is None:
        yield f"Nothing is frozen without a date; to thaw {listing(thawed)} changes nothing."
    for name in thawed:
        if name in baseline.history:
            when = day(baseline.day(baseline.history[name].start))
            yield f"The meeting {name} was on {when} and is over; it stays as it was, thawed or not."
