"""When events and free/busy blocks keep somebody busy."""

# ruff: noqa: E501 - an event stands on one line.

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meetsched.loading.calendars import Span
from tests.loading.calendars.files import busy, calendar, oddities, read

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20270202T090000Z\nDTEND:20270202T100000Z", ["02-02 10:00-02-02 11:00"]),
        ("DTSTART:20270202T090000\nDURATION:PT90M", ["02-02 09:00-02-02 10:30"]),
        ("DTSTART;TZID=Europe/London:20270202T090000\nDURATION:PT1H", ["02-02 10:00-02-02 11:00"]),
        ("DTSTART;TZID=Eastern Standard Time:20270202T090000\nDURATION:PT1H", ["02-02 15:00-02-02 16:00"]),
        ("DTSTART;TZID=Europe/London:20270202T090000\nDTEND:20270202T100000Z", ["02-02 10:00-02-02 11:00"]),
        ("DTSTART;VALUE=DATE:20270202", ["02-02 00:00-02-03 00:00"]),
        ("DTSTART;VALUE=DATE:20270202\nDTEND;VALUE=DATE:20270205", ["02-02 00:00-02-05 00:00"]),
        ("DTSTART;VALUE=DATE:20270202\nDURATION:P3D", ["02-02 00:00-02-05 00:00"]),
        ("DTSTART;VALUE=DATE:20270202\nDURATION:PT1H", ["02-02 00:00-02-03 00:00"]),
        ("DTSTART;VALUE=DATE:20270328", ["03-28 00:00-03-29 00:00"]),
        ("DTSTART:20270202T090000\nDURATION:P1W", ["02-02 09:00-02-09 09:00"]),
        ("DTSTART:20270202T090000\nDTEND:20270202T090000", []),
        ("DTSTART:20261220T090000\nDTEND:20270102T090000", ["01-01 00:00-01-02 09:00"]),
        ("DTSTART:20261220T090000\nDTEND:20280102T090000", ["01-01 00:00-04-01 00:00"]),
        ("DTSTART:00020101T000000\nDTEND:99991231T235959Z", ["01-01 00:00-04-01 00:00"]),
        ("DTSTART:20270331T230000\nDTEND:99991231T235959", ["03-31 23:00-04-01 00:00"]),
        ("DTSTART:20270101T000000\nDURATION:PT30M", ["01-01 00:00-01-01 00:30"]),
        ("DTSTART:20270331T233000\nDURATION:PT30M", ["03-31 23:30-04-01 00:00"]),
        ("DTSTART:20270401T000000\nDURATION:PT30M", []),
        ("DTSTART:20270202T235960\nDURATION:PT1M", ["02-02 23:59-02-03 00:00"]),
    ],
)
def test_single_event(event: str, expected: list[str], tmp_path: Path) -> None:
    assert busy(tmp_path, calendar(event)) == expected


