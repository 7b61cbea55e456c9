"""What a clerk finds in the workbook: explanations, lists to choose from, real dates."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from meetsched.loading import load_instance
from meetsched.saving import InstanceForm, instance_files
from meetsched.tables import layout
from meetsched.tables.comments import comment
from tests.loading.tabular.books import cell_of

INSTANCES = Path(__file__).parents[2] / "instances"


@pytest.fixture(scope="module")
def content() -> bytes:
    instance = load_instance(INSTANCES / "starter.yaml").instance
    return instance_files(instance, InstanceForm.XLSX, "x")["x"]


@pytest.fixture(scope="module")
def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_sheets_and_headings_are_those_of_the_layout(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [*layout().names, "choices"]
    assert book["choices"].sheet_state == "hidden"
    for sheet in layout().sheets:
        headings = [column.heading for column in sheet.columns]
        assert [cell.value for cell in book[sheet.name][1]] == headings


def width_of(page: Any, column: int) -> float:
    groups = page.column_dimensions.values()
    return float(next(group.width for group in groups if group.min <= column <= group.max))


def test_every_heading_is_explained_bold_and_stays(book: openpyxl.Workbook) -> None:
    for sheet in layout().sheets:
        page = book[sheet.name]
        assert page.freeze_panes in ("A2", "B2")
        for cell, column in zip(page[1], sheet.columns, strict=True):
            assert cell.comment.text == comment(column)
            assert cell.font.bold
            assert width_of(page, cell.column) >= len(column.heading)


def test_every_key_of_the_instance_is_explained(book: openpyxl.Workbook) -> None:
    rows = list(book["instance"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [column.heading for column in layout().settings]
    assert all(
        str(row[2]).startswith(column.explanation)
        for row, column in zip(rows, layout().settings, strict=True)
    )


def rule(book: openpyxl.Workbook, sheet: str, heading: str) -> Any:
    """Return the list from which the cells under a heading are chosen."""
    cell = cell_of(book, sheet, 2, heading)
    rules = book[sheet].data_validations.dataValidation
    return next((rule for rule in rules if cell.coordinate in rule.sqref), None)


@pytest.mark.parametrize(
    ("sheet", "heading", "source", "is_strict"),
    [
        ("topics", "format", '"talk,discussion,group_work,club"', True),
        ("topics", "open", '"true,false"', True),
        ("companies_interests", "interests", '"1,2,3"', True),
        (
            "people",
            "institution",
            "OFFSET(institutions!$A$2,0,0,MAX(1,COUNTA(institutions!$A$2:$A$5000)),1)",
            True,
        ),
        ("people_busy", "who", "OFFSET(people!$A$2,0,0,MAX(1,COUNTA(people!$A$2:$A$5000)),1)", True),
        ("prices", "rule", "choices!$A$1:$A$30", True),
        ("people", "roles", '"expert,representative,host,broker,presenter"', False),
        ("topics", "cities", "OFFSET(cities!$A$2,0,0,MAX(1,COUNTA(cities!$A$2:$A$5000)),1)", False),
    ],
)
def test_what_can_be_chosen(
    book: openpyxl.Workbook, sheet: str, heading: str, source: str, is_strict: bool
) -> None:
    found = rule(book, sheet, heading)
    assert found.formula1 == source
    assert bool(found.showErrorMessage) is is_strict


def test_what_is_free_has_no_list(book: openpyxl.Workbook) -> None:
    assert rule(book, "people", "name") is None
    assert rule(book, "people", "available.mon") is None


def test_values_are_what_spreadsheets_reckon_with(book: openpyxl.Workbook) -> None:
    assert cell_of(book, "people_busy", 2, "from").value == datetime(2027, 2, 15)
    assert cell_of(book, "people_busy", 2, "from").number_format == "yyyy-mm-dd hh:mm"
    assert cell_of(book, "venues_events", 2, "from").value == time(17)
    assert cell_of(book, "topics", 2, "latest").is_date
    assert cell_of(book, "cities", 2, "budget").value == 600
    assert cell_of(book, "cities", 2, "budget").number_format == "0.00"
    assert cell_of(book, "companies", 13, "candidate").value is True
    assert cell_of(book, "people", 2, "id").number_format == "@"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_what_libreoffice_saves_comes_back_equal(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "starter.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "out", "starter.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    again = load_instance(tmp_path / "out" / "starter.xlsx")
    assert again.instance == load_instance(INSTANCES / "starter.yaml").instance
    assert again.warnings == ()
