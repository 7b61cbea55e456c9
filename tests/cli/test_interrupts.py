"""Ctrl-C and SIGTERM, at any time."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from meetsched.cli import interrupts
from meetsched.cli.interrupts import Interrupts
from tests.cli.conftest import PROGRAM, REFERENCE, TOWN, Program

CITY = REFERENCE / "city-103.yaml"
FILES = {"plan.json", "plan.ics", "meetings.csv", "duties.csv", "plan.xlsx", "plan.html"}
MARK = "MEETSCHED_TEST_MARK"
BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


@contextmanager
def solving(folder: Path, mark: str = "") -> Iterator[subprocess.Popen[str]]:
    """Plan a city that takes a while, with no limit that matters, in a process of its own."""
    arguments = [*PROGRAM, "solve", str(CITY), "-o", str(folder), "--time-limit", "600"]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {MARK: mark}
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def wait_for(stream: IO[str] | None, text: str) -> None:
    assert stream is not None
    for line in stream:
        if text in line:
            return
    pytest.fail(f"{text!r} was never said")


def marked(mark: str) -> set[int]:
    """Return the processes with a mark in their environment."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={mark}".encode() in path.read_bytes():
                found.add(int(path.parent.name))
        except OSError:
            continue
    return found


@BOTH
def test_an_interrupted_search_writes_the_best_plan(
    meetsched: Program, tmp_path: Path, number: signal.Signals
) -> None:
    with solving(tmp_path) as running:
        wait_for(running.stderr, " points")
        running.send_signal(number)
        out, err = running.communicate()
    assert running.returncode == 130
    assert "Stopping: the best plan so far is kept." in err
    assert "Traceback" not in err
    assert {path.name for path in tmp_path.iterdir()} == FILES
    assert "not proven that there is no better one" in out
    verified = meetsched("verify", CITY, tmp_path / "plan.json", "--json")
    assert (verified.code, verified.json["violations"]) == (0, [])


def test_a_second_interrupt_ends_at_once_and_leaves_no_process(tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    with solving(tmp_path / "out", mark) as running:
        wait_for(running.stderr, "searching")
        assert len(marked(mark)) > 1
        running.send_signal(signal.SIGINT)
        wait_for(running.stderr, "Stopping")
        running.send_signal(signal.SIGINT)
        _, err = running.communicate()
    assert running.returncode == 130
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists() or {path.name for path in (tmp_path / "out").iterdir()} == FILES
    for _ in range(100):
        if not marked(mark):
            break
        time.sleep(0.1)
    assert not marked(mark)


@BOTH
def test_an_interrupt_while_files_are_read_writes_nothing(tmp_path: Path, number: signal.Signals) -> None:
    code = (
        "import signal, meetsched.service.solving as solving\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # in the background it may be ignored
        f"solving.load_instance = lambda path: signal.raise_signal({int(number)})\n"
        "from meetsched.cli import main\n"
        "main()"
    )
    arguments = [sys.executable, "-c", code, "solve", str(TOWN), "-o", str(tmp_path / "out")]
    ran = subprocess.run(arguments, check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (130, "")
    assert ran.stderr.strip() == "Error: interrupted; nothing was written"
    assert not (tmp_path / "out").exists()


def test_an_interrupt_while_files_are_written_waits_for_them(
    meetsched: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, ended = os.fsync, []

    def interrupt_twice(handle: int) -> None:
        signal.raise_signal(signal.SIGINT)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", interrupt_twice)
    monkeypatch.setattr(interrupts, "end_now", lambda: ended.append(True))
    ran = meetsched("solve", TOWN, "-o", tmp_path)
    assert ran.code == 0
    assert "Wrote" in ran.out
    assert ended == []
    assert {path.name for path in tmp_path.iterdir()} == FILES


def test_the_second_interrupt_ends_the_process_unless_it_is_held_off(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(interrupts, "end_now", lambda: ended.append(True))
    before = signal.getsignal(signal.SIGINT)
    with Interrupts(announce=True) as watch:
        signal.raise_signal(signal.SIGTERM)
        assert watch.stop.is_set()
        with watch.unstoppable():
            signal.raise_signal(signal.SIGINT)
        assert ended == []
        signal.raise_signal(signal.SIGINT)
        assert ended == [True]
    assert capfd.readouterr().err.count("Stopping") == 1
    assert signal.getsignal(signal.SIGINT) is before


def test_silence_stays_silence(capfd: pytest.CaptureFixture[str]) -> None:
    with Interrupts(announce=False) as watch:
        signal.raise_signal(signal.SIGINT)
    assert watch.stop.is_set()
    assert capfd.readouterr().err == ""
