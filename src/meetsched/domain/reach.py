"""What each city can draw on: the people, the venues and the firms that may be at its meetings."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from meetsched.domain.entities import Company, Person, Venue
from meetsched.domain.instance import Instance

_T = TypeVar("_T")


class Reach:
    """Looks up by city what an instance lists for all of them, each list in the instance's order.

    Parameters
    ----------
    instance : Instance
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance

    @cached_property
    def people(self) -> Mapping[str, tuple[Person, ...]]:
        """For each city the people who may be on duty there."""
        return self._by_city(self.instance.people, self.instance.cities_of_person)

    @cached_property
    def venues(self) -> Mapping[str, tuple[Venue, ...]]:
        """For each city the venues that are open to it."""
        return self._by_city(self.instance.venues, self.instance.cities_of_venue)

    @cached_property
    def companies(self) -> Mapping[str, tuple[Company, ...]]:
        """For each city the companies that attend its meetings."""
        return self._by_city(self.instance.companies, self.instance.cities_of_company)

    @cached_property
    def guarded(self) -> Collection[str]:
        """The institutions with a venue that requires a host."""
        return frozenset(
            venue.institution
            for venue in self.instance.venues
            if venue.host_required and venue.institution is not None
        )

    def _by_city(
        self, entries: Iterable[_T], cities_of: Callable[[_T], Collection[str]]
    ) -> Mapping[str, tuple[_T, ...]]:
        found: dict[str, list[_T]] = {city.id: [] for city in self.instance.cities}
        for entry in entries:
            for city in dict.fromkeys(cities_of(entry)):
                if city in found:
                    found[city].append(entry)
        return {city: tuple(entries) for city, entries in found.items()}
