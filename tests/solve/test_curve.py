"""What more money buys, against an exhaustive search for every efficient plan."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from threading import Event
from typing import Any

import pytest

from meetsched.domain.curve import Between
from meetsched.domain.instance import Instance
from meetsched.rules import Tier
from meetsched.solve import SolveOptions
from meetsched.solve.control import Control
from meetsched.solve.curve import CurveEnd, EfficientPlan, _CurveRun, plan_curve
from meetsched.solve.efficient import EfficientSearch
from meetsched.solve.lexicographic import LexicographicSearch, TierFigures
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.oracle.frontier import Curve, curve
from tests.oracle.tiny import tiny
from tests.small import Document, small, top

OPTIONS = SolveOptions(workers=1, deterministic=True, time_limit=3600)
SHA256 = "0" * 64
SEEDS = 200
CHUNK = 50


@cache
def truth_of(seed: int) -> Curve | None:
    return curve(tiny(seed))


def found(
    instance: Instance, most: int | None = None, options: SolveOptions = OPTIONS, **more: Any
) -> tuple[list[EfficientPlan], CurveEnd]:
    plans: list[EfficientPlan] = []
    end = plan_curve(instance, SHA256, options, plans.append, most=most, **more)
    return plans, end


def place(instance: Instance, found: EfficientPlan) -> tuple[int, int]:
    values = verify(instance, found.plan).objective
    return values[Tier.POINTS], values[Tier.COST]


def best(figures: Iterable[TierFigures]) -> dict[Tier, int]:
    return {each.objective.tier: each.best for each in figures}


def disagreements(seed: int) -> Iterator[str]:
    """Yield in words all that the search and the exhaustive one do not agree on."""
    instance = tiny(seed)
    truth = truth_of(seed)
    plans, end = found(instance)
    if truth is None:
        if plans or end != CurveEnd():
            yield "there is no plan"
        return
    if not end.complete:
        yield f"it ended {end}"
    places = [place(instance, each) for each in plans]
    if sorted(places) != sorted(truth.plans):
        yield f"found {sorted(places)}, but it is {sorted(truth.plans)}"
        return
    if best(end.held) != truth.held:
        yield f"it held {best(end.held)}, but it is {truth.held}"
    for where, each in zip(places, plans, strict=True):
        if not each.best_of_these or best(each.ties) != truth.plans[where]:
            yield f"at {where} {best(each.ties)}, but it is {truth.plans[where]}"
        yield from (f"{one.rule}: {one.message}" for one in verify(instance, each.plan).violations)


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_it_is_what_exhaustive_search_finds(first: int) -> None:
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := list(disagreements(seed)))}
    assert not wrong


def long_curves(least: int, most: int) -> Iterator[tuple[Instance, set[tuple[int, int]]]]:
    """Yield instances with so many efficient plans at least, and where these stand; so many instances."""
    left = most
    for seed in range(SEEDS):
        truth = truth_of(seed) if left else None
        if truth is not None and len(truth.plans) >= least:
            left -= 1
            yield tiny(seed), set(truth.plans)
    assert left < most, "no instance has so many efficient plans"


def test_of_more_plans_than_were_asked_for_it_is_said_where_they_may_be() -> None:
    for instance, truth in long_curves(least=5, most=8):
        for most in (2, 3, 4):
            plans, end = found(instance, most)
            places = sorted(place(instance, each) for each in plans)
            assert len(places) == most and set(places) <= truth
            assert {min(truth), max(truth)} <= set(places)
            assert set(end.gaps.values()) == {Between.NOT_ASKED_FOR}
            for low, high in pairwise(places):
                if (low[0], high[0]) not in end.gaps:
                    assert not [each for each in truth if low < each < high]


def test_the_third_plan_stands_out_most_from_the_line_between_the_ends() -> None:
    for instance, truth in long_curves(least=4, most=8):
        _, _, (points, cost) = (place(instance, each) for each in found(instance, 3)[0])
        (low, cheap), (high, dear) = min(truth), max(truth)

        def height(points: int, cost: int, rise: int = high - low, price: int = dear - cheap) -> int:
            return price * points - rise * cost

        between = truth - {(low, cheap), (high, dear)}
        assert height(points, cost) == max(height(*each) for each in between)


@pytest.mark.parametrize("more", ["known", "workers", "seed"])
def test_whatever_it_begins_from_it_finds_the_same(more: str) -> None:
    for instance, truth in long_curves(least=3, most=6):
        options = {
            "known": OPTIONS,
            "workers": SolveOptions(workers=3, time_limit=3600),
            "seed": replace(OPTIONS, seed=7),
        }[more]
        known = plan_instance(instance, SHA256, options).plan if more == "known" else None
        plans, end = found(instance, options=options, known=known)
        assert end.complete
        assert {place(instance, each) for each in plans} == truth
        assert len(plans) == len(truth)


@pytest.mark.parametrize("proven", [True, False])
def test_a_bound_counts_only_where_it_was_found_under_the_same_values(proven: bool) -> None:
    instance = small(top(objectives=["effort", "points", "cost"]))
    plan = plan_instance(instance, SHA256, OPTIONS).plan
    assert plan is not None
    effort, points, cost = plan.tiers
    wrong = points.model_copy(update={"bound": points.bound + 5})
    tiers = (effort.model_copy(update={"proven": proven}), wrong, cost)
    search = _CurveRun(
        instance, OPTIONS, Control.of(OPTIONS, None, None), plan.model_copy(update={"tiers": tiers})
    )
    assert search._bounds == ({Tier.POINTS: wrong.bound} if proven else {})


def stands(instance: Instance, **more: Any) -> list[tuple[int, int]]:
    return [place(instance, each) for each in found(instance, **more)[0]]


def test_the_best_served_comes_first_then_the_cheapest() -> None:
    assert stands(small()) == [(8, 1000), (7, 0)]
    cost_first = small(top(objectives=["cost", "points"]))
    assert stands(cost_first) == [(7, 0), (8, 1000)]


def test_a_city_may_have_one_efficient_plan_only() -> None:
    def without_hall(document: Document) -> None:
        document["venues"] = document["venues"][1:]

    plans, end = found(small(without_hall))
    assert len(plans) == 1
    assert end.complete and end.cheapest and end.best_served


def test_where_there_is_no_plan_nothing_is_settled() -> None:
    assert found(small(top(topics=[]))) == ([], CurveEnd())


def test_what_the_budget_keeps_out_is_found() -> None:
    def poor(document: Document) -> None:
        document["cities"][0]["budget"] = "9.99"

    plans, end = found(small(poor))
    assert [place(small(), each) for each in plans] == [(7, 0)]
    assert end.complete
    assert end.beyond_budget is not None
    assert verify(small(), end.beyond_budget).holds
    assert verify(small(), end.beyond_budget).objective[Tier.POINTS] == 8
    assert {each.rule for each in verify(small(poor), end.beyond_budget).violations} == {"budget"}


@pytest.mark.parametrize("budget", [None, "10.00", "500"])
def test_a_budget_that_keeps_nothing_out_is_not_told(budget: str | None) -> None:
    def edit(document: Document) -> None:
        document["cities"][0]["budget"] = budget

    assert found(small(edit))[1].beyond_budget is None


def test_no_time_settles_nothing() -> None:
    assert found(small(), options=replace(OPTIONS, time_limit=1e-6)) == ([], CurveEnd())
    stop = Event()
    stop.set()
    assert found(small(), stop=stop) == ([], CurveEnd())


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_interrupt_keeps_what_was_proven_and_says_what_was_not(after: int) -> None:
    for instance, truth in long_curves(least=5, most=4):
        stop = Event()
        plans: list[EfficientPlan] = []

        def hear(plan: EfficientPlan, plans: list[EfficientPlan] = plans, stop: Event = stop) -> None:
            plans.append(plan)
            if len(plans) == after:
                stop.set()

        end = plan_curve(instance, SHA256, OPTIONS, hear, stop=stop)
        assert len(plans) == after
        assert {place(instance, each) for each in plans} <= truth
        assert not end.complete
        assert end.cheapest + end.best_served == min(after, 2)
        assert set(end.gaps.values()) == ({Between.NOT_SETTLED} if after > 1 else set())


def test_an_end_that_is_not_proven_leaves_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    seek = EfficientSearch._end

    def no_best_served(self: EfficientSearch, order: Any, *more: Any) -> Any:
        return None if order[0].tier is Tier.POINTS else seek(self, order, *more)

    monkeypatch.setattr(EfficientSearch, "_end", no_best_served)
    plans, end = found(small())
    assert [place(small(), each) for each in plans] == [(7, 0)]
    assert (end.cheapest, end.best_served, end.complete) == (True, False, False)


def test_what_is_found_but_not_proven_is_no_efficient_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    seek = LexicographicSearch.minimise

    def unproven(self: LexicographicSearch, *more: Any) -> Any:
        outcome = seek(self, *more)
        return outcome if outcome.value is None else replace(outcome, bound=outcome.value - 1)

    monkeypatch.setattr(LexicographicSearch, "minimise", unproven)
    for instance, truth in long_curves(least=4, most=2):
        plans, end = found(instance)
        assert [place(instance, each) for each in plans] == [max(truth), min(truth)]
        assert not end.complete
        assert end.gaps == {(min(truth)[0], max(truth)[0]): Between.NOT_SETTLED}
