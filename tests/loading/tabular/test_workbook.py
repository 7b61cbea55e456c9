"""Cells of workbooks: read as other readers read them, within bounds, and never guessed."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from meetsched.errors import DataError
from meetsched.loading.tabular.archive import MAX_UNPACKED, unpack
from meetsched.loading.tabular.grid import Entered, Form
from meetsched.loading.tabular.workbook import read_workbook
from tests.loading.tabular.books import cells, packed, parts_of, saved, town_workbook

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
COMPUTES_ON_LOAD = b'fullCalcOnLoad="1"'


def book_of(*rows: tuple[Any, ...], formats: dict[str, str] | None = None) -> bytes:
    """Return a workbook, as openpyxl writes it, of one sheet `x`."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "x"
    for row in rows:
        page.append(row)
    for reference, code in (formats or {}).items():
        page[reference].number_format = code
    return saved(book)


def with_cells(xml: str, *, computes_on_load: bool = False) -> bytes:
    """Return a workbook whose one sheet holds the rows given as XML."""
    content = parts_of(book_of(("a",)))
    content[SHEET] = f"<worksheet><sheetData>{xml}</sheetData></worksheet>".encode()
    if not computes_on_load:
        content[BOOK] = content[BOOK].replace(COMPUTES_ON_LOAD, b"")
    return packed(content)


def test_what_is_entered_is_told_by_its_form() -> None:
    data = book_of(
        ("01067", 1067, 12.5, True, datetime(2027, 1, 14, 8), date(2027, 1, 14), time(17, 30), None, "x"),
    )
    assert list(cells(data, "x").values()) == [
        Entered("01067"),
        Entered("1067", Form.NUMBER),
        Entered("12.5", Form.NUMBER),
        Entered("true", Form.TRUTH),
        Entered("2027-01-14T08:00", Form.TIMED),
        Entered("2027-01-14", Form.TIMED),
        Entered("17:30", Form.TIMED),
        Entered("x"),
    ]


def test_a_midnight_is_no_date_without_a_time() -> None:
    formats = {"A1": "yyyy-mm-dd hh:mm", "B1": "dd.mm.yyyy"}
    data = book_of((datetime(2027, 1, 14), datetime(2027, 1, 14)), formats=formats)
    assert [cell.text for cell in cells(data, "x").values()] == ["2027-01-14T00:00", "2027-01-14"]


def test_zeros_that_only_the_format_shows_are_kept() -> None:
    assert cells(book_of((1067,), formats={"A1": "00000"}), "x")[1, 1].text == "01067"


def test_numbers_have_the_digits_that_are_shown() -> None:
    data = with_cells('<row r="1"><c r="A1"><v>0.28999999999999998</v></c><c r="B1"><v>1.2E3</v></c></row>')
    assert [cell.text for cell in cells(data, "x").values()] == ["0.29", "1200"]


def test_the_calendar_that_begins_in_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.worksheets[0]["A1"] = date(2027, 1, 14)
    assert cells(saved(book), "Sheet")[1, 1].text == "2027-01-14"


