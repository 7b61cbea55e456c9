"""`meetsched init`."""

from pathlib import Path

import pytest

from meetsched.loading import load_instance
from meetsched.starter import STARTER_NAME, starter_document
from tests.cli.conftest import INSTANCES, Program


def test_writes_the_starter(meetsched: Program, tmp_path: Path) -> None:
    target = tmp_path / "my" / "town" / STARTER_NAME
    ran = meetsched("init", target.parent)
    assert (ran.code, ran.out) == (0, f"Wrote {target}\n")
    assert f"meetsched check {target}" in ran.err
    assert target.read_bytes() == starter_document()


def test_what_it_writes_is_in_order(meetsched: Program, tmp_path: Path) -> None:
    meetsched("init", tmp_path, "-q")
    ran = meetsched("check", tmp_path / STARTER_NAME)
    assert (ran.code, ran.err) == (0, "")


def test_never_overwrites(meetsched: Program, tmp_path: Path) -> None:
    target = tmp_path / STARTER_NAME
    target.write_text("mine")
    ran = meetsched("init", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert f"{target} is there already" in ran.err
    assert target.read_text() == "mine"


def test_a_file_in_the_way(meetsched: Program, tmp_path: Path) -> None:
    (tmp_path / "town").write_text("mine")
    ran = meetsched("init", tmp_path / "town")
    assert (ran.code, ran.out) == (2, "")
    assert "cannot write to" in ran.err


def test_json(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("init", tmp_path, "--json", "-q")
    assert ran.json == {"files": [str(tmp_path / STARTER_NAME)]}
    assert ran.err == ""


@pytest.mark.parametrize(("form", "name"), [("xlsx", "starter.xlsx"), ("csv", "")])
def test_tables_are_in_order_and_the_same_town(
    meetsched: Program, tmp_path: Path, form: str, name: str
) -> None:
    ran = meetsched("init", tmp_path, "--format", form, "--json")
    files = [Path(file) for file in ran.json["files"]]
    assert all(file.parent == tmp_path and file.suffix == f".{form}" for file in files)
    assert f"meetsched check {tmp_path / name}" in ran.err
    assert load_instance(tmp_path / name).warnings == ()
    assert load_instance(tmp_path / name).instance == load_instance(INSTANCES / "starter.yaml").instance


@pytest.mark.parametrize(("dialect", "start"), [("rfc4180", "id,name"), ("excel-eu", "id;name")])
def test_tables_in_either_dialect(meetsched: Program, tmp_path: Path, dialect: str, start: str) -> None:
    meetsched("init", tmp_path, "--format", "csv", "--csv-dialect", dialect, "-q")
    assert (tmp_path / "people.csv").read_text(encoding="utf-8-sig").startswith(start)


def test_tables_overwrite_nothing_either(meetsched: Program, tmp_path: Path) -> None:
    (tmp_path / "venues.csv").write_text("mine")
    assert meetsched("init", tmp_path, "--format", "csv").code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["venues.csv"]
