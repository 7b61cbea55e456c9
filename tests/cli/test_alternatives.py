"""`meetsched alternatives`, from an instance to plans side by side."""

import csv
import json
from pathlib import Path

import pytest

from meetsched.domain.plan import Plan
from meetsched.rules import Tier
from tests.cli.conftest import INSTANCES, TOWN, Program

QUICK = ("--workers", 1, "--deterministic")
EACH = {"plan.json", "plan.ics", "meetings.csv", "duties.csv", "plan.xlsx", "plan.html"}


def test_plans_are_shown_side_by_side_and_written(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("alternatives", TOWN, "-n", 3, "--give", "0.1", "-o", tmp_path / "out", *QUICK)
    assert ran.code == 0
    assert "Plan 1" in ran.out and "Plan 3" in ran.out
    assert "Differs from all before" in ran.out and ", proven" in ran.out
    assert f"Wrote {tmp_path}/out/plan-3" in ran.out.replace("\n", "")
    assert "Plan 2: searching" in ran.err
    folders = {path.name for path in (tmp_path / "out").iterdir()}
    assert folders == {"plan-1", "plan-2", "plan-3", "alternatives.csv", "alternatives.html"}
    for number in (1, 2, 3):
        assert {path.name for path in (tmp_path / f"out/plan-{number}").iterdir()} == EACH
        assert meetsched("verify", TOWN, tmp_path / f"out/plan-{number}/plan.json").code == 0


def test_the_table_says_how_far_each_is_from_each_before(meetsched: Program, tmp_path: Path) -> None:
    meetsched("alternatives", TOWN, "-n", 3, "--give", "0.1", "-o", tmp_path, "-q", *QUICK)
    text = (tmp_path / "alternatives.csv").read_text(encoding="utf-8-sig")
    first, second, third = csv.DictReader(text.splitlines())
    assert (first["result"], first["distance"]) == ("proven best", "")
    assert second["distance"] == second["from_plan_1"] and second["from_plan_2"] == ""
    assert int(third["distance"]) == min(int(third["from_plan_1"]), int(third["from_plan_2"]))
    assert float(third["cost"]) <= 1.1 * float(first["cost"])


def test_what_does_not_say_how_good_it_is_shows_no_proof(meetsched: Program, tmp_path: Path) -> None:
    meetsched("alternatives", TOWN, "-n", 2, "--give", "0.1", "-o", tmp_path, "-q", *QUICK)
    best, other = ((tmp_path / f"plan-{number}/plan.html").read_text() for number in (1, 2))
    assert "How good it is" in best and "Proven best" in best
    assert "How good it is" not in other and "Best found" not in other
    assert "not settled in the time" not in other


def test_json_has_the_plans(meetsched: Program) -> None:
    ran = meetsched("alternatives", TOWN, "-n", 2, "--give", "0.1", "--json", "-q", *QUICK)
    document = ran.json
    assert ran.err == ""
    best, other = document["plans"]
    assert (best["distance"], best["bound"], best["proven"]) == (None, None, True)
    assert other["distance"] == other["bound"] == other["distances"][0] > 0
    assert document["limits"]["points"] <= other["objective"]["points"]
    assert other["objective"]["cost"] <= document["limits"]["cost"]
    assert Plan.model_validate(other["plan"]).tiers == ()
    assert set(best["objective"]) == {Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT}


def test_the_same_each_time(meetsched: Program) -> None:
    arguments = ("alternatives", TOWN, "-n", 2, "--give", "0.1", "--json", "-q", *QUICK)
    assert meetsched(*arguments).out == meetsched(*arguments).out


def test_without_a_plan_there_is_nothing_to_choose_from(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("alternatives", INSTANCES / "blocked.yaml", "-o", tmp_path / "out", "-q", *QUICK)
    assert ran.code == 4
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("give", ["-0.1", "1.5", "much", "nan"])
def test_a_share_is_from_0_to_1(meetsched: Program, give: str) -> None:
    ran = meetsched("alternatives", TOWN, "--give", give)
    assert ran.code == 2
    assert "is not a share from 0 to 1" in ran.err


def test_the_instance_is_not_replaced(meetsched: Program, tmp_path: Path) -> None:
    (tmp_path / "plan-1").mkdir()
    instance = tmp_path / "plan-1" / "plan.json"
    instance.write_text(json.dumps({}), encoding="utf-8")
    ran = meetsched("alternatives", instance, "-o", tmp_path)
    assert ran.code == 2
    assert "is the instance" in ran.err
