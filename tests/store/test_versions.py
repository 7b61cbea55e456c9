"""Versions are kept as they were added, and whoever changes one is found out."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from meetsched.errors import StaleError, UnknownError
from meetsched.store import DraftMove, FeedKind, JobState, VersionKind, open_store
from meetsched.store.store import Store
from tests.store.conftest import MADE


def add(store: Store, instance: str, plan: str | None = None, **how: object):
    return store.versions.add("town", VersionKind.SOLVED, instance, plan, MADE, **how)


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


class TestVersions:
    def test_are_returned_as_they_were_added(self, store, url):
        added = add(store, "two", "a plan")
        assert (added.number, added.parent, added.kind, added.made) == (2, 1, VersionKind.SOLVED, MADE)
        assert store.versions.get("town", 2) == added
        assert store.versions.text(added.instance_sha256) == "two"
        with open_store(url) as again:
            assert [each.number for each in again.versions.of("town")] == [2, 1]
            assert again.versions.get("town", 2) == added

    def test_have_the_same_text_once(self, store, tmp_path):
        add(store, "one", "a plan")
        add(store, "one", "a plan")
        with closing(sqlite3.connect(tmp_path / "plans.db")) as connection:
            assert connection.execute("SELECT count(*) FROM texts").fetchone() == (2,)

    def test_go_on_from_any_version(self, store):
        add(store, "two")
        assert add(store, "three", parent=1).parent == 1
        with pytest.raises(UnknownError):
            add(store, "four", parent=9)
        with pytest.raises(UnknownError):
            store.versions.add("nowhere", VersionKind.SOLVED, "x", None, MADE)
        assert len(store.versions.of("town")) == 3

    def test_the_newest_of_a_kind(self, store):
        add(store, "two", "a plan")
        add(store, "three")
        assert store.versions.latest("town").number == 3
        assert store.versions.latest("town", with_plan=True).number == 2
        assert store.versions.latest("town", VersionKind.IMPORTED).number == 1
        assert store.versions.latest("town", VersionKind.PUBLISHED) is None

    def test_that_are_published_say_the_same_again(self, store):
        add(store, "two", "a plan")
        assert store.project("town").published is None
        published = store.versions.repeat("town", 2, VersionKind.PUBLISHED, MADE)
        assert (published.number, published.parent) == (3, 2)
        assert published.plan_sha256 == store.versions.get("town", 2).plan_sha256
        assert (store.project("town").head, store.project("town").published) == (3, 3)

    def test_without_a_plan_cannot_be_published(self, store):
        with pytest.raises(Exception, match="published_plan"):
            store.versions.repeat("town", 1, VersionKind.PUBLISHED, MADE)
        assert len(store.versions.of("town")) == 1

    def test_that_are_gone_back_to_become_the_draft(self, store):
        add(store, "two", draft=DraftMove.FOLLOWS)
        assert store.drafts.text("town") == "two"
        back = store.versions.repeat("town", 1, VersionKind.RESTORED, MADE)
        assert (back.number, back.parent) == (3, 2)
        assert (store.drafts.text("town"), store.drafts.get("town").base) == ("one", 3)


class TestFrozen:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE versions SET note = 'another'",
            "UPDATE versions SET kind = 'published' WHERE number = 1",
            "DELETE FROM versions",
            "UPDATE texts SET text = 'another'",
            "DELETE FROM texts",
        ],
    )
    def test_the_database_refuses_changes(self, store, tmp_path, statement):
        with pytest.raises(sqlite3.IntegrityError, match="never changed or deleted"):
            change(tmp_path / "plans.db", statement)
        assert list(store.versions.faults()) == []

    @pytest.mark.parametrize(
        ("statement", "found"),
        [
            ("UPDATE versions SET author = 'eve' WHERE number = 2", ["version 2 of town has been changed"]),
            ("UPDATE versions SET parent = 1 WHERE number = 3", ["version 3 of town has been changed"]),
            ("UPDATE texts SET text = 'x' WHERE text = 'two'", ["the text 3fc4ccfe745870e2c0d99f71f30ff06"]),
            ("DELETE FROM versions WHERE number = 2", ["a version before version 3 of town is missing"]),
        ],
    )
    def test_what_was_changed_all_the_same_is_found(self, store, tmp_path, statement, found):
        add(store, "two")
        add(store, "three")
        change(tmp_path / "plans.db", *_thaw(), statement)
        faults = list(store.versions.faults())
        assert faults[0].startswith(found[0])

    def test_a_hash_made_anew_is_found_by_the_next_one(self, store, tmp_path):
        add(store, "two")
        add(store, "three")
        change(tmp_path / "plans.db", *_thaw(), f"UPDATE versions SET hash = '{'0' * 64}' WHERE number = 2")
        assert [fault for fault in store.versions.faults() if "version 3" in fault]


def _thaw() -> list[str]:
    return [
        f"DROP TRIGGER {table}_no_{verb}" for table in ("texts", "versions") for verb in ("update", "delete")
    ]


class TestDrafts:
    def test_begin_with_the_first_version(self, store):
        assert (store.drafts.text("town"), store.drafts.get("town").base) == ("one", 1)

    def test_are_replaced(self, store):
        saved = store.drafts.save("town", "changed", store.drafts.get("town").revision)
        assert (store.drafts.text("town"), saved.revision) == ("changed", 2)

    def test_that_somebody_else_has_changed_are_not_replaced(self, store):
        seen = store.drafts.get("town").revision
        store.drafts.save("town", "theirs", seen)
        with pytest.raises(StaleError):
            store.drafts.save("town", "mine", seen)
        assert store.drafts.text("town") == "theirs"

    def test_go_on_from_a_new_version_and_keep_their_text(self, store):
        store.drafts.save("town", "changed", 1)
        add(store, "two", "a plan")
        assert (store.drafts.text("town"), store.drafts.get("town").base) == ("changed", 2)
        add(store, "three", draft=DraftMove.STAYS)
        assert store.drafts.get("town").base == 2

    def test_of_no_project(self, store):
        for ask in (store.drafts.get, store.drafts.text, lambda name: store.drafts.save(name, "x", 1)):
            with pytest.raises(UnknownError):
                ask("nowhere")


class TestFeeds:
    def test_are_found_by_their_secret_until_revoked(self, store):
        feed = store.feeds.add("town", FeedKind.PERSON, "anna")
        other = store.feeds.add("town", FeedKind.PERSON, "anna")
        assert len(feed.token) >= 43 and feed.token != other.token
        assert store.feeds.get(feed.token) == feed
        store.feeds.revoke(feed.token)
        with pytest.raises(UnknownError):
            store.feeds.get(feed.token)
        with pytest.raises(UnknownError):
            store.feeds.revoke(feed.token)
        assert [each.revoked is None for each in store.feeds.of("town")] == [False, True]


class TestJobs:
    def test_go_their_way(self, store):
        job = store.jobs.add("town", "solve", "{}", 1)
        assert (job.state, store.jobs.get(job.id)) == (JobState.QUEUED, job)
        store.jobs.start(job.id)
        assert store.jobs.get(job.id).state is JobState.RUNNING
        store.jobs.end(job.id, JobState.DONE, result=1, document="{}", message="m")
        ended = store.jobs.get(job.id)
        assert (ended.state, ended.result, ended.document, ended.message) == (JobState.DONE, 1, "{}", "m")
        assert ended.started <= ended.ended
        store.jobs.end(job.id, JobState.FAILED)
        assert store.jobs.get(job.id) == ended

    def test_of_a_server_that_has_gone_have_failed(self, store):
        queued, running, done = (store.jobs.add("town", "solve", "{}", 1) for _ in range(3))
        store.jobs.start(running.id)
        store.jobs.end(done.id, JobState.DONE)
        store.jobs.abandon("gone")
        states = {job.id: (job.state, job.message) for job in store.jobs.of("town")}
        assert states[queued.id] == states[running.id] == (JobState.FAILED, "gone")
        assert states[done.id] == (JobState.DONE, "")


def test_a_secret_stays_the_same(store, url):
    secret = store.secret("forms")
    assert len(secret) == 64
    with open_store(url) as again:
        assert again.secret("forms") == secret != again.secret("others")


def test_projects_are_listed_the_last_changed_first(store):
    store.versions.begin("region", "The region", "r", MADE)
    assert [each.id for each in store.projects()] == ["region", "town"]
    add(store, "two")
    assert [each.id for each in store.projects()] == ["town", "region"]
    with pytest.raises(UnknownError):
        store.project("nowhere")
