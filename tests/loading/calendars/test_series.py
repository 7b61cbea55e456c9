"""Events that repeat, with their exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loading.calendars.files import busy, calendar, faults, oddities, read

WEEKLY = "DTSTART;TZID=Europe/Warsaw:20270301T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"


def one_uid(*events: str) -> str:
    """Return a calendar whose events have one UID."""
    text = calendar(*events)
    for number in range(1, len(events)):
        text = text.replace(f"UID:{number}\r", "UID:0\r")
    return text


def days(folder: Path, *events: str) -> list[str]:
    """Return the starts of a series."""
    return [f"{time.span.start:%m-%d %H:%M}" for time in read(folder, one_uid(*events)).busy]


def test_keeps_to_the_wall_clock(tmp_path: Path) -> None:
    event = (
        "DTSTART;TZID=Europe/Warsaw:20250303T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20270329T235959Z\n"
        "EXDATE;TZID=Europe/Warsaw:20270308T090000"
    )
    found = busy(tmp_path, calendar(event))
    assert len(found) == 13 - 1
    assert "03-08 09:00-03-08 10:00" not in found
    assert found[-1] == "03-29 09:00-03-29 10:00"


@pytest.mark.parametrize(
    "exception",
    [
        "EXDATE;TZID=Europe/Warsaw:20270308T090000",
        "EXDATE:20270308T080000Z",
        "EXDATE:20270308T090000",
        "EXDATE;VALUE=DATE:20270308",
        'EXDATE;TZID="Central European Standard Time":20270308T090000',
    ],
)
def test_an_exception_in_any_way_in_which_it_is_written(exception: str, tmp_path: Path) -> None:
    found = days(tmp_path, f"{WEEKLY}\n{exception}")
    assert found == ["03-01 09:00", "03-15 09:00", "03-22 09:00", "03-29 09:00"]


def test_several_exceptions(tmp_path: Path) -> None:
    event = f"{WEEKLY}\nEXDATE:20270301T080000Z,20270315T080000Z\nEXDATE:20270329T070000Z"
    assert days(tmp_path, event) == ["03-08 09:00", "03-22 09:00"]


def test_one_moved_and_one_cancelled(tmp_path: Path) -> None:
    found = days(
        tmp_path,
        f"SUMMARY:Jour fixe\n{WEEKLY};COUNT=3",
        "RECURRENCE-ID:20270308T080000Z\nDTSTART:20270309T140000\nDURATION:PT1H",
        "RECURRENCE-ID;TZID=Europe/Warsaw:20270315T090000\nDTSTART:20270315T090000\nSTATUS:CANCELLED",
    )
    assert found == ["03-01 09:00", "03-09 14:00"]


def test_one_moved_into_the_dates_and_one_out_of_them(tmp_path: Path) -> None:
    found = days(
        tmp_path,
        "DTSTART:20261222T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3",
        "RECURRENCE-ID:20261229T090000\nDTSTART:20270107T090000\nDURATION:PT1H",
        "RECURRENCE-ID:20270105T090000\nDTSTART:20261230T090000\nDURATION:PT1H",
    )
    assert found == ["01-07 09:00"]


def test_a_repetition_alone_in_the_file(tmp_path: Path) -> None:
    event = "RECURRENCE-ID:20270308T080000Z\nDTSTART:20270309T140000\nDURATION:PT1H"
    assert days(tmp_path, event) == ["03-09 14:00"]


def test_this_and_all_later_ones(tmp_path: Path) -> None:
    later = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Warsaw:20270315T090000\n"
    moved = f"{later}DTSTART;TZID=Europe/Warsaw:20270315T110000\nDURATION:PT2H"
    assert days(tmp_path, WEEKLY, moved) == [
        "03-01 09:00",
        "03-08 09:00",
        "03-15 11:00",
        "03-22 11:00",
        "03-29 11:00",
    ]
    cancelled = f"{later}DTSTART;TZID=Europe/Warsaw:20270315T090000\nSTATUS:CANCELLED"
    assert days(tmp_path, WEEKLY, cancelled) == ["03-01 09:00", "03-08 09:00"]


def test_extra_dates(tmp_path: Path) -> None:
    event = (
        "DTSTART:20270201T090000\nDURATION:PT1H\nRDATE:20270203T090000,20270204T100000Z\n"
        "RDATE;VALUE=PERIOD:20270205T090000/PT3H,20270206T090000/20270206T091500\nRDATE:"
    )
    assert busy(tmp_path, calendar(event)) == [
        "02-01 09:00-02-01 10:00",
        "02-03 09:00-02-03 10:00",
        "02-04 11:00-02-04 12:00",
        "02-05 09:00-02-05 12:00",
        "02-06 09:00-02-06 09:15",
    ]


def test_whole_days(tmp_path: Path) -> None:
    event = (
        "DTSTART;VALUE=DATE:20270326\nDTEND;VALUE=DATE:20270328\nRRULE:FREQ=WEEKLY;INTERVAL=1;UNTIL=20270402\n"
        "RDATE;VALUE=DATE:20270310\nEXDATE;VALUE=DATE:20270402"
    )
    assert busy(tmp_path, calendar(event)) == ["03-10 00:00-03-12 00:00", "03-26 00:00-03-28 00:00"]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20270315", "03-15"),
        ("20270315T090000", "03-15"),
        ("20270315T080000Z", "03-15"),
        ("20270315T075959Z", "03-08"),
        ("20270315T235959", "03-15"),
        ("20270314", "03-08"),
        ("99991231T235959Z", "03-29"),
    ],
)
def test_until_when(until: str, last: str, tmp_path: Path) -> None:
    assert days(tmp_path, f"{WEEKLY};UNTIL={until}")[-1][:5] == last


@pytest.mark.parametrize("until", ["20270315", "20270315T000000", "20270314T230000Z", "20270315T225959Z"])
def test_until_when_of_whole_days(until: str, tmp_path: Path) -> None:
    event = f"DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=WEEKLY;UNTIL={until}"
    assert days(tmp_path, event)[-1] == "03-15 00:00"


def test_a_long_event_that_began_before_the_dates(tmp_path: Path) -> None:
    event = "DTSTART:20261101T090000\nDURATION:P40D\nRRULE:FREQ=MONTHLY;COUNT=2"
    assert busy(tmp_path, calendar(event)) == ["01-01 00:00-01-10 09:00"]


def test_a_series_whose_repetitions_are_busy_only_now_and_then(tmp_path: Path) -> None:
    found = days(
        tmp_path,
        f"{WEEKLY}\nTRANSP:TRANSPARENT",
        "RECURRENCE-ID;TZID=Europe/Warsaw:20270308T090000\nDTSTART:20270308T090000\nDURATION:PT2H",
    )
    assert found == ["03-08 09:00"]


def test_old_exception_rules_are_told(tmp_path: Path) -> None:
    text = calendar(f"{WEEKLY}\nEXRULE:FREQ=MONTHLY")
    assert len(busy(tmp_path, text)) == 5
    assert oddities(tmp_path, text) == [
        "10: EXRULE: FREQ=MONTHLY, not followed: what it leaves out counts as busy"
    ]


def test_two_repetitions_that_stand_for_the_same_one(tmp_path: Path) -> None:
    first = "RECURRENCE-ID;TZID=Europe/Warsaw:20270308T090000\nDTSTART:20270309T090000\nDURATION:PT1H"
    second = "RECURRENCE-ID:20270308T080000Z\nDTSTART:20270310T090000\nDURATION:PT1H"
    assert days(tmp_path, f"{WEEKLY};COUNT=2", first, second) == ["03-01 09:00", "03-09 09:00", "03-10 09:00"]
    newer = f"{second}\nSEQUENCE:1"
    assert days(tmp_path, f"{WEEKLY};COUNT=2", first, newer) == ["03-01 09:00", "03-10 09:00"]


def test_what_repeats_and_lasts_for_years_is_refused(tmp_path: Path) -> None:
    event = "SUMMARY:Era\nDTSTART:20200101T000000\nDTEND:20400101T000000\nRRULE:FREQ=YEARLY"
    assert faults(tmp_path, calendar(event)) == [
        "4: expected an event that repeats to last a year at most (in the event 'Era')"
    ]


@pytest.mark.parametrize("midnight", ["20270308", "20270307T230000Z", "20270308T000000", "20270308T150000"])
def test_whole_days_named_by_a_time(midnight: str, tmp_path: Path) -> None:
    core = "DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert days(tmp_path, f"{core}\nEXDATE:{midnight}") == ["03-01 00:00", "03-15 00:00"]
    moved = f"RECURRENCE-ID:{midnight}\nDTSTART;VALUE=DATE:20270310"
    assert days(tmp_path, core, moved) == ["03-01 00:00", "03-10 00:00", "03-15 00:00"]


def test_times_named_by_their_date(tmp_path: Path) -> None:
    moved = "RECURRENCE-ID;VALUE=DATE:20270308\nDTSTART:20270310T110000\nDURATION:PT1H"
    assert days(tmp_path, f"{WEEKLY};COUNT=3", moved) == ["03-01 09:00", "03-10 11:00", "03-15 09:00"]
