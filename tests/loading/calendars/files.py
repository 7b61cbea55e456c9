"""Calendars as text, written for a test and read back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from meetsched.errors import DataError
from meetsched.loading.calendars import Reading, Span, read_calendar

DATA = Path(__file__).parents[2] / "data/calendars"
WARSAW = ZoneInfo("Europe/Warsaw")
QUARTER = Span(datetime(2027, 1, 1, tzinfo=WARSAW), datetime(2027, 4, 1, tzinfo=WARSAW))


def calendar(*events: str, head: str = "", kind: str = "VEVENT") -> str:
    """Return a calendar of events, each with a UID of its own; the first begins on line 4, after the head."""
    blocks = [
        f"BEGIN:{kind}\nUID:{number}\nDTSTAMP:20260101T000000Z\n{event}\nEND:{kind}\n"
        for number, event in enumerate(events)
    ]
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{head}{''.join(blocks)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


def read(folder: Path, content: str | bytes, within: Span = QUARTER, owners: Collection[str] = ()) -> Reading:
    """Write a calendar and read it."""
    path = folder / "c.ics"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_calendar(path, within, "c.ics", owners)


def busy(folder: Path, content: str | bytes, within: Span = QUARTER) -> list[str]:
    """Return a calendar's busy times on the local clock, merged."""
    spans = read(folder, content, within).spans
    return [f"{span.start:%m-%d %H:%M}-{span.end:%m-%d %H:%M}" for span in spans]


def faults(folder: Path, content: str | bytes) -> list[str]:
    """Return what keeps a calendar from being used, each with its line."""
    try:
        read(folder, content)
    except DataError as error:
        assert error.faults
        assert all(fault.file == "c.ics" for fault in error.faults)
        return [str(fault).removeprefix("c.ics:").strip() for fault in error.faults]
    return []


def oddities(folder: Path, content: str | bytes) -> list[str]:
    """Return what is odd in a calendar, each with its line."""
    found = read(folder, content).oddities
    return [str(fault).removeprefix("c.ics:").strip() for fault in found]
