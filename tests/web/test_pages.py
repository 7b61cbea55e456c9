"""Pages and forms as a browser without scripts uses them."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from meetsched.service.documents import load_instance, plan_text
from meetsched.service.projects import VersionKind, import_instance, keep_draft
from meetsched.web.addresses import at
from tests.cli.conftest import INSTANCES, TOWN, TOWN_PLAN
from tests.export.examples import example
from tests.web.conftest import eventually, sign

SOURCES = Path(__file__).parents[2] / "src/meetsched/web"


def send(client, *files):
    """Choose files on the first page, and send them."""
    chosen = [("files", (name, data)) for name, data in files]
    return client.post("/projects", files=chosen, data={"csrf": sign(client)})


def with_plan(site, town):
    text = site.store.versions.text(town.instance_sha256)
    return site.store.versions.add(
        town.project, VersionKind.SOLVED, text, TOWN_PLAN.read_text(encoding="utf-8"), town.made
    )


class TestUpload:
    def test_of_an_instance_begins_a_project(self, client, site):
        answer = send(client, ("town.yaml", TOWN.read_bytes()))
        assert (answer.status_code, answer.headers["location"]) == (303, "/projects/olszyna-2027-q1")
        assert site.store.drafts.get("olszyna-2027-q1").base == 1
        assert "olszyna-2027-q1" in client.get("/").text
        assert client.get(answer.headers["location"]).status_code == 200

    def test_of_a_workbook_with_faults_tells_their_cells(self, client, site, tmp_path):
        from tests.cli.conftest import process

        document = yaml.safe_load((INSTANCES / "starter.yaml").read_text(encoding="utf-8"))
        (tmp_path / "starter.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
        assert process("convert", tmp_path / "starter.yaml", tmp_path / "starter.xlsx").code == 0
        _spoil(tmp_path / "starter.xlsx", "cities", "budget", -600)
        answer = send(client, ("starter.xlsx", (tmp_path / "starter.xlsx").read_bytes()))
        assert answer.status_code == 422
        assert "starter.xlsx sheet cities, cell" in answer.text
        assert "-600" in answer.text
        assert str(tmp_path) not in answer.text and "/tmp" not in answer.text
        assert site.store.projects() == ()

    def test_of_an_instance_with_its_calendars(self, client, site):
        whole = INSTANCES / "town.yaml"
        text = whole.read_text(encoding="utf-8").replace("calendars/", "")
        calendars = [(path.name, path.read_bytes()) for path in (INSTANCES / "calendars").glob("*.ics")]
        assert send(client, ("town.yaml", text.encode())).status_code == 422
        assert send(client, ("town.yaml", text.encode()), *calendars).status_code == 303
        loaded = load_instance(whole)
        kept = site.store.drafts.text(loaded.instance.id)
        import_instance(site.store, loaded, "anna")
        assert site.store.drafts.text(loaded.instance.id) == kept
        assert ".ics" in kept and '"busy_calendars": ["' not in kept

    @pytest.mark.parametrize("files", [[("a.ics", b"x")], [("a.yaml", b"x"), ("b.yaml", b"x")], [("", b"")]])
    def test_of_none_or_of_several_is_refused(self, client, files):
        assert send(client, *files).status_code in (400, 422)

    def test_of_a_new_edition_keeps_what_was_changed(self, client, site, town):
        site.store.drafts.save(town.project, "changed", 1)
        edition = (
            TOWN.read_text(encoding="utf-8").replace("person_gap_minutes", "#", 1)
            + "\nperson_gap_minutes: 61\n"
        )
        assert send(client, ("town.yaml", edition.encode())).status_code == 303
        kinds = [version.kind for version in site.store.versions.of(town.project)]
        assert kinds == [VersionKind.IMPORTED, VersionKind.EDITED, VersionKind.IMPORTED]
        assert '"person_gap_minutes": 61' in site.store.drafts.text(town.project)

    def test_of_the_same_again_adds_nothing(self, client, site, town):
        assert send(client, ("town.yaml", TOWN.read_bytes())).status_code == 303
        assert len(site.store.versions.of(town.project)) == 1

    @pytest.mark.parametrize(
        "name", ["../../evil.yaml", "/etc/evil.yaml", "a\\..\\evil.yaml", "\x01.yaml", "." * 300]
    )
    def test_no_name_leads_out_of_its_folder(self, client, name):
        assert send(client, (name, b"id: [")).status_code in (303, 400, 422)

    @pytest.mark.parametrize("name", ["..", "."])
    def test_an_id_that_is_no_address_is_refused(self, client, name):
        text = TOWN.read_text(encoding="utf-8").replace("id: olszyna-2027-q1", f"id: '{name}'", 1)
        assert send(client, ("town.yaml", text.encode())).status_code == 400


def _spoil(path, sheet, heading, value):
    from openpyxl import load_workbook

    book = load_workbook(path)
    headings = {cell.value: cell.column for cell in book[sheet][1]}
    book[sheet].cell(2, headings[heading]).value = value
    book.save(path)


class TestQuarter:
    def test_shows_the_plan_as_a_list_and_a_calendar(self, client, site, town):
        assert "meetings-title" not in client.get(f"/projects/{town.project}").text
        with_plan(site, town)
        text = client.get(f"/projects/{town.project}").text
        instance, plan = example("town")
        for number, meeting in enumerate(plan.meetings, start=1):
            assert f'id="meeting-{number}"' in text
            assert instance.topic_by_id[meeting.topic].title in text
        assert text.count('class="month"') == 3

    def test_shows_any_version(self, client, site, town):
        with_plan(site, town)
        assert "meetings-title" not in client.get(f"/projects/{town.project}?version=1").text
        assert client.get(f"/projects/{town.project}?version=3").status_code == 404
        assert client.get(f"/projects/{town.project}?version={10**30}").status_code == 422

    def test_lists_and_restores_versions(self, client, site, town):
        with_plan(site, town)
        page = f"/projects/{town.project}/versions"
        assert "Go back to 1" in client.get(page).text
        answer = client.post(f"{page}/1/restore", data={"csrf": sign(client, page)})
        assert answer.status_code == 303
        assert site.store.versions.latest(town.project).kind is VersionKind.RESTORED


class TestPlanning:
    def start(self, client, town, **how):
        page = at("projects", town.project)
        return client.post(f"{page}/plan", data={"csrf": sign(client, page), "seconds": "60", **how})

    def test_is_begun_watched_and_stopped_by_forms(self, acted, client, town, monkeypatch):
        monkeypatch.setattr(acted, "start", _playing(acted, then="wait for stop"))
        answer = self.start(client, town)
        page = answer.headers["location"]
        assert answer.status_code == 303
        assert eventually(lambda: "It is at work" in client.get(page).text)
        assert 'http-equiv="refresh"' in client.get(page).text
        assert client.post(f"{page}/stop", data={"csrf": sign(client, page)}).headers["location"] == page
        assert eventually(lambda: 'http-equiv="refresh"' not in client.get(page).text)

    def test_tells_its_progress_as_events_that_end(self, acted, client, town, monkeypatch):
        stage = {"tier": "cost", "city": None, "value": 1200, "bound": 900, "seconds": 0.5}
        plan = plan_text(example("town")[1])
        says = [["stage", stage], ["result", {"state": "done", "plan": plan}]]
        monkeypatch.setattr(acted, "start", _playing(acted, says=says))
        page = self.start(client, town).headers["location"]
        answer = client.get(f"{page}/events")
        assert answer.headers["content-type"].startswith("text/event-stream")
        events = re.findall(r"^event: (\w+)$", answer.text, re.MULTILINE)
        assert events[-2:] == ["progress", "end"]
        assert "12.00 EUR" in answer.text and "version=2" in answer.text

    @pytest.mark.parametrize("seconds", ["0", "-1", "many", "1e9"])
    def test_of_no_time_is_refused(self, client, town, seconds):
        assert self.start(client, town, seconds=seconds).status_code == 422

    def test_of_another_project_is_not_shown(self, acted, client, town, site):
        site.store.versions.begin("other", "Other", site.store.drafts.text(town.project), town.made)
        job = acted.start(town.project, "solve", {"then": "sleep"}, "anna")
        assert client.get(f"/projects/{town.project}/jobs/{job.id}").status_code == 200
        assert client.get(f"/projects/other/jobs/{job.id}").status_code == 404

    @pytest.mark.parametrize("state", ["infeasible", "unknown", "failed"])
    def test_without_a_plan_tells_why(self, acted, client, town, state):
        result = ["result", {"state": state, "message": "Because of <this>."}]
        job = acted.start(town.project, "solve", {"says": [result]}, "anna")
        assert eventually(lambda: acted.snapshot(job.id).job.state.ended)
        assert "Because of &lt;this&gt;." in client.get(f"/projects/{town.project}/jobs/{job.id}").text


def _playing(board, **options):
    begin = board.start
    return lambda project, kind, _options, author: begin(project, kind, options, author)


def test_what_is_not_there_is_told_on_a_page(client):
    for path in ("/nowhere", "/projects/nowhere", "/projects/nowhere/versions", "/projects/x/jobs/y"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "<h1>There is no such page</h1>" in answer.text


def test_a_button_pressed_twice_makes_no_second_version(site, town):
    """Every one of many at once finds the project, or the version of the draft, that the first has made."""
    site.store.drafts.save(town.project, "changed", 1)
    new = load_instance(INSTANCES / "starter.yaml")
    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda _: keep_draft(site.store, town.project, "anna"), range(8)))
        begun = list(threads.map(lambda _: import_instance(site.store, new, "anna"), range(8)))
    assert {each.number for each in kept} == {2}
    assert {each.number for each in begun} == {1}


def test_what_cannot_be_read_is_told_in_words(client, town):
    at = f"/projects/{town.project}"
    for path, said in (
        (f"{at}?version=abc", "version: expected a whole number"),
        (f"{at}?version=0", "version: expected 1 or more"),
        (f"{at}?city={'x' * 201}", "city: expected 200 characters at most"),
        (f"{at}/data/../pins?saved=maybe", "saved: expected true or false"),
        (f"{at}/versions/compare?old=1", "new is missing"),
    ):
        answer = client.get(path)
        assert answer.status_code == 422
        assert f">{said}<" in answer.text
    assert client.get(f"/projects/{'x' * 201}").status_code == 404
    assert client.get(f"{at}/versions/{2**31}/files").status_code == 404


def test_text_of_strangers_stays_text(client, site):
    hostile = "<script>alert(1)</script>\"'&"
    document = yaml.safe_load(TOWN.read_text(encoding="utf-8"))
    document["name"] = hostile
    answer = send(client, ("town.yaml", yaml.safe_dump(document).encode()))
    assert answer.status_code == 303
    for path in ("/", "/projects/olszyna-2027-q1", "/projects/olszyna-2027-q1/versions"):
        text = client.get(path).text
        assert "alert(1)" in text and "<script>alert" not in text


def test_nothing_is_inline(client):
    for template in SOURCES.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", text), template


def test_every_form_carries_the_sign():
    for template in SOURCES.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for form in re.findall(r'<form method="post".*?</form>', text, re.DOTALL):
            assert 'name="csrf" value="{{ sign }}"' in form, template
        assert len(re.findall(r"<form\b", text)) == len(re.findall(r'<form method="(?:post|get)"', text)), (
            template
        )


def test_libraries_of_strangers_come_with_their_licences():
    vendored = {path.name for path in (SOURCES / "static/vendor").iterdir()}
    assert vendored == {"htmx.min.js", "LICENSE.htmx", "htmx-sse.min.js", "LICENSE.htmx-sse"}
