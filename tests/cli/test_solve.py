"""`meetsched solve`."""

import errno
import json
import os
from pathlib import Path

import pytest

from meetsched.domain.plan import Plan
from meetsched.domain.report import Report, Violation
from meetsched.errors import SolverError
from tests.cli.conftest import INSTANCES, REFERENCE, TOWN, Program, process

FILES = ("plan.json", "plan.ics", "meetings.csv", "duties.csv", "plan.xlsx", "plan.html")
BUSY_CITY = REFERENCE / "city-103.yaml"


def test_plans_verifies_and_writes(meetsched: Program, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "plan"
    ran = meetsched("solve", TOWN, "-o", folder)
    assert ran.code == 0
    assert {path.name for path in folder.iterdir()} == set(FILES)
    assert all(f"Wrote {folder / name}" in ran.out.replace("\n", "") for name in FILES)
    assert "It is proven that there is no better plan." in ran.out
    assert "  What firms asked for: " in ran.err
    assert ", proven\n" in ran.err
    verified = meetsched("verify", TOWN, folder / "plan.json", "--json")
    assert (verified.code, verified.json["violations"]) == (0, [])
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    for meeting in plan["meetings"]:
        assert meeting["title"][:9] in ran.out


def test_a_plan_never_replaces_its_instance(meetsched: Program, tmp_path: Path) -> None:
    instance = tmp_path / "plan.json"
    instance.write_text('{"schema": "meetsched/1"}')
    ran = meetsched("solve", instance, "-o", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Error: {instance} is the instance, which the plan would replace")
    assert instance.read_text() == '{"schema": "meetsched/1"}'


def test_json_is_the_plan_and_nothing_else(tmp_path: Path) -> None:
    ran = process("solve", TOWN, "-o", tmp_path, "--json")
    assert ran.code == 0
    assert ran.out == (tmp_path / "plan.json").read_text(encoding="utf-8")
    assert ran.json["schema"] == "meetsched-plan/1"
    assert ran.err != ""


def test_quiet_leaves_standard_error_empty(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("solve", TOWN, "-o", tmp_path, "-q")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out != ""


def test_deterministic_plans_are_alike_byte_for_byte(meetsched: Program, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert meetsched("solve", TOWN, "-o", tmp_path / name, "--deterministic", "--seed", "7").code == 0
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_csv_with_decimal_commas(meetsched: Program, tmp_path: Path) -> None:
    assert meetsched("solve", TOWN, "-o", tmp_path, "-q", "--csv-dialect", "excel-eu").code == 0
    for name in ("meetings.csv", "duties.csv"):
        header, first, *_ = (tmp_path / name).read_text(encoding="utf-8-sig").splitlines()
        assert header.count(";") >= 16
        assert ",00;" in first


def test_proven_to_have_no_plan(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("solve", INSTANCES / "blocked.yaml", "-o", tmp_path / "out", "--json")
    assert ran.code == 4
    assert "It is proven that no plan holds every rule." in ran.err
    assert (ran.json["error"]["exit_code"], ran.json["error"]["kind"]) == (4, "no-plan-exists")
    assert not (tmp_path / "out").exists()


def test_no_plan_in_time(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("solve", BUSY_CITY, "-o", tmp_path / "out", "--time-limit", "0.05", "--json")
    assert ran.code == 5
    assert "No plan was found in 0.05 seconds" in ran.err
    assert ran.json["error"]["kind"] == "no-plan-in-time"
    assert not (tmp_path / "out").exists()


def test_bad_data(meetsched: Program, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("schema: meetsched/1\n", encoding="utf-8")
    ran = meetsched("solve", tmp_path / "bad.yaml", "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (3, "")
    assert "bad.yaml" in ran.err
    assert not (tmp_path / "out").exists()


def test_a_plan_that_verification_rejects_is_a_bug_and_not_written(
    meetsched: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    violation = Violation("venue.hours", ("olszyna/tax",), "the library is closed")
    monkeypatch.setattr("meetsched.service.solving.verify", lambda *_, **__: Report((violation,), {}))
    ran = meetsched("solve", TOWN, "-o", tmp_path / "out", "-q", "--json")
    assert ran.code == 1
    assert "this is a bug in meetsched: RejectedPlanError" in ran.err
    assert "  venue.hours: the library is closed\n" in ran.err
    assert "Please report it" in ran.err
    assert "Traceback" not in ran.err
    assert ran.json["error"]["kind"] == "bug"
    assert not (tmp_path / "out").exists()


def test_solvers_that_break_down_are_told(
    meetsched: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SolverError("both solvers have ended")

    monkeypatch.setattr("meetsched.solve.run.plan_instance", fail)
    ran = meetsched("solve", TOWN, "-o", tmp_path / "out")
    assert (ran.code, ran.out, ran.err) == (5, "", "Error: both solvers have ended\n")


class TestOutput:
    def test_a_file_in_place_of_the_folder_is_told_before_the_search(
        self, meetsched: Program, tmp_path: Path
    ) -> None:
        (tmp_path / "out").write_text("mine")
        ran = meetsched("solve", BUSY_CITY, "-o", tmp_path / "out", "--json")
        assert ran.code == 2
        assert ran.err == f"Error: cannot write to {tmp_path / 'out'}: {tmp_path / 'out'} is not a folder\n"
        assert ran.json["error"]["kind"] == "wrong-usage"

    def test_a_failing_disk_leaves_the_old_plan(
        self, meetsched: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "plan.json").write_text("old")

        def fail(_: int) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        monkeypatch.setattr(os, "fsync", fail)
        ran = meetsched("solve", TOWN, "-o", tmp_path, "-q")
        assert (ran.code, ran.out) == (2, "")
        assert "the disk reports an error; nothing there was changed" in ran.err
        assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]
        assert (tmp_path / "plan.json").read_text() == "old"


def test_the_sum_of_the_table_is_the_plan(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("solve", TOWN, "-o", tmp_path, "-q")
    plan = Plan.model_validate_json((tmp_path / "plan.json").read_bytes())
    rows = [line for line in ran.out.splitlines() if " January 2027 " in line or " March 2027 " in line]
    assert len(rows) == sum(meeting.start.month != 2 for meeting in plan.meetings)
