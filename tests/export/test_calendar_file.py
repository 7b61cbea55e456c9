from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from meetsched.export import calendar_file
from tests.export.examples import example, forgetful, hostile


def parsed(name):
    return Calendar.from_ical(calendar_file(*example(name)))


def events(name):
    return {str(event["UID"]): event for event in parsed(name).walk("VEVENT")}


def test_each_meeting_is_one_event_at_its_time_in_utc_across_the_change_of_clocks():
    times = {
        uid: (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC))
        for uid, event in events("region").items()
    }
    prefix = "opole-south-2027-q1"
    assert len(times) == 6
    assert times[f"{prefix}/brzeg/energy@meetsched"] == (
        datetime(2027, 1, 14, 16, tzinfo=UTC),
        datetime(2027, 1, 14, 18, tzinfo=UTC),
    )
    assert times[f"{prefix}/nysa/credit@meetsched"] == (
        datetime(2027, 3, 31, 8, tzinfo=UTC),  # 10:00 in summer time
        datetime(2027, 3, 31, 9, 30, tzinfo=UTC),
    )


def test_times_are_local_and_name_the_zone_that_the_file_describes():
    calendar = parsed("town")
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Warsaw"
    for event in calendar.walk("VEVENT"):
        assert event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Europe/Warsaw"


def test_feed_is_published_to_nobody_in_particular():
    calendar = parsed("town")
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    assert calendar["X-WR-CALNAME"] == "Olszyna, first quarter of 2027"
    assert calendar["X-WR-TIMEZONE"] == "Europe/Warsaw"
    for event in calendar.walk("VEVENT"):
        assert "ATTENDEE" not in event
        assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("invalid:nomail", "Olszyna")


def test_event_tells_a_participant_what_where_and_who():
    event = events("town")["olszyna-2027-q1/olszyna/export@meetsched"]
    assert event["SUMMARY"] == "Selling abroad: first steps to Germany and Czechia"
    assert event["LOCATION"] == "The Linden Tree, Olszyna"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 1
    assert event["CATEGORIES"].cats == ["Olszyna", "Discussion"]
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Selling abroad: first steps to Germany and Czechia",
        "Discussion, open also to people who do not yet run a firm",
        "Speaking: Ewa Zielińska (University of Applied Sciences) and Ola Kamińska (Chamber of Crafts)",
        "Presented by: Anna Lis (Olszyna Town Hall)",
        "Moderated by the cooperation broker: Jan Kowalski (Olszyna Town Hall)",
        "Institutions: University of Applied Sciences; Chamber of Crafts; Olszyna Town Hall",
        "Place: The Linden Tree, Pub, Olszyna",
        "At the venue that day: Poland's football match on the big screen",
    ]


def test_event_names_host_representatives_and_fee():
    grants = str(events("town")["olszyna-2027-q1/olszyna/grants@meetsched"]["DESCRIPTION"])
    assert "Host: Zofia Kłos (Maria Dąbrowska Public Library)" in grants
    assert "Also there: Iga Maj (Olszyna Savings Bank) and Leon Sowa" in grants
    shop = str(events("town")["olszyna-2027-q1/olszyna/online-shop@meetsched"]["DESCRIPTION"])
    assert "Fee: 5.00 EUR a person" in shop


def test_cancelled_meeting_stays_as_cancelled_with_its_raised_sequence():
    event = events("town")["olszyna-2027-q1/olszyna/owners@meetsched"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"] == "Cancelled: Owners' evening"
    assert "for firms" in event["DESCRIPTION"]


def test_later_edition_has_the_later_stamp_and_none_lies_in_the_horizon():
    first = events("town")["olszyna-2027-q1/olszyna/tax@meetsched"]["DTSTAMP"].dt
    second = events("town")["olszyna-2027-q1/olszyna/export@meetsched"]["DTSTAMP"].dt
    assert first < second
    assert second.date() < date(2027, 1, 1)


@pytest.mark.parametrize("name", ["town", "region"])
def test_lines_are_folded_between_characters_and_end_in_crlf(name):
    instance, plan = hostile(name, "Zażółć gęślą jaźń – 🥐🎻 " * 12)
    content = calendar_file(instance, plan)
    assert content.endswith(b"END:VCALENDAR\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert b"\r" not in line and b"\n" not in line
        line.decode()


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
        "a\nATTENDEE:mailto:x@y.example",
        "nul\x00 bel\x07 line\u2028para\u2029 next\x85",
        "semi;colon, comma \\n backslash \\ \"quote\" 'single' <script>alert(1)</script> 🎻",
        ";TZID=Europe/Paris:X",
    ],
)
def test_text_of_an_instance_adds_no_line_and_comes_back_as_it_was(text):
    instance, plan = hostile("town", text)
    content = calendar_file(instance, plan)
    calendar = Calendar.from_ical(content)
    lines = content.replace(b"\r\n ", b"").split(b"\r\n")
    assert sum(line.startswith(b"BEGIN:VEVENT") for line in lines) == 5
    assert not any(line.startswith((b"ATTENDEE", b"SUMMARY:forged")) for line in lines)
    assert not any(ord(char) < 32 for line in lines for char in line.decode())
    clean = " ".join(text.translate(dict.fromkeys(map(ord, "\x00\x07\u2028\u2029\x85\r\n"), " ")).split())
    held = [event for event in calendar.walk("VEVENT") if event["STATUS"] == "CONFIRMED"]
    assert {str(event["SUMMARY"]) for event in held} == {clean}
    assert calendar["X-WR-CALNAME"] == clean


def test_uid_depends_on_ids_alone():
    renamed = Calendar.from_ical(calendar_file(*hostile("town", "another name")))
    assert {str(event["UID"]) for event in renamed.walk("VEVENT")} == set(events("town"))


def test_nothing_private_is_told():
    content = calendar_file(*example("town")).replace(b"\r\n ", b"")
    assert b"@olszyna.example" not in content
    assert b"secret" not in content
    assert b"Saldo" not in content


def test_same_plan_gives_the_same_bytes():
    assert calendar_file(*example("region")) == calendar_file(*example("region"))


def test_what_the_instance_no_longer_knows_stands_with_its_id():
    calendar = Calendar.from_ical(calendar_file(*forgetful("town")))
    lost = [event for event in calendar.walk("VEVENT") if "gone/gone" in event["UID"]]
    assert [event["STATUS"] for event in lost] == ["CONFIRMED", "CANCELLED"]
    assert lost[0]["LOCATION"] == "gone-venue"
    assert "Speaking: gone-ewa" in lost[0]["DESCRIPTION"]
