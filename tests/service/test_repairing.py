"""Going on from a published plan: what is asked for is checked, and what comes of it verified."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from meetsched.domain.instance import Objective, Pin
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import PlanStatus
from meetsched.errors import RequestError
from meetsched.loading import load_baseline, load_instance
from meetsched.rules import Tier
from meetsched.service.frontiers import repair_frontier
from meetsched.service.repairing import Prepared, RepairRequest, prepare, resolve
from meetsched.service.solving import RejectedPlanError, SolveOptions
from meetsched.verify import verify
from tests.cli.conftest import TOWN, TOWN_PLAN

LOADED = load_instance(TOWN)
LOADED = replace(
    LOADED,
    instance=LOADED.instance.model_copy(
        update={"objectives": (Objective(tier=Tier.DISRUPTION), *LOADED.instance.objectives)}
    ),
)
OPTIONS = SolveOptions(workers=1, deterministic=True)


def prepared(**request: Any) -> Prepared:
    return prepare(LOADED, load_baseline(TOWN_PLAN, LOADED.instance), RepairRequest(**request))


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"as_of": date(2026, 12, 31)}, "Thu 31 December 2026 lies outside the dates that are planned"),
        ({"as_of": date(2027, 4, 1)}, "lies outside"),
        ({"thaw": ("olszyna/taxes",)}, "no meeting olszyna/taxes to thaw"),
        ({"thaw": ("olszyna/taxes",)}, "did you mean olszyna/tax?"),
        ({"pins": (Pin(city="radom", topic="tax"),)}, "no city radom to be pinned"),
        ({"pins": (Pin(city="olszyna", topic="law"),)}, "no topic law"),
        ({"pins": (Pin(city="olszyna", topic="tax", venue="libary"),)}, "did you mean library?"),
        (
            {"pins": (Pin.model_validate({"city": "olszyna", "topic": "tax", "people": [{"person": "x"}]}),)},
            "no person x",
        ),
    ],
)
def test_what_cannot_be_is_told(request_: dict[str, Any], message: str) -> None:
    with pytest.raises(RequestError) as error:
        prepared(**request_)
    assert message in str(error.value)


def test_what_is_of_no_effect_is_a_warning() -> None:
    (warning,) = prepared(thaw=("olszyna/tax",)).warnings
    assert "Nothing is frozen without a date" in warning
    (warning,) = prepared(thaw=("olszyna/tax",), as_of=date(2027, 3, 31)).warnings
    assert "olszyna/tax was on " in warning
    assert prepared(thaw=("olszyna/tax",), as_of=date(2027, 1, 1)).warnings == ()


def test_an_instance_that_leaves_disruption_out_is_warned_of() -> None:
    loaded = load_instance(TOWN)
    published = load_baseline(TOWN_PLAN, loaded.instance)
    (warning,) = prepare(loaded, published, RepairRequest()).warnings
    assert "do not list `disruption`" in warning


def test_pins_given_hold_and_are_told() -> None:
    pin = Pin(city="olszyna", topic="tax", held=False)
    found = resolve(prepared(pins=(pin,)), OPTIONS)
    plan = found.outcome.plan
    assert plan is not None
    assert plan.pins == (pin,)
    assert "olszyna/tax" not in plan.meeting_by_id
    assert found.difference is not None
    assert "olszyna/tax" in {meeting.id for meeting in found.difference.dropped}
    published = load_baseline(TOWN_PLAN, LOADED.instance).plan
    assert verify(LOADED.instance, plan, baseline=published, sha256=LOADED.sha256).holds


def test_without_a_plan_there_is_no_difference() -> None:
    pins = tuple(Pin(city="olszyna", topic=topic.id, held=False) for topic in LOADED.instance.topics)
    found = resolve(prepared(pins=pins), OPTIONS)
    assert found.outcome.verdict is Verdict.INFEASIBLE
    assert found.difference is None
    assert repair_frontier(prepared(pins=pins), OPTIONS).points == ()


def test_every_repair_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    published = load_baseline(TOWN_PLAN, LOADED.instance).plan
    moved = published.meetings[0].model_copy(update={"sequence": 5})
    wrong = published.model_copy(
        update={
            "meetings": (moved, *published.meetings[1:]),
            "status": PlanStatus.FEASIBLE,
            "repair": prepared().baseline.repair,
        }
    )
    outcome = Outcome(Verdict.FEASIBLE, wrong)
    monkeypatch.setattr("meetsched.solve.run.plan_instance", lambda *_, **__: outcome)
    with pytest.raises(RejectedPlanError, match="sequence is 5"):
        resolve(prepared(), OPTIONS)


def test_a_frontier_ends_where_more_changes_buy_nothing() -> None:
    pin = Pin(city="olszyna", topic="tax", date=date(2027, 1, 12))
    told: list[int] = []
    frontier = repair_frontier(prepared(pins=(pin,)), OPTIONS, lambda point: told.append(point.max_changes))
    assert frontier.complete
    assert told == [point.max_changes for point in frontier.points] == list(range(len(told)))
    published = load_baseline(TOWN_PLAN, LOADED.instance).plan
    for point in frontier.points:
        if point.plan is None or point.difference is None:
            assert point.verdict is Verdict.INFEASIBLE
            assert not point.values
            continue
        assert point.plan.pins == (pin,)
        assert point.difference.changes <= point.max_changes
        assert verify(LOADED.instance, point.plan, baseline=published, sha256=LOADED.sha256).holds