class TestFormulas:
    def test_one_that_was_never_computed(self) -> None:
        assert cells(book_of(("=1+1",)), "x")[1, 1] == Entered("", Form.NO_VALUE)

    def test_one_that_was_computed(self) -> None:
        data = with_cells(
            '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1</f><v>b</v></c></row>'
        )
        assert cells(data, "x") == {(1, 1): Entered("2", Form.NUMBER), (1, 2): Entered("b")}

    def test_one_that_comes_to_an_empty_text(self) -> None:
        assert cells(with_cells('<row r="1"><c r="A1" t="str"><f>A2</f><v></v></c></row>'), "x") == {}

    def test_one_that_comes_to_an_error(self) -> None:
        data = with_cells('<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
        assert cells(data, "x")[1, 1] == Entered("#DIV/0!", Form.ERROR)

    def test_values_of_a_workbook_that_is_computed_on_opening_count_as_none(self) -> None:
        xml = '<row r="1"><c r="A1"><f>1+1</f><v>0</v></c><c r="B1"><v>1</v></c></row>'
        assert COMPUTES_ON_LOAD in parts_of(with_cells(xml, computes_on_load=True))[BOOK]
        assert cells(with_cells(xml, computes_on_load=True), "x")[1, 1].form is Form.NO_VALUE
        assert cells(with_cells(xml, computes_on_load=True), "x")[1, 2].text == "1"
        assert cells(with_cells(xml), "x")[1, 1] == Entered("0", Form.NUMBER)


def test_texts_of_many_pieces_and_odd_characters() -> None:
    data = with_cells(
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>one </t></r><r><t>two</t></r>'
        "<rPh><t>no</t></rPh></is></c>"
        '<c r="B1" t="str"><v>a_x000D_b</v></c><c r="C1" t="str"><v>_x005F_x000D_</v></c></row>'
    )
    assert [cell.text for cell in cells(data, "x").values()] == ["one two", "a\rb", "_x000D_"]


def test_cells_and_rows_that_do_not_say_where_they_are() -> None:
    data = with_cells("<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>")
    assert list(cells(data, "x")) == [(1, 1), (1, 2), (2, 2)]


def test_a_cell_in_the_last_corner_costs_nothing() -> None:
    """Readers that make room for the sheet's extent would need 500 GB here."""
    data = with_cells(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    assert list(cells(data, "x")) == [(1, 1), (1048576, 16384)]


@pytest.mark.parametrize("reader", ["calamine", "openpyxl"])
def test_reads_what_other_readers_read(reader: str) -> None:
    data = town_workbook()
    theirs_by_sheet = _by_calamine(data) if reader == "calamine" else _by_openpyxl(data)
    for grid in read_workbook("x.xlsx", data):
        theirs = theirs_by_sheet[grid.name]
        ours = {(row, column): cell for row, line in grid.rows.items() for column, cell in line.items()}
        assert ours.keys() == theirs.keys()
        for place, value in theirs.items():
            assert _means(ours[place], value), (grid.name, place)


Values = dict[tuple[int, int], Any]


def _by_calamine(data: bytes) -> dict[str, Values]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: {
            (row, column): value
            for row, line in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
            for column, value in enumerate(line, 1)
            if value != ""
        }
        for name in book.sheet_names
    }


def _by_openpyxl(data: bytes) -> dict[str, Values]:
    return {
        page.title: {
            (cell.row, cell.column): cell.value
            for line in page.iter_rows()
            for cell in line
            if cell.value is not None
        }
        for page in openpyxl.load_workbook(io.BytesIO(data)).worksheets
    }


def _means(cell: Entered, value: Any) -> bool:
    match value:
        case bool():
            return cell == Entered(str(value).lower(), Form.TRUTH)
        case int() | float():
            return cell.form is Form.NUMBER and float(cell.text) == value
        case time():
            return cell.text == value.isoformat("minutes")
        case datetime():
            return cell.text.ljust(16, "T").replace("TTTTTT", "T00:00") == value.isoformat()[:16]
        case date():
            return cell.text[:10] == value.isoformat()
    return cell == Entered(value)


class TestBounds:
    def told(self, data: bytes) -> str:
        with pytest.raises(DataError) as caught:
            read_workbook("x.xlsx", data)
        return str(caught.value).removeprefix("x.xlsx: ")

    def test_a_bomb_is_refused_by_its_sizes(self) -> None:
        data = packed({**parts_of(book_of(("a",))), "xl/bomb.xml": b"0" * (MAX_UNPACKED + 1)})
        assert len(data) < 100_000
        assert self.told(data) == "the workbook is too large, expected at most 30 MB once unpacked"

    def test_a_bomb_that_lies_about_its_size_is_not_unpacked(self) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * 10_000_000)
        size = (10_000_000).to_bytes(4, "little")
        data = content.getvalue().replace(size, (100).to_bytes(4, "little"))
        assert "it is broken" in self.told(data)

    def test_many_cells(self) -> None:
        row = f"<row>{'<c><v>1</v></c>' * 1000}</row>"
        assert self.told(with_cells(row * 301)) == "expected at most 300000 cells"

    def test_many_cells_of_which_only_the_colour_is_said(self) -> None:
        row = f"<row>{'<c/>' * 1000}</row>"
        assert cells(with_cells(row * 301), "x") == {}
        assert self.told(with_cells(row * 1001)) == "expected at most 1000000 cells"

    def test_many_parts(self) -> None:
        data = packed({f"xl/{number}.xml": b"" for number in range(2001)})
        assert "too large" in self.told(data)

    def test_entities_are_refused(self) -> None:
        lol = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
        assert "it is broken" in self.told(packed({**parts_of(book_of(("a",))), SHEET: lol.encode()}))

    def test_what_is_outside_is_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "secret.xml").write_text("<x/>")
        parts = parts_of(book_of(("a",)))
        outside = f"../../../../../../{tmp_path}/secret.xml"
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            b"/xl/worksheets/sheet1.xml", outside.encode()
        )
        assert read_workbook("x.xlsx", packed(parts)) == []

    def test_macros_are_not_looked_at(self) -> None:
        parts = {**parts_of(book_of(("a",))), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"}
        assert "xl/vbaProject.bin" not in unpack("x.xlsm", packed(parts))
        assert cells(packed(parts), "x")[1, 1].text == "a"

    def test_a_password(self) -> None:
        assert "has a password, or is of the old kind .xls" in self.told(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100
        )

    @pytest.mark.parametrize(
        "data", [b"no archive", b"PK\x03\x04", b"\0" * 1000, packed({}), packed({"a.xml": b"<"})]
    )
    def test_no_workbook(self, data: bytes) -> None:
        assert self.told(data).startswith("this is no Excel workbook, or it is broken")

    @pytest.mark.parametrize("index", ["-1", "99", "x", "", "9" * 5000])
    def test_a_shared_text_that_is_not_there(self, index: str) -> None:
        data = with_cells(f'<row r="1"><c r="A1" t="s"><v>{index}</v></c><c r="B1"><v>1</v></c></row>')
        if index:
            assert "it is broken" in self.told(data)
        else:
            assert list(cells(data, "x")) == [(1, 2)]

    @pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e308", "x", "99999999"])
    def test_odd_numbers_in_cells_that_show_dates(self, value: str) -> None:
        style = parts_of(book_of((date(2027, 1, 1),)))
        assert style[SHEET].count(b's="1"') == 1
        style[SHEET] = style[SHEET].replace(b"<v>46388</v>", f"<v>{value}</v>".encode())
        assert value in style[SHEET].decode()
        assert cells(packed(style), "x")[1, 1].text
