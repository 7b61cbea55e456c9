"""The whole contest, as a user runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from contest.instances import ROOT


def compare(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "benchmarks" / "compare.py"), *options]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


def test_tables_and_pictures_are_written(tmp_path: Path):
    pytest.importorskip("matplotlib")
    ran = compare(*("--systems", "clerk", "--instances", "city-103", "--seeds", "1", "-o", str(tmp_path)))
    assert ran.returncode == 0, ran.stderr
    page = (tmp_path / "results.md").read_text(encoding="utf-8")
    assert "| city-103 | clerk | plan |" in page
    assert "| town-0 | clerk |" in page
    assert {path.name for path in tmp_path.iterdir()} == {"results.md", "results.csv", "gap.png", "gap.svg"}


@pytest.mark.parametrize("options", [("--systems", "oracle"), ("--instances", "nowhere")])
def test_an_unknown_name_is_told(options: tuple[str, ...], tmp_path: Path):
    ran = compare(*options, "-o", str(tmp_path))
    assert ran.returncode == 2
    assert options[1] in ran.stderr
