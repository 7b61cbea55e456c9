"""A store in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from meetsched.store import Made, open_store
from meetsched.store.store import Store

MADE = Made("anna", "a note", (("meetsched", "0.1"), ("ortools", "9.15")))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'plans.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store with the project `town`, which has one version."""
    with open_store(url) as opened:
        opened.versions.begin("town", "The town", "one", MADE)
        yield opened
