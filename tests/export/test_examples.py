"""The examples are plans that hold: what the other tests expect of them means something."""

import pytest

from meetsched.loading import load_instance
from meetsched.verify import verify
from tests.export.examples import DATA, example


@pytest.mark.parametrize("name", ["town", "region"])
def test_example_plan_holds_every_rule_and_its_figures_are_right(name):
    instance, plan = example(name)
    report = verify(instance, plan, sha256=load_instance(DATA / f"{name}.yaml").sha256)
    assert report.violations == ()
    assert report.warnings == ()
    assert all(report.objective[tier.name] == tier.value for tier in plan.tiers)
