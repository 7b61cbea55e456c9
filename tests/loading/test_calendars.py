"""Busy times out of calendar files beside the instance."""

# ruff: noqa: E501 - an event or a message stands on one line.

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from meetsched.loading import load_instance
from meetsched.loading.calendar_reader import CalendarError, Span, read_busy_times
from tests.loading.conftest import TOWN

WARSAW = ZoneInfo("Europe/Warsaw")
QUARTER = Span(datetime(2027, 1, 1, tzinfo=WARSAW), datetime(2027, 4, 1, tzinfo=WARSAW))

VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Five ahead
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE
"""


def calendar(*events: str, head: str = "", kind: str = "VEVENT") -> str:
    blocks = [
        f"BEGIN:{kind}\nUID:{number}\nDTSTAMP:20260101T000000Z\n{event}\nEND:{kind}\n"
        for number, event in enumerate(events)
    ]
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{head}{''.join(blocks)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


@pytest.fixture
def busy(tmp_path: Path) -> Callable[[str], list[str]]:
    """Write a calendar and return its busy times on the local clock."""

    def read(text: str) -> list[str]:
        path = tmp_path / "c.ics"
        path.write_text(text, encoding="utf-8", newline="")
        spans = read_busy_times(path, QUARTER)
        return [f"{span.start:%m-%d %H:%M}-{span.end:%m-%d %H:%M}" for span in spans]

    return read


Busy = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20270202T090000Z\nDTEND:20270202T100000Z", ["02-02 10:00-02-02 11:00"]),
        ("DTSTART:20270202T090000\nDURATION:PT90M", ["02-02 09:00-02-02 10:30"]),
        ("DTSTART;TZID=Europe/London:20270202T090000\nDURATION:PT1H", ["02-02 10:00-02-02 11:00"]),
        ("DTSTART;TZID=Eastern Standard Time:20270202T090000\nDURATION:PT1H", ["02-02 15:00-02-02 16:00"]),
        ("DTSTART;VALUE=DATE:20270202", ["02-02 00:00-02-03 00:00"]),
        ("DTSTART;VALUE=DATE:20270202\nDTEND;VALUE=DATE:20270205", ["02-02 00:00-02-05 00:00"]),
        ("DTSTART;VALUE=DATE:20270328", ["03-28 00:00-03-29 00:00"]),
        ("DTSTART:20270202T090000\nDTEND:20270202T090000", []),
        ("DTSTART:20261220T090000\nDTEND:20270102T090000", ["01-01 00:00-01-02 09:00"]),
        ("DTSTART:20261220T090000\nDTEND:20280102T090000", ["01-01 00:00-04-01 00:00"]),
        ("DTSTART:20270101T000000\nDURATION:PT30M", ["01-01 00:00-01-01 00:30"]),
        ("DTSTART:20270331T233000\nDURATION:PT30M", ["03-31 23:30-04-01 00:00"]),
        ("DTSTART:20270401T000000\nDURATION:PT30M", []),
        ("DTSTART:20270202T090000\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
        (
            "DTSTART:20270202T090000\nDURATION:PT1H\nTRANSP:OPAQUE\nSTATUS:TENTATIVE",
            ["02-02 09:00-02-02 10:00"],
        ),
        ("DTSTART:20270202T090000\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        ("DTSTART:20270202T090000\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        (
            "DTSTART:20270202T090000\nDURATION:PT1H\nATTENDEE:not an address\nGEO:nonsense",
            ["02-02 09:00-02-02 10:00"],
        ),
    ],
)
def test_single_event(event: str, expected: list[str], busy: Busy) -> None:
    assert busy(calendar(event)) == expected


def test_a_weekly_event_keeps_to_the_wall_clock(busy: Busy) -> None:
    event = (
        "DTSTART;TZID=Europe/Warsaw:20250303T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20270329T235959Z\n"
        "EXDATE;TZID=Europe/Warsaw:20270308T090000"
    )
    found = busy(calendar(event))
    assert len(found) == 13 - 1
    assert "03-08 09:00-03-08 10:00" not in found
    assert found[-1] == "03-29 09:00-03-29 10:00"


def test_one_occurrence_moved_and_one_cancelled(busy: Busy) -> None:
    weekly = "SUMMARY:Jour fixe\nDTSTART:20270201T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"
    moved = "RECURRENCE-ID:20270208T090000\nDTSTART:20270209T140000\nDURATION:PT1H"
    gone = "RECURRENCE-ID:20270215T090000\nDTSTART:20270215T090000\nDURATION:PT1H\nSTATUS:CANCELLED"
    text = calendar(weekly, moved, gone).replace("UID:1\r", "UID:0\r").replace("UID:2\r", "UID:0\r")
    assert busy(text) == ["02-01 09:00-02-01 10:00", "02-09 14:00-02-09 15:00"]


def test_extra_dates(busy: Busy) -> None:
    event = "DTSTART:20270201T090000\nDURATION:PT1H\nRDATE:20270203T090000,20270204T090000"
    assert [span[:5] for span in busy(calendar(event))] == ["02-01", "02-03", "02-04"]


def test_floating_times_are_local_whatever_the_calendar_calls_its_zone(busy: Busy) -> None:
    text = calendar("DTSTART:20270202T090000\nDURATION:PT1H", head="X-WR-TIMEZONE:America/New_York\n")
    assert busy(text) == ["02-02 09:00-02-02 10:00"]


def test_a_zone_that_the_file_defines(busy: Busy) -> None:
    event = "DTSTART;TZID=Five ahead:20270202T090000\nDURATION:PT1H"
    assert busy(calendar(event, head=VTIMEZONE)) == ["02-02 05:00-02-02 06:00"]
    with pytest.raises(CalendarError, match="in a time zone that is not known, Five ahead"):
        busy(calendar(event))


def test_free_busy_blocks(busy: Busy) -> None:
    block = (
        "FREEBUSY;FBTYPE=BUSY:20270203T090000Z/20270203T100000Z,20270204T090000Z/PT2H\n"
        "FREEBUSY;FBTYPE=FREE:20270205T090000Z/PT2H\nFREEBUSY:20270206T090000Z/PT1H"
    )
    assert busy(calendar(block, kind="VFREEBUSY")) == [
        "02-03 10:00-02-03 11:00",
        "02-04 10:00-02-04 12:00",
        "02-06 10:00-02-06 11:00",
    ]


def test_busy_times_that_touch_become_one(busy: Busy) -> None:
    events = [
        f"DTSTART:20270202T{hour}0000\nDURATION:PT{length}H"
        for hour, length in [(12, 1), (10, 1), (11, 1), (14, 3), (15, 1)]
    ]
    assert busy(calendar(*events)) == ["02-02 10:00-02-02 13:00", "02-02 14:00-02-02 17:00"]


def test_to_dos_do_not_count(busy: Busy) -> None:
    assert busy(calendar("DTSTART:20270202T090000\nDUE:20270202T100000", kind="VTODO")) == []


def test_several_calendars_in_one_file(busy: Busy) -> None:
    text = calendar("DTSTART:20270202T090000\nDURATION:PT1H") + calendar(
        "DTSTART:20270203T090000\nDURATION:PT1H"
    )
    assert len(busy(text)) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a complete calendar"),
        ("hello", "not a complete calendar"),
        (calendar("DTSTART:20270202T090000Z")[:-20], "not a complete calendar"),
        ("BEGIN:VEVENT\r\nDTSTART:20270202T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "calendar"),
        ("END:VCALENDAR", "calendar"),
        (calendar("SUMMARY:Lunch\nDTSTART:2027XX"), "the event 'Lunch' is broken"),
        (calendar("SUMMARY:Lunch\nDURATION:PT1H"), "the event 'Lunch' has no usable DTSTART"),
        (calendar("DTSTART:20270202T090000Z\nDTSTART:20270203T090000Z"), "has no usable DTSTART"),
        (calendar("DTSTART:20270202T090000Z\nDTEND:20270202T080000Z"), "ends before it starts"),
        (calendar("DTSTART:20270202T090000Z\nRRULE:FREQ=BOGUS"), "is broken"),
        (calendar("DTSTART:20270202T090000Z\nRRULE:FREQ=SECONDLY"), "repeats more often than daily"),
        (calendar("DTSTART:20270202T090000Z\nRRULE:FREQ=HOURLY"), "repeats more often than daily"),
        (calendar("DTSTART:00010101T090000Z\nRRULE:FREQ=DAILY", *["DTSTART:00010101T090000Z\nRRULE:FREQ=DAILY"] * 3), "repeat too often"),
        (calendar("DTSTART:20270202T090000Z\nRRULE:FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))) + ";BYSECOND=" + ",".join(map(str, range(60)))), "repeat too often"),
        (calendar("FREEBUSY:nonsense", kind="VFREEBUSY"), "broken"),
        ("\0" * 5 + calendar("DTSTART:20270202T090000Z"), "calendar"),
    ],
)  # fmt: skip
def test_what_cannot_be_trusted(text: str, message: str, busy: Busy) -> None:
    with pytest.raises(CalendarError, match=message):
        busy(text)


@pytest.mark.parametrize("seed", range(150))
def test_mutations(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = bytearray(
        calendar(
            "DTSTART;TZID=Europe/Warsaw:20250303T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20270329T235959Z",
            "DTSTART;VALUE=DATE:20270202\nDTEND;VALUE=DATE:20270205\nRDATE;VALUE=DATE:20270301",
            "DTSTART;TZID=Five ahead:20270202T090000\nDTEND:20270202T100000Z\nEXDATE:20270202T040000Z",
            head=VTIMEZONE,
        ).encode()
    )
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data))
        match rng.randrange(3):
            case 0:
                data[at] = rng.choice(b"0123456789:;=,TZ\r\n\0\xff-+A")
            case 1:
                del data[at : at + rng.randint(1, 8)]
            case _:
                data[at:at] = data[at : at + rng.randint(1, 40)]
    path = tmp_path / "c.ics"
    path.write_bytes(data)
    try:
        spans = read_busy_times(path, QUARTER)
    except CalendarError as error:
        assert str(error)
    else:
        assert all(QUARTER.start <= span.start < span.end <= QUARTER.end for span in spans)


def town_with(calendars: str) -> str:
    return TOWN.replace("id: bo, ", f"id: bo, busy_calendars: {calendars}, ")


def test_busy_times_are_added_to_the_person(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    event = "SUMMARY:Secret\nDTSTART:20270202T090000\nDURATION:PT1H"
    (tmp_path / "calendars" / "bo.ics").write_text(calendar(event), newline="")
    path = tmp_path / "town.yaml"
    path.write_text(town_with("['calendars/bo.ics', 'calendars\\bo.ics']"))
    people = load_instance(path).instance.person_by_id
    assert [(str(busy.start), busy.why) for busy in people["bo"].busy] == [
        ("2027-02-02 09:00:00+01:00", "bo.ics")
    ] * 2
    assert len(people["anna-k"].busy) == 1
    assert "Secret" not in people["bo"].model_dump_json()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../outside.ics", "expected the name of an .ics file inside the instance's folder"),
        ("..\\outside.ics", "expected the name of an .ics file inside the instance's folder"),
        ("a/../../outside.ics", "expected the name of an .ics file inside the instance's folder"),
        ("link.ics", "expected the name of an .ics file inside the instance's folder"),
        ("town.yaml", "expected the name of an .ics file inside the instance's folder"),
        ("none.ics", "there is no such file beside the instance"),
        ("folder.ics", "there is no such file beside the instance"),
        ("x" * 300 + ".ics", "expected the name of a file beside the instance"),
        ("broken.ics", "the file is not a complete calendar, expected END:VCALENDAR as its last line"),
    ],
)
def test_calendars_that_cannot_be_used(name: str, expected: str, tmp_path: Path, faults_of: Any) -> None:
    folder = tmp_path
    outside = folder.parent / "outside.ics"
    outside.write_text(calendar(), newline="")
    (folder / "link.ics").symlink_to(outside)
    (folder / "folder.ics").mkdir()
    (folder / "broken.ics").write_text("BEGIN:VCALENDAR\n")
    (fault,) = faults_of(town_with(f"['{name}']"))
    assert fault.startswith("people[1].busy_calendars[0]: ")
    assert fault.endswith(f", {expected}")


def test_an_absolute_path(tmp_path: Path, faults_of: Any) -> None:
    outside = tmp_path.parent / "outside.ics"
    outside.write_text(calendar(), newline="")
    (fault,) = faults_of(town_with(f"['{outside}']"))
    assert fault.endswith("expected the name of an .ics file inside the instance's folder")


def test_calendar_faults_stand_among_the_others(faults_of: Any) -> None:
    text = (
        town_with("[none.ics]")
        .replace("budget: 1200.50", "budget: -5")
        .replace("interests: {", "interests: {zzz: 1, ")
    )
    assert [fault.split(":")[0] for fault in faults_of(text)] == [
        "cities[0].budget",
        "people[1].busy_calendars[0]",
        "companies[0].interests.zzz",
    ]
