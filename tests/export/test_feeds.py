"""Calendars of one city, venue or person each."""

import pytest
from icalendar import Calendar

from meetsched.export import calendar_file
from meetsched.export.calendar import FeedFor, feed_files
from meetsched.export.file_names import file_names
from tests.export.examples import example, forgetful, hostile

PREFIX = "olszyna-2027-q1/olszyna"


def events(content):
    return {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def feeds(by, name="town"):
    return feed_files(*example(name), by)


def topics(content):
    return {uid.split("/")[-1].removesuffix("@meetsched") for uid in events(content)}


def test_everybody_of_the_instance_has_a_feed_even_without_a_meeting():
    instance, _ = example("town")
    assert set(feeds(FeedFor.PERSON)) == {f"{person.id}.ics" for person in instance.people}
    assert set(feeds(FeedFor.VENUE)) == {f"{venue.id}.ics" for venue in instance.venues}
    instance, _ = example("region")
    assert set(feeds(FeedFor.CITY, "region")) == {f"{city.id}.ics" for city in instance.cities}


@pytest.mark.parametrize("by", FeedFor)
@pytest.mark.parametrize("name", ["town", "region"])
def test_feed_holds_the_meetings_that_concern_it_and_no_other(by, name):
    _, plan = example(name)
    for file, content in feeds(by, name).items():
        one = file.removesuffix(".ics")
        expected = {
            meeting.id
            for meeting in (*plan.meetings, *plan.cancelled)
            if one in {meeting.city, meeting.venue, *(duty.person for duty in meeting.people)}
        }
        ids = {uid.split("/", 1)[1].removesuffix("@meetsched") for uid in events(content)}
        assert ids == expected, file


@pytest.mark.parametrize("by", FeedFor)
def test_meetings_are_the_same_in_every_feed_as_in_the_plan(by):
    whole = events(calendar_file(*example("town")))
    for content in feeds(by).values():
        for uid, event in events(content).items():
            for key in ("SUMMARY", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "STATUS", "LOCATION"):
                assert event[key] == whole[uid][key]


def test_cancelled_meeting_stays_as_cancelled_with_those_whom_it_concerned():
    _, plan = example("town")
    (cancelled,) = plan.cancelled
    for duty in cancelled.people:
        event = events(feeds(FeedFor.PERSON)[f"{duty.person}.ics"])[f"{PREFIX}/owners@meetsched"]
        assert event["STATUS"] == "CANCELLED"
    assert "owners" in topics(feeds(FeedFor.VENUE)[f"{cancelled.venue}.ics"])


def test_feed_is_published_and_invites_nobody():
    for by in FeedFor:
        for content in feeds(by).values():
            assert Calendar.from_ical(content)["METHOD"] == "PUBLISH"
            assert b"ATTENDEE" not in content
            assert b"mailto" not in content.lower()


def test_feed_says_whose_it_is_and_a_person_what_the_part_is():
    content = feeds(FeedFor.PERSON)["anna.ics"]
    assert Calendar.from_ical(content)["X-WR-CALNAME"] == "Anna Lis – Olszyna, first quarter of 2027"
    text = str(events(content)[f"{PREFIX}/grants@meetsched"]["DESCRIPTION"])
    assert text.startswith("Your part: presenter\nGrants for small firms\n")
    venue = feeds(FeedFor.VENUE)["library.ics"]
    assert Calendar.from_ical(venue)["X-WR-CALNAME"].startswith("Library, reading room – ")
    assert b"Your part" not in venue


def test_nothing_private_is_told():
    for by in FeedFor:
        for content in feeds(by).values():
            text = content.replace(b"\r\n ", b"")
            assert b"@olszyna.example" not in text
            assert b"secret" not in text
            assert b"Saldo" not in text


def test_what_the_instance_no_longer_knows_has_a_feed_by_its_id():
    files = feed_files(*forgetful("town"), FeedFor.PERSON)
    assert topics(files["gone-ewa.ics"]) == {"gone"}
    assert "gone-venue.ics" in feed_files(*forgetful("town"), FeedFor.VENUE)


def test_text_of_an_instance_adds_no_line():
    for content in feed_files(
        *hostile("town", "a\r\nATTENDEE:mailto:x@y.example\x00"), FeedFor.PERSON
    ).values():
        lines = content.replace(b"\r\n ", b"").split(b"\r\n")
        assert not any(line.startswith(b"ATTENDEE") for line in lines)
        assert not any(ord(char) < 32 for line in lines for char in line.decode())


class TestFileNames:
    def test_an_ordinary_id_is_the_name(self):
        assert file_names(["anna-k", "library_2", "v1.2"]) == {
            "anna-k": "anna-k",
            "library_2": "library_2",
            "v1.2": "v1.2",
        }

    @pytest.mark.parametrize("odd", ["..", ".", ".hidden", "-rf", "CON", "nul.txt", "lpt1", "x" * 300, "a."])
    def test_an_id_that_file_systems_do_not_take_is_marked(self, odd):
        name = file_names([odd])[odd]
        assert name[0] == "_"
        assert "~" in name
        assert len(name) <= 120
        assert not {"/", "\\"} & set(name)

    def test_ids_that_differ_in_capitals_have_names_that_do_not(self):
        names = file_names(["Anna", "anna", "ANNA", "ewa"])
        assert len({name.casefold() for name in names.values()}) == 4
        assert names["ewa"] == "ewa"

    def test_long_ids_with_the_same_beginning_differ(self):
        assert len(set(file_names(["x" * 200 + "1", "x" * 200 + "2"]).values())) == 2
