"""Zones are read back by a second reader (dateutil) and compared with zoneinfo, hour by hour."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from meetsched.export.timezones import find_onsets, zone_component

BY_RULE = {
    "Europe/Warsaw": {"-1SU"},
    "Europe/Lisbon": {"-1SU"},
    "Europe/Dublin": {"-1SU"},
    "America/New_York": {"2SU", "1SU"},
    "Australia/Sydney": {"1SU"},
    "Australia/Lord_Howe": {"1SU"},
    "Pacific/Auckland": {"-1SU", "1SU"},
}
ONE_BY_ONE = ["Africa/Casablanca", "Asia/Jerusalem"]
WITHOUT_CHANGE = ["Asia/Kolkata", "UTC", "America/Asuncion"]
SPAN = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)


def component(name, start=SPAN[0], end=SPAN[1]):
    return zone_component(ZoneInfo(name), start, end)


def rules(name):
    return [part["RRULE"].to_ical().decode() for part in component(name).subcomponents if "RRULE" in part]


def assert_right_at_every_hour(name, start, end):
    calendar = Calendar()
    calendar.add_component(component(name, start, end))
    read = tzical(StringIO(calendar.to_ical().decode())).get()
    moment = start
    while moment < end:
        local = moment.astimezone(ZoneInfo(name))
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            assert read.utcoffset(local.replace(tzinfo=None)) == local.utcoffset(), local
        moment += timedelta(hours=1)


@pytest.mark.parametrize("name", [*BY_RULE, *ONE_BY_ONE, *WITHOUT_CHANGE])
def test_offsets_are_those_of_the_zone_at_every_hour(name):
    assert_right_at_every_hour(name, *SPAN)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("America/Asuncion", "2024-07-01", "2025-06-30"),  # gave its changes up in October 2024
        ("America/Asuncion", "2025-01-01", "2025-12-31"),
        ("Asia/Almaty", "2024-01-01", "2024-12-31"),  # changed its offset once, in March 2024
        ("Africa/Juba", "2021-01-01", "2021-12-31"),
        ("Europe/Warsaw", "2026-12-01", "2027-11-30"),
    ],
)
def test_zone_whose_rules_end_is_right_before_and_after(name, first, last):
    start, end = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (first, last))
    assert_right_at_every_hour(name, start, end)


@pytest.mark.parametrize("name", BY_RULE)
def test_zone_with_yearly_rules_is_written_with_them(name):
    assert {part.name for part in component(name).subcomponents} == {"STANDARD", "DAYLIGHT"}
    assert len(rules(name)) == 2
    days = {rule.split("BYDAY=")[1].split(";")[0] for rule in rules(name)}
    assert days == BY_RULE[name]


@pytest.mark.parametrize("name", [*ONE_BY_ONE, *WITHOUT_CHANGE])
def test_zone_without_yearly_rules_is_written_change_by_change(name):
    parts = component(name).subcomponents
    assert rules(name) == []
    assert all("RDATE" not in part for part in parts)
    changes = find_onsets(ZoneInfo(name), *SPAN)
    assert len(parts) >= 1 + len(changes)
    assert parts[0].name == "STANDARD"


def test_onsets_are_in_the_offset_before_the_change():
    daylight, standard = component("Europe/Warsaw").subcomponents
    assert (daylight.name, standard.name) == ("DAYLIGHT", "STANDARD")
    assert daylight["DTSTART"].dt == datetime(2026, 3, 29, 2)
    assert standard["DTSTART"].dt == datetime(2026, 10, 25, 3)
    assert daylight["TZOFFSETFROM"].to_ical() == "+0100"
    assert daylight["TZOFFSETTO"].to_ical() == "+0200"
    assert (daylight["TZNAME"], standard["TZNAME"]) == ("CEST", "CET")


def test_changes_that_the_rules_of_ramadan_bring_are_covered():
    onsets = find_onsets(ZoneInfo("Africa/Casablanca"), *SPAN)
    parts = component("Africa/Casablanca").subcomponents
    assert len(onsets) == 2
    assert {part["DTSTART"].dt for part in parts} >= {onset.local for onset in onsets}


def test_change_is_found_to_the_second():
    (spring, autumn) = find_onsets(ZoneInfo("Europe/Warsaw"), *SPAN)
    assert spring.moment == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert autumn.moment == datetime(2027, 10, 31, 1, tzinfo=UTC)
