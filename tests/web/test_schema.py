"""The interface for programs, asked all kinds of things that its schema allows and forbids."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans
from schemathesis import GenerationMode

from meetsched.store import Job
from meetsched.web.app import create_app
from meetsched.web.settings import Settings
from tests.web.conftest import eventually

HOST = "http://localhost"


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    return create_app(Settings.local(tmp_path, 80))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=HOST) as client:
        yield client


@pytest.fixture
def job(site, town, acted) -> Job:
    """A plan that was ordered, and how it ended."""
    started = acted.start(town.project, "solve", {}, "anna")
    assert eventually(lambda: site.store.jobs.get(started.id).state.ended)
    return started


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_question_makes_the_server_fail(client: TestClient, job: Job, mode: GenerationMode):
    schema = schemathesis.openapi.from_dict(client.get("/v1/openapi.json").json())
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode), known=booleans())
        @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
        def ask(case: Any, known: bool):
            if known and "plan" in case.path_parameters:
                case.path_parameters["plan"] = job.id
            assert asked(client, case).status_code < 500

        ask()
    assert len(operations) >= 5


def asked(client: TestClient, case: Any) -> Any:
    """Put a case's question; what it says of a connection is left to the client."""
    told = case.as_transport_kwargs(base_url=HOST)
    headers = {name: value for name, value in told["headers"].items() if name.lower() != "user-agent"}
    body = {"json": told["json"]} if "json" in told else {"content": told.get("data")}
    return client.request(told["method"], told["url"], params=told.get("params"), headers=headers, **body)
