"""Repairs after somebody drops out, against an exhaustive search for each of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from threading import Event

import pytest

from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan, Repair
from meetsched.domain.resilience import DropOut, Kind, drop_outs, without
from meetsched.rules import Tier
from meetsched.solve import SolveOptions
from meetsched.solve.resilience import repairs_without
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.oracle.plan import plan_of
from tests.oracle.published import Published
from tests.oracle.search import search
from tests.oracle.tiny import tiny
from tests.small import setting, small, top

OPTIONS = SolveOptions(workers=2, deterministic=True)
SHA256 = "0" * 64
SEEDS = 250
CHUNK = 25


def baseline_of(instance: Instance, plan: Plan, as_of: date | None = None) -> Baseline:
    repair = Repair(baseline_sha256=SHA256, as_of=as_of or instance.horizon.start, freeze_days=0)
    return Baseline(plan, repair, instance.zone)


def outcomes(instance: Instance, baseline: Baseline, stop: Event | None = None) -> dict[DropOut, Outcome]:
    every = drop_outs(baseline)
    return dict(repairs_without(instance, SHA256, OPTIONS, baseline, every, stop=stop))


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_each_repair_is_the_one_that_exhaustive_search_finds(first: int) -> None:
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := list(disagreements(seed)))}
    assert not wrong


def test_the_instances_put_both_verdicts_to_the_test() -> None:
    found: list[Outcome] = []
    for seed in range(80):
        if (baseline := drawn(seed)) is not None:
            found += outcomes(tiny(seed), baseline).values()
    verdicts = [outcome.verdict for outcome in found]
    assert verdicts.count(Verdict.INFEASIBLE) >= 12
    assert verdicts.count(Verdict.OPTIMAL) >= 20


def drawn(seed: int) -> Baseline | None:
    """Return the best plan of an instance as of some day, if there is a plan."""
    instance = tiny(seed)
    truth = search(instance)
    if not truth.feasible:
        return None
    days = (instance.horizon.end - instance.horizon.start).days
    later = timedelta(days=Random(seed).choice([0, 0, days // 3, days // 2]))
    return baseline_of(instance, plan_of(instance, truth), instance.horizon.start + later)


def disagreements(seed: int) -> Iterator[str]:
    """Yield in words what the repairs and the exhaustive search do not agree on."""
    instance, baseline = tiny(seed), drawn(seed)
    if baseline is None:
        return
    found = outcomes(instance, baseline)
    if set(found) != set(drop_outs(baseline)):
        yield "some are missing"
    for drop_out, outcome in found.items():
        changed = without(instance, drop_out, baseline.repair.as_of or instance.horizon.start)
        truth = search(changed, published=Published(changed, baseline.plan, baseline.repair))
        verdict = Verdict.OPTIMAL if truth.feasible else Verdict.INFEASIBLE
        if outcome.verdict is not verdict:
            yield f"{drop_out.id}: {outcome.verdict}, but is {verdict}"
        if outcome.plan is None:
            continue
        if {tier.name: tier.best for tier in outcome.plan.tiers} != truth.best:
            yield f"{drop_out.id}: {outcome.plan.tiers}, but is {truth.best}"
        report = verify(changed, outcome.plan, baseline=baseline.plan)
        yield from (violation.message for violation in report.violations)
        yield from (f"{drop_out.id} is still there" for _ in uses(outcome.plan, drop_out, baseline))


def uses(plan: Plan, drop_out: DropOut, baseline: Baseline) -> Iterator[str]:
    """Yield the meetings of a plan that are not over and have what has dropped out."""
    for meeting in plan.meetings:
        people = {duty.person for duty in meeting.people}
        used = people if drop_out.kind is Kind.PERSON else {meeting.venue}
        if drop_out.id in used and meeting.id not in baseline.history:
            yield meeting.id


def test_everything_that_is_used_is_asked_for_once_and_nothing_else() -> None:
    baseline = published()
    held = baseline.plan.meetings
    assert {each.id for each in drop_outs(baseline) if each.kind is Kind.VENUE} == {m.venue for m in held}
    people = [each.id for each in drop_outs(baseline) if each.kind is Kind.PERSON]
    assert sorted(people) == sorted({duty.person for meeting in held for duty in meeting.people})
    after = baseline_of(small(), baseline.plan, date(2027, 3, 31))
    assert drop_outs(after) == ()


def published() -> Baseline:
    instance = small()
    plan = plan_instance(instance, SHA256, OPTIONS).plan
    assert plan is not None
    return baseline_of(instance, plan)


def test_an_expert_is_replaced_a_broker_without_another_is_not() -> None:
    found = {drop_out.id: outcome for drop_out, outcome in outcomes(small(), published()).items()}
    assert found["bea"].verdict is Verdict.INFEASIBLE
    expert = next(name for name in ("anna", "olga") if name in found)
    repaired = found[expert]
    assert repaired.verdict is Verdict.OPTIMAL and repaired.plan is not None
    assert repaired.plan.tier_by_name[Tier.DISRUPTION].value == 5


def test_each_is_away_to_the_last_minute_of_the_horizon() -> None:
    late = [{"weekdays": ["wed"], "starts": ["22:00"]}]
    instance = small(
        top(slots=late, exclude_dates=[{"start": "2027-03-01", "end": "2027-03-30"}]),
        setting("people", "olga", expertise=[]),
    )
    plan = plan_instance(instance, SHA256, OPTIONS).plan
    assert plan is not None and len(plan.meetings) == 1
    found = outcomes(instance, baseline_of(instance, plan))
    verdicts = {drop_out.id: outcome.verdict for drop_out, outcome in found.items()}
    assert verdicts["bea"] is Verdict.INFEASIBLE


def test_a_stop_leaves_the_others_out() -> None:
    stop = Event()
    stop.set()
    assert outcomes(small(), published(), stop) == {}
