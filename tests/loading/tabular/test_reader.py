"""Faults in tables are told with sheet, row and column, each once, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from meetsched.loading import load_instance
from tests.loading.tabular.books import TOWN, cell_of, changed, told, town_folder

Change = Callable[[openpyxl.Workbook], object]
Told = Callable[[Change], list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Told:
    """Change the town's workbook, and return what is told of it."""

    def load(change: Change) -> list[str]:
        path = tmp_path / "town.xlsx"
        path.write_bytes(changed(change))
        return told(path)

    return load


def put(sheet: str, row: int, heading: str, value: object, code: str = "") -> Change:
    """Return a change of one cell."""

    def change(book: openpyxl.Workbook) -> None:
        cell = cell_of(book, sheet, row, heading)
        cell.value = value
        if code:
            cell.number_format = code

    return change


def test_the_town_is_in_order(faults: Told) -> None:
    assert faults(lambda book: None) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (put("topics", 2, "open", "tak"), "cell G2 (open): tak, expected true or false (words of other lang"),
        (put("topics", 2, "open", 1), "cell G2 (open): 1, expected true or false"),
        (put("topics", 2, "minutes", "forty"), "cell C2 (minutes): forty, expected a whole number"),
        (put("topics", 2, "minutes", 90.5), "cell C2 (minutes): 90.5, expected a whole number"),
        (put("topics", 2, "minutes", None), "cell C2 (minutes): a required key is missing"),
        (
            put("topics", 2, "minutes", "=60+30"),
            "cell C2 (minutes): this cell holds a formula that was never",
        ),
        (put("topics", 2, "minutes", "#REF!"), "cell C2 (minutes): #REF!, the formula in this cell comes to"),
        (put("topics", 2, "format", "lecture"), "(format): lecture, expected one of talk, discussion"),
        (put("topics", 2, "after", "nothing"), "(after): nothing, unknown topic"),
        (put("topics", 2, "expertise", '"a;b'), '(expertise): "a;b, a quote opens an entry'),
        (put("topics", 2, "latest", "1/2/2027"), "(latest): 1/2/2027, expected a date such as 2027-01-31"),
        (put("people", 2, "available.mon", "8 to 4"), "(available.mon): 8 to 4, expected a window such as"),
        (
            put("cities", 2, "budget", "12,345"),
            "(budget): 12.345, expected an amount with at most two decimals",
        ),
        (put("cities", 2, "pub_meetings.min", 99), "(pub_meetings.min): {min: 99, max:"),
    ],
)
def test_a_cell(faults: Told, change: Change, fault: str) -> None:
    (found,) = faults(change)
    assert fault in found
    assert found.startswith("sheet ")


def test_a_second_id_names_the_first_by_its_cell(faults: Told) -> None:
    found = faults(put("topics", 3, "id", "basics"))
    twice = (
        "cell A3 (id): basics, this id stands here twice, first at topics[0].id in sheet topics, cell A2 (id)"
    )
    assert any(twice in fault for fault in found)


class TestBelonging:
    """Rows that belong to an entry of another sheet."""

    def test_an_owner_that_is_not_there(self, faults: Told) -> None:
        (found,) = faults(put("people_busy", 2, "who", "ana"))
        assert found.startswith("sheet people_busy, cell A2 (who): ana, unknown person (did you mean ")

    def test_no_owner(self, faults: Told) -> None:
        (found,) = faults(put("people_busy", 2, "who", None))
        assert (
            found
            == "sheet people_busy, cell A2 (who): this cell is empty, expected an id of the sheet people"
        )

    def test_a_date_without_a_time(self, faults: Told) -> None:
        change = put("people_busy", 2, "from", datetime(2027, 1, 14), "dd.mm.yyyy")
        assert (
            "(from): 2027-01-14, expected a date with a time, for example 2027-01-14T00:00"
            in faults(change)[0]
        )

    def test_a_value_by_ids_is_told_with_its_path(self, faults: Told) -> None:
        (found,) = faults(put("companies_interests", 2, "interests", 7))
        assert "sheet companies_interests, cell C2: companies[0].interests." in found
        assert found.endswith(": 7, expected 1, 2 or 3 (in bakery)")

    def test_an_id_that_names_nothing(self, faults: Told) -> None:
        (found, *_) = faults(put("companies_interests", 2, "topic", "nothing"))
        assert "companies[0].interests.nothing: " in found
        assert "unknown topic" in found

    def test_a_value_given_twice(self, faults: Told) -> None:
        def twice(book: openpyxl.Workbook) -> None:
            page = book["companies_interests"]
            page.append([cell.value for cell in page[2]])

        assert "this topic stands here twice, first in row 2" in faults(twice)[0]

    def test_no_value(self, faults: Told) -> None:
        found = faults(put("companies_interests", 2, "interests", None))
        assert (
            found[0] == "sheet companies_interests, cell C2 (interests): this cell is empty, expected a value"
        )


