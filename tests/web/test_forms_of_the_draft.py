"""The forms of the draft: absences, hours, pins, budgets and topics."""

import html
import json
import re
from datetime import datetime

import pytest

from meetsched.domain.instance import Pin
from meetsched.domain.scalars import Weekday, Window
from meetsched.service.projects import draft_of
from tests.web.conftest import sign


@pytest.fixture
def at(town):
    """The path of the project's pages."""
    return f"/projects/{town.project}"


@pytest.fixture
def send(client, site, town):
    """Send a form as a browser does, and return the answer."""

    def go(path, **values):
        sent = {"csrf": sign(client), "revision": site.store.drafts.get(town.project).revision} | values
        return client.post(path, data=sent)

    return go


@pytest.fixture
def draft(site, town):
    """Return the draft's instance as it is."""
    return lambda: draft_of(site.store, town.project)[1].instance


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.text)
    return " ".join(html.unescape(plain).split())


class TestAbsences:
    def test_of_whole_days(self, client, send, draft, at):
        path = f"{at}/people/anna"
        answer = send(f"{path}/away", first="2027-01-12", last="2027-01-14", why="cure")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?saved=true")
        (interval,) = draft().person_by_id["anna"].busy
        assert (interval.start, interval.end) == (datetime(2027, 1, 12), datetime(2027, 1, 15))
        page = text_of(client.get(f"{path}?saved=true"))
        assert "Tue 12 January 2027 to Thu 14 January 2027 (cure)" in page
        assert "Taken over" in page

    def test_of_some_hours_without_a_reason(self, send, draft, at):
        send(f"{at}/people/jan/away", first="2027-01-12", since="09:00", until="12:30")
        first, second = draft().person_by_id["jan"].busy
        assert (second.start, second.end) == (datetime(2027, 1, 12, 9), datetime(2027, 1, 12, 12, 30))
        assert (first.why, second.why) == ("secret leave", None)

    def test_of_a_venue(self, client, send, draft, at):
        send(f"{at}/venues/lab/away", first="2027-01-12")
        assert len(draft().venue_by_id["lab"].closed) == 1
        assert "Tue 12 January 2027" in text_of(client.get(f"{at}/venues/lab"))

    @pytest.mark.parametrize(
        "case",
        [
            ({"first": "2027-02-30"}, "first", "2027-01-31T17:30"),
            ({"first": ""}, "first", "Expected a date with a time"),
            ({"first": "2027-01-12", "last": "2027-01-10"}, "last", "after"),
            ({"first": "2027-01-12", "until": "noon"}, "last", "Expected a date with a time"),
        ],
    )
    def test_faults_stand_at_their_fields(self, send, draft, at, case):
        typed, field, said = case
        answer = send(f"{at}/people/anna/away", **typed)
        assert answer.status_code == 422
        found = re.search(rf'id="{field}-wrong">([^<]*)<', answer.text)
        assert found, answer.text
        assert said in html.unescape(found[1])
        assert f'aria-describedby="{field}-wrong' in answer.text
        assert f'value="{typed["first"]}"' in answer.text
        assert draft().person_by_id["anna"].busy == ()

    def test_are_taken_away(self, send, draft, site, town, at):
        before = site.store.drafts.text(town.project)
        send(f"{at}/people/jan/away", first="2027-01-12")
        send(f"{at}/people/jan/away/remove", index="1")
        assert site.store.drafts.text(town.project) == before
        send(f"{at}/people/jan/away/remove", index="0")
        assert draft().person_by_id["jan"].busy == ()

    def test_of_nobody(self, client, send, at):
        assert send(f"{at}/people/nobody/away", first="2027-01-12").status_code == 404
        assert client.get(f"{at}/venues/nowhere").status_code == 404
        assert client.get(f"{at}/companies/pixel").status_code == 404


class TestHours:
    def test_are_set_and_given_up(self, client, send, draft, at):
        path = f"{at}/people/anna"
        send(f"{path}/week", mode="table", mon="08:00-12:00, 13:00-16:00", wed="9:00-17:00")
        table = draft().person_by_id["anna"].available
        assert table == {
            Weekday.MON: (Window(480, 720), Window(780, 960)),
            Weekday.WED: (Window(540, 1020),),
        }
        assert 'value="08:00-12:00, 13:00-16:00"' in client.get(path).text
        send(f"{path}/week", mode="always", mon="08:00-12:00")
        assert draft().person_by_id["anna"].available is None

    def test_faults_stand_at_their_days(self, send, draft, at):
        answer = send(f"{at}/people/jan/week", mode="table", mon="16:00-08:00", tue="08:00-12:00")
        assert answer.status_code == 422
        assert re.search(r'id="mon-wrong">Expected a window that ends after it starts', answer.text)
        assert 'id="tue-wrong"' not in answer.text
        assert Weekday.WED in draft().person_by_id["jan"].available

    def test_that_something_else_needs_are_told_as_a_whole(self, send, at):
        answer = send(f"{at}/people/jan/week", mode="always")
        assert answer.status_code == 422
        assert "since overtime has a price" in text_of(answer)


class TestWhatIsNotTouched:
    def test_stays_as_it_was_written(self, send, site, town, at):
        before = json.loads(site.store.drafts.text(town.project))
        send(f"{at}/cities/olszyna", budget="1234.50")
        after = json.loads(site.store.drafts.text(town.project))
        assert after["cities"][0].pop("budget") == "1234.50"
        del before["cities"][0]["budget"]
        assert json.dumps(before) == json.dumps(after)

    def test_and_a_form_sent_as_it_was_changes_nothing(self, client, send, site, town, at):
        before = site.store.drafts.get(town.project)
        page = client.get(f"{at}/topics/tax").text
        values = dict(
            re.findall(r'<input id="[^"]+" name="([^"]+)" type="(?:text|date)" value="([^"]*)"', page)
        )
        send(f"{at}/topics/tax", **values, **{"held-olszyna": "free"})
        assert site.store.drafts.get(town.project).instance_sha256 == before.instance_sha256


