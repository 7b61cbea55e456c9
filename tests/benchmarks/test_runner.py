"""A system runs as a process of its own, with its clock and its memory watched."""

import sys
from pathlib import Path

from contest.runner import run, watch

HUNGRY = "import time; held = b'x' * 60_000_000; time.sleep(1)"


def test_a_process_that_does_not_end_is_ended_with_all_below_it(tmp_path: Path):
    child = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {'import time; time.sleep(600)'!r}])"
    )
    watched = watch([sys.executable, "-c", child], 1, tmp_path / "output.txt")
    assert watched.code is None


def test_memory_counts_processes_below(tmp_path: Path):
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HUNGRY!r}])"
    watched = watch([sys.executable, "-c", parent], 60, tmp_path / "output.txt")
    assert watched.code == 0
    assert watched.memory > 57


def test_one_that_breaks_down_hands_in_nothing(tmp_path: Path):
    broken = run("clerk", tmp_path / "nowhere.yaml", tmp_path / "room", 5, 2)
    assert broken.failure == "broke down"
    assert not broken.holds
    assert "nowhere.yaml" in (tmp_path / "room" / "output.txt").read_text(encoding="utf-8")
