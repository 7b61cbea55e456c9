"""What more changes buy, against an exhaustive search for each number of changes."""

from datetime import date
from threading import Event
from typing import Any

import pytest

from meetsched.candidates import Candidates, find_candidates
from meetsched.domain.baseline import Baseline
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan, Repair
from meetsched.rules import Tier
from meetsched.solve import SolveOptions, run
from meetsched.solve.frontier import disruption_last, plan_frontier
from meetsched.verify import verify
from tests.oracle.editions import edition
from tests.oracle.published import Published
from tests.oracle.search import Truth, search
from tests.small import setting, small, top
from tests.solve.test_repair import published

OPTIONS = SolveOptions(workers=1, deterministic=True)
SEEDS = 60


def truth_with(edition_: Published, most: int | None) -> Truth:
    repair = edition_.repair.model_copy(update={"max_changes": most})
    instance = disruption_last(edition_.instance)
    return search(instance, published=Published(instance, edition_.plan, repair))


def served(truth: Truth) -> dict[Tier, int]:
    return {tier: value for tier, value in (truth.best or {}).items() if tier is not Tier.DISRUPTION}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_it_is_what_exhaustive_search_finds(seed: int) -> None:
    found = edition(seed)
    gives = any(each.give for each in found.instance.objectives)
    free = Published(found.instance, found.plan, found.repair.model_copy(update={"max_changes": None}))
    baseline = Baseline(free.plan, free.repair, free.instance.zone)
    steps = list(plan_frontier(free.instance, "0" * 64, OPTIONS, baseline))
    best = truth_with(free, None)
    assert bool(steps) == best.feasible
    for place, step in enumerate(steps):
        assert step.max_changes == place
        truth = truth_with(free, place)
        assert step.outcome.verdict is (Verdict.OPTIMAL if truth.feasible else Verdict.INFEASIBLE)
        if step.outcome.plan is not None:
            assert {tier.name: tier.best for tier in step.outcome.plan.tiers} == truth.best
            report = verify(disruption_last(free.instance), step.outcome.plan, baseline=free.plan)
            assert report.violations == ()
        if not gives:  # What is given up may differ between plans that are equally good.
            assert step.last == (truth.feasible and served(truth) == served(best))
    assert all(step.last == (step is steps[-1]) for step in steps)


def moved_to_the_pub() -> Plan:
    """Return a published plan that wastes money: in the hall, though the pub is cheaper."""
    return published(
        top(objectives=["points"], pins=[{"city": "kielce", "topic": "export", "venue": "hall"}])
    )


def test_each_change_buys_something_until_none_does() -> None:
    before = moved_to_the_pub()
    instance = small(top(objectives=["disruption", "cost"]))
    baseline = Baseline(before, Repair(baseline_sha256="0" * 64), instance.zone)
    none, one = plan_frontier(instance, "0" * 64, OPTIONS, baseline)
    assert [step.max_changes for step in (none, one)] == [0, 1]
    costs = [step.outcome.plan.tier_by_name[Tier.COST].value for step in (none, one) if step.outcome.plan]
    assert costs == [1000, 0]
    assert (none.last, one.last) == (False, True)


def test_what_is_possible_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(*arguments: Any) -> Candidates:
        calls.append(arguments)
        return find_candidates(*arguments)

    before = moved_to_the_pub()
    monkeypatch.setattr(run, "find_candidates", counted)
    instance = small(top(objectives=["disruption", "cost"]))
    baseline = Baseline(before, Repair(baseline_sha256="0" * 64), instance.zone)
    assert len(list(plan_frontier(instance, "0" * 64, OPTIONS, baseline))) == 2
    assert len(calls) == 1


def test_a_limit_ends_it() -> None:
    before = moved_to_the_pub()
    instance = small(top(objectives=["disruption", "cost"]))
    limited = Baseline(before, Repair(baseline_sha256="0" * 64, max_changes=0), instance.zone)
    (only,) = plan_frontier(instance, "0" * 64, OPTIONS, limited)
    assert (only.max_changes, only.last) == (0, True)


def test_without_any_plan_it_is_empty() -> None:
    before = moved_to_the_pub()
    instance = small(setting("people", "paul", roles=["host"]))
    baseline = Baseline(before, Repair(baseline_sha256="0" * 64, as_of=date(2027, 3, 1)), instance.zone)
    assert list(plan_frontier(instance, "0" * 64, OPTIONS, baseline)) == []


def test_a_stop_ends_it() -> None:
    before = moved_to_the_pub()
    stop = Event()
    stop.set()
    baseline = Baseline(before, Repair(baseline_sha256="0" * 64), small().zone)
    assert list(plan_frontier(small(), "0" * 64, OPTIONS, baseline, stop)) == []
