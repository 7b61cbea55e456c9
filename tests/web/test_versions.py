"""Versions compared and gone back to, and cities together."""

from datetime import timedelta

import pytest

from meetsched.service.comparing import edit_lines
from meetsched.service.documents import load_instance, plan_text
from meetsched.service.projects import VersionKind, import_instance
from tests.export.examples import DATA, example
from tests.web.conftest import sign

INSTANCE, PLAN = example("town")


def keep(site, town, plan):
    text = site.store.versions.text(town.instance_sha256)
    return site.store.versions.add(town.project, VersionKind.SOLVED, text, plan_text(plan), town.made)


class TestComparison:
    def test_tells_what_differs_in_words_side_by_side_and_in_amounts(self, client, site, town):
        keep(site, town, PLAN)
        keep(site, town, PLAN.model_copy(update={"meetings": PLAN.meetings[1:]}))
        gone = PLAN.meetings[0]
        text = client.get(f"/projects/{town.project}/versions/2/compare/3").text
        assert f"Dropped: Olszyna: {gone.title}" in text
        assert "not held" in text
        assert f"{gone.points} points fewer" in text
        back = client.get(f"/projects/{town.project}/versions/3/compare/2").text
        assert f"Added: Olszyna: {gone.title}" in back and f"{gone.points} points more" in back

    def test_strikes_out_what_was_and_underlines_what_is_new(self, client, site, town):
        keep(site, town, PLAN)
        first = PLAN.meetings[0]
        moved = first.model_copy(
            update={"start": first.start + timedelta(days=1), "end": first.end + timedelta(days=1)}
        )
        keep(site, town, PLAN.model_copy(update={"meetings": (moved, *PLAN.meetings[1:])}))
        text = client.get(f"/projects/{town.project}/versions/2/compare/3").text
        assert text.count("<del>") == text.count("<ins>") == 1
        assert f"{first.title} <span" in text and '<span class="tag">moved</span>' in text

    def test_of_a_version_with_itself_finds_nothing(self, client, site, town):
        keep(site, town, PLAN)
        text = client.get(f"/projects/{town.project}/versions/2/compare/2").text
        assert "The two plans hold the same meetings" in text and "<del>" not in text

    def test_of_versions_without_a_plan_tells_what_they_were_planned_with(self, client, site, town):
        text = site.store.drafts.text(town.project).replace("Olszyna", "Olszynka", 1)
        site.store.versions.add(town.project, VersionKind.EDITED, text, None, town.made)
        answer = client.get(f"/projects/{town.project}/versions/1/compare/2").text
        assert "Neither has a plan" in answer and "Olszynka" in answer

    def test_is_chosen_by_a_form(self, client, site, town):
        keep(site, town, PLAN)
        page = f"/projects/{town.project}/versions/compare"
        answer = client.get(page, params={"old": 1, "new": 2})
        assert answer.headers["location"] == f"/projects/{town.project}/versions/1/compare/2"
        assert client.get(page).status_code == 422
        assert client.get(f"/projects/{town.project}/versions/1/compare/9").status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"name": "a"}, {"name": "b"}, ["Name: b instead of a"]),
        ({}, {"person_gap_minutes": 5}, ["Person gap minutes: 5 instead of nothing"]),
        ({"pins": [1]}, {"pins": [1, 2]}, ["Pins: 2 instead of 1"]),
        (
            {"people": [{"id": "a", "name": "Anna", "busy": [{"why": "private"}]}]},
            {"people": [{"id": "a", "name": "Anna", "busy": [{"why": "secret"}]}]},
            ["Person Anna: busy changed"],
        ),
        (
            {"topics": [{"id": "a", "title": "A"}, {"id": "b", "title": "B", "required": False}]},
            {"topics": [{"id": "b", "title": "B", "required": True}, {"id": "c"}]},
            ["Topic A: no longer there", "Topic B: required yes instead of no", "Topic c: new"],
        ),
        ({"name": "a"}, {"name": "a"}, []),
    ],
)
def test_what_was_planned_with_is_told_in_lines(old, new, said):
    assert list(edit_lines(old, new)) == said


class TestGoingBack:
    def test_loses_nothing_that_was_typed(self, client, site, town):
        keep(site, town, PLAN)
        first = site.store.drafts.text(town.project)
        draft = site.store.drafts.get(town.project)
        typed = first.replace("Olszyna", "Olszynka", 1)
        site.store.drafts.save(town.project, typed, draft.revision)
        page = f"/projects/{town.project}/versions"
        assert "The draft has changes since version 2" in client.get(page).text
        answer = client.post(f"{page}/1/restore", data={"csrf": sign(client)})
        assert answer.headers["location"] == f"/projects/{town.project}?version=4"
        kinds = [version.kind for version in site.store.versions.of(town.project)]
        assert kinds[:2] == [VersionKind.RESTORED, VersionKind.EDITED]
        assert site.store.versions.text(site.store.versions.get(town.project, 3).instance_sha256) == typed
        assert site.store.drafts.text(town.project) == first
        text = client.get(page).text
        assert "Back to version 1" in text and "anna" in text

    def test_to_what_is_not_there_changes_nothing(self, client, site, town):
        page = f"/projects/{town.project}/versions"
        assert client.post(f"{page}/9/restore", data={"csrf": sign(client)}).status_code == 404
        assert len(site.store.versions.of(town.project)) == 1


class TestCitiesTogether:
    def test_show_shares_and_shared_venues(self, client, site):
        instance, plan = example("region")
        base = import_instance(site.store, load_instance(DATA / "region.yaml"), "anna")
        page = f"/projects/{base.project}/together"
        assert "no plan yet" in client.get(page).text
        text = site.store.versions.text(base.instance_sha256)
        site.store.versions.add(base.project, VersionKind.SOLVED, text, plan_text(plan), base.made)
        answer = client.get(page).text
        for city in instance.cities:
            assert city.name in answer and f"<td>{plan.ideal[city.id]}</td>" in answer
        assert "When shared venues are used" in answer
        assert client.get(f"{page}?version=1").status_code == 200

    def test_of_one_city_share_nothing(self, client, site, town):
        keep(site, town, PLAN)
        assert "but one city" in client.get(f"/projects/{town.project}/together").text
