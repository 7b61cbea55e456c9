"""A plan on a real CalDAV server: put there, changed, cancelled and read back by another client."""

from itertools import count

import pytest
from icalendar import Alarm

from meetsched.delivery.collection import Collection
from meetsched.delivery.http import Client, Credentials
from meetsched.delivery.synchronising import Action, find_steps, take_steps
from meetsched.errors import ServerError
from meetsched.service.synchronising import Server, synchronise
from tests.cli.conftest import TOWN, TOWN_PLAN
from tests.delivery.editions import cancelled, changed, meeting, moved, town
from tests.interop.calendars import CHANGES, plan_of, truth
from tests.interop.radicale_server import PASSWORD, USER, ServerCalendar, radicale

UID = "olszyna-2027-q1/olszyna/{}@meetsched"
CREDENTIALS = Credentials(USER, PASSWORD)
NUMBERS = count()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


@pytest.fixture
def calendar(home):
    calendar = ServerCalendar(home, f"calendar-{next(NUMBERS)}")
    yield calendar
    calendar.close()


def publish(calendar, plan, **options):
    """Bring the town's plan into a calendar; return what was done with each meeting."""
    instance, _ = town()
    steps = synchronise(instance, plan, Server(calendar.url, CREDENTIALS), **options)
    return {step.meeting.split("/")[1]: step.action for step in steps if step.action is not Action.KEEP}


@pytest.fixture
def plan():
    return town()[1]


def test_a_plan_is_put_into_the_calendar_and_then_is_there(calendar, plan):
    topics = {one.topic for one in (*plan.meetings, *plan.cancelled)}
    assert publish(calendar, plan) == dict.fromkeys(topics, Action.ADD)
    events = calendar.events()
    assert set(events) == {UID.format(topic) for topic in topics}
    for one in plan.meetings:
        event = events[UID.format(one.topic)].icalendar_component
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (one.start, one.end)
        assert (event["SUMMARY"], event["STATUS"], event["SEQUENCE"]) == (
            one.title,
            "CONFIRMED",
            one.sequence,
        )
        assert "METHOD" not in events[UID.format(one.topic)].icalendar_instance
    assert publish(calendar, plan) == {}


@pytest.mark.parametrize("zone", CHANGES)
def test_times_are_right_in_every_zone_across_the_changes_of_clocks(calendar, zone):
    instance, plan = plan_of(zone)
    server = Server(calendar.url, CREDENTIALS)
    synchronise(instance, plan, server)
    found = {
        uid: tuple(event.icalendar_component[key].dt.astimezone() for key in ("DTSTART", "DTEND"))
        for uid, event in calendar.events().items()
    }
    assert found == truth(instance, plan)
    assert {step.action for step in synchronise(instance, plan, server)} == {Action.KEEP}


def test_a_changed_meeting_is_changed_and_no_other(calendar, plan):
    publish(calendar, plan)
    before = {uid: event.etag for uid, event in calendar.events().items()}
    assert publish(calendar, moved(plan, "tax")) == {"tax": Action.CHANGE}
    events = calendar.events()
    assert (
        events[UID.format("tax")].icalendar_component["DTSTART"].dt
        == meeting(moved(plan, "tax"), "tax").start
    )
    assert events[UID.format("tax")].icalendar_component["SEQUENCE"] == 1
    assert {uid for uid, event in events.items() if event.etag != before[uid]} == {UID.format("tax")}


def test_a_cancelled_meeting_stays_as_cancelled(calendar, plan):
    publish(calendar, plan)
    assert publish(calendar, cancelled(plan, "tax")) == {"tax": Action.CHANGE}
    event = calendar.event(UID.format("tax")).icalendar_component
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Cancelled: What changes in taxes in 2027")


def test_a_meeting_that_the_plan_does_not_know_is_removed(calendar, plan):
    publish(calendar, plan)
    assert publish(calendar, changed(plan, meetings=plan.meetings[1:])) == {"tax": Action.REMOVE}
    assert not calendar.has(UID.format("tax"))


def test_nothing_else_in_the_calendar_is_touched(calendar, plan):
    own = (
        "mine",
        "olszyna-2027-q2/olszyna/tax@meetsched",
        "olszyna-2027-q1/olszyna/tax@other",
        "x@meetsched",
    )
    for uid in own:
        calendar.add(uid)
    before = {uid: event.etag for uid, event in calendar.events().items()}
    assert set(before) == set(own)
    publish(calendar, plan)
    publish(calendar, changed(plan, meetings=(), cancelled=()))
    assert {uid: event.etag for uid, event in calendar.events().items()} == before


def test_what_somebody_changed_by_hand_is_set_right_again(calendar, plan):
    publish(calendar, plan)
    calendar.edit(UID.format("tax"), SUMMARY="Mine now")
    calendar.edit(UID.format("grants"), LOCATION="My kitchen")
    assert publish(calendar, plan) == {"tax": Action.CHANGE, "grants": Action.CHANGE}
    assert calendar.event(UID.format("tax")).icalendar_component["SUMMARY"] == meeting(plan, "tax").title


def test_a_meeting_that_came_in_by_import_is_taken_up_where_it_is(calendar, plan):
    calendar.add(UID.format("tax"))
    url = calendar.event(UID.format("tax")).url
    assert publish(calendar, plan)["tax"] is Action.CHANGE
    assert calendar.event(UID.format("tax")).url == url