class TestSettings:
    def test_an_unknown_key(self, faults: Told) -> None:
        (found,) = faults(put("instance", 9, "key", "curency"))
        assert found.startswith("sheet instance, cell A9 (key): curency, unknown key (did you mean currency?")

    def test_a_key_given_twice(self, faults: Told) -> None:
        (found, *_) = faults(put("instance", 4, "key", "id"))
        assert found == "sheet instance, cell A4 (key): id, this key is given twice, first in row 3"

    def test_two_values_that_do_not_fit(self, faults: Told) -> None:
        (found,) = faults(put("instance", 6, "value", "2026-01-01"))
        assert found.startswith(
            "sheet instance, cell B5 (horizon.start): {start: 2027-01-01, end: 2026-01-01}, "
        )

    def test_a_value_without_a_key(self, faults: Told) -> None:
        assert "cell A30 (key): expected a key" in faults(put("instance", 30, "value", "x"))[0]


class TestHeadings:
    def test_a_missing_column_is_told_once(self, faults: Told) -> None:
        found = faults(lambda book: book["topics"].delete_cols(3))
        assert found == ["sheet topics, row 1: expected a column minutes"]

    def test_an_unknown_column_is_a_warning(self, faults: Told) -> None:
        assert faults(lambda book: book["topics"].insert_cols(4)) == []
        (found,) = faults(lambda book: book["topics"].cell(1, 30, "fees"))
        assert found == (
            "sheet topics, cell AD1 (fees): fees, unknown heading, so this column is not "
            "read (did you mean fee?)"
        )

    def test_a_column_without_a_heading_is_a_warning(self, faults: Told) -> None:
        (found,) = faults(lambda book: book["topics"].cell(2, 30, "remark"))
        assert found == "sheet topics, cell AD2: remark, this column has no heading, so it is not read"

    def test_a_heading_that_stands_there_twice(self, faults: Told) -> None:
        (found,) = faults(lambda book: book["topics"].cell(1, 30, "fee"))
        assert found == "sheet topics, cell AD1 (fee): fee, this heading stands here twice"

    def test_no_headings_at_all(self, faults: Told) -> None:
        found = faults(lambda book: book["institutions"].delete_rows(1))
        assert found[0].endswith("expected a row of headings, such as id, name, type, city")

    def test_a_merged_title_above_them(self, faults: Told) -> None:
        def title(book: openpyxl.Workbook) -> None:
            page = book["topics"]
            page.insert_rows(1, 2)
            page["A1"] = "Topics of the quarter"
            page.merge_cells("A1:G1")

        assert faults(title) == []

    def test_headings_merged_over_the_weekdays(self, tmp_path: Path) -> None:
        def merge(book: openpyxl.Workbook) -> None:
            for sheet in ("people", "venues", "companies"):
                page = book[sheet]
                page.insert_rows(2)
                group = ""
                for column in range(1, page.max_column + 1):
                    name, dot, day = str(page.cell(1, column).value).partition(".")
                    if dot:
                        page.cell(2, column, day)
                        page.cell(1, column, name if name != group else None)
                        group = name

        path = tmp_path / "town.xlsx"
        path.write_bytes(changed(merge))
        assert load_instance(path).instance == load_instance(TOWN).instance


class TestSheets:
    def test_an_unknown_sheet_is_a_warning(self, faults: Told) -> None:
        (found,) = faults(lambda book: book.create_sheet("person"))
        assert found == ": person is no sheet of an instance, so it is not read"

    def test_sheets_that_nobody_reads(self, faults: Told) -> None:
        assert faults(lambda book: book.create_sheet("faults").append(["x"])) == []

    def test_a_sheet_in_another_case(self, faults: Told) -> None:
        def rename(book: openpyxl.Workbook) -> None:
            book["people"].title = "x"
            book["x"].title = "People"

        assert faults(rename) == []

    def test_a_sheet_that_is_needed(self, faults: Told) -> None:
        assert ": slots, a required key is missing" in faults(lambda book: book.remove(book["slots"]))

    def test_no_settings(self, faults: Told) -> None:
        found = faults(lambda book: book.remove(book["instance"]))
        assert found[0] == ": expected a sheet instance: is this an instance?"


def test_rows_of_a_csv_file_are_told_by_heading(tmp_path: Path) -> None:
    files = town_folder()
    files["topics.csv"] = files["topics.csv"].replace(",90,", ",ninety,", 1)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (found,) = told(tmp_path)
    assert found.startswith("topics.csv row ")
    assert "column minutes: ninety, expected a whole number" in found
