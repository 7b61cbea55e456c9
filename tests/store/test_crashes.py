"""Writers are killed in the middle of their work, again and again; nothing that was kept is lost."""

import json
import subprocess
import sys
from pathlib import Path

from meetsched.store import open_store
from tests.store.killing import KILLS, TOGETHER


def test_two_hundred_kills_lose_nothing(store, url):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", url],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )
    kept = {int(number): found for number, found in json.loads(ran.stdout).items()}
    with open_store(url) as again:
        found = {version.number: version.hash for version in again.versions.of("town")}
        assert list(again.versions.faults()) == []
    assert len(kept) >= KILLS // TOGETHER
    assert kept.items() <= found.items()
