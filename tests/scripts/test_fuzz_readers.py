"""Readers on spoilt files: a little of each in every run, and findings that are found."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from fuzz_readers import main
from fuzzing import runner
from fuzzing.subjects import SUBJECTS, Case, Subject
from meetsched.errors import DataError
from meetsched.loading import load_instance


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_spoilt_files_load_or_are_told(name: str, tmp_path: Path) -> None:
    cases = SUBJECTS[name].cases()
    outcomes = set()
    for index in range(40):
        folder = tmp_path / str(index)
        path = runner.put(runner.spoilt(name, 0, index, cases), folder)
        try:
            load_instance(path)
            outcomes.add("loaded")
        except DataError as error:
            assert error.faults
            assert str(error).encode()
            outcomes.add("refused")
    assert outcomes == {"loaded", "refused"}, "spoilt too much, or too little, to show anything"


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_the_files_to_start_from_are_in_order(name: str, tmp_path: Path) -> None:
    for number, case in enumerate(SUBJECTS[name].cases()):
        load_instance(runner.put(case, tmp_path / str(number)))


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_the_same_seed_spoils_alike(name: str) -> None:
    cases = SUBJECTS[name].cases()
    first, second = (runner.spoilt(name, 7, 3, cases) for _ in range(2))
    assert first == second
    assert first != runner.spoilt(name, 7, 4, cases)


def test_the_script_tells_what_came_out(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["yaml", "--minutes", "0.05", "--keep", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith("yaml, seed 0: ")
    assert ran.output.endswith("; 0 findings\n")
    assert list(tmp_path.iterdir()) == []


def _crash(path: Path) -> None:
    raise ZeroDivisionError


def _hang(path: Path) -> None:
    while True:
        pass


def _die(path: Path) -> None:
    os._exit(3)


def _eat(path: Path) -> None:
    bytearray(runner.MAX_MEMORY)


@pytest.mark.parametrize(
    ("reader", "finding"),
    [
        (_crash, "ZeroDivisionError"),
        (_hang, "longer than 1 s"),
        (_die, "died with exit code 3"),
        (_eat, "MemoryError"),
    ],
)
def test_what_a_reader_must_not_do_is_found(
    reader: Callable[[Path], None], finding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case({"x.yaml": b"a: 1"}, "x.yaml", ("x.yaml",))
    monkeypatch.setitem(SUBJECTS, "bad", Subject(lambda: [case], (b"x",)))  # type: ignore[index]
    monkeypatch.setattr(runner, "MAX_SECONDS", 1.0)
    monkeypatch.setattr(runner, "START", "fork")  # So that the process has what is patched here.
    monkeypatch.setattr("meetsched.loading.load_instance", reader)
    told: list[str] = []
    tally = runner.fuzz("bad", 0, 0.2, keep=tmp_path, tell=told.append)
    assert finding in told[0]
    assert len(tally.findings) == tally.outcomes["finding"] >= 1
    kept = tmp_path / "bad-0-0"
    assert (kept / "finding.txt").read_text(encoding="utf-8").strip().endswith(finding)
    assert (kept / "x.yaml").read_bytes() == runner.spoilt("bad", 0, 0, [case]).files["x.yaml"]
