"""Calendars that are broken or meant to do harm: told with their line, at a bounded effort."""

# ruff: noqa: E501 - an event or a message stands on one line.

from __future__ import annotations

import os
import random
from pathlib import Path
from time import process_time

import pytest

from meetsched.errors import DataError
from meetsched.loading.calendars import read_calendar
from meetsched.loading.calendars.reader import MAX_BYTES
from tests.loading.calendars.files import DATA, QUARTER, busy, calendar, faults, oddities, read

EVENT = "DTSTART:20270202T090000\nDURATION:PT1H"
BUSY = ["02-02 09:00-02-02 10:00"]
NO_CALENDAR = "the file is no calendar, expected BEGIN:VCALENDAR as its first line"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"1: {NO_CALENDAR}"),
        ("\r\n\r\n", f"1: {NO_CALENDAR}"),
        ("hello", f"1: {NO_CALENDAR}"),
        ("\n<!DOCTYPE html>\n<html>", f"2: {NO_CALENDAR} (a web page was saved in place of the calendar)"),
        ("BEGIN:VEVENT\r\nEND:VEVENT", "1: BEGIN:VEVENT stands outside of any VCALENDAR"),
        ("END:VCALENDAR", "1: END:VCALENDAR stands here without its BEGIN"),
        (calendar(EVENT)[:-3], "10: END:VCALENDA stands here, expected END:VCALENDAR"),
        (calendar(EVENT)[:-27], "8: the file ends in the middle, expected END:VEVENT (it was not downloaded or copied to its end)"),
        (calendar("BEGIN:VEVENT\nEND:VEVENT"), "7: BEGIN:VEVENT stands inside VEVENT"),
        (calendar("BEGIN:X\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\nEND:X"), "8: BEGIN:VFREEBUSY stands inside X"),
        (calendar("BEGIN:VCALENDAR\nEND:VCALENDAR"), "7: BEGIN:VCALENDAR stands inside VEVENT"),
        (calendar("BEGIN:X\n" * 30 + "END:X\n" * 30), "15: expected at most 100000 parts, 10 deep"),
        (calendar(EVENT, head="CALSCALE:HEBREW\n"), "1: CALSCALE: HEBREW, expected GREGORIAN"),
        (calendar("SUMMARY:Lunch\nDTSTART:2027XX"), "8: DTSTART: 2027XX, expected a date or a time such as 20270331T140000Z"),
        (calendar("SUMMARY:Lunch\nDURATION:PT1H"), "4: an event without DTSTART (in the event 'Lunch')"),
        (calendar(f"{EVENT}\nDTSTART:20270203T090000Z"), "9: DTSTART: 20270203T090000Z, expected it once (in the event on line 4)"),
        (calendar(f"{EVENT}\nDTEND:20270202T100000"), "8: DURATION: PT1H, expected either DTEND or DURATION (in the event on line 4)"),
        (calendar("DTSTART:20270202T090000Z\nDTEND:20270202T080000Z"), "8: DTEND: 20270202T080000Z, expected an end that is not before DTSTART (in the event on line 4)"),
        (calendar("DTSTART:20270202T090000Z\nDTEND:20270203"), "8: DTEND: 20270203, expected a time where DTSTART has one, else a date (in the event on line 4)"),
        (calendar("DTSTART:20270202\nDURATION:-PT1H"), "8: DURATION: -PT1H, expected a length of time such as PT90M"),
        (calendar("DTSTART:90270202\nDURATION:P999999D"), "8: DURATION: P999999D, expected an end before the year 9999"),
        (calendar("DTSTART:20270202T090000Z\nDURATION:PT"), "8: DURATION: PT, expected a length of time such as PT90M"),
        (calendar(f"{EVENT}\nRRULE:FREQ=SECONDLY;COUNT=999999999"), "9: RRULE: FREQ=SECONDLY;COUNT=999999999, expected an event that repeats daily at most"),
        (calendar(f"{EVENT}\nRRULE"), "9: RRULE, expected a name, a colon and a value"),
        (calendar(f"{EVENT}\nEXDATE 20270203"), "9: EXDATE 20270203, expected a name, a colon and a value"),
        (calendar(f"{EVENT}\nEXDATE:20270230T090000"), "9: EXDATE: 20270230T090000, expected a date or a time such as 20270331T140000Z"),
        (calendar(f"{EVENT}\nRDATE:20270203T090000/20270203T080000"), "9: RDATE: 20270203T090000/20270203T080000, expected a period that ends after its start"),
        (calendar(f"{EVENT}\nRDATE:20270203/P1D"), "9: RDATE: 20270203/P1D, expected a period such as 20270331T140000Z/PT1H"),
        (calendar(f"{EVENT}\nRECURRENCE-ID:yesterday"), "9: RECURRENCE-ID: yesterday, expected a date or a time such as 20270331T140000Z"),
        (calendar("FREEBUSY:nonsense", kind="VFREEBUSY"), "7: FREEBUSY: nonsense, expected a period such as 20270331T140000Z/PT1H"),
        (calendar("FREEBUSY;TZID=Mars:20270202T090000/PT1H", kind="VFREEBUSY"), "7: FREEBUSY;TZID: Mars, expected a time zone that is known, or defined in the file"),
        (calendar("DTSTART:20270202T090000\nDURATION:PT1H\x07"), "8: DURATION: PT1H\ufffd, expected a length of time such as PT90M"),
        (calendar("DTSTART:\u0662\u0660270202"), "7: DTSTART: \u0662\u0660270202, expected a date or a time such as 20270331T140000Z"),
        (calendar(f"{EVENT}\nSUMMARY:a\0b"), "9: a zero byte stands here: this is no calendar"),
    ],
)  # fmt: skip
def test_what_cannot_be_trusted(text: str, message: str, tmp_path: Path) -> None:
    assert faults(tmp_path, text) == [message]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = calendar(
        "DTSTART:never",
        EVENT,
        "DTSTART:20270202T090000\nRRULE:FREQ=X\nEXDATE:a,20270202,b",
        "DTSTART;TZID=Mars:20270202T090000",
    )
    assert [fault.split(":")[0] for fault in faults(tmp_path, text)] == ["7", "19", "20", "20", "25"]
    many = faults(tmp_path, calendar(*["DTSTART:never"] * 50))
    assert len(many) == 21
    assert many[-1].endswith("and 30 more of this kind in the file")


