"""Solving always verifies, and leaves time for it."""

from typing import Any

import pytest

from meetsched.domain.outcome import Outcome, Verdict
from meetsched.loading import load_instance, load_plan
from meetsched.service.solving import RejectedPlanError, SolveOptions, solve
from tests.cli.conftest import TOWN, TOWN_PLAN


@pytest.mark.parametrize(("limit", "search"), [(60, 58), (10, 8.5), (0.4, 0.34)])
def test_the_search_ends_before_the_time_limit(
    monkeypatch: pytest.MonkeyPatch, limit: float, search: float
) -> None:
    limits: list[float] = []

    def plan(_instance: Any, _sha256: Any, options: SolveOptions, *_: Any) -> Outcome:
        limits.append(options.time_limit)
        return Outcome(Verdict.UNKNOWN)

    monkeypatch.setattr("meetsched.solve.run.plan_instance", plan)
    assert solve(load_instance(TOWN), SolveOptions(time_limit=limit)) == Outcome(Verdict.UNKNOWN)
    assert limits == [pytest.approx(search)]


@pytest.mark.parametrize("points", [56, 57])
def test_every_plan_is_verified(monkeypatch: pytest.MonkeyPatch, points: int) -> None:
    loaded = load_instance(TOWN)
    plan = load_plan(TOWN_PLAN, loaded.instance)
    first = plan.tiers[0].model_copy(update={"value": points})
    outcome = Outcome(Verdict.OPTIMAL, plan.model_copy(update={"tiers": (first, *plan.tiers[1:])}))
    monkeypatch.setattr("meetsched.solve.run.plan_instance", lambda *_: outcome)
    if points == 56:
        assert solve(loaded, SolveOptions()) is outcome
    else:
        with pytest.raises(RejectedPlanError, match="figures: "):
            solve(loaded, SolveOptions())