def test_reminders_that_people_set_stay(calendar, plan):
    publish(calendar, plan)
    event = calendar.event(UID.format("tax"))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Pack the projector")
    alarm["TRIGGER"] = "-PT1H"
    event.icalendar_component.add_component(alarm)
    event.save()
    assert publish(calendar, plan) == {}
    publish(calendar, moved(plan, "tax"))
    (kept,) = calendar.event(UID.format("tax")).icalendar_component.walk("VALARM")
    assert kept["DESCRIPTION"] == "Pack the projector"


def test_a_dry_run_tells_the_same_and_does_nothing(calendar, plan):
    publish(calendar, plan)
    new = cancelled(moved(changed(plan, meetings=plan.meetings[1:]), "grants"), "export")
    would = publish(calendar, new, dry_run=True)
    assert would == {"tax": Action.REMOVE, "grants": Action.CHANGE, "export": Action.CHANGE}
    assert publish(calendar, plan) == {}
    assert publish(calendar, new) == would


class TestMeanwhile:
    """Somebody changes the calendar between our reading and our writing."""

    @staticmethod
    def take(calendar, plan, between):
        """Find what has to be done, let somebody do something, do it; return steps and what was told."""
        instance, _ = town()
        collection = Collection(Client(calendar.url, CREDENTIALS, 10), calendar.url)
        steps = find_steps(instance, plan, collection)
        between()
        told = []
        done = list(take_steps(instance, steps, collection, told.append))
        return {
            step.meeting.split("/")[1]: step.action for step in done if step.action is not Action.KEEP
        }, told

    def test_a_changed_entry_is_read_again_and_changed(self, calendar, plan):
        publish(calendar, plan)
        uid = UID.format("tax")
        done, told = self.take(calendar, moved(plan, "tax"), lambda: calendar.edit(uid, LOCATION="Attic"))
        assert (done, told) == ({"tax": Action.CHANGE}, ["olszyna/tax"])
        event = calendar.event(uid).icalendar_component
        assert (event["SEQUENCE"], event["LOCATION"]) == (1, "Library, reading room, Olszyna")

    def test_an_entry_that_is_added_by_another_run_is_kept(self, calendar, plan):
        done, told = self.take(calendar, plan, lambda: publish(calendar, plan))
        assert done == {}
        assert len(told) == len(calendar.events()) == 5

    def test_an_entry_that_is_gone_is_added_again(self, calendar, plan):
        publish(calendar, plan)
        uid = UID.format("tax")
        done, told = self.take(calendar, moved(plan, "tax"), lambda: calendar.event(uid).delete())
        assert (done, told) == ({"tax": Action.ADD}, ["olszyna/tax"])
        assert calendar.has(uid)

    def test_an_entry_to_be_removed_that_was_changed_is_removed(self, calendar, plan):
        publish(calendar, plan)
        uid, fewer = UID.format("tax"), changed(plan, meetings=plan.meetings[1:])
        done, told = self.take(calendar, fewer, lambda: calendar.edit(uid, LOCATION="Attic"))
        assert (done, told) == ({"tax": Action.REMOVE}, ["olszyna/tax"])
        assert not calendar.has(uid)

    def test_an_entry_to_be_removed_that_is_gone_is_no_matter(self, calendar, plan):
        publish(calendar, plan)
        uid, fewer = UID.format("tax"), changed(plan, meetings=plan.meetings[1:])
        self.take(calendar, fewer, lambda: calendar.event(uid).delete())
        assert len(calendar.events()) == 4


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "credentials", "message"),
        [
            ("", CREDENTIALS, "this is not the address of a calendar"),
            ("nowhere/", CREDENTIALS, "there is no calendar at this address (status 404)"),
            ("nowhere/", Credentials(USER, "wrong"), "the name or the password is wrong (status 401)"),
            ("nowhere/", None, "the server wants a name and a password; give the name with --user"),
        ],
    )
    def test_are_told_in_words(self, home, plan, path, credentials, message):
        instance, _ = town()
        with pytest.raises(ServerError) as refused:
            synchronise(instance, plan, Server(home + path, credentials))
        assert message in str(refused.value)


class TestCommand:
    def test_tells_what_it_does(self, meetsched, calendar, monkeypatch):
        monkeypatch.setenv("MEETSCHED_CALDAV_PASSWORD", PASSWORD)
        arguments = ("publish", TOWN, TOWN_PLAN, "--caldav", calendar.url, "--user", USER)
        ran = meetsched(*arguments, "--dry-run")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.splitlines()[0] == (
            "Would add: Olszyna: What changes in taxes in 2027, Tue 19 January 2027, 17:30–19:30"
        )
        assert calendar.events() == {}
        ran = meetsched(*arguments, "--json")
        assert ran.json == {
            "dry_run": False,
            "added": [f"olszyna/{topic}" for topic in ("tax", "online-shop", "grants", "export", "owners")],
            "changed": [],
            "removed": [],
            "unchanged": [],
        }
        assert meetsched(*arguments).out == "5 meetings are as in the plan already.\n"
        calendar.add("olszyna-2027-q1/olszyna/gone@meetsched")
        calendar.event(UID.format("owners")).delete()
        assert meetsched(*arguments).out == (
            "Added: Olszyna: Owners' evening, Wed 24 February 2027, 17:30–19:30, as cancelled\n"
            "Removed: olszyna/gone\n"
            "4 meetings are as in the plan already.\n"
        )

    def test_says_what_the_server_refuses(self, meetsched, calendar, monkeypatch):
        monkeypatch.setenv("MEETSCHED_CALDAV_PASSWORD", "wrong")
        ran = meetsched("publish", TOWN, TOWN_PLAN, "--caldav", calendar.url, "--user", USER)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"Error: {calendar.url}: the name or the password is wrong (status 401)\n"