@pytest.mark.parametrize(
    ("lines", "is_busy"),
    [
        ("", True),
        ("TRANSP:TRANSPARENT", False),
        ("TRANSP:transparent ", False),
        ("TRANSP:OPAQUE\nSTATUS:TENTATIVE", True),
        ("STATUS:CANCELLED", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\nTRANSP:OPAQUE", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nTRANSP:TRANSPARENT", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WHATEVER\nTRANSP:TRANSPARENT", False),
        ("X-MICROSOFT-MSNCALENDAR-BUSYSTATUS:FREE", False),
        ("ATTENDEE;PARTSTAT=DECLINED;CN=Ola:MAILTO:Ola@Example.org", False),
        ("ATTENDEE;CN=\"Ola: x; y\";PARTSTAT=DECLINED:mailto:ola@example.org", False),
        ("ATTENDEE;PARTSTAT=ACCEPTED;CN=DECLINED:mailto:ola@example.org", True),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:jan@example.org", True),
        ("ATTENDEE:not an address\nGEO:nonsense\nDTSTAMP:never", True),
    ],
)  # fmt: skip
def test_what_keeps_busy(lines: str, is_busy: bool, tmp_path: Path) -> None:
    event = f"DTSTART:20270202T090000\nDURATION:PT1H\n{lines}"
    reading = read(tmp_path, calendar(event), owners=["ola@example.org"])
    assert bool(reading.busy) is is_busy
    assert bool(reading.passed_over) is not is_busy


def test_google_names_a_calendar_by_its_owner(tmp_path: Path) -> None:
    event = "DTSTART:20270202T090000\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:ola@example.org"
    assert busy(tmp_path, calendar(event, head="X-WR-CALNAME:ola@example.org\n")) == []
    assert busy(tmp_path, calendar(event, head="X-WR-CALNAME:Ola\n")) != []


def test_a_cancellation_cancels_all_that_it_names(tmp_path: Path) -> None:
    event = "DTSTART:20270202T090000\nDURATION:PT1H"
    assert busy(tmp_path, calendar(event, head="METHOD:CANCEL\n")) == []
    assert busy(tmp_path, calendar(event, head="METHOD:REQUEST\n")) != []


def test_why_an_event_is_passed_over(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        calendar(
            "SUMMARY:Fair\nDTSTART:20270202T090000\nDURATION:PT1H\nTRANSP:TRANSPARENT",
            "SUMMARY:Off\nDTSTART:20270202T090000\nDURATION:PT1H\nSTATUS:CANCELLED",
            "SUMMARY:Last year\nDTSTART:20260202T090000\nDTEND:20260202T100000",
            "SUMMARY:Last night\nDTSTART:20261231T200000\nDTEND:20261231T210000",
            "SUMMARY:Note\nDTSTART:20270202T090000",
            "SUMMARY:Old series\nDTSTART:20200101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
        ),
    )
    assert [(each.line, each.title, each.reason.value) for each in reading.passed_over] == [
        (4, "Fair", "shown as free"),
        (12, "Off", "cancelled"),
        (20, "Last year", "not within the dates"),
        (27, "Last night", "not within the dates"),
        (34, "Note", "takes no time"),
        (40, "Old series", "not within the dates"),
    ]
    assert reading.busy == ()


def test_an_event_that_is_free_may_be_as_odd_as_it_likes(tmp_path: Path) -> None:
    event = "DTSTART:20270202T090000\nRRULE:FREQ=HOURLY\nTRANSP:TRANSPARENT"
    assert busy(tmp_path, calendar(event)) == []


def test_busy_times_carry_their_line_and_title(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        calendar(
            "SUMMARY;LANGUAGE=pl:Kawa\\, ciasto\\n i \\\\ herbata\nDTSTART:20270202T090000\nDURATION:PT1H"
        ),
    )
    assert [(time.line, time.title) for time in reading.busy] == [(4, "Kawa, ciasto i \\ herbata")]


def test_hours_go_by_while_the_clocks_change(tmp_path: Path) -> None:
    night = "DTSTART;TZID=Europe/Warsaw:20270327T220000\nDURATION:PT8H"
    assert busy(tmp_path, calendar(night)) == ["03-27 22:00-03-28 07:00"]
    until = "DTSTART;TZID=Europe/Warsaw:20270327T220000\nDTEND;TZID=Europe/Warsaw:20270328T060000"
    assert busy(tmp_path, calendar(until)) == ["03-27 22:00-03-28 06:00"]
    for length, end in (("P1D", "09:00"), ("PT24H", "10:00"), ("P1DT0H", "10:00")):
        text = calendar(f"DTSTART;TZID=Europe/Warsaw:20270327T090000\nDURATION:{length}")
        assert busy(tmp_path, text) == [f"03-27 09:00-03-28 {end}"]
    nightly = f"{night.replace('0327', '0326')}\nRRULE:FREQ=DAILY;COUNT=3"
    assert busy(tmp_path, calendar(nightly)) == [
        "03-26 22:00-03-27 06:00",
        "03-27 22:00-03-28 07:00",
        "03-28 22:00-03-29 06:00",
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20270328T023000\nDTEND:20270328T033000", []),
        ("DTSTART:20270328T013000\nDTEND:20270328T033000", ["03-28 01:30-03-28 03:30"]),
        ("DTSTART:20270328T023000\nDURATION:PT1H", ["03-28 03:30-03-28 04:30"]),
    ],
)
def test_times_that_the_clocks_skip(event: str, expected: list[str], tmp_path: Path) -> None:
    assert busy(tmp_path, calendar(event)) == expected


def test_times_that_the_clocks_repeat_are_the_first(tmp_path: Path) -> None:
    autumn = Span(datetime(2027, 10, 1, tzinfo=NEW_YORK), datetime(2027, 12, 1, tzinfo=NEW_YORK))
    event = "DTSTART:20271107T013000\nDURATION:PT1H"
    (time,) = read(tmp_path, calendar(event), autumn).busy
    assert time.span.start.isoformat() == "2027-11-07T01:30:00-04:00"
    assert time.span.end.isoformat() == "2027-11-07T01:30:00-05:00"


