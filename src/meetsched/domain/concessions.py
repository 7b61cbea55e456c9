"""What an instance is let off for which its keys have no words: exceptions for one date, month or meeting.

No file can state them. An explanation grants them, to find out what they would make possible.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from meetsched.domain.calendar import Month
from meetsched.domain.entities import InstitutionType

_NONE: Mapping[Any, Any] = MappingProxyType({})


class MonthlyChange(NamedTuple):
    """By how much a city's numbers of one month are eased."""

    more: int = 0
    fewer: int = 0
    fewer_open: int = 0


@dataclass(frozen=True)
class Concessions:
    """Exceptions from the rules that an instance's own values lay down.

    Attributes
    ----------
    people : set of (person, date)
        The person is available all of that date: neither busy, nor beyond working hours, so that no
        minute of it is overtime.
    venues : set of (venue, date)
        The venue is open all of that date.
    months : mapping of (city, Month) to MonthlyChange
    tags : set of (topic, tag)
        A tag that needs no expert, though experts in it still match the topic.
    types : set of (city, topic, InstitutionType)
        A type that need not be at this one meeting of those of a city.
    """

    people: frozenset[tuple[str, date]] = frozenset()
    venues: frozenset[tuple[str, date]] = frozenset()
    months: Mapping[tuple[str, Month], MonthlyChange] = field(default_factory=lambda: _NONE)
    tags: frozenset[tuple[str, str]] = frozenset()
    types: frozenset[tuple[str, str, InstitutionType]] = frozenset()

    def granting(self, **more: Any) -> "Concessions":
        """Return these with more: sets are joined, and numbers of months added."""
        joined: dict[str, Any] = {}
        for each in fields(self):
            granted = more.pop(each.name, None)
            if each.name == "months" and granted:
                joined["months"] = {**self.months, **_added(self.months, granted)}
            elif granted:
                joined[each.name] = getattr(self, each.name) | frozenset(granted)
        assert not more
        return replace(self, **joined)

    def month(self, city: str, month: Month) -> MonthlyChange:
        """Return by how much the city's numbers are eased in the month."""
        return self.months.get((city, month), MonthlyChange())


def _added(
    before: Mapping[tuple[str, Month], MonthlyChange], granted: Mapping[tuple[str, Month], MonthlyChange]
) -> Mapping[tuple[str, Month], MonthlyChange]:
    return {
        key: MonthlyChange(*map(sum, zip(before.get(key, MonthlyChange()), change, strict=True)))
        for key, change in granted.items()
    }
