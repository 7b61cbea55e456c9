"""Mark somebody absent, and repair the plan."""

import json
import re
import threading

import pytest

from meetsched.service.documents import instance_text, plan_of, plan_text
from meetsched.service.editing import Edit, edited
from meetsched.service.projects import VersionKind
from meetsched.store import JobState
from meetsched.verify import verify
from meetsched.web.jobs.kinds import resolve
from meetsched.web.jobs.messages import Request
from tests.export.examples import example
from tests.web.conftest import eventually
from tests.web.test_meetings import at, planned, send, text_of

__all__ = ["at", "planned"]

AWAY = {"start": "2027-01-19T00:00", "end": "2027-01-20T00:00"}


def job_of(site, answer):
    return site.store.jobs.get(answer.headers["location"].rsplit("/", 1)[-1])


class TestWork:
    @staticmethod
    def done(published=None, **options):
        instance, plan = example("town")
        changed = edited(instance_text(instance), [Edit({"busy": [AWAY]}, "people", "ewa")]).instance
        asked = {"newest": True, "time_limit": 60.0} | options
        request = Request("resolve", instance_text(changed), plan_text(plan), published, asked)
        return changed, plan, resolve.work(request, lambda _: None, threading.Event())

    def test_what_stands_in_the_way_is_changed_and_told(self):
        changed, before, result = self.done()
        plan = plan_of(result.plan)
        assert (result.state, result.version) == (JobState.DONE, VersionKind.REPAIRED)
        assert verify(changed, plan, baseline=before).holds
        assert plan.meeting_by_id["olszyna/tax"].start.day != 19
        said = json.dumps(result.document["sections"])
        assert "What changes in taxes in 2027: moved from Tue 19 January 2027" in said

    def test_what_is_frozen_stays(self):
        _, _, result = self.done(as_of="2027-01-18", freeze_days=7)
        assert (result.state, result.plan, result.document) == (JobState.INFEASIBLE, None, None)

    def test_without_a_published_plan(self):
        with pytest.raises(Exception, match="nothing is published"):
            self.done(newest=False)


class TestPages:
    def test_from_an_absence_to_the_repair(self, client, site, acted, planned, at):
        revision = site.store.drafts.get(planned.project).revision
        typed = {"revision": revision, "first": "2027-01-19", "then": "repair", "why": "secret cure"}
        there = send(client, f"{at}/people/ewa/away", **typed).headers["location"]
        page = client.get(there)
        assert "It goes on from version 2, the newest plan; nothing is published yet" in text_of(page)
        note = re.search(r'name="note" type="text" value="([^"]*)"', page.text)[1]
        assert note == "Ewa Zielińska is absent"
        typed = {"as_of": "2027-01-02", "freeze_days": "3", "max_changes": "2", "note": note}
        job = job_of(site, send(client, f"{at}/repair", **typed, thaw="olszyna/tax"))
        options = json.loads(job.options)
        assert (job.kind, job.base, site.store.versions.get(planned.project, 3).kind) == (
            "resolve",
            3,
            VersionKind.EDITED,
        )
        assert options == {
            "newest": True,
            "as_of": "2027-01-02",
            "freeze_days": 3,
            "thaw": ["olszyna/tax"],
            "max_changes": 2,
            "time_limit": 60.0,
        }

    def test_goes_on_from_what_is_published(self, client, site, acted, planned, at):
        site.store.versions.repeat(planned.project, 2, VersionKind.PUBLISHED, planned.made)
        assert "version 3, which was published last" in text_of(client.get(f"{at}/repair"))
        job = job_of(site, send(client, f"{at}/repair"))
        assert json.loads(job.options)["newest"] is False

    @pytest.mark.parametrize(
        "case",
        [
            ({"as_of": "2027-06-01"}, "lies outside the dates that are planned"),
            ({"as_of": "soon"}, "Soon is no date"),
            ({"freeze_days": "-1"}, "-1 is no number of days"),
            ({"max_changes": "many"}, "Many is no number of changes"),
        ],
    )
    def test_what_makes_no_sense_is_told(self, client, site, planned, at, case):
        typed, said = case
        answer = send(client, f"{at}/repair", **typed)
        assert answer.status_code == 400
        assert said in text_of(answer)
        assert site.store.jobs.of(planned.project) == ()

    def test_without_any_plan(self, client, town):
        path = f"/projects/{town.project}/repair"
        assert "There is no plan yet" in text_of(client.get(path))
        assert send(client, path).status_code == 400

    def test_what_changed_is_shown(self, client, acted, planned, at):
        section = {"heading": "", "blocks": [{"text": "Changed: it", "points": [], "heads": []}]}
        says = [["result", {"state": "done", "document": {"sections": [section]}}]]
        job = acted.start(planned.project, "resolve", {"says": says}, "anna").id
        assert eventually(lambda: acted.snapshot(job).job.state.ended)
        assert "Changed: it" in text_of(client.get(f"{at}/jobs/{job}/resolve"))
        assert client.get(f"{at}/jobs/nothing/resolve").status_code == 404

    def test_a_card_leads_to_the_absence_of_its_people(self, client, at):
        link = f"{at}/people/ewa?first=2027-01-19#add"
        assert link in client.get(f"{at}/versions/2/meetings/olszyna/tax").text
        assert 'name="first" type="date" value="2027-01-19"' in client.get(link).text
