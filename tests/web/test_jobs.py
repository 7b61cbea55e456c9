"""Jobs: begun, watched, stopped, failed, and ended with their server."""

import asyncio
import json

import pytest

from meetsched.errors import StoreError, UnknownError
from meetsched.service.projects import VersionKind
from meetsched.store import JobState
from meetsched.web.jobs.board import SERVER_STOPPED, JobBoard
from tests.web.conftest import eventually

STAGE = {"tier": "points", "city": None, "value": 3, "bound": 5, "seconds": 0.5}
DONE = ["result", {"state": "done"}]


def start(board, town, **options):
    return board.start(town.project, "solve", options, "anna").id


def state(board, job):
    return board.snapshot(job).job.state


def ended(board, job):
    assert eventually(lambda: state(board, job).ended)
    return board.snapshot(job).job


def running(board, job):
    return eventually(lambda: state(board, job) is JobState.RUNNING)


def test_a_job_is_given_the_draft_as_a_version_and_both_plans(acted, site, town):
    plan = '{"a": "plan"}'
    text = site.store.versions.text(town.instance_sha256)
    site.store.versions.add(town.project, VersionKind.SOLVED, text, plan, town.made)
    site.store.versions.repeat(town.project, 2, VersionKind.PUBLISHED, town.made)
    request = json.loads(ended(acted, start(acted, town, then="echo")).document)
    assert (request["kind"], request["instance"]) == ("solve", text)
    assert request["plan"] == request["published"] == plan


def test_a_changed_draft_is_kept_before_it_is_planned(acted, site, town):
    site.store.drafts.save(town.project, "changed", 1)
    job = ended(acted, start(acted, town, then="echo"))
    assert (job.base, site.store.versions.get(town.project, 2).kind) == (2, VersionKind.EDITED)
    assert json.loads(job.document)["instance"] == "changed"
    assert ended(acted, start(acted, town, then="echo")).base == 2


def test_a_job_may_be_about_any_version(acted, site, town):
    text = site.store.versions.text(town.instance_sha256)
    site.store.versions.add(town.project, VersionKind.SOLVED, text, "{}", town.made)
    site.store.versions.add(town.project, VersionKind.SOLVED, "another", "[]", town.made)
    job = acted.start(town.project, "solve", {"then": "echo"}, "anna", version=2).id
    request = json.loads(ended(acted, job).document)
    assert (request["instance"], request["plan"]) == (text, "{}")
    with pytest.raises(UnknownError):
        acted.start(town.project, "solve", {}, "anna", version=9)


def test_an_edited_draft_goes_on_from_the_nearest_plan(acted, site, town):
    text = site.store.versions.text(town.instance_sha256)
    site.store.versions.add(town.project, VersionKind.SOLVED, text, "{}", town.made)
    site.store.drafts.save(town.project, "changed", 1)
    job = ended(acted, start(acted, town, then="echo"))
    request = json.loads(job.document)
    assert (job.base, request["instance"], request["plan"]) == (3, "changed", "{}")


def test_a_version_says_what_was_asked_for(acted, site, town):
    result = ["result", {"state": "done", "plan": "{}", "version": "moved"}]
    job = acted.start(town.project, "solve", {"says": [result]}, "anna", note="a move").id
    assert site.store.versions.get(town.project, ended(acted, job).result).made.note == "a move"


def test_a_plan_becomes_a_version(acted, site, town):
    result = ["result", {"state": "done", "plan": "{}", "version": "repaired"}]
    job = ended(acted, start(acted, town, says=[result]))
    version = site.store.versions.get(town.project, job.result)
    assert (job.state, version.kind, version.parent) == (JobState.DONE, VersionKind.REPAIRED, job.base)
    assert (version.made.author, site.store.drafts.get(town.project).base) == ("anna", version.number)


def test_news_are_kept_one_for_each_stage(acted, town):
    says = [["stage", STAGE], ["stage", {**STAGE, "value": 4}], ["note", {"text": "soon"}]]
    job = start(acted, town, says=says, then="wait for stop")
    assert eventually(lambda: acted.snapshot(job).note == "soon")
    (stage,) = acted.snapshot(job).stages
    assert (stage.value, stage.bound) == (4, 5)


def test_a_job_that_is_asked_to_stop_ends_by_itself(acted, town):
    job = start(acted, town, then="wait for stop")
    assert running(acted, job)
    acted.stop(job)
    assert ended(acted, job).state is JobState.STOPPED
    assert acted.stop(job).job.state is JobState.STOPPED