def test_utf_16_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, calendar(EVENT).encode("utf-16")) == [
        ": the file is UTF-16, expected UTF-8 (save it as UTF-8)".removeprefix(": ")
    ]


def test_letters_of_another_encoding_spoil_titles_only(tmp_path: Path) -> None:
    text = calendar(f"SUMMARY:Zamówienia\n{EVENT}").encode("cp1250")
    assert busy(tmp_path, text) == BUSY
    assert oddities(tmp_path, text) == ["7: the byte 0xf3 is not UTF-8 (titles may look wrong, times do not)"]
    assert len(faults(tmp_path, calendar("DTSTART;TZID=Wręga:20270202T090000").encode("cp1250"))) == 1


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\r\r\n", "\n\n"])
def test_lines_may_end_in_any_way(end: str, tmp_path: Path) -> None:
    folded = calendar(EVENT.replace("T09", "T\n 09").replace("PT", "P\n\tT"))
    assert busy(tmp_path, folded.replace("\r\n", end)) == BUSY


@pytest.mark.parametrize("mark", ["\ufeff", "\n\n", ""])
@pytest.mark.parametrize("tail", ["", "\r\n\r\n", "\n ", "\x1a"])
def test_what_stands_around_a_calendar(mark: str, tail: str, tmp_path: Path) -> None:
    assert busy(tmp_path, mark + calendar(EVENT) + tail) == BUSY


def test_bad_folding_is_told_and_harms_no_time(tmp_path: Path) -> None:
    text = calendar(
        f"DESCRIPTION:Agenda\nfirst we meet\n\nthen we eat\\n\n{EVENT}\nX-A;X=1\n:x\n;", head="=x\n"
    )
    assert busy(tmp_path, text) == BUSY
    assert oddities(tmp_path, text) == [
        f"{line}: {shown}, a line that cannot be read is passed over"
        for line, shown in [
            (4, "=x"),
            (9, "first we meet"),
            (11, "then we eat\\n"),
            (14, "X-A;X=1"),
            (15, ":x"),
            (16, ";"),
        ]
    ]


def test_many_oddities_are_counted(tmp_path: Path) -> None:
    found = oddities(tmp_path, calendar(f"{EVENT}\n" + "odd\n" * 100))
    assert len(found) == 21
    assert found[-1] == "and 80 more of this kind in the file".strip()


def test_what_comes_after_a_calendar_is_told(tmp_path: Path) -> None:
    assert oddities(tmp_path, f"{calendar(EVENT)}X-COMMENT:bye\r\n") == [
        "11: X-COMMENT:bye, a line outside of any calendar is passed over"
    ]


def test_a_sequence_that_is_no_number(tmp_path: Path) -> None:
    text = calendar(f"{EVENT}\nSEQUENCE:-7")
    assert busy(tmp_path, text) == BUSY
    assert oddities(tmp_path, text) == ["9: SEQUENCE: -7, expected a whole number, 0 is taken"]


