"""Calendars as Google, Outlook, Exchange, Nextcloud and others export them."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar

from meetsched.loading.calendars import Reading, read_calendar
from tests.loading.calendars.files import DATA, QUARTER, WARSAW


def load(name: str) -> Reading:
    return read_calendar(DATA / f"{name}.ics", QUARTER, f"{name}.ics")


def busy(reading: Reading) -> dict[str, list[str]]:
    """Return the busy times by title; where one lasts as long as the one before, only its start."""
    found: dict[str, list[str]] = {}
    for title, times in groupby(sorted(reading.busy, key=lambda time: time.title), lambda time: time.title):
        length = None
        for time in times:
            start, end = time.span
            shown = f"{start:%d %b %H:%M}"
            if end - start != length:
                shown += f"-{end:%H:%M}" if start.date() == end.date() else f"-{end:%d %b %H:%M}"
            length = end - start
            found.setdefault(title, []).append(shown)
    return found


EXPECTED = {
    "google": {
        "Ferie": ["11 Jan 00:00-16 Jan 00:00"],
        "Perhaps a training": ["09 Mar 08:30-10:30"],
        "Team meeting": [
            *("11 Jan 09:00-10:00", "18 Jan 09:00", "25 Jan 09:00", "08 Feb 09:00", "22 Feb 09:00"),
            *("01 Mar 09:00", "08 Mar 09:00", "15 Mar 09:00", "22 Mar 08:00", "29 Mar 08:00"),
        ],
        "Team meeting, moved": ["02 Feb 14:00-15:00"],
    },
    "outlook": {
        "Kolegium: wydział, przesunięte": ["03 Feb 10:00-11:30"],
        "Kolegium: wydział, sprawy bieżące": [
            *("12 Jan 09:00-10:30", "26 Jan 09:00", "09 Feb 09:00", "23 Feb 09:00", "09 Mar 09:00"),
            "23 Mar 09:00",
        ],
        "Urlop": ["08 Feb 00:00-13 Feb 00:00"],
        "Zamknięcie miesiąca": ["29 Jan 11:00-12:00", "26 Feb 11:00", "31 Mar 11:00"],
    },
    "outlook-web": {
        "Away": ["15 Feb 00:00-17 Feb 00:00"],
        "Busy": ["01 Feb 09:00-09:30", "02 Feb 09:00", "03 Feb 09:00", "04 Feb 09:00", "05 Feb 09:00"],
        "Tentative": ["29 Mar 09:00-10:00"],
        "Working elsewhere": ["22 Feb 00:00-23 Feb 00:00"],
    },
    "nextcloud": {
        "Choir": [
            *("07 Jan 17:30-19:00", "14 Jan 17:30", "28 Jan 17:30", "04 Feb 17:30", "11 Feb 17:30"),
            "18 Feb 17:30",
        ],
        "Choir, half an hour later": ["25 Feb 18:00-19:30", "04 Mar 18:00", "11 Mar 18:00"],
        "Day off": ["01 Mar 00:00-02 Mar 00:00", "08 Mar 00:00", "15 Mar 00:00"],
        "Night watch": ["27 Mar 22:00-28 Mar 07:00"],
    },
    "odd-zones": {
        "Floating": ["11 Jan 09:00-10:00"],
        "Half an hour off": ["05 Jan 05:00-06:00"],
        "Lisbon": ["08 Mar 10:00-11:00", "15 Mar 10:00", "22 Mar 10:00", "29 Mar 10:00"],
        "London": ["10 Jan 10:00-10:45"],
        "New York": ["12 Mar 14:00-15:00", "14 Mar 13:00", "15 Mar 13:00"],
    },
    "free-busy": {
        "": [
            *("12 Jan 09:00-11:00", "13 Jan 09:00-10:30", "19 Jan 09:00-11:00", "02 Feb 00:00-06 Feb 00:00"),
            *("29 Mar 12:00-12:30", "30 Mar 08:00-09:00"),
        ]
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_busy_times(name: str) -> None:
    assert busy(load(name)) == EXPECTED[name]


PASSED_OVER = {
    "google": [
        "Birthday of Bartosz: shown as free",
        "Declined dinner: declined",
        "Home: shown as free",
    ],
    "outlook": ["Targi (dla informacji): shown as free", "Odwołane: odbiór: cancelled"],
    "outlook-web": ["Free: shown as free"],
    "nextcloud": ["🎂 Olga (1972): shown as free"],
    "odd-zones": [],
    "free-busy": [": shown as free"],
}


@pytest.mark.parametrize("name", PASSED_OVER)
def test_what_is_passed_over(name: str) -> None:
    assert [f"{each.title}: {each.reason}" for each in load(name).passed_over] == PASSED_OVER[name]


def test_the_lines_are_those_of_the_file() -> None:
    for path in sorted(Path(DATA).glob("*.ics")):
        lines = path.read_bytes().decode().replace("\r\n", "\n").split("\n")
        for time in load(path.stem).busy:
            assert lines[time.line - 1] == "BEGIN:VEVENT" or lines[time.line - 1].startswith("FREEBUSY")


@pytest.mark.parametrize("name", ["google", "outlook", "outlook-web"])
def test_the_libraries_alone_say_the_same(name: str) -> None:
    """Of calendars that are as they should be, without what nobody but us passes over."""
    calendar = Calendar.from_ical((DATA / f"{name}.ics").read_bytes())
    expected = []
    for event in recurring_ical_events.of(calendar).between(*QUARTER):
        status = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", ""))
        is_free = status == "FREE" if status else event.get("TRANSP") == "TRANSPARENT"
        if not is_free and event.get("STATUS") != "CANCELLED" and event["SUMMARY"] != "Declined dinner":
            expected.append((local(event["DTSTART"].dt), local(event["DTEND"].dt), str(event["SUMMARY"])))
    assert [(*time.span, time.title) for time in load(name).busy] == sorted(expected)


def local(moment: date) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(WARSAW)
    return datetime.combine(moment, datetime.min.time(), WARSAW)
