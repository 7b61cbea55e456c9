"""Plans to choose from, against every plan there is."""

from collections.abc import Iterable
from decimal import Decimal
from threading import Event

import pytest

from meetsched.domain.difference import difference
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.rules import Tier
from meetsched.solve import SolveOptions
from meetsched.solve.alternatives import (
    AlternativesRequest,
    AlternativeStep,
    FarNews,
    loss_limits,
    plan_alternatives,
)
from meetsched.verify import verify
from tests.oracle.every_plan import Found, every_plan
from tests.oracle.search import TooManyPlansError, search
from tests.oracle.tiny import tiny
from tests.small import setting, small, top

OPTIONS = SolveOptions(workers=1, deterministic=True)
SHA256 = "0" * 64
SEEDS = 150
CHUNK = 15
GIVES = [Decimal(0), Decimal("0.1"), Decimal("0.5"), Decimal(1)]


def steps_of(instance: Instance, give: str | Decimal, most: int = 4) -> list[AlternativeStep]:
    return list(plan_alternatives(instance, SHA256, OPTIONS, AlternativesRequest(most, Decimal(give))))


def plans_of(steps: Iterable[AlternativeStep]) -> list[Plan]:
    return [step.outcome.plan for step in steps if step.outcome.plan is not None]


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_each_is_as_far_from_all_before_as_any_plan_there_is(first: int) -> None:
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := list(disagreements(seed)))}
    assert not wrong


def test_the_instances_put_it_to_the_test() -> None:
    found = [steps_of(tiny(seed), GIVES[seed % len(GIVES)]) for seed in range(40)]
    assert sum(len(plans_of(steps)) == 4 for steps in found) >= 10
    assert sum(steps[-1].outcome.verdict is Verdict.INFEASIBLE and len(steps) > 1 for steps in found) >= 5
    assert sum(not plans_of(steps) for steps in found) >= 2


def disagreements(seed: int) -> Iterable[str]:
    """Yield in words what the steps and the list of all plans do not agree on."""
    instance, give = tiny(seed), GIVES[seed % len(GIVES)]
    truth = search(instance)
    steps = steps_of(instance, give)
    if not truth.feasible:
        if steps[0].outcome.verdict is not Verdict.INFEASIBLE or len(steps) > 1:
            yield "there is no plan, but one was found"
        return
    plans: list[Plan] = []
    limits = loss_limits(verify(instance, steps[0].outcome.plan).objective, give)  # type: ignore[arg-type]
    for number, step in enumerate(steps):
        plan = step.outcome.plan
        if number:
            try:
                every = every_plan(instance, truth.ideal, plans)
            except TooManyPlansError:
                return
            yield from _judge(instance, step, [each for each in every if _within(limits, each)])
        if plan is not None:
            report = verify(instance, plan)
            yield from (violation.message for violation in report.violations)
            plans.append(plan)


def _within(limits: object, found: Found) -> bool:
    assert isinstance(limits, dict)
    return all(
        found.values[tier] >= limit if tier.maximise else found.values[tier] <= limit
        for tier, limit in limits.items()
    )


def _judge(instance: Instance, step: AlternativeStep, every: list[Found]) -> Iterable[str]:
    farthest = max(min(each.distances) for each in every)
    if step.outcome.plan is None:
        if step.outcome.verdict is not Verdict.INFEASIBLE or farthest:
            yield f"{step.outcome.verdict}, though one is {farthest} away"
        return
    if (step.distance, step.bound) != (farthest, farthest):
        yield f"{step.distance} away, at most {step.bound}, but is {farthest}"
    objectives = instance.active_objectives()
    if any(objective.give for objective in objectives):
        return
    tiers = [objective.tier for objective in objectives]
    rank = max(_rank(tiers, each.values) for each in every if min(each.distances) == farthest)
    if _rank(tiers, verify(instance, step.outcome.plan).objective) != rank:
        yield f"another one {farthest} away is better"
    if step.outcome.verdict is not Verdict.OPTIMAL:
        yield f"not proven: {step.outcome.verdict}"


def _rank(tiers: list[Tier], values: object) -> list[int]:
    assert isinstance(values, dict)
    return [values[tier] if tier.maximise else -values[tier] for tier in tiers]


def test_the_first_is_the_best_plan_and_the_others_lose_no_more_than_they_may() -> None:
    instance = small()
    first, *others = plans_of(steps_of(instance, "0.25"))
    assert [tier.proven for tier in first.tiers] == [True] * 4
    assert first.judged and not any(each.judged for each in others)
    best = verify(instance, first).objective
    for each in others:
        values = verify(instance, each).objective
        assert values[Tier.POINTS] >= best[Tier.POINTS] - best[Tier.POINTS] // 4
        assert values[Tier.COST] <= best[Tier.COST] * 5 // 4


def test_the_distances_are_those_of_a_repair() -> None:
    instance = small()
    steps = steps_of(instance, "1")
    plans = list(plans_of(steps))
    assert len(plans) == 4
    for place in range(1, 4):
        far = [
            difference(before, plans[place], instance.disruption, instance.zone).disruption
            for before in plans[:place]
        ]
        assert steps[place].distance == min(far) == steps[place].bound


def test_where_nothing_may_be_lost_only_equals_are_found() -> None:
    instance = small(setting("venues", "oak", capacity=15), top(objectives=["points"]))
    plans = plans_of(steps_of(instance, 0))
    assert len({verify(instance, plan).objective[Tier.POINTS] for plan in plans}) == 1


def test_where_one_plan_is_all_there_is_that_is_proven() -> None:
    slots = [{"weekdays": ["tue"], "starts": ["17:30"]}]
    closed = [{"start": "2027-03-03", "end": "2027-03-31"}]
    instance = small(
        top(slots=slots, exclude_dates=closed, pins=[{"city": "kielce", "topic": "loans", "held": False}]),
        setting("venues", "oak", capacity=0),
        setting("people", "olga", expertise=[]),
    )
    first, end = steps_of(instance, "1")
    assert first.outcome.verdict is Verdict.OPTIMAL
    assert (end.outcome.verdict, end.outcome.plan) == (Verdict.INFEASIBLE, None)


def test_news_tell_of_each_plan_but_the_first() -> None:
    news: list[FarNews] = []
    request = AlternativesRequest(3, Decimal("0.5"))
    steps = list(plan_alternatives(small(), SHA256, OPTIONS, request, on_news=news.append))
    assert {each.number for each in news} == {2, 3}
    last = [each for each in news if each.number == 3][-1]
    assert last.distance == steps[2].distance
    assert all(each.distance is None or each.distance <= each.bound for each in news)


def test_a_stop_keeps_what_was_found() -> None:
    stop = Event()
    request = AlternativesRequest(4, Decimal(1))
    steps = plan_alternatives(small(), SHA256, OPTIONS, request, stop=stop)
    assert next(steps).outcome.plan is not None
    stop.set()
    assert list(steps) == []


def test_the_limits_are_rounded_in_favour_of_the_best_plan() -> None:
    values = {Tier.POINTS: 99, Tier.COST: 199}
    assert loss_limits(values, Decimal("0.02")) == {Tier.COST: 202, Tier.POINTS: 98}
