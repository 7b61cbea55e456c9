"""Busy times out of an iCalendar file (RFC 5545), such as Outlook and Google export.

Events and free/busy blocks count; what is transparent, free or cancelled does not. Floating times and
whole days are local. A file that cannot be trusted in every detail is refused as a whole: a busy time
read an hour off would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from icalendar import Calendar, Component

MAX_BYTES = 5_000_000
MAX_EVENTS = 20_000
MAX_OCCURRENCES = 40_000
"""Of repeating events within the horizon, estimated from above; far more than a diary has."""
MAX_STEPS = 2_000_000
"""Days on which repeating events may fall from their start to the horizon's end, all together."""

_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_STEP_DAYS = {"DAILY": 1, "WEEKLY": 1, "MONTHLY": 30, "YEARLY": 30}


class CalendarError(Exception):
    """A calendar that cannot be used; the message says why."""


class Span(NamedTuple):
    """A stretch of time ``[start, end)``, both aware."""

    start: datetime
    end: datetime


def read_busy_times(path: Path, within: Span) -> tuple[Span, ...]:
    """Return the busy times of a calendar file, in order, merged where they touch.

    Parameters
    ----------
    within : Span
        Only what falls into it is returned, cut to it. Its zone is that of floating times and of
        whole days.

    Raises
    ------
    CalendarError
        If the file cannot be read, or anything in it that bears on time is broken.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CalendarError(f"the file cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise CalendarError(f"the file is too large, expected at most {MAX_BYTES // 1_000_000} MB")
    try:
        return _merge(span for calendar in _parse(data) for span in _busy(calendar, within))
    except CalendarError:
        raise
    except Exception as error:  # The parsers raise at least nine types on broken files.
        raise CalendarError(f"the calendar is broken: {error}") from None


def _parse(data: bytes) -> list[Calendar]:
    import icalendar

    text = data.decode("utf-8-sig", errors="replace")
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise CalendarError("the file is not a complete calendar, expected END:VCALENDAR as its last line")
    # Forget the zones that another file has defined under the same name.
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    calendars = icalendar.Calendar.from_ical(text, multiple=True)
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise CalendarError("the file is no calendar, expected BEGIN:VCALENDAR as its first line")
    return list(calendars)


def _busy(calendar: Calendar, within: Span) -> Iterator[Span]:
    zone = within.start.tzinfo
    for block in calendar.walk("VFREEBUSY"):
        yield from _cut(_blocks(block, zone), within)
    events = calendar.walk("VEVENT")
    if len(events) > MAX_EVENTS:
        raise CalendarError(f"expected at most {MAX_EVENTS} events")
    for event in events:
        _check(event, zone)
    _check_effort(events, within, zone)
    yield from _cut(_occurrences(calendar, within, zone), within)


def _blocks(block: Component, zone: tzinfo | None) -> Iterator[Span]:
    if block.errors:
        raise CalendarError(f"a free/busy block is broken: {block.errors[0][1]}")
    periods = block.get("FREEBUSY", [])
    for period in periods if isinstance(periods, list) else [periods]:
        if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            yield Span(_moment(period.start, zone), _moment(period.end, zone))


def _occurrences(calendar: Calendar, within: Span, zone: tzinfo | None) -> Iterator[Span]:
    import recurring_ical_events

    calendar.pop("X-WR-TIMEZONE", None)  # Else floating times would be shifted to the zone it names.
    query = recurring_ical_events.of(calendar, components=["VEVENT"])
    # A day more on either side: the query does not know the zone of floating times.
    for event in query.between(within.start - timedelta(days=1), within.end + timedelta(days=1)):
        if not _is_free(event):
            yield Span(_time_of(event, "DTSTART", zone), _time_of(event, "DTEND", zone))


def _is_free(event: Component) -> bool:
    def says(key: str) -> str:
        return str(event.get(key, "")).strip().upper()

    return (
        says("TRANSP") == "TRANSPARENT"
        or says("STATUS") == "CANCELLED"
        or says("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    )


def _check(event: Component, zone: tzinfo | None) -> None:
    """Refuse an event whose times cannot be trusted; the libraries would guess or leave it out."""
    title = _title(event)
    for name, problem in event.errors:
        if name in _TIMES or name is None:
            raise CalendarError(f"{title} is broken: {problem}")
    start = _time_of(event, "DTSTART", zone)
    for key in _TIMES:
        values = event.get(key, [])
        for value in values if isinstance(values, list) else [values]:
            _check_zone(title, value)
    if "DTEND" in event and _instant(_time_of(event, "DTEND", zone)) < _instant(start):
        raise CalendarError(f"{title} ends before it starts")


def _check_zone(title: str, value: Any) -> None:
    name = value.params.get("TZID") if hasattr(value, "params") else None
    moments = [each.dt for each in value.dts] if hasattr(value, "dts") else [getattr(value, "dt", None)]
    if name and any(isinstance(moment, datetime) and moment.tzinfo is None for moment in moments):
        raise CalendarError(f"{title} is in a time zone that is not known, {name}")


def _check_effort(events: list[Component], within: Span, zone: tzinfo | None) -> None:
    """Refuse repetitions that would take long to follow, before following them."""
    steps = occurrences = 0
    days = (within.end - within.start).days + 1
    for event in events:
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            frequency = str(rule.get("FREQ", [""])[0]).upper()
            if frequency not in _STEP_DAYS:
                raise CalendarError("an event repeats more often than daily")
            times = 1
            for key in ("BYHOUR", "BYMINUTE", "BYSECOND"):
                times *= max(1, len(rule.get(key, [])))
            age = (within.end - _time_of(event, "DTSTART", zone)).days
            steps += times * max(age, 0) // _STEP_DAYS[frequency]
            weekly = 7 if frequency == "DAILY" else max(1, len(rule.get("BYDAY", [])))
            occurrences += times * weekly * (days // 7 + 1)
    if steps > MAX_STEPS or occurrences > MAX_OCCURRENCES:
        raise CalendarError("its events repeat too often")


def _title(event: Component) -> str:
    name = event.get("SUMMARY") or event.get("UID") or "without a title"
    return f"the event {str(name)[:60]!r}"


def _time_of(event: Component, key: str, zone: tzinfo | None) -> datetime:
    value = getattr(event.get(key), "dt", None)
    if not isinstance(value, date):
        raise CalendarError(f"{_title(event)} has no usable {key}")
    return _moment(value, zone)


def _moment(value: date, zone: tzinfo | None) -> datetime:
    """Return a date (its start) or a datetime as an aware moment of the zone."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.min, zone)
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def _cut(spans: Iterator[Span], within: Span) -> Iterator[Span]:
    for span in spans:
        # Moments of one zone compare by the clock on the wall, so compare in UTC.
        start = max(span.start, within.start, key=_instant)
        end = min(span.end, within.end, key=_instant)
        if _instant(start) < _instant(end):
            yield Span(start, end)


def _merge(spans: Iterator[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: _instant(span.start)):
        if merged and _instant(span.start) <= _instant(merged[-1].end):
            end = max(merged[-1].end, span.end, key=_instant)
            merged[-1] = Span(merged[-1].start, end)
        else:
            merged.append(span)
    return tuple(merged)


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