def test_control_characters_in_titles_do_not_reach_a_terminal(tmp_path: Path) -> None:
    reading = read(tmp_path, calendar(f"SUMMARY:a\x1b[31mb\x07\\nc{'d' * 500}\n{EVENT}"))
    assert reading.busy[0].title.isprintable()
    assert len(reading.busy[0].title) <= 60


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.ics"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    monkeypatch.setattr(Path, "open", None)
    with pytest.raises(
        DataError, match=r"the file is too large, expected at most 20 MB \(export fewer years\)"
    ):
        read_calendar(path, QUARTER, "large.ics")


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "c.ics"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(DataError, match=r"cannot be read|expected a file"):
        read_calendar(path, QUARTER, "c.ics")


NEVER = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
LATER = "RECURRENCE-ID;RANGE=THISANDFUTURE:2027{:02}{:02}T090000\n" + EVENT


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (calendar(*[f"DTSTART:00020101T090000\n{NEVER}"] * 1000), False),
        (calendar(*["DTSTART:20270202T090000"] * 25_000), True),
        (calendar(*[f"DTSTART:20100202T090000\nDTEND:20100202T100000\nUID2:{n}" for n in range(20_000)]), False),
        (calendar(*["DTSTART:00020101T090000\nRRULE:FREQ=DAILY;COUNT=999999999"] * 50), True),
        (calendar(*["DTSTART:20270101T000000\nDURATION:P300D\nRRULE:FREQ=DAILY"] * 1000), True),
        (calendar(f"{EVENT}\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8;BYMINUTE={','.join(map(str, range(60)))}"), True),
        (calendar(f"{EVENT}\n" + f"RDATE:{','.join(['20270303T090000'] * 1000)}\n" * 50), True),
        (calendar(f"{EVENT}\n" + "RRULE:FREQ=DAILY;BYDAY=TU;BYMONTH=13\n" * 10_000), True),
        (calendar(f"{EVENT}\nRRULE:FREQ=DAILY", *[LATER.format(n // 28 + 1, n % 28 + 1) for n in range(200)]).replace("UID:", "UID:x\nUID:"), True),
        (calendar(f"{EVENT}\nDESCRIPTION:" + "x\r\n " * 500_000), False),
        (calendar(f"{EVENT}\nATTACH;ENCODING=BASE64:" + "A" * 18_000_000), False),
        (calendar(f"{EVENT}\n" + '"' * 5_000_000), False),
        (calendar(f'{EVENT}\nATTENDEE;CN="{"a;" * 1_000_000}:mailto:declined'), False),
        (calendar(f"{EVENT}\nEXDATE;" + "A=1;" * 1_000_000 + "TZID=Mars:20270202T090000"), True),
        ("BEGIN:VCALENDAR\r\n" + "BEGIN:X\r\nEND:X\r\n" * 200_000 + "END:VCALENDAR\r\n", True),
        ("\r\n" * 2_000_000, True),
        (calendar(EVENT, head=f"BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n{NEVER}\nEND:STANDARD\nEND:VTIMEZONE\n" * 3000), False),
    ],
    ids=[
        "rules that never hold", "too many events", "many old events", "counts without an end", "long and daily", "by the minute",
        "extra dates", "broken rules", "this and later", "folds", "attachment", "quotes", "parameters of people", "parameters of times",
        "parts", "blank lines", "zones",
    ],
)  # fmt: skip
def test_the_effort_is_bounded(text: str, refused: bool, tmp_path: Path) -> None:
    assert len(text) < MAX_BYTES
    began = process_time()
    is_refused = bool(faults(tmp_path, text))
    assert is_refused is refused
    assert process_time() - began < 5


def spoilt(data: bytes, rng: random.Random) -> bytes:
    """Return the data with a few bytes changed, dropped or repeated."""
    spoilt = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(spoilt))
        match rng.randrange(3):
            case 0:
                spoilt[at] = rng.choice(b"0123456789:;=,TZ\r\n\0\xff-+A")
            case 1:
                del spoilt[at : at + rng.randint(1, 8)]
            case _:
                spoilt[at:at] = spoilt[at : at + rng.randint(1, 40)]
    return bytes(spoilt)


@pytest.mark.parametrize("file", sorted(DATA.glob("*.ics")), ids=lambda file: file.stem)
def test_mutations(file: Path, tmp_path: Path) -> None:
    data = file.read_bytes()
    rng = random.Random(file.name)
    loaded = 0
    for _ in range(40):
        try:
            spans = read(tmp_path, spoilt(data, rng)).spans
        except DataError as error:
            assert error.faults
            assert str(error).isprintable() or "\n" in str(error)
        else:
            loaded += 1
            assert all(QUARTER.start <= span.start < span.end <= QUARTER.end for span in spans)
    assert loaded
