"""Folders of CSV files, in the dialects that offices produce."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from meetsched.domain.instance import Instance
from meetsched.errors import DataError
from meetsched.loading import load_instance
from meetsched.loading.tabular.csv_folder import read_csv
from tests.loading.tabular.books import TOWN, Folder, told, town_folder

FolderOf = Callable[[Folder], Path]


@pytest.fixture
def folder(tmp_path: Path) -> FolderOf:
    def write(files: dict[str, str], encoding: str = "utf-8") -> Path:
        for name, text in files.items():
            (tmp_path / name).write_bytes(text.encode(encoding))
        return tmp_path

    return write


@pytest.fixture
def town() -> Instance:
    return load_instance(TOWN).instance


def rows(text: str, name: str = "people") -> list[list[str]]:
    grid = read_csv("x.csv", name, text)
    return [[cell.text for cell in line.values()] for line in grid.rows.values()]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters(delimiter: str) -> None:
    text = f'id{delimiter}name{delimiter}roles\r\na{delimiter}Anna{delimiter}"b; c, d"\r\n'
    assert rows(text) == [["id", "name", "roles"], ["a", "Anna", "b; c, d"]]


def test_a_title_with_other_signs_does_not_mislead() -> None:
    assert rows("People; of, the, town,,,,\nid;name\na;Anna\n")[1:] == [["id", "name"], ["a", "Anna"]]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_declared_delimiter_is_no_row(sign: str) -> None:
    grid = read_csv("x.csv", "people", f"sep={sign}\r\nid{sign}name\r\n")
    assert list(grid.rows) == [1]


def test_rows_are_counted_as_spreadsheets_do() -> None:
    grid = read_csv("x.csv", "people", 'id,name\r\n\r\na,"two\nlines"\r\nb,x\r\n')
    assert list(grid.rows) == [1, 3, 4]


def test_a_quote_that_is_not_closed() -> None:
    with pytest.raises(DataError, match="row 2 cannot be read"):
        read_csv("x.csv", "people", 'id,name\na,"Anna\nb,Bea\n')


def test_a_mark_at_the_start_and_empty_rows_do_not_matter(folder: FolderOf, town: Instance) -> None:
    files = {name: f"\ufeff{text}\r\n{',' * 30}\r\n\r\n" for name, text in town_folder().items()}
    assert load_instance(folder(files)).instance == town


def test_headings_in_any_order_and_case(folder: FolderOf, town: Instance) -> None:
    files = town_folder()
    lines = [line.split(",") for line in files["institutions.csv"].splitlines()]
    files["institutions.csv"] = "\n".join(",".join(reversed(line)) for line in lines).replace(
        "name", " NAME "
    )
    assert load_instance(folder(files)).instance == town


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("utf-16", "the file is UTF-16, expected UTF-8 (in Excel, save it as CSV UTF-8)"),
        ("utf-16-le", "expected a text file, this one is binary (it holds zero bytes)"),
        ("cp1250", "is not UTF-8 (in Excel, save it as CSV UTF-8)"),
    ],
)
def test_other_encodings_are_told(folder: FolderOf, encoding: str, message: str) -> None:
    path = folder(town_folder())
    (path / "institutions.csv").write_bytes("id,name,type\nx,Łódź,private\n".encode(encoding))
    assert any(message in fault for fault in told(path))


def test_zero_bytes_are_told(folder: FolderOf) -> None:
    path = folder(town_folder() | {"institutions.csv": "id,name,type\nx,a\0b,private\n"})
    assert told(path) == ["institutions.csv: expected a text file, this one is binary (it holds zero bytes)"]


def test_a_file_without_any_byte_is_a_sheet_without_rows(folder: FolderOf) -> None:
    heading = town_folder()["pins.csv"].splitlines()[0]
    without_rows = load_instance(folder(town_folder() | {"pins.csv": heading})).instance
    assert load_instance(folder({"pins.csv": ""})).instance == without_rows
    assert told(folder({"pins.csv": "\n"})) == ["pins.csv: the file is empty"]


def test_other_files_are_not_read_and_only_tables_are_told(folder: FolderOf) -> None:
    path = folder(town_folder() | {"meetings.csv": "\0", "notes.txt": "x", "peeple.csv": "id,name"})
    assert told(path) == [
        "meetings.csv: meetings is no sheet of an instance, so it is not read",
        "peeple.csv: peeple is no sheet of an instance, so it is not read (did you mean people?)",
    ]


def test_the_sum_is_that_of_the_list_of_the_sheets_files(folder: FolderOf) -> None:
    files = town_folder()
    sums = [f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(files.items())]
    expected = hashlib.sha256("".join(sums).encode()).hexdigest()
    assert load_instance(folder(files)).sha256 == expected
    assert load_instance(folder({"meetings.csv": "a"})).sha256 == expected
    assert load_instance(folder({"prices.csv": "rule,prices\nbudget,2"})).sha256 != expected


def test_a_folder_without_tables(folder: FolderOf) -> None:
    assert told(folder({"notes.txt": "x"})) == [": expected a folder of CSV files, instance.csv among them"]
    assert told(folder({"people.csv": "id,name"}))[0] == ": expected a sheet instance: is this an instance?"


def test_one_of_the_files_alone(folder: FolderOf) -> None:
    path = folder(town_folder()) / "people.csv"
    assert told(path) == [": expected the folder of CSV files, this is one of them (name the folder)"]


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    for name, text in town_folder().items():
        (folder / name).write_text(text, encoding="utf-8")
    outside = tmp_path / "people.csv"
    (folder / "people.csv").rename(outside)
    (folder / "people.csv").symlink_to(outside)
    assert "this is a link out of it" in told(folder)[0]


def test_large_files_are_refused(folder: FolderOf) -> None:
    half = "id,name,type\n" + "x" * 51_000_000
    path = folder(town_folder() | {"institutions.csv": half, "companies.csv": half})
    assert any("the files are too large, expected at most 100 MB in all" in fault for fault in told(path))
    path = folder({"institutions.csv": "," * 400_000})
    assert any("expected at most 300000 cells" in fault for fault in told(path))