@pytest.mark.parametrize(
    ("zone", "days", "expected"),
    [
        (NEW_YORK, (12, 15), ["03-12 09:00", "03-13 09:00", "03-14 10:00", "03-15 10:00"]),
        (ZoneInfo("Europe/Warsaw"), (26, 29), ["03-26 15:00", "03-27 15:00", "03-28 16:00", "03-29 16:00"]),
        (ZoneInfo("Europe/Lisbon"), (26, 29), ["03-26 14:00", "03-27 14:00", "03-28 15:00", "03-29 15:00"]),
    ],
)
def test_what_repeats_in_utc_moves_on_the_local_clock(zone: ZoneInfo, days: tuple[int, int], expected: list[str], tmp_path: Path) -> None:  # fmt: skip
    first, last = days
    event = f"DTSTART:202703{first}T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=202703{last}T140000Z"
    within = Span(datetime(2027, 3, 1, tzinfo=zone), datetime(2027, 4, 1, tzinfo=zone))
    assert [
        f"{time.span.start:%m-%d %H:%M}" for time in read(tmp_path, calendar(event), within).busy
    ] == expected


def test_free_busy_blocks(tmp_path: Path) -> None:
    block = (
        "FREEBUSY;FBTYPE=BUSY:20270203T090000Z/20270203T100000Z,20270204T090000Z/PT2H\n"
        "FREEBUSY;FBTYPE=FREE:20270205T090000Z/PT2H\nFREEBUSY:20270206T090000Z/PT1H\n"
        "FREEBUSY;FBTYPE=X-OWN:20270207T090000/PT1H\nFREEBUSY;TZID=Europe/London:20270208T090000/PT1H\n"
        "FREEBUSY:20270331T230000/P9999D\nFREEBUSY:20260101T000000Z/PT1H\nFREEBUSY:20270301T090000Z/P999999D"
    )
    assert busy(tmp_path, calendar(block, kind="VFREEBUSY")) == [
        "02-03 10:00-02-03 11:00",
        "02-04 10:00-02-04 12:00",
        "02-06 10:00-02-06 11:00",
        "02-07 09:00-02-07 10:00",
        "02-08 10:00-02-08 11:00",
        "03-01 10:00-04-01 00:00",
    ]


def test_busy_times_that_touch_become_one(tmp_path: Path) -> None:
    events = [
        f"DTSTART:20270202T{hour}0000\nDURATION:PT{length}H"
        for hour, length in [(12, 1), (10, 1), (11, 1), (14, 3), (15, 1)]
    ]
    assert busy(tmp_path, calendar(*events)) == ["02-02 10:00-02-02 13:00", "02-02 14:00-02-02 17:00"]


def test_tasks_and_journals_do_not_count(tmp_path: Path) -> None:
    for kind in ("VTODO", "VJOURNAL", "X-THING"):
        event = "DTSTART:20270202T090000\nDUE:20270202T100000\nDTEND:20270202T100000"
        assert busy(tmp_path, calendar(event, kind=kind)) == []


def test_several_calendars_in_one_file(tmp_path: Path) -> None:
    text = "".join(calendar(f"DTSTART:2027020{day}T090000\nDURATION:PT1H") for day in (2, 3))
    assert len(busy(tmp_path, text)) == 2


def test_two_events_of_one_uid_both_count(tmp_path: Path) -> None:
    text = calendar(
        "DTSTART:20270202T090000\nDURATION:PT1H", "SUMMARY:B\nDTSTART:20270203T090000\nDURATION:PT1H"
    )
    text = text.replace("UID:1", "UID:0")
    assert len(busy(tmp_path, text)) == 2
    assert oddities(tmp_path, text) == ["10: B, the event on line 4 has the same UID; both count"]


def test_the_later_edition_of_an_event_counts(tmp_path: Path) -> None:
    text = (
        calendar(
            "SEQUENCE:3\nDTSTART:20270202T090000\nDURATION:PT1H",
            "SEQUENCE:12\nDTSTART:20270203T090000\nDURATION:PT1H",
            "SEQUENCE:12\nDTSTART:20270203T090000\nDURATION:PT1H",
        )
        .replace("UID:1", "UID:0")
        .replace("UID:2", "UID:0")
    )
    reading = read(tmp_path, text)
    assert [f"{time.span.start:%d}" for time in reading.busy] == ["03"]
    assert [each.reason.value for each in reading.passed_over] == ["an older edition of another"] * 2
    assert reading.oddities == ()


def test_a_calendar_of_other_dates_is_told(tmp_path: Path) -> None:
    old = "DTSTART:20260202T090000\nDTEND:20260202T100000"
    expected = ["no event lies within the dates (was it exported long ago?)"]
    assert oddities(tmp_path, calendar(old)) == expected
    assert oddities(tmp_path, calendar(old, "DTSTART:20270202T090000\nDURATION:PT1H")) == []
    assert oddities(tmp_path, calendar(f"{old}\nTRANSP:TRANSPARENT")) == []
    assert oddities(tmp_path, calendar()) == []
