"""What searches have found: ways out applied, plans taken, and the pages that show them."""

import json
from datetime import date, timedelta

import pytest

from meetsched.domain.calendar import Interval
from meetsched.domain.entities import InstitutionType
from meetsched.domain.explanation import Conflict, Demand, Explanation, Fix
from meetsched.domain.ways_out import FEWER, MORE, Change, Lever
from meetsched.rules import Rule, Tier
from meetsched.service.documents import loaded_of, plan_of, plan_text
from meetsched.service.easing import write_changes
from meetsched.service.findings import changes_of, explained
from meetsched.service.projects import VersionKind
from meetsched.store import JobState
from tests.export.examples import example
from tests.web.conftest import eventually, sign

INSTANCE, PLAN = example("town")
CITY, TOPIC = INSTANCE.cities[0].id, INSTANCE.topics[0].id


def change(key, *subject, steps=1):
    return Change(Lever(str(key), subject), steps)


def fix(*changes):
    objective = {tier.name: tier.value for tier in PLAN.tiers}
    return Fix(changes, 3, PLAN, objective)


def explanation(*fixes):
    demand = Demand(Rule.BUDGET, (CITY,))
    conflict = Conflict((demand,), (demand,))
    return Explanation(False, conflicts=(conflict,), all_conflicts=True, fixes=fixes, ranked=len(fixes))


def kept(site, town, kind, document):
    """Keep a job with what came of it; the plans in it are of the version as it is kept."""
    job = site.store.jobs.add(town.project, kind, "{}", town.number)
    site.store.jobs.end(job.id, JobState.DONE, document=json.dumps(document))
    return f"/projects/{town.project}/jobs/{job.id}"


class TestChangesAreWritten:
    @pytest.mark.parametrize(
        "wanted", [change(Rule.BUDGET, CITY, steps=2), change(Rule.TOPIC_REQUIRED, TOPIC)]
    )
    def test_that_are_values_as_they_are(self, wanted):
        written = write_changes(INSTANCE, [wanted], PLAN)
        assert (written.missing, written.remarks) == ((), ())
        city, topic = written.instance.city_by_id[CITY], written.instance.topic_by_id[TOPIC]
        if wanted.lever.key == Rule.BUDGET:
            assert city.budget == INSTANCE.city_by_id[CITY].budget + 2000
        else:
            assert not topic.required

    def test_of_a_day_take_it_out_of_longer_absences(self):
        person = INSTANCE.people[0]
        meeting = next(each for each in PLAN.meetings if person.id in {one.person for one in each.people})
        day = meeting.start.astimezone(INSTANCE.zone).date()
        busy = {"start": f"{day - timedelta(days=2)}T00:00", "end": f"{day + timedelta(days=2)}T12:00"}
        away = person.model_copy(update={"busy": (Interval.model_validate(busy),)})
        instance = INSTANCE.replaced(people=(away, *INSTANCE.people[1:]))
        assert write_changes(instance, [], PLAN).missing
        written = write_changes(instance, [change(Rule.PERSON_AVAILABLE, person.id, str(day))], PLAN)
        assert written.missing == ()
        left = written.instance.person_by_id[person.id].busy
        assert [(str(each.start.date()), str(each.end.date())) for each in left] == [
            (str(day - timedelta(days=2)), str(day)),
            (str(day + timedelta(days=1)), str(day + timedelta(days=2))),
        ]

    @pytest.mark.parametrize("key", [MORE, FEWER, Rule.CADENCE_OPEN])
    def test_of_a_month_hold_for_all_and_that_is_told(self, key):
        written = write_changes(INSTANCE, [change(key, CITY, "2027-02")], PLAN)
        assert "every month" in " ".join(written.remarks)
        assert written.instance.cities != INSTANCE.cities or key != MORE

    def test_of_one_meeting_hold_for_all_and_that_is_told(self):
        kind = InstitutionType.UNIVERSITY
        wanted = change(Rule.COVERAGE_MEETING, CITY, TOPIC, kind.value)
        assert "no meeting of the city" in " ".join(write_changes(INSTANCE, [wanted], PLAN).remarks)

    def test_that_are_not_enough_are_told(self):
        late = PLAN.meetings[0].start + timedelta(days=400)
        meeting = PLAN.meetings[0].model_copy(update={"start": late, "end": late + timedelta(hours=1)})
        broken = PLAN.model_copy(update={"meetings": (meeting, *PLAN.meetings[1:])})
        assert write_changes(INSTANCE, [change(Rule.BUDGET, CITY)], broken).missing


