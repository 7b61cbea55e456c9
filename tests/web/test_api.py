"""The interface for other programs."""

import json

import pytest
import yaml

from meetsched.service.documents import plan_text
from meetsched.store import JobState
from tests.cli.conftest import TOWN
from tests.export.examples import example
from tests.web.conftest import eventually

DOCUMENT = yaml.load(TOWN.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
STAGE = {"tier": "points", "city": None, "value": 3, "bound": 5, "seconds": 0.5}
PLAN = plan_text(example("town")[1])


def ordered(acted, client, monkeypatch, *, order=None, **options):
    """Order a plan that is played, and return the answer."""
    begin = acted.start
    monkeypatch.setattr(
        acted, "start", lambda project, kind, _, author: begin(project, kind, options, author)
    )
    return client.post("/v1/plans", json=order or {"instance": DOCUMENT})


def test_the_schema_names_all_states(client):
    schema = client.get("/v1/openapi.json").json()
    states = schema["components"]["schemas"]["JobState"]["enum"]
    assert states == [state.value for state in JobState]
    assert set(schema["paths"]) >= {
        "/v1/plans",
        "/v1/plans/{plan}",
        "/v1/plans/{plan}/events",
        "/v1/plans/{plan}/violations",
    }


class TestOrder:
    def test_is_answered_with_where_to_ask(self, acted, client, monkeypatch):
        answer = ordered(acted, client, monkeypatch, then="wait for stop")
        assert answer.status_code == 202
        assert answer.headers["location"] == f"/v1/plans/{answer.json()['id']}"
        assert answer.json()["state"] in ("queued", "running")
        assert client.get(answer.headers["location"]).json()["id"] == answer.json()["id"]

    def test_of_a_project_plans_its_draft(self, acted, client, monkeypatch, town):
        answer = ordered(acted, client, monkeypatch, order={"project": town.project}, then="wait for stop")
        assert (answer.status_code, answer.json()["project"]) == (202, town.project)

    def test_with_faults_tells_all(self, client, site):
        answer = client.post(
            "/v1/plans", json={"instance": {**DOCUMENT, "timezone": "Nowhere", "cities": [{}]}}
        )
        error = answer.json()["error"]
        assert (answer.status_code, error["status"]) == (422, 422)
        assert {"timezone", "cities[0].id"} <= {fault["path"] for fault in error["faults"]}
        assert site.store.projects() == ()

    @pytest.mark.parametrize(
        ("order", "status"),
        [
            ({}, 400),
            ({"instance": {}, "project": "x"}, 400),
            ({"instance": {}}, 422),
            ({"instance": {"id": "\ud800"}}, 422),
            ({"instance": []}, 422),
            ({"project": "nowhere"}, 404),
            ({"project": "\ud800"}, 422),
            ({"project": "a/b"}, 422),
            ({"project": "x", "time_limit": 0}, 422),
            ({"project": "x", "time_limit": 1e9}, 422),
            ({"project": "x", "seed": -1}, 422),
            ({"project": "x", "workers": 10**30}, 422),
            ({"project": "x", "nonsense": 1}, 422),
        ],
    )
    def test_that_makes_no_sense_is_refused_in_words(self, client, order, status):
        answer = client.post(
            "/v1/plans", content=json.dumps(order), headers={"content-type": "application/json"}
        )
        assert answer.status_code == status
        assert answer.json()["error"]["message"]

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"\xff", b"[]", b"null", b'{"time_limit": NaN}', b"[" * 100_000]
    )
    def test_that_is_no_json_is_refused(self, client, body):
        answer = client.post("/v1/plans", content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 422)
        assert answer.json()["error"]["message"]


class TestPlan:
    def test_is_in_the_answer_once_it_is_there(self, acted, client, monkeypatch):
        says = [["stage", STAGE], ["result", {"state": "done", "plan": PLAN}]]
        order = ordered(acted, client, monkeypatch, says=says)
        path = order.headers["location"]
        assert order.json()["plan"] is None
        assert eventually(lambda: client.get(path).json()["state"] == "done")
        answer = client.get(path).json()
        assert answer["plan"] == json.loads(PLAN)
        assert (answer["version"], answer["stages"][0]["bound"]) == (2, 5)

    def test_is_judged(self, acted, client, monkeypatch):
        broken = json.loads(PLAN)
        broken["meetings"][0]["heads"] += 1
        for plan, rules in ((json.loads(PLAN), set()), (broken, {"figures"})):
            says = [["result", {"state": "done", "plan": json.dumps(plan)}]]
            monkeypatch.undo()
            path = ordered(acted, client, monkeypatch, says=says).headers["location"]
            assert eventually(lambda path=path: client.get(path).json()["state"] == "done")
            answer = client.get(f"{path}/violations").json()
            assert {each["rule"] for each in answer["violations"]} == rules
            assert answer["objective"]["points"] > 0

    def test_is_stopped(self, acted, client, monkeypatch):
        path = ordered(acted, client, monkeypatch, then="wait for stop").headers["location"]
        assert eventually(lambda: client.get(path).json()["state"] == "running")
        assert client.get(f"{path}/violations").status_code == 404
        answer = client.delete(path)
        assert (answer.status_code, answer.json()["stopping"] or answer.json()["state"] == "stopped") == (
            202,
            True,
        )
        assert eventually(lambda: client.get(path).json()["state"] == "stopped")

    def test_tells_its_events_until_the_end(self, acted, client, monkeypatch):
        says = [["stage", STAGE], ["result", {"state": "infeasible", "message": "There is none."}]]
        path = ordered(acted, client, monkeypatch, says=says).headers["location"]
        *_, last = client.get(f"{path}/events").text.strip().split("\n\n")
        name, data = last.split("\n")
        assert name == "event: end"
        told = json.loads(data.removeprefix("data: "))
        assert (told["state"], told["message"]) == ("infeasible", "There is none.")

    @pytest.mark.parametrize("path", ["", "/events", "/violations"])
    @pytest.mark.parametrize("name", ["nothing", "%00", "%ff", "x" * 65])
    def test_that_was_never_ordered(self, client, path, name):
        answer = client.get(f"/v1/plans/{name}{path}")
        assert answer.status_code in (404, 422)
        assert answer.json()["error"]["message"]


def test_no_answer_is_a_page(client):
    for method, path in (("GET", "/v1/nowhere"), ("PUT", "/v1/plans"), ("GET", "/v1/plans")):
        answer = client.request(method, path)
        assert answer.status_code in (404, 405)
        assert answer.json()["error"]["status"] == answer.status_code
