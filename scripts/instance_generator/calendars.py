"""Busy times in calendar files beside the instance."""

from datetime import timedelta

from instance_generator.draw import Record
from instance_generator.frame import Frame

_BUSY_SHARE = 0.03


def make_calendars(frame: Frame, identifier: str, people: list[Record]) -> dict[str, str]:
    """Give some experts a calendar file and return the files' texts by name."""
    files = {}
    for person in people:
        if "expertise" in person and frame.draw("calendar", person["id"]).chance(_BUSY_SHARE):
            name = f"{identifier}-{person['id']}.ics"
            person["busy_calendars"] = [name]
            files[name] = _calendar(frame, person["id"])
    return files


def _calendar(frame: Frame, person: str) -> str:
    """Return a weekly lecture and a conference of two days, as an iCalendar file."""
    draw = frame.draw("appointments", person)
    lecture = frame.first + timedelta(days=draw.randint(0, 6))
    conference = draw.day(frame.first, frame.last)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//meetsched//made-up busy times//EN",
        "BEGIN:VEVENT",
        f"UID:lecture-{person}@university.example",
        f"DTSTAMP:{frame.first:%Y%m%d}T080000Z",
        f"DTSTART:{lecture:%Y%m%d}T130000Z",
        f"DTEND:{lecture:%Y%m%d}T150000Z",
        f"RRULE:FREQ=WEEKLY;UNTIL={frame.last:%Y%m%d}T235959Z",
        "SUMMARY:Lecture",
        "END:VEVENT",
        "BEGIN:VEVENT",
        f"UID:conference-{person}@university.example",
        f"DTSTAMP:{frame.first:%Y%m%d}T080000Z",
        f"DTSTART;VALUE=DATE:{conference:%Y%m%d}",
        f"DTEND;VALUE=DATE:{conference + timedelta(days=2):%Y%m%d}",
        "SUMMARY:Conference",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines)
