"""The curve of points against cost: verified, and no plan of it beats another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from meetsched.domain.curve import Between
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.loading import load_instance
from meetsched.rules import Tier
from meetsched.service.curves import CurvePlan, SolveOptions, find_curve, with_time_for_curve
from meetsched.service.solving import RejectedPlanError, solve
from meetsched.solve.curve import CurveEnd, EfficientPlan
from tests.cli.conftest import INSTANCES

LOADED = load_instance(INSTANCES / "starter.yaml")
OPTIONS = SolveOptions(workers=1, deterministic=True, time_limit=3600)


@pytest.fixture(scope="module")
def own() -> Plan:
    plan = solve(LOADED, OPTIONS).plan
    assert plan is not None
    return plan


def test_the_plan_has_half_of_the_time() -> None:
    assert with_time_for_curve(replace(OPTIONS, time_limit=30.0)).time_limit == 15.0


def test_plans_are_told_as_they_are_found_and_ordered_by_cost(own: Plan) -> None:
    told: list[tuple[int, int]] = []

    def hear(found: CurvePlan) -> None:
        told.append((found.points, found.cost))

    curve = find_curve(LOADED, OPTIONS, own, most=4, on_plan=hear)
    assert told[0] == max(told) and told[1] == min(told)
    assert sorted(told) == [(each.points, each.cost) for each in curve.plans]
    assert len(told) == 4
    assert set(curve.between) <= {Between.NONE, Between.NOT_ASKED_FOR}
    assert not curve.complete
    assert curve.tiers == (Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT)


def ends_with(monkeypatch: pytest.MonkeyPatch, plans: list[Plan], **end: Any) -> None:
    """Let the search find these plans, and end so."""

    def search(*more: Any, **_: Any) -> CurveEnd:
        hear: Callable[[EfficientPlan], None] = more[3]
        for plan in plans:
            hear(EfficientPlan(plan, ()))
        return CurveEnd(**end)

    monkeypatch.setattr("meetsched.solve.curve.plan_curve", search)


@pytest.mark.parametrize("gain", [Tier.POINTS, Tier.COST])
def test_a_plan_that_the_own_one_beats_is_a_bug(
    own: Plan, monkeypatch: pytest.MonkeyPatch, gain: Tier
) -> None:
    found = own.model_copy()
    ends_with(monkeypatch, [found])
    assert find_curve(LOADED, OPTIONS, own).own_place == 0
    better = {Tier.POINTS: 51, Tier.COST: 27_200, gain: {Tier.POINTS: 52, Tier.COST: 27_199}[gain]}
    values = {id(own): better, id(found): {Tier.POINTS: 51, Tier.COST: 27_200}}
    monkeypatch.setattr("meetsched.service.curves.verified_values", lambda _, plan: values[id(plan)])
    with pytest.raises(RejectedPlanError, match="the plan beats them"):
        find_curve(LOADED, OPTIONS, own)
    unproven = own.model_copy(update={"status": PlanStatus.FEASIBLE})
    values[id(unproven)] = better
    assert find_curve(LOADED, OPTIONS, unproven).own_place is None


def test_two_plans_of_which_one_beats_the_other_are_a_bug(own: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    ends_with(monkeypatch, [own, own])
    with pytest.raises(RejectedPlanError, match="0 points more"):
        find_curve(LOADED, OPTIONS, own)


def test_a_gap_that_lies_nowhere_is_a_bug(own: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    ends_with(monkeypatch, [own], gaps={(1, 2): Between.NOT_SETTLED})
    with pytest.raises(RejectedPlanError, match="gaps at"):
        find_curve(LOADED, OPTIONS, own)


def test_a_plan_beyond_the_budget_is_verified_without_it(own: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    city = LOADED.instance.cities[0].model_copy(update={"budget": 27_200})
    poor = replace(LOADED, instance=LOADED.instance.replaced(cities=(city,)))
    best = find_curve(LOADED, OPTIONS, own, most=2).plans[-1]
    ends_with(monkeypatch, [], beyond_budget=best.plan)
    assert find_curve(poor, OPTIONS, own).beyond_budget == best.values
