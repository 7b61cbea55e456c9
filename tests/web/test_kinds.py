"""The kinds of work that find something, done for real on tiny instances, and shown."""

import json
from importlib import import_module
from threading import Event

import pytest

from meetsched.service.documents import instance_text, load_instance, plan_of, plan_text
from meetsched.service.projects import VersionKind, import_instance
from meetsched.store import JobState
from meetsched.verify import verify
from meetsched.web.jobs.messages import Note, Request
from tests.cli.conftest import INSTANCES
from tests.export.examples import DATA, example

_PATIENCE = 600.0


def done(kind, path, name=None, **options):
    """Do a piece of work, and return its result and what it told."""
    plan = plan_text(example(name)[1]) if name else None
    text = instance_text(load_instance(path).instance)
    told = []
    request = Request(kind, text, plan, plan, {"time_limit": _PATIENCE, **options})
    work = import_module(f"meetsched.web.jobs.kinds.{kind}").work
    return work(request, told.append, Event()), told


ASKED = {
    "curve": ("town", {"most": 3}, "Points against cost"),
    "alternatives": ("town", {"most": 2, "give": "0.1"}, "Plan 1 is the best one"),
    "changes": ("town", {}, "changed meetings against what was published"),
    "resilience": ("town", {}, "The worst first"),
    "sharing": ("region", {}, "gives up"),
}


@pytest.mark.parametrize("kind", ASKED)
def test_finds_what_its_page_shows(client, site, kind):
    name, options, said = ASKED[kind]
    instance, _ = example(name)
    result, told = done(kind, DATA / f"{name}.yaml", name, **options)
    assert result.state is JobState.DONE and any(isinstance(each, Note) for each in told)
    for text in result.document["plans"]:
        assert verify(instance, plan_of(text)).holds
    base = import_instance(site.store, load_instance(DATA / f"{name}.yaml"), "anna")
    job = site.store.jobs.add(base.project, kind, "{}", base.number)
    site.store.jobs.end(job.id, result.state, document=json.dumps(result.document))
    here = f"/projects/{base.project}/jobs/{job.id}"
    page = client.get(f"{here}/{kind}").text
    assert said in page and "&lt;svg" not in page
    assert ("<svg" in page) is (kind in ("curve", "changes"))
    for number, _ in enumerate(result.document["plans"], start=1):
        assert client.get(f"{here}/plans/{number}").status_code == 200
    assert site.store.versions.latest(base.project).kind is VersionKind.IMPORTED


def test_explains_what_cannot_be_planned():
    result, told = done("explain", INSTANCES / "blocked.yaml", most=1)
    assert result.state is JobState.DONE and told
    assert result.document["feasible"] is False and result.document["conflicts"]
    (way,) = result.document["fixes"]
    assert way["texts"] and way["missing"] == []


@pytest.mark.parametrize("kind", ["changes", "resilience", "sharing"])
def test_without_a_plan_there_is_nothing_to_ask(kind):
    from meetsched.errors import RequestError

    with pytest.raises(RequestError):
        done(kind, DATA / "region.yaml")
