"""Faults are marked in a copy of the workbook, where they are; the rest of it stays."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from meetsched.errors import DataError, OutputError, RequestError
from meetsched.loading import Loaded
from meetsched.saving.marks import AUTHOR
from meetsched.service.annotating import load_annotated
from tests.loading.tabular.books import cell_of, changed, saved, town_folder

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def spoil(book: openpyxl.Workbook) -> None:
    cell_of(book, "topics", 2, "minutes").value = "forty"
    cell_of(book, "topics", 3, "open").value = "tak"
    cell_of(book, "companies_interests", 2, "interests").value = 7
    book.create_sheet("notes")["A1"] = "mine"
    book["people"]["B2"].font = openpyxl.styles.Font(italic=True)


@pytest.fixture
def annotate(tmp_path: Path) -> Callable[[bytes], tuple[Any, openpyxl.Workbook]]:
    """Annotate a workbook; return what was found, and the new workbook."""

    def run(data: bytes) -> tuple[Any, openpyxl.Workbook]:
        source, target = tmp_path / "town.xlsx", tmp_path / "out" / "marked.xlsx"
        source.write_bytes(data)
        found = load_annotated(source, target)
        assert source.read_bytes() == data
        return found, openpyxl.load_workbook(target)

    return run


def test_cells_with_faults_are_red_and_say_why(annotate: Any) -> None:
    found, book = annotate(changed(spoil))
    assert isinstance(found, DataError)
    cell = cell_of(book, "topics", 2, "minutes")
    assert cell.fill.start_color.rgb == RED
    assert cell.comment.text == "expected a whole number (here: forty; in basics)"
    assert cell_of(book, "companies_interests", 2, "interests").fill.start_color.rgb == RED
    marked = [
        (page.title, cell.coordinate)
        for page in book.worksheets
        for line in page.iter_rows()
        for cell in line
        if cell.comment and cell.comment.author == AUTHOR
    ]
    assert len(marked) == len(found.faults) == 3


def test_a_cell_far_away_brings_no_row_between_with_it(annotate: Any, tmp_path: Path) -> None:
    def far_away(book: openpyxl.Workbook) -> None:
        spoil(book)
        book["notes"]["H5000"] = "far away"

    _, book = annotate(changed(far_away))
    assert book["notes"]["H5000"].value == "far away"
    with zipfile.ZipFile(tmp_path / "out" / "marked.xlsx") as parts:
        sheet = parts.read(f"xl/worksheets/sheet{book.sheetnames.index('notes') + 1}.xml")
    assert sheet.count(b"<row ") == 2


def test_all_faults_are_listed_with_links(annotate: Any) -> None:
    found, book = annotate(changed(spoil))
    page = book.worksheets[0]
    assert page.title == "faults"
    rows = list(page.iter_rows(min_row=2))
    assert [row[0].value for row in rows] == ["fault"] * len(found.faults)
    assert rows[0][1].value == "sheet topics, cell C2 (minutes)"
    assert rows[0][1].hyperlink.location or rows[0][1].hyperlink.target == "#'topics'!C2"


def test_the_rest_of_the_workbook_stays(annotate: Any) -> None:
    _, book = annotate(changed(spoil))
    assert book["notes"]["A1"].value == "mine"
    assert book["people"]["B2"].font.italic
    assert book["people"].freeze_panes == "B2"
    assert book["topics"]["A1"].comment.text.startswith("Short name")
    assert book["topics"].data_validations.dataValidation


def test_marks_of_an_earlier_check_are_taken_away(annotate: Any) -> None:
    _, book = annotate(changed(spoil))
    cell_of(book, "topics", 2, "minutes").value = 60
    found, again = annotate(saved(book))
    cell = cell_of(again, "topics", 2, "minutes")
    assert (cell.comment, cell.fill.fill_type) == (None, None)
    assert len(found.faults) == 2
    assert again.sheetnames.count("faults") == 1


def test_a_mark_on_a_heading_keeps_its_explanation(annotate: Any) -> None:
    _, book = annotate(changed(lambda book: book["topics"].cell(1, 30, "fee")))
    book["topics"]["C1"].comment = openpyxl.comments.Comment("Mine", "me")
    book["topics"]["C1"].value = "minuts"
    _, again = annotate(saved(book))
    assert again["topics"]["C1"].comment.text == "Mine"
    assert "this heading stands here twice" in again["topics"]["AD1"].comment.text


def test_what_is_only_odd_is_yellow(annotate: Any) -> None:
    found, book = annotate(changed(lambda book: book["topics"].cell(1, 30, "remark")))
    assert isinstance(found, Loaded)
    assert book["topics"]["AD1"].fill.start_color.rgb == YELLOW
    assert [cell.value for cell in book["faults"]["A"][1:]] == ["warning"]


def test_a_folder_becomes_a_workbook(tmp_path: Path) -> None:
    files = town_folder()
    files["people.csv"] = (
        files["people.csv"].replace("anna-k,", "anna-k,'=1+1 ", 1).replace("broker", "brooker", 1)
    )
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = load_annotated(tmp_path, tmp_path / "marked.xlsx")
    assert isinstance(found, DataError)
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    (fault,) = found.faults
    assert fault.cell is not None
    assert fault.cell.heading == "roles"
    assert book["people"][fault.cell.reference].fill.start_color.rgb == RED
    assert all(cell.data_type != "f" for page in book for line in page.iter_rows() for cell in line)


def test_what_cannot_be_read_at_all_is_not_marked(tmp_path: Path) -> None:
    (tmp_path / "town.xlsx").write_bytes(b"PK no")
    with pytest.raises(DataError, match="no Excel workbook"):
        load_annotated(tmp_path / "town.xlsx", tmp_path / "marked.xlsx")
    assert not (tmp_path / "marked.xlsx").exists()


def test_only_tables_have_cells(tmp_path: Path) -> None:
    (tmp_path / "town.yaml").write_text("a: 1")
    with pytest.raises(RequestError, match="only a workbook or a folder of CSV files"):
        load_annotated(tmp_path / "town.yaml", tmp_path / "marked.xlsx")
    with pytest.raises(RequestError, match=r"ends in \.xlsx"):
        load_annotated(tmp_path, tmp_path / "marked.ods")


def test_the_instance_is_not_replaced(tmp_path: Path) -> None:
    source = tmp_path / "town.xlsx"
    source.write_bytes(changed(spoil))
    with pytest.raises(OutputError, match="is the instance"):
        load_annotated(source, source)