def test_one_job_waits_for_the_other_and_may_be_stopped_meanwhile(acted, town):
    first = start(acted, town, then="wait for stop")
    second = start(acted, town, says=[DONE])
    third = start(acted, town, says=[DONE])
    assert running(acted, first)
    assert state(acted, second) is JobState.QUEUED
    assert acted.stop(second).job.state is JobState.STOPPED
    acted.stop(first)
    assert ended(acted, third).state is JobState.DONE
    assert state(acted, second) is JobState.STOPPED


@pytest.mark.parametrize(
    "options", [{"then": "die"}, {"says": []}, {"says": ["nonsense"]}, {"says": [["odd", {}]]}]
)
def test_a_process_that_breaks_down_is_told(acted, town, options):
    job = ended(acted, start(acted, town, **options))
    assert (job.state, job.result) == (JobState.FAILED, None)
    assert job.message
    assert ended(acted, start(acted, town, says=[DONE])).state is JobState.DONE


@pytest.mark.parametrize("what", ["start", "end"])
def test_a_job_whose_end_cannot_be_kept_has_failed(acted, site, town, monkeypatch, what):
    """As on a full disk: whoever waits is told, and the next job has its turn."""

    def full(*_args: object, **_more: object) -> None:
        raise StoreError("the disk is full")

    first = start(acted, town, then="wait for stop")
    assert running(acted, first)
    waiting = start(acted, town, says=[DONE])
    with monkeypatch.context() as patched:
        patched.setattr(site.store.jobs, "end", full)
        patched.setattr(site.store.jobs, what, full)
        acted.stop(first)
        for job in (first, waiting):
            told = ended(acted, job)
            assert (told.state, told.message) == (JobState.FAILED, "the disk is full")
    assert ended(acted, start(acted, town, says=[DONE])).state is JobState.DONE


def test_jobs_end_with_their_server(acted, site, town):
    working, waiting = (start(acted, town, then="sleep") for _ in range(2))
    assert eventually(lambda: acted._live[working].process is not None)
    process = acted._live[working].process
    acted.close()
    assert process.poll() is not None
    for job in (working, waiting):
        kept = site.store.jobs.get(job)
        assert (kept.state, kept.message) == (JobState.FAILED, SERVER_STOPPED)


def test_jobs_of_a_server_that_was_killed_have_failed(acted, site, town):
    job = site.store.jobs.add(town.project, "solve", "{}", 1)
    site.store.jobs.start(job.id)
    later = JobBoard(site.store)
    assert later.snapshot(job.id).job.state is JobState.FAILED
    later.close()


def test_whoever_watches_hears_the_end(acted, town):
    async def watch(job):
        seen = [each async for each in acted.watch(job) if each is not None]
        return [each.job.state for each in seen]

    async def play():
        job = start(acted, town, says=[["stage", STAGE]], then="wait for stop")
        watching = asyncio.create_task(watch(job))
        while state(acted, job) is not JobState.RUNNING:
            await asyncio.sleep(0.01)
        acted.stop(job)
        return await asyncio.wait_for(watching, 60)

    states = asyncio.run(play())
    assert states[-1] is JobState.STOPPED
    assert len(states) >= 2


def test_whoever_watches_is_let_go_when_the_server_ends(acted, town):
    async def play():
        job = start(acted, town, then="sleep")
        watching = asyncio.create_task(_all(acted.watch(job)))
        while state(acted, job) is not JobState.RUNNING:
            await asyncio.sleep(0.01)
        acted.hang_up()
        return await asyncio.wait_for(watching, 60)

    assert asyncio.run(play())


async def _all(each):
    return [one async for one in each]


def test_of_no_job(acted, town):
    for ask in (acted.snapshot, acted.stop):
        with pytest.raises(UnknownError):
            ask("nothing")
    with pytest.raises(UnknownError):
        acted.start("nowhere", "solve", {}, "anna")


class TestRealWork:
    """The process that plans, as it is."""

    def test_plans(self, site, town):
        job = start(site.board, town, time_limit=60.0, workers=1)
        end = ended(site.board, job)
        assert end.state is JobState.DONE, end.message
        assert all(stage.proven for stage in site.board.snapshot(job).stages)
        assert site.store.versions.get(town.project, end.result).kind is VersionKind.SOLVED

    def test_of_an_unknown_kind_fails(self, site, town):
        job = ended(site.board, site.board.start(town.project, "nonsense", {}, "anna").id)
        assert job.state is JobState.FAILED
        assert "nonsense" in job.message
