"""Events that repeat, with all their exceptions.

Which repetition is replaced, moved or left out is the work of recurring-ical-events; the dates that a rule
gives come from `repetition`, and every moment has its zone before, so that nothing is left to be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from meetsched.loading.calendars.events import Event, midnight
from meetsched.loading.calendars.reading import Span
from meetsched.loading.calendars.repetition import Effort, Repetition
from meetsched.loading.calendars.rules import parse_rule

if TYPE_CHECKING:
    from icalendar import Event as Component

_OURS = "X-MEETSCHED-EVENT"


def align(events: Sequence[Event], home: tzinfo) -> None:
    """Name repetitions of one UID, and those left out, by what the event itself is: a date or a time.

    Outlook names those of whole days by a midnight in UTC, and some name those of a time by their date.
    """
    core = next((event for event in events if event.repetition is None), None)
    if core is None:
        return
    for event in events:
        if event.repetition is not None:
            event.repetition = _like(core.start, event.repetition, home)
    if not isinstance(core.start, datetime):
        core.exceptions = [_like(core.start, each, home) for each in core.exceptions]


def _like(start: date, moment: date, home: tzinfo) -> date:
    """Return a moment as a date where a start is one, as a time at the start's own where that has one."""
    if isinstance(start, datetime) is isinstance(moment, datetime):
        return moment
    if isinstance(moment, datetime):
        return moment.astimezone(home).date()
    assert isinstance(start, datetime)
    return datetime.combine(moment, start.timetz())


def occurrences(
    events: Sequence[Event], within: Span, home: tzinfo, effort: Effort
) -> Iterator[tuple[Event, Span]]:
    """Yield each time at which events of one UID take place, with the one that says so.

    Parameters
    ----------
    events : sequence of Event
        At most one of them is not a repetition of another.
    within : Span
        Only what meets it is followed.

    Raises
    ------
    EffortError
        If they repeat too often.
    """
    from icalendar import Calendar
    from recurring_ical_events import CalendarQuery
    from recurring_ical_events.selection.name import ComponentsWithName

    calendar = Calendar()
    for event in events:
        calendar.add_component(_component(event))
    selection = ComponentsWithName("VEVENT", series=_bounded_series(home, effort))
    query = CalendarQuery(calendar, components=[selection])
    for found in query.between(within.start, within.end):
        event = found[_OURS]
        yield event, _span(event, found["DTSTART"].dt, found["DTEND"].dt, home)


def span_of(event: Event, home: tzinfo) -> Span:
    """Return when an event takes place that does not repeat."""
    return Span(midnight(event.start, home), midnight(event.end, home))


def _span(event: Event, start: date, end: date, home: tzinfo) -> Span:
    """Return when a repetition takes place; hours that are to go by do so also where clocks change."""
    if event.length and isinstance(start, datetime) and end - start == event.length:
        return Span(start, start.astimezone(UTC) + event.length)
    return Span(midnight(start, home), midnight(end, home))


def _component(event: Event) -> Component:
    """Return an event as the library takes it."""
    from icalendar import Event as Component
    from icalendar.prop import vDDDLists, vDDDTypes, vRecur

    component = Component()
    component[_OURS] = event
    component["UID"] = "series"
    component["SEQUENCE"] = event.sequence
    component["DTSTART"] = vDDDTypes(event.start)
    component["DTEND"] = vDDDTypes(event.end)
    if event.rules:
        component["RRULE"] = [vRecur.from_ical(text) for text, _ in event.rules]
    if event.dates:
        component["RDATE"] = vDDDLists(event.dates)
    if event.exceptions:
        component["EXDATE"] = vDDDLists(event.exceptions)
    if event.repetition is not None:
        parameters = {"RANGE": "THISANDFUTURE"} if event.and_later else {}
        component["RECURRENCE-ID"] = vDDDTypes(event.repetition, params=parameters)
    return component


def _bounded_series(home: tzinfo, effort: Effort) -> Any:
    """Return the library's series, with rules that are followed only within what is asked for."""
    from recurring_ical_events.series import Series

    class Rules(Series.RecurrenceRules):  # type: ignore[misc]
        """Its rules."""

        def create_rule_with_start(self, rule_string: str) -> Repetition:
            """Return what the library asks for the dates of a rule."""
            return Repetition(parse_rule(rule_string), self.start, home, effort)

    class Bounded(Series):  # type: ignore[misc]
        """Its series."""

        RecurrenceRules = Rules

    return Bounded
