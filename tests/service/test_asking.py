"""Questions about a meeting of a plan: what makes sense is asked, and what is odd about it told."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from meetsched.domain.answer import Standing
from meetsched.domain.instance import Pin
from meetsched.errors import DataError, RequestError
from meetsched.service.asking import Questioned, SolveOptions, prepare, why, why_not
from tests.cli.conftest import REGION_PLAN, TOWN, TOWN_PLAN

OPTIONS = SolveOptions(time_limit=600, workers=1, deterministic=True)


def question(topic: str = "tax", plan: Path = TOWN_PLAN, instance: Path = TOWN, **asked: Any) -> Questioned:
    return prepare(instance, plan, Pin.model_validate({"city": "olszyna", "topic": topic, **asked}))


def repaired(tmp_path: Path) -> Path:
    """Return a file of the plan as if it had been made in March, with a pin."""
    document = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
    repair = {"baseline_sha256": "0" * 64, "as_of": "2027-03-01", "freeze_days": 7, "max_changes": 1}
    document |= {"repair": repair, "pins": [{"city": "olszyna", "topic": "export", "venue": "linden"}]}
    document["status"] = "feasible"
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"topic": "taxes"}, "did you mean tax?"),
        ({"venue": "moon"}, "no venue moon"),
        ({"people": [{"person": "nobody"}]}, "no person nobody"),
        ({"date": date(2027, 4, 1)}, "lies outside the dates that are planned"),
    ],
)
def test_what_makes_no_sense(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(RequestError, match=message.replace("?", r"\?")):
        question(**asked)


def test_a_topic_that_is_none_of_the_citys(tmp_path: Path) -> None:
    text = TOWN.read_text(encoding="utf-8").replace("{id: owners, ", "{id: owners, cities: [], ")
    path = tmp_path / "town.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError, match="no meeting olszyna/owners: the topic is none of the city's"):
        question("owners", instance=path)


def test_a_plan_of_another_instance() -> None:
    with pytest.raises(DataError):
        question(plan=REGION_PLAN)


def test_what_is_asked_about() -> None:
    assert question().about_itself
    assert not question(venue="lab").about_itself
    assert not question("owners").about_itself
    asked = question(venue="lab")
    assert asked.report.holds and asked.warnings == ()
    assert asked.instance_asked.pins[-1] == asked.asked


def test_a_plan_that_was_repaired_goes_on_as_it_was(tmp_path: Path) -> None:
    path = repaired(tmp_path)
    asked = question(plan=path, venue="lab")
    assert asked.report.holds
    assert any("made from a published one" in each for each in asked.warnings)
    assert any("not proven that this plan is the best" in each for each in asked.warnings)
    assert asked.subject.baseline.repair.max_changes is None
    assert set(asked.subject.baseline.history) == {"olszyna/tax", "olszyna/online-shop"}
    assert why(question(plan=path), OPTIONS).is_over
    assert why_not(asked, OPTIONS).standing is Standing.FORBIDDEN
    (pin,) = why(question("export", path), OPTIONS).pins
    assert pin.venue == "linden"


def test_a_question_leaves_time_to_tell_its_answer() -> None:
    found = why_not(question(people=[{"person": "anna", "role": "presenter"}]), OPTIONS, near_only=True)
    assert found.standing is Standing.POSSIBLE
    assert found.nearest is not None and found.nearest.proven
