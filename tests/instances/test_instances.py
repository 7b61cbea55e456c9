"""The instances that come with the product: in order, and with the plans that they are there to show."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.report import Report
from meetsched.loading import Loaded, load_instance
from meetsched.rules import Tier
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify

INSTANCES = Path(__file__).parents[2] / "instances"
NAMES = sorted(path.stem for path in INSTANCES.glob("*.yaml"))


@dataclass(frozen=True)
class Planned:
    loaded: Loaded
    outcome: Outcome
    report: Report


@pytest.fixture(scope="module", params=["starter", "town", "region"])
def planned(request: pytest.FixtureRequest) -> Planned:
    loaded = load_instance(INSTANCES / f"{request.param}.yaml")
    outcome = plan_instance(loaded.instance, loaded.sha256, SolveOptions(time_limit=900, workers=1))
    assert outcome.plan is not None
    return Planned(loaded, outcome, verify(loaded.instance, outcome.plan, sha256=loaded.sha256))


def test_the_instances_are_those_that_are_tested() -> None:
    assert NAMES == ["blocked", "region", "starter", "town"]


@pytest.mark.parametrize("name", NAMES)
def test_is_in_order(name: str) -> None:
    assert load_instance(INSTANCES / f"{name}.yaml").warnings == ()


def test_has_a_plan_that_is_proven_and_verified(planned: Planned) -> None:
    assert planned.outcome.verdict is Verdict.OPTIMAL
    assert planned.report.violations == ()
    assert planned.report.warnings == ()


def test_a_plan_serves_every_city_in_every_month(planned: Planned) -> None:
    plan, instance = planned.outcome.plan, planned.loaded.instance
    assert plan is not None
    held = {(meeting.city, meeting.start.month) for meeting in plan.meetings}
    assert held == {
        (city.id, month.number) for city in instance.cities for month in instance.horizon.months()
    }


def test_cities_of_the_region_compete(planned: Planned) -> None:
    if len(planned.loaded.instance.cities) > 1:
        assert planned.outcome.plan is not None
        balance = planned.outcome.plan.tier_by_name[Tier.BALANCE]
        assert balance.proven
        assert 0 < balance.value < 1000


def test_the_blocked_quarter_has_no_plan() -> None:
    loaded = load_instance(INSTANCES / "blocked.yaml")
    outcome = plan_instance(loaded.instance, loaded.sha256, SolveOptions(time_limit=900, workers=1))
    assert outcome.verdict is Verdict.INFEASIBLE
