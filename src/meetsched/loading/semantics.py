"""What makes no sense although every single value is well written.

Works on raw trees, so that all of it is told together with what is wrong with single values; a value
that cannot be parsed is passed over here, since that is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import TypeAdapter, ValidationError

from meetsched.domain.scalars import NO_ZONES, Count, Day, Moment, TimeZoneName
from meetsched.loading.raw import Document, Located, Path, Raw, one_of
from meetsched.loading.references import walk

MAX_HORIZON_DAYS = 3 * 366
_MAX_CIRCLES = 20
FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Years that a horizon and busy times may touch: far from the ends of what can be converted."""

_T = TypeVar("_T")
_COUNT: TypeAdapter[int] = TypeAdapter(Count)
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)
_ZONE: TypeAdapter[str] = TypeAdapter(TimeZoneName)
_INTERVALS = ("venues[].closed[]", "people[].busy[]", "companies[].busy[]")


def contradictions(document: Document) -> Iterator[Located]:
    """Yield every fault that is one of several values together."""
    for check in _CHECKS:
        yield from check(document)


def parse(adapter: TypeAdapter[_T], value: Raw | None) -> _T | None:
    """Return a raw scalar's value, or None where there is none or it is not well written."""
    if not isinstance(value, str):
        return None
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None


def instance_zone(document: Document) -> ZoneInfo | None:
    """Return the time zone of an instance, or None where it has none that is known."""
    name = parse(_ZONE, document.tree.get("timezone"))
    return ZoneInfo(name) if name else None


def horizon_of(document: Document) -> tuple[date, date] | None:
    """Return the first and the last date of an instance's horizon, or None where they cannot be used."""
    start, end = (parse(_DAY, document.find(("horizon", key))) for key in ("start", "end"))
    if start is None or end is None or end < start or next(_absurd_horizon(document), None):
        return None
    return start, end


def _no_cities(document: Document) -> Iterator[Located]:
    if document.tree.get("cities") == []:
        yield document.tell(("cities",), "expected at least one city")


def _absurd_horizon(document: Document) -> Iterator[Located]:
    days = [parse(_DAY, document.find(("horizon", key))) for key in ("start", "end")]
    for key, day in zip(("start", "end"), days, strict=True):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            path = ("horizon", key)
            yield document.tell(path, f"expected a year from {FIRST_YEAR} to {LAST_YEAR}")
            return
    start, end = days
    if start and end and (end - start).days >= MAX_HORIZON_DAYS:
        yield document.tell(("horizon", "end"), "expected a horizon of at most three years")


def _backward_intervals(document: Document) -> Iterator[Located]:
    zone = instance_zone(document)
    for where in _INTERVALS:
        for path, value in walk(document.tree, where):
            if isinstance(value, dict):
                yield from _check_interval(document, path, value, zone)


def _check_interval(
    document: Document, path: Path, value: dict[str, Raw], zone: ZoneInfo | None
) -> Iterator[Located]:
    start, end = (parse(_MOMENT, value.get(key)) for key in ("start", "end"))
    for key, moment in (("start", start), ("end", end)):
        if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            here = (*path, key)
            yield document.tell(here, f"expected a year from {FIRST_YEAR} to {LAST_YEAR}")
            return
    if start and end and not _is_before(start, end, zone):
        here = (*path, "end")
        yield document.tell(here, f"expected an end after the start, {value['start']}")


def _is_before(start: datetime, end: datetime, zone: ZoneInfo | None) -> bool:
    """Whether one moment is before another in absolute time; True where that cannot be told."""
    if zone is None and (start.tzinfo is None or end.tzinfo is None):
        return start.tzinfo is not end.tzinfo or start < end
    return _instant(start, zone) < _instant(end, zone)


def _instant(moment: datetime, zone: ZoneInfo | None) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()


def _topic_bounds(document: Document) -> Iterator[Located]:
    for path, topic in walk(document.tree, "topics[]"):
        if not isinstance(topic, dict):
            continue
        earliest, latest = (parse(_DAY, topic.get(key)) for key in ("earliest", "latest"))
        if earliest and latest and latest < earliest:
            here = (*path, "latest")
            yield document.tell(here, f"expected a date that is not before earliest, {earliest}")
        least = parse(_COUNT, topic.get("min_participants", "1"))
        most = parse(_COUNT, topic.get("max_participants"))
        if least is not None and most is not None and most < least:
            here = (*path, "max_participants")
            yield document.tell(here, f"expected no less than min_participants, {least}")


def _circles(document: Document) -> Iterator[Located]:
    """Yield circles of topics of which one comes after the other."""
    position: dict[str, Path] = {}
    after: dict[str, list[str]] = {}
    for path, topic in walk(document.tree, "topics[]"):
        if isinstance(topic, dict) and isinstance(identity := topic.get("id"), str):
            position[identity] = (*path, "after")
            after[identity] = [name for _, name in walk(topic, "after[]") if isinstance(name, str)]
    for _ in range(_MAX_CIRCLES):
        try:
            TopologicalSorter(after).prepare()
        except CycleError as error:
            circle = error.args[1][::-1]
            first, second = circle[:2]
            after[first].remove(second)  # Opens this circle, so that the next one is found.
            shown = " → ".join(circle)
            expected = f"expected no circle, each of these comes after the next: {shown}"
            yield document.tell(position[first], expected)
        else:
            return


def _repeated_tiers(document: Document) -> Iterator[Located]:
    objectives = document.tree.get("objectives")
    seen = set()
    for index, entry in enumerate(objectives if isinstance(objectives, list) else ()):
        path: Path = ("objectives", index) if isinstance(entry, str) else ("objectives", index, "tier")
        tier = document.find(path)
        if isinstance(tier, str):
            if tier in seen:
                yield document.tell(path, "this tier is named twice")
            seen.add(tier)


def _unknown_holidays(document: Document) -> Iterator[Located]:
    country, subdivision = (document.find(("holidays", key)) for key in ("country", "subdivision"))
    if country is None and subdivision is not None:
        yield document.tell(("holidays", "subdivision"), "expected a country, too")
    if not isinstance(country, str):
        return
    import holidays
    from holidays.registry import COUNTRIES

    codes = [known[1] for known in COUNTRIES.values()]
    if not any(country in known for known in COUNTRIES.values()):
        hint = document.did_you_mean(country, codes)
        yield document.tell(("holidays", "country"), "expected a country code such as PL", hint)
        return
    calendar = getattr(holidays, country)
    parts = (*calendar.subdivisions, *calendar.subdivisions_aliases)
    if isinstance(subdivision, str) and subdivision not in parts:
        expected = one_of(calendar.subdivisions) if parts else f"none, {country} has no subdivisions"
        yield document.tell(("holidays", "subdivision"), expected, document.did_you_mean(subdivision, parts))


def _unknown_timezone(document: Document) -> Iterator[Located]:
    name = document.tree.get("timezone")
    if isinstance(name, str) and instance_zone(document) is None:
        expected = "expected a time zone name such as Europe/Warsaw"
        zones = [zone for zone in available_timezones() if not zone.startswith(NO_ZONES)]
        yield document.tell(("timezone",), expected, document.did_you_mean(name, zones))


_CHECKS: tuple[Callable[[Document], Iterator[Located]], ...] = (
    _no_cities,
    _absurd_horizon,
    _backward_intervals,
    _topic_bounds,
    _circles,
    _repeated_tiers,
    _unknown_holidays,
    _unknown_timezone,
)
