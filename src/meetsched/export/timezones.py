"""A time zone as a calendar component that every client reads right.

A zone whose clocks change by a yearly rule is written as two observances with RRULE and BYDAY, as
Outlook and ical.js want them; any other as one observance per change. Onsets are in the offset before
the change (RFC 5545, section 3.6.5).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_YEARS_OF_RULE = 5
"""Years after the calendar's end for which a yearly rule must hold to be taken for one; enough to
tell a month's fourth Sunday from its last."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Onset:
    """A change of clocks: when, and the offsets from UTC before and after it."""

    moment: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def local(self) -> datetime:
        """The naive local time of the change, in the offset before it."""
        return (self.moment + self.before).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class _Observance:
    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    rule: dict[str, str | int] | None = None


def zone_component(zone: ZoneInfo, start: datetime, end: datetime) -> Timezone:
    """Return the VTIMEZONE of a zone, right for every moment from `start` to `end` (both aware)."""
    from icalendar import Timezone

    years = range(start.year - 1, end.year + _YEARS_OF_RULE + 1)
    since = datetime(years.start, 1, 1, tzinfo=UTC)
    onsets = find_onsets(zone, since, datetime(years.stop, 1, 1, tzinfo=UTC))
    observances = _yearly(onsets, years) or _one_by_one(zone, since, onsets, end)
    component = Timezone()
    component.add("tzid", zone.key)
    for observance in observances:
        component.add_component(_component(observance))
    return component


@lru_cache(maxsize=64)  # A plan's calendars are many, all of one zone and the same years.
def find_onsets(zone: ZoneInfo, since: datetime, until: datetime) -> tuple[Onset, ...]:
    """Return every change of a zone's offset in ``(since, until]``, in order, to the second."""
    onsets = []
    while since < until:
        tomorrow = min(since + timedelta(days=1), until)
        if _offset(zone, since) != _offset(zone, tomorrow):
            onsets.append(_bisect(zone, since, tomorrow))
        since = tomorrow
    return tuple(onsets)


def _bisect(zone: ZoneInfo, low: datetime, high: datetime) -> Onset:
    before, after = _offset(zone, low), _offset(zone, high)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return Onset(high, before, after, _name(zone, high))


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _name(zone: ZoneInfo, moment: datetime) -> str:
    return moment.astimezone(zone).tzname() or zone.key


def _yearly(onsets: Sequence[Onset], years: range) -> list[_Observance]:
    """Return an observance with a yearly rule per kind of change; none where a change follows no rule."""
    observances = []
    for change in dict.fromkeys((onset.before, onset.after) for onset in onsets):
        same = [onset for onset in onsets if (onset.before, onset.after) == change]
        rule = _yearly_rule([onset.local for onset in same])
        if rule is None or [onset.local.year for onset in same] != list(years):
            return []
        observances.append(_Observance(same[0].local, *change, same[0].name, rule))
    return observances


def _yearly_rule(moments: Sequence[datetime]) -> dict[str, str | int] | None:
    """Return the RRULE that a change's local onsets, one a year, follow; None where they follow none."""
    if len({(moment.month, moment.weekday(), moment.time()) for moment in moments}) != 1:
        return None
    week = {(moment.day - 1) // 7 + 1 for moment in moments}
    if all(moment.day + 7 > monthrange(moment.year, moment.month)[1] for moment in moments):
        week = {-1}
    if len(week) != 1:
        return None
    day = f"{week.pop()}{_WEEKDAYS[moments[0].weekday()]}"
    return {"freq": "YEARLY", "bymonth": moments[0].month, "byday": day}


def _one_by_one(
    zone: ZoneInfo, since: datetime, onsets: Sequence[Onset], until: datetime
) -> list[_Observance]:
    """Return the offset at `since`, and each change up to `until`, as observances without a rule."""
    offset = _offset(zone, since)
    first = _Observance((since + offset).replace(tzinfo=None), offset, offset, _name(zone, since))
    changes = [
        _Observance(onset.local, onset.before, onset.after, onset.name)
        for onset in onsets
        if onset.moment <= until
    ]
    return [first, *changes]


def _component(observance: _Observance) -> TimezoneStandard | TimezoneDaylight:
    from icalendar import TimezoneDaylight, TimezoneStandard

    # Clients expect the larger offset to be the daylight one, even where the law says otherwise (Dublin).
    forward = observance.after > observance.before
    component = TimezoneDaylight() if forward else TimezoneStandard()
    component.add("dtstart", observance.onset)
    component.add("tzoffsetfrom", observance.before)
    component.add("tzoffsetto", observance.after)
    component.add("tzname", observance.name)
    if observance.rule:
        component.add("rrule", observance.rule)
    return component
