"""The quarter, a meeting's card, questions about it, and moves."""

import html
import json
import re
import threading

import pytest

from meetsched.domain.plan import Plan
from meetsched.service.documents import instance_text, plan_of, plan_text
from meetsched.service.projects import VersionKind, made_by
from meetsched.store import JobState
from meetsched.verify import verify
from meetsched.web.jobs.kinds import why
from meetsched.web.jobs.messages import Request
from tests.export.examples import example
from tests.web.conftest import eventually, sign


@pytest.fixture
def planned(site, town):
    """The second version of the town, with its plan."""
    plan = example("town")[1]
    text = site.store.versions.text(town.instance_sha256)
    return site.store.versions.add(
        town.project, VersionKind.SOLVED, text, plan_text(plan), made_by("anna"), parent=1
    )


@pytest.fixture
def at(planned):
    return f"/projects/{planned.project}"


@pytest.fixture
def tax(at):
    """The path of the meeting on taxes."""
    return f"{at}/versions/2/meetings/olszyna/tax"


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.text)
    return " ".join(html.unescape(plain).split())


def send(client, path, **values):
    return client.post(path, data={"csrf": sign(client), **values})


class TestQuarter:
    def test_shows_all_meetings_in_a_list_and_a_calendar(self, client, at, tax):
        page = client.get(at).text
        assert page.count(f'href="{tax}"') == 2
        assert f'data-move="{tax}/move"' in page
        assert "4 meetings" in text_of(client.get(at))

    @pytest.mark.parametrize(
        ("chosen", "said", "number"),
        [
            ("city=olszyna", "The quarter of Olszyna", 4),
            ("venue=linden", "The quarter in The Linden Tree", 1),
            ("person=ola", "The quarter with Ola Kamińska", 1),
            ("venue=linden&person=marek", "in The Linden Tree with Marek Duda", 0),
        ],
    )
    def test_shows_whose_meetings_were_chosen(self, client, at, chosen, said, number):
        page = client.get(f"{at}?{chosen}")
        assert said in text_of(page)
        assert len(re.findall(r'<tr id="meeting-', page.text)) == number

    def test_leads_to_what_is_not_held(self, client, at):
        link = f'href="{at}/versions/2/meetings/olszyna/owners"'
        assert link in client.get(at).text
        assert link not in client.get(f"{at}?venue=linden").text
        assert "1 meeting that could be held and is not" in text_of(client.get(at))

    def test_tells_no_reason_of_anything(self, client, at, tax):
        assert "secret leave" not in client.get(at).text + client.get(tax).text


class TestCard:
    def test_tells_when_where_who_and_what_it_costs(self, client, tax):
        page = text_of(client.get(tax))
        for part in (
            "What changes in taxes in 2027",
            "Tue 19 January 2027, 17:30–19:30",
            "Library, reading room",
            "Ewa Zielińska",
            "Zofia Kłos",
            "Net cost",
        ):
            assert part in page

    def test_of_one_that_is_not_held(self, client, at):
        page = text_of(client.get(f"{at}/versions/2/meetings/olszyna/owners"))
        assert "Version 2 does not hold it" in page
        assert client.get(f"{at}/versions/2/meetings/olszyna/nothing").status_code == 404
        assert client.get(f"{at}/versions/2/meetings/nowhere/tax").status_code == 404

    def test_of_a_version_without_a_plan_has_no_questions(self, client, at):
        page = client.get(f"{at}/versions/1/meetings/olszyna/tax")
        assert "Why not otherwise" not in page.text
        assert send(client, f"{at}/versions/1/meetings/olszyna/tax/why").status_code == 400


