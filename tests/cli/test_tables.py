"""Workbooks and folders of CSV files, wherever an instance is asked for."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import openpyxl
import pytest

from instance_generator import PRESETS, generate
from tests.cli.conftest import TOWN, TOWN_PLAN, Program, process


@pytest.fixture(params=["town.xlsx", "town"])
def tables(request: pytest.FixtureRequest, meetsched: Program, tmp_path: Path) -> Path:
    """The town as tables."""
    path = tmp_path / str(request.param)
    assert meetsched("convert", TOWN, path, "-q").code == 0
    return path


def test_convert_says_what_it_wrote(meetsched: Program, tmp_path: Path) -> None:
    target = tmp_path / "town.xlsx"
    ran = meetsched("convert", TOWN, target)
    assert (ran.code, ran.out) == (0, f"Wrote {target}\n")
    assert meetsched("convert", target, tmp_path / "town.json", "--json").json == {
        "files": [str(tmp_path / "town.json")]
    }


def test_convert_to_nothing_known(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("convert", TOWN, tmp_path / "town.ods")
    assert (ran.code, ran.out) == (2, "")
    assert "the name must end in one of .yaml, .yml, .json, .xlsx, or in nothing for a folder" in ran.err


def test_check(meetsched: Program, tables: Path) -> None:
    ran = meetsched("check", tables)
    assert ran.code == 0
    assert ran.out == meetsched("check", TOWN).out


def test_verify_tells_that_the_file_is_another(meetsched: Program, tables: Path) -> None:
    ran = meetsched("verify", tables, TOWN_PLAN)
    assert ran.code == 0
    assert "holds every rule" in ran.out
    assert "its SHA-256 differs" in ran.err


def test_solve_into_the_folder_of_the_tables_does_no_harm(meetsched: Program, tmp_path: Path) -> None:
    folder = tmp_path / "town"
    meetsched("convert", TOWN, folder, "-q")
    assert meetsched("solve", folder, "-o", folder, "-q").code == 0
    ran = meetsched("verify", folder, folder / "plan.json")
    assert ran.code == 0
    assert "SHA-256" not in ran.err
    assert "meetings is no sheet of an instance, so it is not read" in ran.err


def test_diff_takes_names_from_tables(meetsched: Program, tables: Path) -> None:
    assert meetsched("diff", TOWN_PLAN, TOWN_PLAN, "--instance", tables).code == 0


def test_faults_and_warnings_of_tables_as_json(meetsched: Program, tmp_path: Path) -> None:
    path = tmp_path / "town.xlsx"
    meetsched("convert", TOWN, path, "-q")
    book = openpyxl.load_workbook(path)
    book["topics"]["Z1"] = "remark"
    book.save(path)
    (warning,) = meetsched("check", path, "--json").json["warnings"]
    assert (warning["sheet"], warning["row"], warning["cell"], warning["line"]) == ("topics", 1, "Z1", None)
    book["topics"]["C2"] = "forty"
    book.save(path)
    (fault,) = meetsched("check", path, "--json").json["error"]["faults"]
    assert (fault["sheet"], fault["cell"], fault["path"]) == ("topics", "C2", "topics[0].minutes")


def test_annotate(meetsched: Program, tmp_path: Path) -> None:
    path, marked = tmp_path / "town.xlsx", tmp_path / "marked.xlsx"
    meetsched("convert", TOWN, path, "-q")
    ran = meetsched("check", path, "--annotate", marked)
    assert ran.code == 0
    assert f"Wrote {marked}" in ran.err
    book = openpyxl.load_workbook(path)
    book["topics"]["C2"] = "forty"
    book.save(path)
    ran = meetsched("check", path, "--annotate", marked)
    assert ran.code == 3
    assert ran.err.startswith(f"Wrote {marked}\nError: {path} sheet topics, cell C2 (minutes): forty")
    assert openpyxl.load_workbook(marked)["topics"]["C2"].comment


def test_check_of_tables_loads_nothing_heavy(tmp_path: Path, meetsched: Program) -> None:
    path = tmp_path / "town.xlsx"
    meetsched("convert", TOWN, path, "-q")
    code = "import sys; from meetsched.cli.running import run; run(sys.argv[1:]); print(*sys.modules)"
    arguments = [sys.executable, "-c", code, "check", str(path), "-q"]
    ran = subprocess.run(arguments, check=True, capture_output=True, text=True)
    modules = set(ran.stdout.split())
    assert "meetsched.loading.tabular.workbook" in modules
    assert not {"openpyxl", "xlsxwriter", "pandas", "ortools"} & modules


def test_a_workbook_of_a_thousand_rows_is_checked_in_three_seconds(
    tmp_path: Path, meetsched: Program
) -> None:
    made = generate(replace(PRESETS["city"], people=150, companies=200), name="large")
    for name, text in made.calendars.items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "large.yaml").write_text(made.yaml(), encoding="utf-8")
    path = tmp_path / "large.xlsx"
    meetsched("convert", tmp_path / "large.yaml", path, "-q")
    assert sum(page.max_row for page in openpyxl.load_workbook(path).worksheets) > 1000
    before = getrusage(RUSAGE_CHILDREN)
    assert process("check", path).code == 0
    after = getrusage(RUSAGE_CHILDREN)
    # Of the processor, since other tests may keep it busy.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3
