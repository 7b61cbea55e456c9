"""Plans: the same quality of faults; wrong figures are none."""

# ruff: noqa: E501 - a message stands on one line, as people see it.

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from meetsched.errors import DataError
from meetsched.loading import load_instance, load_plan
from tests.loading.conftest import put

INSTANCE = load_instance(Path(__file__).parent / "town.yaml").instance
COST = {
    "venue": "0.00", "catering": "0.00", "fees": "0.00", "travel": "12.50", "overtime": "0.00", "income": "0.00",
    "total": "12.50",
}  # fmt: skip
PLAN: dict[str, Any] = {
    "schema": "meetsched-plan/1",
    "instance": {"id": "town-2027-q1", "sha256": "00"},
    "status": "optimal",
    "tiers": [
        {"name": "points", "value": 3, "best": 3, "bound": 3, "proven": True, "give": 0.02, "seconds": 0.5},
        {"name": "cost", "value": 1250, "best": 1250, "bound": 1250, "proven": True, "give": 0, "seconds": 1},
    ],
    "ideal": {"kielce": 3, "0101": 0},
    "meetings": [
        {
            "id": "kielce/export",
            "city": "kielce",
            "topic": "export",
            "title": "Export",
            "venue": "library",
            "start": "2027-03-02T17:30:00+01:00",
            "end": "2027-03-02T19:30:00+01:00",
            "people": [{"person": "anna-k", "role": "expert"}, {"person": "bo", "role": "broker"}],
            "heads": 4,
            "points": 3,
            "types": ["university"],
            "cost": COST,
            "sequence": 0,
        }
    ],
    "cancelled": [],
}


@pytest.fixture
def plan() -> dict[str, Any]:
    return deepcopy(PLAN)


def write(plan: Any, folder: Path) -> Path:
    path = folder / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    return path


def faults_of(plan: Any, folder: Path) -> list[str]:
    path = write(plan, folder)
    with pytest.raises(DataError) as caught:
        load_plan(path, INSTANCE)
    return [str(fault).removeprefix(f"{path}: ") for fault in caught.value.faults]


def test_there_and_back(plan: dict[str, Any], tmp_path: Path) -> None:
    loaded = load_plan(write(plan, tmp_path), INSTANCE)
    assert loaded.document() == plan
    assert loaded.meetings[0].cost.total == 1250
    assert load_plan(write(loaded.document(), tmp_path)) == loaded


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("schema", "meetsched/1", "schema: meetsched/1, expected meetsched-plan/1 (did you mean meetsched-plan/1?)"),
        ("status", "best", "status: best, expected one of optimal, feasible"),
        ("meetings", None, "meetings, a required key is missing"),
        ("meetings[0].venue", None, "meetings[0].venue, a required key is missing (in kielce/export)"),
        ("meetings[0].start", "2027-03-02T17:30:00", "meetings[0].start: 2027-03-02T17:30:00, expected a date with a time and an offset, for example 2027-01-31T17:30:00+01:00 (in kielce/export)"),
        ("meetings[0].end", 1234567, "meetings[0].end: 1234567, expected a date with a time, for example 2027-01-31T17:30 (in kielce/export)"),
        ("meetings[0].city", "kielc", "meetings[0].city: kielc, unknown city (did you mean kielce?; in kielce/export)"),
        ("meetings[0].topic", "zzz", "meetings[0].topic: zzz, unknown topic (in kielce/export)"),
        ("meetings[0].venue", "zzz", "meetings[0].venue: zzz, unknown venue (in kielce/export)"),
        ("meetings[0].people[1].person", "zzz", "meetings[0].people[1].person: zzz, unknown person (in kielce/export)"),
        ("meetings[0].people[1].role", "boss", "meetings[0].people[1].role: boss, expected one of expert, representative, host, broker, presenter (in kielce/export)"),
        ("meetings[0].note", "x", "meetings[0].note: x, unknown key (known keys are id, city, topic, title, venue, start, end, people, heads, points, types, cost, sequence; in kielce/export)"),
        ("tiers[0].seconds", float("inf"), "tiers[0].seconds: Infinity, expected a number"),
        ("ideal.zzz", 1, "ideal.zzz: 1, unknown city"),
    ],
)  # fmt: skip
def test_single_fault(path: str, value: Any, message: str, plan: dict[str, Any], tmp_path: Path) -> None:
    put(plan, path, value)
    (told,) = faults_of(plan, tmp_path)
    assert told == message


def test_wrong_figures_are_no_faults(plan: dict[str, Any], tmp_path: Path) -> None:
    meeting = plan["meetings"][0]
    meeting.update(id="kielce/basics", heads=-4, points=1000, types=[], end=meeting["start"])
    meeting["cost"]["total"] = "-3.00"
    plan["instance"] = {"id": "another", "sha256": "11"}
    plan["meetings"].append(dict(meeting))
    assert load_plan(write(plan, tmp_path), INSTANCE).meetings[0].heads == -4


def test_without_an_instance_any_id_will_do(plan: dict[str, Any], tmp_path: Path) -> None:
    put(plan, "meetings[0].people[0].person", "gone")
    assert load_plan(write(plan, tmp_path)).meetings[0].people[0].person == "gone"


@pytest.mark.parametrize(("as_of", "known"), [("2027-03-03", True), ("2027-03-02", False)])
def test_history_may_name_what_there_was(
    as_of: str, known: bool, plan: dict[str, Any], tmp_path: Path
) -> None:
    put(plan, "meetings[0].people[0].person", "gone")
    plan["repair"] = {"baseline_sha256": "00", "as_of": as_of}
    if known:
        assert load_plan(write(plan, tmp_path), INSTANCE).meetings
    else:
        assert faults_of(plan, tmp_path) == [
            "meetings[0].people[0].person: gone, unknown person (in kielce/export)"
        ]


def test_cancelled_meetings_may_name_what_there_was(plan: dict[str, Any], tmp_path: Path) -> None:
    plan["cancelled"] = plan["meetings"]
    plan["meetings"] = []
    put(plan, "cancelled[0].venue", "gone")
    assert load_plan(write(plan, tmp_path), INSTANCE).cancelled[0].venue == "gone"


def test_no_plan_at_all(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("schema: meetsched-plan/1")
    with pytest.raises(DataError, match="this is no JSON"):
        load_plan(path)
    with pytest.raises(DataError, match="there is no such file"):
        load_plan(tmp_path / "none.json")