class TestBudget:
    def test_is_changed_or_none(self, send, draft, at):
        send(f"{at}/cities/olszyna", budget="1200")
        assert draft().city_by_id["olszyna"].budget == 120_000
        send(f"{at}/cities/olszyna", budget="")
        assert draft().city_by_id["olszyna"].budget is None

    def test_that_is_none(self, send, draft, at):
        answer = send(f"{at}/cities/olszyna", budget="a lot")
        assert answer.status_code == 422
        assert re.search(r'id="budget-wrong">Expected an amount', answer.text)
        assert 'value="a lot"' in answer.text
        assert draft().city_by_id["olszyna"].budget == 90_000


class TestTopics:
    def test_are_changed(self, client, send, draft, at):
        typed = {"demand": "7", "earliest": "2027-02-15", "latest": "", "required": "yes"}
        send(f"{at}/topics/export", **typed, **{"held-olszyna": "held"})
        topic = draft().topic_by_id["export"]
        assert (topic.demand, topic.earliest.isoformat(), topic.latest) == (7, "2027-02-15", None)
        assert topic.required
        assert draft().pins == (Pin(city="olszyna", topic="export"),)
        page = client.get(f"{at}/topics/export").text
        assert 'value="held" selected' in page
        assert 'value="yes" checked' in page
        send(f"{at}/topics/export", **typed | {"demand": "0"}, **{"held-olszyna": "forbidden"})
        assert draft().pins == (Pin(city="olszyna", topic="export", held=False),)
        assert draft().topic_by_id["export"].demand == 0

    def test_keep_pins_that_say_more(self, client, send, draft, at):
        send(f"{at}/pins", meeting="olszyna/export", held="yes", date="2027-03-17")
        send(f"{at}/topics/export", demand="0", **{"held-olszyna": "held"})
        send(f"{at}/topics/export", demand="0", **{"held-olszyna": "free"})
        assert [pin.date.isoformat() for pin in draft().pins] == ["2027-03-17"]
        assert "A pin wants it on Wed 17 March 2027." in text_of(client.get(f"{at}/topics/export"))

    def test_faults_stand_at_their_fields(self, send, at):
        answer = send(f"{at}/topics/export", demand="many", earliest="2027-13-01")
        assert answer.status_code == 422
        assert 'id="demand-wrong">Expected a whole number' in answer.text
        assert 'id="earliest-wrong">Expected a date' in answer.text


class TestPins:
    def test_are_set_and_taken_away(self, client, send, draft, at):
        typed = {"meeting": "olszyna/export", "held": "yes", "date": "2027-03-17", "start": "17:30"}
        send(f"{at}/pins", **typed, venue="linden", person="ewa", role="expert")
        (pin,) = draft().pins
        assert (pin.start, pin.venue, pin.people[0].person, pin.people[0].role) == (
            1050,
            "linden",
            "ewa",
            "expert",
        )
        page = text_of(client.get(f"{at}/pins"))
        assert "on Wed 17 March 2027 at 17:30 in The Linden Tree with Ewa Zielińska (expert)" in page
        send(f"{at}/pins", meeting="olszyna/tax", held="no", date="2027-01-12")
        assert draft().pins[1] == Pin(city="olszyna", topic="tax", held=False)
        send(f"{at}/pins/remove", index="0")
        assert [pin.topic for pin in draft().pins] == ["tax"]

    def test_faults_stand_at_their_fields(self, send, draft, at):
        answer = send(f"{at}/pins", meeting="olszyna/export", held="yes", date="soon", venue="nowhere")
        assert answer.status_code == 422
        assert 'id="date-wrong">Expected a date' in answer.text
        assert 'id="venue-wrong">Unknown venue' in answer.text
        assert draft().pins == ()


class TestTwoAtOnce:
    def test_the_second_is_told_and_loses_nothing(self, send, draft, at):
        stale = {"revision": "1"}
        send(f"{at}/cities/olszyna", budget="1000")
        answer = send(f"{at}/cities/olszyna", budget="2000", **stale)
        assert answer.status_code == 409
        assert "Somebody else has changed the draft" in text_of(answer)
        assert 'value="2000"' in answer.text
        assert draft().city_by_id["olszyna"].budget == 100_000
        revision = re.search(r'name="revision" value="(\d+)"', answer.text)[1]
        send(f"{at}/cities/olszyna", budget="2000", revision=revision)
        assert draft().city_by_id["olszyna"].budget == 200_000

    def test_a_form_without_a_revision_changes_nothing(self, send, draft, at):
        assert send(f"{at}/cities/olszyna", budget="2000", revision="").status_code == 409
        assert draft().city_by_id["olszyna"].budget == 90_000


class TestOverview:
    def test_lists_everything_and_says_whether_it_was_changed(self, client, send, at):
        page = text_of(client.get(f"{at}/data"))
        for name in ("Jan Kowalski", "The Linden Tree", "Owners' evening", "900.00 EUR", "Nothing is pinned"):
            assert name in page
        assert "It says what version 1 says" in page
        send(f"{at}/cities/olszyna", budget="1000")
        assert "It has changes since version 1" in text_of(client.get(f"{at}/data"))

    def test_tells_no_reason_of_an_absence(self, client, at):
        assert "secret" not in client.get(f"{at}/data").text
