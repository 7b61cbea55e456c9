"""Instances go to another form with the calendars that they name, and over nobody's work."""

from pathlib import Path

import pytest

from meetsched.errors import DataError, OutputError, RequestError
from meetsched.loading import load_instance
from meetsched.service.converting import convert

INSTANCES = Path(__file__).parents[2] / "instances"
TOWN = INSTANCES / "town.yaml"
CALENDAR = Path("calendars/dorota-lech.ics")


@pytest.mark.parametrize("name", ["town.yml", "town.json", "town.xlsx", "town"])
def test_calendars_go_along(name: str, tmp_path: Path) -> None:
    target = tmp_path / "new" / name
    converted = convert(TOWN, target)
    home = target if target.is_dir() else target.parent
    assert converted.files[0] == home.resolve() / CALENDAR
    assert (home / CALENDAR).read_bytes() == (INSTANCES / CALENDAR).read_bytes()
    assert load_instance(target).instance == load_instance(TOWN).instance


def test_a_folder_that_exists_becomes_one_of_tables(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    convert(INSTANCES / "starter.yaml", tmp_path)
    assert (tmp_path / "people.csv").exists()
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_beside_the_instance_its_calendars_stay(tmp_path: Path) -> None:
    convert(TOWN, tmp_path / "town.yaml")
    before = (tmp_path / CALENDAR).stat().st_mtime_ns
    assert convert(tmp_path / "town.yaml", tmp_path / "town.xlsx").files == (tmp_path / "town.xlsx",)
    assert (tmp_path / CALENDAR).stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["town.xlsx", "town/people.csv", "calendars/dorota-lech.ics"])
def test_nothing_is_overwritten(name: str, tmp_path: Path) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(OutputError, match="is there already"):
        convert(TOWN, tmp_path / ("town" if "people" in name else "town.xlsx"))
    assert mine.read_text() == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    home = tmp_path / "home"
    home.mkdir()
    (home / "calendars").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="a link there leads out of the folder"):
        convert(TOWN, home / "town.xlsx")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", ["town.ods", "town.csv", "town.txt"])
def test_an_ending_that_says_nothing(name: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="the name must end in one of"):
        convert(TOWN, tmp_path / name)


def test_an_instance_with_faults_is_not_converted(tmp_path: Path) -> None:
    source = tmp_path / "town.yaml"
    source.write_text("schema: meetsched/1\n")
    with pytest.raises(DataError):
        convert(source, tmp_path / "town.xlsx")
    assert not (tmp_path / "town.xlsx").exists()


def test_paths_out_of_the_folder_are_refused_in_tables_too(tmp_path: Path) -> None:
    convert(INSTANCES / "starter.yaml", tmp_path / "town")
    people = tmp_path / "town" / "people.csv"
    heading, first, *rest = people.read_text(encoding="utf-8-sig").splitlines()
    at = heading.split(",").index("busy_calendars")
    cells = first.split(",")
    (tmp_path / "secret.ics").write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    cells[at] = "../secret.ics"
    people.write_text("\n".join([heading, ",".join(cells), *rest]), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_instance(tmp_path / "town")
    assert "people.csv row 2, column busy_calendars: ../secret.ics, expected the name" in str(caught.value)