class TestQuestions:
    """The kind of work `why`, and the pages around it."""

    @staticmethod
    def done(**asked):
        instance, plan = example("town")
        options = {"asked": {"city": "olszyna", "topic": "tax"} | asked, "time_limit": 60.0}
        request = Request("why", instance_text(instance), plan_text(plan), None, options)
        return why.work(request, lambda _: None, threading.Event())

    def test_why_it_is_so(self):
        result = self.done()
        assert (result.state, result.document["plans"]) == (JobState.DONE, [])
        said = json.dumps(result.document["sections"])
        assert "With somebody else, one for one" in said
        assert "Without it" in said

    def test_why_not_what_is_forbidden(self):
        result = self.done(date="2027-02-03")
        said = json.dumps(result.document["sections"])
        assert "It is proven that this cannot be" in said
        assert (result.state, result.document["plans"]) == (JobState.DONE, [])

    def test_why_not_what_is_possible(self):
        instance, before = example("town")
        result = self.done(venue="lab")
        assert "It can be" in result.document["sections"][0]["blocks"][0]["text"]
        plan = plan_of(result.document["plans"][0])
        assert plan.meeting_by_id["olszyna/tax"].venue == "lab"
        assert verify(instance, plan, baseline=before).holds
        assert result.document["ways"][0] == "nearest"
        assert not plan.judged
        assert plan.pins == ()

    def test_an_answer_is_shown_and_taken(self, client, site, acted, planned, tax):
        _, plan = example("town")
        section = {"heading": "A heading", "blocks": [block(text="<b>said</b>"), block(points=["a point"])]}
        document = {
            "asked": {"city": "olszyna", "topic": "tax", "venue": "lab"},
            "sections": [section],
            "ways": ["nearest"],
            "plans": [plan_text(plan)],
        }
        said = [["result", {"state": "done", "document": document}]]
        options = {"asked": document["asked"], "says": said}
        job = acted.start(planned.project, "why", options, "anna", version=2).id
        assert eventually(lambda: acted.snapshot(job).job.state.ended)
        page = client.get(f"/projects/{planned.project}/jobs/{job}/why")
        assert "&lt;b&gt;said&lt;/b&gt;" in page.text
        assert "Why not What changes in taxes in 2027 in Technical School" in text_of(page)
        assert f"/jobs/{job}/why" in client.get(tax).text
        assert "Look at what came of it" in client.get(f"/projects/{planned.project}/jobs/{job}").text
        taken = send(client, f"/projects/{planned.project}/jobs/{job}/take", number=1)
        assert taken.headers["location"].endswith("?version=3")
        version = site.store.versions.get(planned.project, 3)
        assert (version.kind, version.parent) == (VersionKind.MOVED, 2)
        assert "in Technical School" in version.made.note
        assert send(client, f"/projects/{planned.project}/jobs/{job}/take", number=2).status_code == 404

    def test_no_answer_is_none(self, client, at, acted, planned):
        job = acted.start(
            planned.project, "why", {"asked": {}, "then": "wait for stop"}, "anna", version=2
        ).id
        assert client.get(f"{at}/jobs/{job}/why").status_code == 404
        assert client.get(f"{at}/jobs/nothing/why").status_code == 404

    def test_what_is_no_question(self, client, tax):
        assert send(client, f"{tax}/why", date="soon").status_code == 400
        assert send(client, f"{tax}/why", start="late").status_code == 400

    def test_is_asked_of_the_version_that_is_shown(self, client, site, acted, planned, tax):
        there = send(client, f"{tax}/why", venue="lab", person="ewa", role="expert", seconds="5")
        job = site.store.jobs.get(there.headers["location"].rsplit("/", 1)[-1])
        options = json.loads(job.options)
        assert (job.base, options["time_limit"], options["moving"]) == (2, 5.0, False)
        assert options["asked"]["people"] == [{"person": "ewa", "role": "expert"}]


def block(**parts):
    return {"text": "", "points": [], "heads": [], "rows": [], "figures": []} | parts


