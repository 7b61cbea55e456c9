"""The application with a store of its own, asked as a browser or another program would."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from meetsched.service.documents import load_instance
from meetsched.service.projects import Version, import_instance
from meetsched.web.app import create_app
from meetsched.web.jobs.board import JobBoard
from meetsched.web.settings import Settings
from meetsched.web.site import Site
from tests.cli.conftest import INSTANCES, TOWN, meetsched

PORT = 8420
ADDRESS = f"http://127.0.0.1:{PORT}"
ACTOR = (sys.executable, "-P", str(Path(__file__).parent / "actor.py"))
"""A worker that does what the options say instead of working."""


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    return create_app(Settings.local(tmp_path, PORT))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A browser that follows no redirection by itself."""
    with TestClient(app, base_url=ADDRESS, follow_redirects=False) as client:
        yield client


@pytest.fixture
def site(app: FastAPI, client: TestClient) -> Site:
    """What the application uses; it lives as long as the client."""
    found: Site = app.state.site
    return found


@pytest.fixture
def town(site: Site) -> Version:
    """The first version of the town of the tests."""
    return import_instance(site.store, load_instance(TOWN), "anna")


@pytest.fixture
def acted(app: FastAPI, client: TestClient) -> Iterator[JobBoard]:
    """A board whose jobs are played; in the place of the application's own."""
    site: Site = app.state.site
    site.board.close()
    board = JobBoard(site.store, command=ACTOR)
    app.state.site = Site(site.settings, site.store, board, site.secret)
    yield board
    board.close()


def sign(client: TestClient, path: str = "/") -> str:
    """Return the sign of the forms of a page."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get(path).text)
    assert found is not None, path
    return found[1]


def eventually(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Wait until something holds."""
    until = monotonic() + seconds
    while monotonic() < until:
        if holds():
            return True
        sleep(0.02)
    return False


__all__ = ["ACTOR", "ADDRESS", "INSTANCES", "PORT", "TOWN", "eventually", "meetsched", "sign"]
