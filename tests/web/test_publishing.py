"""Versions published, and the calendars that people have subscribed to."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from icalendar import Calendar

from meetsched.export.calendar import FeedFor, feed_files
from meetsched.service.documents import plan_text
from meetsched.service.downloads import PLAN_FILES
from meetsched.service.projects import VersionKind, edition
from meetsched.service.releasing import gone_on
from meetsched.store import FeedKind
from tests.cli.conftest import TOWN_PLAN
from tests.export.examples import example
from tests.web.conftest import sign

INSTANCE, PLAN = example("town")


def keep(site, town, plan=PLAN):
    text = site.store.versions.text(town.instance_sha256)
    return site.store.versions.add(town.project, VersionKind.SOLVED, text, plan_text(plan), town.made)


def publish(client, town, number, note=""):
    page = f"/projects/{town.project}/publish"
    return client.post(page, data={"csrf": sign(client), "version": str(number), "note": note})


def published(site, town):
    return edition(site.store, site.store.versions.latest(town.project, VersionKind.PUBLISHED))


def renamed(plan, place, **changes):
    """Return the plan with another edition of one meeting, which breaks no rule."""
    meetings = list(plan.meetings)
    meetings[place] = meetings[place].model_copy(update=changes)
    return plan.model_copy(update={"meetings": tuple(meetings)})


class TestPublishing:
    def test_freezes_the_version(self, client, site, town):
        keep(site, town)
        answer = publish(client, town, 2, "after the\nvote")
        assert answer.status_code == 303
        version = published(site, town).version
        assert (version.parent, version.made.note) == (2, "after the vote")
        assert version.plan_sha256 == site.store.versions.get(town.project, 2).plan_sha256
        text = client.get(answer.headers["location"]).text
        assert "Version 3 is published" in text and "after the vote" in text

    def test_tells_what_it_changes_for_people(self, client, site, town):
        keep(site, town)
        page = f"/projects/{town.project}/publish"
        assert f"all {len(PLAN.meetings)} meetings are new" in client.get(page).text
        publish(client, town, 2)
        keep(site, town, PLAN.model_copy(update={"meetings": PLAN.meetings[1:]}))
        assert f"Dropped: Olszyna: {PLAN.meetings[0].title}" in client.get(page).text

    def test_of_a_plan_that_breaks_a_rule_is_refused_with_the_reasons(self, client, site, town):
        late = PLAN.meetings[0].start + timedelta(days=400)
        keep(site, town, renamed(PLAN, 0, start=late, end=late + timedelta(hours=2)))
        answer = publish(client, town, 2)
        assert answer.status_code == 422
        assert "Not published" in answer.text and PLAN.meetings[0].title in answer.text
        assert site.store.versions.latest(town.project, VersionKind.PUBLISHED) is None

    def test_of_nothing_or_of_the_same_again_is_refused(self, client, site, town):
        keep(site, town)
        assert publish(client, town, 1).status_code == 400
        assert publish(client, town, 9).status_code == 404
        publish(client, town, 2)
        assert publish(client, town, 3).status_code == 400
        assert len(site.store.versions.of(town.project)) == 3

    def test_without_the_sign_is_refused(self, client, site, town):
        keep(site, town)
        answer = client.post(f"/projects/{town.project}/publish", data={"version": "2"})
        assert answer.status_code == 403

    def test_goes_on_from_what_was_published_before(self, client, site, town):
        keep(site, town)
        publish(client, town, 2)
        title, gone = PLAN.meetings[1], PLAN.meetings[0]
        without = PLAN.model_copy(update={"meetings": PLAN.meetings[1:], "cancelled": ()})
        asked = edition(site.store, keep(site, town, without))
        plan = gone_on(asked, published(site, town))
        assert [each.id for each in plan.cancelled] == [*(each.id for each in PLAN.cancelled), gone.id]
        assert plan.cancelled[-1].sequence == gone.sequence + 1
        assert plan.meeting_by_id[title.id].sequence == title.sequence
        moved = renamed(PLAN, 1, start=title.start + timedelta(days=1))
        plan = gone_on(edition(site.store, keep(site, town, moved)), published(site, town))
        assert plan.meeting_by_id[title.id].sequence == title.sequence + 1


class TestCalendars:
    @pytest.fixture
    def feeds(self, client, site, town):
        """Three calendars of a published plan, by kind."""
        keep(site, town)
        publish(client, town, 2)
        page = f"/projects/{town.project}/calendars"
        person = PLAN.meetings[0].people[0].person
        for kind, subject in (("person", person), ("venue", PLAN.meetings[0].venue), ("city", "")):
            data = {"csrf": sign(client, page), "kind": kind, "subject": subject}
            assert client.post(page, data=data).status_code == 303
        return {feed.kind: feed for feed in site.store.feeds.of(town.project)}

    def test_are_shown_as_addresses(self, client, town, feeds):
        text = client.get(f"/projects/{town.project}/calendars").text
        for feed in feeds.values():
            assert f"http://127.0.0.1:8420/feeds/{feed.token}.ics" in text

    def test_say_what_is_exported(self, client, feeds):
        client.cookies.clear()
        for kind, feed in feeds.items():
            answer = client.get(f"/feeds/{feed.token}.ics")
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
            assert "set-cookie" not in answer.headers
            exported = feed_files(INSTANCE, PLAN, FeedFor(kind.value))
            assert answer.content == exported[f"{feed.subject}.ics"]

    def test_are_sent_only_where_they_are_new(self, client, site, town, feeds):
        address = f"/feeds/{feeds[FeedKind.CITY].token}.ics"
        tag = client.get(address).headers["etag"]
        assert client.head(address).headers["etag"] == tag
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            answer = client.get(address, headers={"If-None-Match": known})
            assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        keep(site, town, PLAN.model_copy(update={"cancelled": PLAN.meetings[:0]}))
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_do_not_show_what_is_not_published(self, client, site, town, feeds):
        address = f"/feeds/{feeds[FeedKind.CITY].token}.ics"
        before = client.get(address).content
        keep(site, town, renamed(PLAN, 0, start=PLAN.meetings[0].start + timedelta(days=1)))
        assert client.get(address).content == before

    def test_rise_their_sequence_with_what_is_published(self, client, site, town, feeds):
        address = f"/feeds/{feeds[FeedKind.CITY].token}.ics"
        before = _sequences(client.get(address).content)
        meeting = PLAN.meetings[0]
        asked = edition(
            site.store, keep(site, town, renamed(PLAN, 0, start=meeting.start + timedelta(days=1)))
        )
        moved = gone_on(asked, published(site, town))
        site.store.versions.add(
            town.project,
            VersionKind.PUBLISHED,
            site.store.versions.text(town.instance_sha256),
            plan_text(moved),
            town.made,
            parent=asked.version.number,
        )
        once = _sequences(client.get(address).content)
        assert publish(client, town, 2).status_code == 303
        twice = _sequences(client.get(address).content)
        (uid,) = (each for each in before if meeting.id in each)
        assert (once.pop(uid), twice.pop(uid)) == (before[uid] + 1, before.pop(uid) + 2)
        assert once == twice == before

    def test_that_are_taken_away_or_guessed_are_not_there(self, client, town, feeds):
        page = f"/projects/{town.project}/calendars"
        token = feeds[FeedKind.PERSON].token
        assert client.post(f"{page}/revoke", data={"token": token}).status_code == 403
        data = {"csrf": sign(client, page), "token": token}
        assert client.post(f"{page}/revoke", data=data).status_code == 303
        client.cookies.clear()
        for gone in (token, "guess", "..", feeds[FeedKind.CITY].token[:-1]):
            answer = client.get(f"/feeds/{gone}.ics")
            assert answer.status_code == 404 and "set-cookie" not in answer.headers
        assert client.get(f"/feeds/{feeds[FeedKind.CITY].token}.ics").status_code == 200
        assert token not in client.get(page).text
        data["csrf"] = sign(client, page)
        assert client.post(f"{page}/revoke", data=data).status_code == 404

    def test_of_another_project_cannot_be_taken_away(self, client, site, town, feeds):
        site.store.versions.begin("other", "Other", site.store.drafts.text(town.project), town.made)
        data = {"csrf": sign(client), "token": feeds[FeedKind.CITY].token}
        assert client.post("/projects/other/calendars/revoke", data=data).status_code == 404
        assert client.get(f"/feeds/{data['token']}.ics").status_code == 200

    def test_are_made_for_all_of_a_kind_at_once(self, client, site, town, feeds):
        page = f"/projects/{town.project}/calendars"
        client.post(page, data={"csrf": sign(client, page), "kind": "person"})
        people = [feed for feed in site.store.feeds.of(town.project) if feed.kind is FeedKind.PERSON]
        assert len({feed.token for feed in people}) == len(people) == len(INSTANCE.people)

    def test_need_something_published_and_somebody_known(self, client, site, town):
        page = f"/projects/{town.project}/calendars"
        data = {"csrf": sign(client), "kind": "person", "subject": "nobody"}
        assert client.post(page, data=data).status_code == 400
        keep(site, town)
        publish(client, town, 2)
        assert client.post(page, data=data).status_code == 404
        assert client.post(page, data={**data, "kind": "planet"}).status_code == 422


def _sequences(content):
    events = Calendar.from_ical(content).walk("VEVENT")
    return {str(event["uid"]): int(event["sequence"]) for event in events}


def _unpacked(content):
    """Return bytes, and those of everything in an archive."""
    if not content.startswith(b"PK"):
        return content
    archive = ZipFile(BytesIO(content))
    return b"".join(_unpacked(archive.read(name)) for name in archive.namelist())


def test_nothing_private_leaves(client, site, town):
    secrets = [
        *(each.why for person in INSTANCE.people for each in person.busy if each.why),
        *(person.email for person in INSTANCE.people if person.email),
        *(company.name for company in INSTANCE.companies),
    ]
    assert len(secrets) > 3
    keep(site, town)
    publish(client, town, 2)
    page = f"/projects/{town.project}/calendars"
    for kind in FeedKind:
        client.post(page, data={"csrf": sign(client), "kind": kind.value})
    here = f"/projects/{town.project}/versions/3/files"
    public = [f"{here}/{offer.name}" for offer in PLAN_FILES]
    public += [f"/feeds/{feed.token}.ics" for feed in site.store.feeds.of(town.project)]
    for path in public:
        content = _unpacked(client.get(path).content).replace(b"\r\n ", b"")
        assert len(content) > 200, path
        for secret in secrets:
            assert secret.encode() not in content, (path, secret)
    assert secrets[0].encode() in client.get(f"{here}/instance.yaml").content


class TestFiles:
    def test_of_published_versions_are_those_of_export(self, client, site, town):
        keep(site, town)
        publish(client, town, 2)
        here = f"/projects/{town.project}/versions/3/files"
        names = re.findall(rf'href="{here}/([^"]+)" download', client.get(here).text)
        assert len(names) == 13
        for name in names:
            answer = client.get(f"{here}/{name}")
            assert answer.status_code == 200 and answer.content, name
            assert answer.headers["content-disposition"] == f'attachment; filename="olszyna-2027-q1-3-{name}"'
        assert client.get(f"{here}/plan.json").content == TOWN_PLAN.read_bytes()
        assert client.get(f"{here}/meetings-eu.csv").content.count(b";") > 10
        feeds = ZipFile(BytesIO(client.get(f"{here}/calendars-by-venue.zip").content))
        exported = feed_files(INSTANCE, PLAN, FeedFor.VENUE)
        assert {name: feeds.read(name) for name in feeds.namelist()} == exported

    def test_of_others_are_only_what_was_planned_with(self, client, site, town):
        keep(site, town)
        here = f"/projects/{town.project}/versions/2/files"
        assert "plan.ics" not in client.get(here).text
        assert client.get(f"{here}/plan.ics").status_code == 400
        assert client.get(f"{here}/instance.yaml").status_code == 200
        for name in ("secret", "..%2Finstance.yaml", "instance.exe"):
            assert client.get(f"{here}/{name}").status_code == 404

    def test_hold_messages_to_everybody_with_an_address(self, client, site, town):
        keep(site, town)
        publish(client, town, 2)
        here = f"/projects/{town.project}/versions/3/files"
        data = {"csrf": sign(client, here), "sender": "meetings@town.example", "told": "0"}
        answer = client.post(f"{here}/messages", data=data)
        assert answer.headers["content-type"] == "application/zip"
        archive = ZipFile(BytesIO(answer.content))
        assert "report.txt" in archive.namelist()
        assert any(name.endswith(".eml") for name in archive.namelist())
        answer = client.post(f"{here}/messages", data={**data, "sender": "a@b\r\nBcc: x@y"})
        assert answer.status_code == 422 and "Expected an e-mail address" in answer.text
        answer = client.post(f"{here}/messages", data={**data, "sender": ""})
        assert answer.status_code == 422 and "No address is given for Olszyna" in answer.text
        own = {**data, "sender": "", "senderolszyna": "meetings@olszyna.example"}
        assert client.post(f"{here}/messages", data=own).status_code == 200
        for told in ("2", "", "many"):
            assert client.post(f"{here}/messages", data={**data, "told": told}).status_code == 400
        assert client.post(f"{here}/messages", data={**data, "told": "9"}).status_code == 404

    def test_hold_no_message_where_nothing_is_new(self, client, site, town):
        keep(site, town)
        publish(client, town, 2)
        publish(client, town, 2)
        here = f"/projects/{town.project}/versions/4/files"
        data = {"csrf": sign(client, here), "sender": "meetings@town.example", "told": "3"}
        archive = ZipFile(BytesIO(client.post(f"{here}/messages", data=data).content))
        assert archive.namelist() == ["report.txt"]