class TestExplanation:
    @pytest.fixture
    def page(self, site, town):
        found = explanation(fix(change(Rule.BUDGET, CITY)), fix(change(MORE, CITY, "2027-02")))
        return kept(site, town, "explain", explained(loaded_of(_text(site, town)).instance, found))

    def test_is_kept_and_read_again(self):
        wanted = (change(Rule.BUDGET, CITY, steps=2), change(FEWER, CITY, "2027-02"))
        document = json.loads(json.dumps(explained(INSTANCE, explanation(fix(*wanted)))))
        assert changes_of(document["fixes"][0]) == wanted
        assert plan_of(document["plans"][0]) == PLAN

    def test_is_shown_in_words(self, client, page):
        text = client.get(f"{page}/explain").text
        assert "What cannot be held together" in text and "more budget" in text
        assert "every month" in text and text.count("Apply this, and plan") == 2
        assert client.get(f"{page}/plans/2").status_code == 200
        assert client.get(f"{page}/plans/3").status_code == client.get(f"{page}/curve").status_code == 404

    def test_is_applied_to_the_draft_and_planned(self, acted, client, site, town, page):
        before = loaded_of(_text(site, town)).instance.cities[0].budget
        answer = client.post(f"{page}/ways/1/apply", data={"csrf": sign(client)})
        assert answer.status_code == 303 and "/jobs/" in answer.headers["location"]
        assert loaded_of(site.store.drafts.text(town.project)).instance.cities[0].budget == before + 1000
        newest = site.store.versions.latest(town.project)
        assert (newest.kind, newest.instance_sha256) == (
            VersionKind.EDITED,
            site.store.drafts.get(town.project).instance_sha256,
        )
        again = client.post(f"{page}/ways/2/apply", data={"csrf": sign(client)})
        assert again.status_code == 409
        assert "has been changed since" in client.get(f"{page}/explain").text

    def test_is_asked_for_where_there_is_no_plan(self, acted, client, town):
        result = ["result", {"state": "infeasible", "message": "There is none."}]
        job = acted.start(town.project, "solve", {"says": [result], "time_limit": 7}, "anna")
        assert eventually(lambda: acted.snapshot(job.id).job.state.ended)
        here = f"/projects/{town.project}/jobs/{job.id}"
        assert "Find out why" in client.get(here).text
        answer = client.post(f"{here}/explain", data={"csrf": sign(client)})
        started = acted.snapshot(answer.headers["location"].rsplit("/", 1)[1]).job
        assert (started.kind, started.base) == ("explain", job.base)

    def test_of_another_project_is_not_shown(self, client, site, town, page):
        site.store.versions.begin("other", "Other", _text(site, town), town.made)
        assert client.get(page.replace(town.project, "other") + "/explain").status_code == 404


class TestPlansFound:
    @pytest.fixture
    def page(self, site, town):
        plan = plan_text(PLAN)
        document = {"lead": "", "results": ["proven best"], "figures": [], "meetings": [], "exhausted": False}
        return kept(site, town, "alternatives", {**document, "plans": [plan]})

    def test_are_shown_and_taken(self, client, site, town, page):
        assert "Take plan 1" in client.get(f"{page}/alternatives").text
        assert PLAN.meetings[0].title in client.get(f"{page}/plans/1").text
        answer = client.post(f"{page}/plans/1/take", data={"csrf": sign(client)})
        version = site.store.versions.latest(town.project)
        assert answer.headers["location"].endswith(f"?version={version.number}")
        assert (version.kind, version.parent) == (VersionKind.CHOSEN, 1)
        assert site.store.versions.text(version.plan_sha256) == plan_text(PLAN)

    def test_that_need_other_data_are_not_taken(self, client, site, town):
        late = PLAN.meetings[0].start + timedelta(days=400)
        meeting = PLAN.meetings[0].model_copy(update={"start": late, "end": late + timedelta(hours=1)})
        broken = PLAN.model_copy(update={"meetings": (meeting, *PLAN.meetings[1:])})
        page = kept(site, town, "alternatives", {"plans": [plan_text(broken)]})
        answer = client.post(f"{page}/plans/1/take", data={"csrf": sign(client)})
        assert answer.status_code == 400 and len(site.store.versions.of(town.project)) == 1


class TestQuestions:
    @pytest.mark.parametrize("kind", ["explain", "alternatives", "curve", "resilience", "sharing"])
    def test_begin_jobs(self, acted, client, town, kind):
        page = f"/projects/{town.project}/choices"
        answer = client.post(f"{page}/{kind}", data={"csrf": sign(client), "seconds": "7"})
        job = acted.snapshot(answer.headers["location"].rsplit("/", 1)[1]).job
        assert (job.kind, json.loads(job.options)["time_limit"]) == (kind, 7.0)

    def test_about_changes_need_something_published(self, acted, client, site, town):
        page = f"/projects/{town.project}/choices"
        data = {"csrf": sign(client), "as_of": "2027-01-20"}
        assert client.post(f"{page}/changes", data=data).status_code == 400
        text = _text(site, town)
        site.store.versions.add(town.project, VersionKind.PUBLISHED, text, plan_text(PLAN), town.made)
        answer = client.post(f"{page}/changes", data=data)
        job = acted.snapshot(answer.headers["location"].rsplit("/", 1)[1]).job
        assert json.loads(job.options)["as_of"] == str(date(2027, 1, 20))
        assert client.post(f"{page}/changes", data={**data, "as_of": "soon"}).status_code == 400

    def test_that_were_answered_are_listed(self, client, site, town):
        here = kept(site, town, "curve", {"plans": []})
        assert f'href="{here}/curve"' in client.get(f"/projects/{town.project}/choices").text


def _text(site, town):
    return site.store.versions.text(town.instance_sha256)


def test_every_figure_of_a_way_out_is_told():
    document = explained(INSTANCE, explanation(fix(change(Rule.BUDGET, CITY))))
    values = {tier.name: tier.value for tier in PLAN.tiers}
    assert str(values[Tier.POINTS]) in document["fixes"][0]["cells"]
    assert document["fixes"][0]["price"] == "3 points"