class TestMoves:
    def test_the_page_marks_where_it_could_go(self, client, tax):
        page = client.get(f"{tax}/move").text
        rooms = dict(re.findall(r'data-date="([^"]+)" data-room="([^"]+)"', page))
        assert rooms["2027-01-19"] == "here"
        assert rooms["2027-01-12"] == "free"
        assert rooms["2027-02-17"] == "none"
        assert client.get(f"{tax}/move/days").json()["2027-01-12"] == "free"
        assert "outside the topic&#39;s dates" in page

    def test_a_place_that_breaks_nothing_is_taken_at_once(self, client, site, planned, tax):
        page = client.get(f"{tax}/move?date=2027-01-12")
        assert "It can be there with the same people, and nothing else has to change" in text_of(page)
        there = {"date": "2027-01-12", "start": "17:30", "venue": "library"}
        taken = send(client, f"{tax}/move", **there)
        assert taken.headers["location"].endswith("?version=3")
        version = site.store.versions.get(planned.project, 3)
        assert (version.kind, version.parent) == (VersionKind.MOVED, 2)
        assert "Tue 12 January 2027, 17:30" in version.made.note
        instance, before = example("town")
        plan = Plan.model_validate_json(site.store.versions.text(version.plan_sha256))
        assert verify(instance, plan, baseline=before).holds
        moved, old = (each.meeting_by_id["olszyna/tax"] for each in (plan, before))
        assert (moved.start.day, moved.people, moved.sequence) == (12, old.people, old.sequence + 1)
        assert plan.repair.baseline_sha256 == planned.plan_sha256
        assert not plan.judged

    def test_a_place_that_breaks_a_rule_is_not_taken_and_told_why(self, client, site, planned, tax):
        page = client.get(f"{tax}/move?date=2027-01-12&start=17:30&venue=lab")
        assert "It cannot just be moved there" in text_of(page)
        assert "Zofia Kłos" in text_of(page)
        assert "Find the best plan with it there" in text_of(page)
        there = {"date": "2027-01-12", "start": "17:30", "venue": "lab"}
        answer = send(client, f"{tax}/move", **there)
        assert answer.status_code == 400
        assert "Zofia Kłos" in text_of(answer)
        assert site.store.project(planned.project).head == 2

    def test_other_plans_are_asked_for(self, client, site, acted, planned, tax):
        there = {"date": "2027-01-12", "start": "17:30", "venue": "lab", "seconds": "30"}
        started = send(client, f"{tax}/move/plan", **there)
        job = site.store.jobs.get(started.headers["location"].rsplit("/", 1)[-1])
        options = json.loads(job.options)
        assert (job.kind, job.base, options["moving"], options["time_limit"]) == ("why", 2, True, 30.0)
        assert options["asked"]["venue"] == "lab"

    def test_a_date_off_the_calendar(self, client, tax):
        page = client.get(f"{tax}/move?date=2027-06-01")
        assert page.status_code == 200
        assert "It cannot just be moved there" in text_of(page)
        assert "No plan can have it there" in text_of(page)
        assert "Find the best plan" not in text_of(page)
        assert client.get(f"{tax}/move?date=soon").status_code == 422
        for far in ("0001-01-01", "9999-12-31"):
            assert client.get(f"{tax}/move?date={far}").status_code == 404
            for form in ("move", "move/plan"):
                assert send(client, f"{tax}/{form}", date=far, start="23:59").status_code == 404
        assert client.get(f"{tax}/move?date=2027-01-12&start=late").status_code == 404
        assert client.get(f"{tax}/move?date=2027-01-12&venue=nowhere").status_code == 404
        assert send(client, f"{tax}/move", date="").status_code == 400

    def test_of_what_is_not_held(self, client, at):
        assert client.get(f"{at}/versions/2/meetings/olszyna/owners/move").status_code == 404
        assert client.get(f"{at}/versions/1/meetings/olszyna/tax/move").status_code == 404

    def test_pins_of_the_plan_on_the_meeting_are_lifted(self, client, site, planned, tax):
        _, plan = example("town")
        pin = {"city": "olszyna", "topic": "tax", "date": "2027-01-19"}
        pinned = Plan.model_validate(plan.document() | {"pins": [pin]})
        text = site.store.versions.text(planned.instance_sha256)
        made = made_by("anna")
        site.store.versions.add(planned.project, VersionKind.REPAIRED, text, plan_text(pinned), made)
        page = client.get(tax.replace("/2/", "/3/") + "/move?date=2027-01-12")
        assert "nothing else has to change" in text_of(page)


def test_a_move_from_the_form_to_the_version(client, site, planned, tax):
    """End to end, with a process that works."""
    there = {"date": "2027-01-12", "start": "17:30", "venue": "lab", "seconds": "60"}
    path = send(client, f"{tax}/move/plan", **there).headers["location"]
    job = path.rsplit("/", 1)[-1]
    assert eventually(lambda: site.store.jobs.get(job).state.ended, 120)
    assert site.store.jobs.get(job).state is JobState.DONE
    assert "It can be" in text_of(client.get(f"{path}/why"))
    taken = send(client, f"{path}/take", number=1).headers["location"]
    assert "Technical School, computer room" in text_of(client.get(taken))
    plan = plan_of(site.store.versions.text(site.store.versions.get(planned.project, 3).plan_sha256))
    assert plan.meeting_by_id["olszyna/tax"].venue == "lab"
