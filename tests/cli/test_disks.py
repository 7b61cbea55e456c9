"""Disks that are full or can only be read: real ones, where the tests may mount them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import TOWN, TOWN_PLAN, Program


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 KiB, too small for the page."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no right to mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_what_was_there(meetsched: Program, small_disk: Path) -> None:
    (small_disk / "plan.ics").write_text("old")
    ran = meetsched("export", TOWN, TOWN_PLAN, "-o", small_disk)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"Error: cannot write to {small_disk}: the disk is full; nothing there was changed\n"
    assert [path.name for path in small_disk.iterdir()] == ["plan.ics"]
    assert (small_disk / "plan.ics").read_text() == "old"


def test_a_disk_that_can_only_be_read(meetsched: Program, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for folder in (small_disk, small_disk / "new"):
        ran = meetsched("export", TOWN, TOWN_PLAN, "-o", folder)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"Error: cannot write to {folder}: no permission, or it can only be read\n"
