"""`meetsched init`."""

from pathlib import Path

from meetsched.starter import STARTER_NAME, starter_document
from tests.cli.conftest import Program


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
