"""Instances of everyday size end with the optimum that an independent model has proven."""

import json
from pathlib import Path

import pytest

from meetsched.domain.outcome import Verdict
from meetsched.loading import load_instance
from meetsched.rules import Tier
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify

REFERENCE = Path(__file__).parents[1] / "data" / "reference"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in REFERENCE.glob("*.expected.json"))


@pytest.mark.parametrize("name", NAMES)
def test_every_tier_is_proven_at_its_known_optimum(name: str) -> None:
    expected = json.loads((REFERENCE / f"{name}.expected.json").read_text())
    loaded = load_instance(REFERENCE / f"{name}.yaml")
    outcome = plan_instance(loaded.instance, loaded.sha256, SolveOptions(time_limit=600))
    if expected["status"] == "INFEASIBLE":
        assert outcome.verdict is Verdict.INFEASIBLE
        return
    assert outcome.verdict is Verdict.OPTIMAL
    plan = outcome.plan
    assert plan is not None
    optimum = {Tier(tier): value for tier, (value, _) in expected["tiers"].items()}
    assert {tier.name: tier.value for tier in plan.tiers} == optimum
    assert all(tier.proven and tier.bound == tier.value for tier in plan.tiers)
    assert plan.ideal == expected.get("ideal")
    report = verify(loaded.instance, plan, sha256=loaded.sha256)
    assert report.holds
    assert report.objective == optimum
