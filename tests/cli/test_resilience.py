"""`meetsched resilience`: what becomes of a plan without each of its people and venues."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import REGION_PLAN, TOWN_PLAN, Program
from tests.cli.conftest import TOWN as LEAVES_DISRUPTION_OUT

QUICK = ("--workers", 2, "--deterministic")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return the town of which TOWN_PLAN is a plan, with disruption before its other aims."""
    text = LEAVES_DISRUPTION_OUT.read_text(encoding="utf-8")
    path = tmp_path / "town.yaml"
    path.write_text(text.replace("objectives: [", "objectives: [disruption, "), encoding="utf-8")
    return path


def test_all_that_the_plan_uses_is_told_the_worst_first(
    meetsched: Program, town: Path, tmp_path: Path
) -> None:
    ran = meetsched("resilience", town, TOWN_PLAN, "-o", tmp_path / "out", *QUICK)
    assert ran.code == 0
    text = (tmp_path / "out/resilience.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    plan = json.loads(TOWN_PLAN.read_text())
    used = {meeting["venue"] for meeting in plan["meetings"]}
    used |= {duty["person"] for meeting in plan["meetings"] for duty in meeting["people"]}
    assert {row["id"] for row in rows} == used
    lost = [row["repair"] == "no repair" for row in rows]
    assert lost == sorted(lost, reverse=True)
    disruption = [int(row["disruption"]) for row in rows if row["disruption"]]
    assert disruption == sorted(disruption, reverse=True)
    assert f"{len(rows)} of {len(rows)}  " in ran.err
    assert "can be done without" in ran.out


def test_json_has_losses_and_who_stands_in(meetsched: Program, town: Path) -> None:
    ran = meetsched("resilience", town, TOWN_PLAN, "--json", "-q", *QUICK)
    document = ran.json
    assert ran.err == "" and document["complete"]
    repaired = [each for each in document["consequences"] if each["repair"]]
    assert repaired
    for each in repaired:
        assert each["verdict"] == "optimal"
        assert set(each["losses"]) <= set(each["objective"])
        assert {one["meeting"] for one in each["stand_ins"]} <= set(each["meetings"])
        assert each["id"] not in {name for one in each["stand_ins"] for name in one["by"]}


def test_what_is_over_needs_nobody(meetsched: Program, town: Path) -> None:
    everything = meetsched("resilience", town, TOWN_PLAN, "--json", "-q", *QUICK).json
    later = meetsched("resilience", town, TOWN_PLAN, "--as-of", "2027-03-01", "--json", "-q", *QUICK).json
    assert later["as_of"] == "2027-03-01"
    assert 0 < len(later["consequences"]) < len(everything["consequences"])


def test_a_date_outside_the_horizon_is_told(meetsched: Program, town: Path) -> None:
    ran = meetsched("resilience", town, TOWN_PLAN, "--as-of", "2026-01-01")
    assert ran.code == 2
    assert "lies outside the dates that are planned" in ran.err


def test_a_plan_of_another_instance_is_told(meetsched: Program, town: Path) -> None:
    assert meetsched("resilience", town, REGION_PLAN).code == 3


def test_a_plan_that_breaks_rules_is_warned_of(meetsched: Program, town: Path, tmp_path: Path) -> None:
    plan = json.loads(TOWN_PLAN.read_text())
    plan["meetings"][0]["people"] = plan["meetings"][0]["people"][1:]
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    ran = meetsched("resilience", town, path, "--time-limit", 20, *QUICK)
    assert "breaks rules as it stands" in ran.err


def test_without_time_nothing_is_settled(meetsched: Program, town: Path) -> None:
    document = meetsched("resilience", town, TOWN_PLAN, "--time-limit", "0.01", "--json", "-q").json
    assert not document["complete"]
    assert {each["verdict"] for each in document["consequences"]} == {"unknown"}
