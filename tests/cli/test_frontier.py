"""`meetsched solve --frontier`: what more money buys, from an instance to a page for the council."""

import csv
import json
import re
import signal
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from meetsched.domain.plan import Plan
from meetsched.rules import Tier
from tests.cli.conftest import INSTANCES, PROGRAM, REFERENCE, TOWN, Program

QUICK = ("--workers", 1, "--deterministic", "--time-limit", 3600)
STARTER = INSTANCES / "starter.yaml"
EACH = {"plan.json", "plan.ics", "meetings.csv", "duties.csv", "plan.xlsx", "plan.html"}


def rows(file: Path, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(), delimiter=delimiter))


def test_the_whole_curve_is_told_in_every_form(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("solve", STARTER, "--frontier", "--plans", "all", "-o", tmp_path, *QUICK)
    assert ran.code == 0
    assert "What more money buys: searching" in ran.err
    assert "52 points for 284.00 EUR, proven (1)" in ran.err
    assert "There are no others; that is proven." in ran.out
    assert "comes to the same as plan" in ran.out.replace("\n", " ")
    table = rows(tmp_path / "frontier.csv")
    assert (table[0]["cost"], table[-1]["points"]) == ("215.00", "52")
    for before, after in pairwise(table):
        assert int(before["points"]) < int(after["points"])
        assert float(before["cost"]) < float(after["cost"])
        assert before["others_before_next"] == "none"
        assert int(after["points"]) - int(before["points"]) == int(before["more_points"])
    folders = {f"plan-{row['plan']}" for row in table}
    assert {path.name for path in tmp_path.iterdir()} == EACH | folders | {"frontier.csv", "frontier.html"}
    for row in table:
        folder = tmp_path / f"plan-{row['plan']}"
        assert f"Wrote {folder}" in ran.out.replace("\n", "")
        assert {path.name for path in folder.iterdir()} == EACH
        checked = meetsched("verify", STARTER, folder / "plan.json", "--json").json
        assert checked["violations"] == []
        assert str(checked["objective"]["points"]) == row["points"]
    page = (tmp_path / "frontier.html").read_text(encoding="utf-8")
    assert page.count('/plan.html"') == len(table)
    assert page.count("<circle ") == len(table) + 1


def test_a_plan_of_the_curve_claims_nothing_by_another_order(meetsched: Program, tmp_path: Path) -> None:
    meetsched("solve", STARTER, "--frontier", "--plans", "2", "-o", tmp_path, "-q", *QUICK)
    own, cheapest = ((tmp_path / name / "plan.html").read_text() for name in (".", "plan-1"))
    assert "Proven best" in own
    assert "Proven best" not in cheapest and "Best found" not in cheapest
    assert Plan.model_validate_json((tmp_path / "plan-1/plan.json").read_bytes()).tiers == ()


def test_json_has_the_plan_and_the_curve(meetsched: Program, tmp_path: Path) -> None:
    arguments = ("solve", STARTER, "--frontier", "--plans", 3, "-o", tmp_path, "--json", "-q", *QUICK)
    ran = meetsched(*arguments)
    assert ran.err == ""
    document = ran.json
    frontier = document.pop("frontier")
    assert document == json.loads((tmp_path / "plan.json").read_text())
    assert [each["number"] for each in frontier["plans"]] == [1, 2, 3]
    assert (frontier["cheapest_proven"], frontier["best_served_proven"], frontier["complete"]) == (
        True, True, False,
    )  # fmt: skip
    assert "not asked for" in frontier["between"]
    for each in frontier["plans"]:
        assert set(each["objective"]) == {Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT}
        assert each["best_of_these"] is True
        assert Plan.model_validate(each["plan"]).meetings
    assert meetsched(*arguments).out == ran.out  # and the same each time


def test_ten_plans_are_found_where_nothing_else_is_said(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("solve", TOWN, "--frontier", "-o", tmp_path, "--csv-dialect", "excel-eu", *QUICK)
    assert "of 10 at most)" in ran.err
    table = rows(tmp_path / "frontier.csv", ";")
    assert 1 <= len(table) <= 10
    assert all("," in row["cost"] for row in table)
    huge = meetsched("solve", TOWN, "--frontier", "--plans", 10**12, "-o", tmp_path / "huge", *QUICK)
    assert huge.code == 0
    assert "There may be" not in huge.out


def test_without_a_plan_there_is_no_curve(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("solve", INSTANCES / "blocked.yaml", "--frontier", "-o", tmp_path / "out", "-q", *QUICK)
    assert ran.code == 4
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("plans", ["1", "0", "-3", "many", "2.5", ""])
def test_a_curve_has_two_plans_or_more(meetsched: Program, tmp_path: Path, plans: str) -> None:
    ran = meetsched("solve", TOWN, "--frontier", "--plans", plans, "-o", tmp_path)
    assert ran.code == 2
    assert "is neither a number of plans, 2 or more, nor the word all" in ran.err


def test_a_number_of_plans_without_a_curve_is_refused(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("solve", TOWN, "--plans", "5", "-o", tmp_path)
    assert ran.code == 2
    assert "add --frontier" in ran.err


def test_the_instance_is_not_replaced(meetsched: Program, tmp_path: Path) -> None:
    (tmp_path / "plan-3").mkdir()
    instance = tmp_path / "plan-3" / "plan.json"
    instance.write_text("{}", encoding="utf-8")
    ran = meetsched("solve", instance, "--frontier", "-o", tmp_path)
    assert ran.code == 2
    assert "is the instance" in ran.err


def test_a_file_in_the_place_of_a_plan_is_told_before_the_search(meetsched: Program, tmp_path: Path) -> None:
    (tmp_path / "plan-2").write_text("mine")
    (tmp_path / "plan-2-changes.json").write_text("of resolve --frontier, and no obstacle")
    ran = meetsched("solve", TOWN, "--frontier", "-o", tmp_path)
    assert ran.code == 2
    assert "plan-2 is not a folder" in ran.err
    assert "searching" not in ran.err
    assert (tmp_path / "plan-2").read_text() == "mine"


def test_an_interrupt_keeps_what_is_known_of_the_curve(meetsched: Program, tmp_path: Path) -> None:
    city = REFERENCE / "city-103.yaml"
    arguments = [*PROGRAM, "solve", str(city), "-o", str(tmp_path), "--frontier", "--time-limit", "1200"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if "proven (1 of 10 at most)" in line:
                break
        running.send_signal(signal.SIGINT)
        out, err = running.communicate()
    assert running.returncode == 130
    assert "Traceback" not in err
    assert {path.name for path in tmp_path.iterdir()} >= EACH
    table = rows(tmp_path / "frontier.csv")
    assert table
    told = re.sub(r"\s+", " ", out)
    assert "the search ended before that was settled" in told
    for row in table:
        assert meetsched("verify", city, tmp_path / f"plan-{row['plan']}" / "plan.json").code == 0


def test_where_nothing_of_the_curve_was_settled_the_plan_is_written_alone(
    meetsched: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meetsched.solve.curve import CurveEnd

    monkeypatch.setattr("meetsched.solve.curve.plan_curve", lambda *_, **__: CurveEnd())
    ran = meetsched("solve", TOWN, "--frontier", "-o", tmp_path, *QUICK)
    assert ran.code == 0
    assert "nothing of it was proven before the search ended" in ran.out
    assert {path.name for path in tmp_path.iterdir()} == EACH
