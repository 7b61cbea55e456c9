"""What to make: how large, and how tight."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from types import MappingProxyType

MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Recipe:
    """Size and tightness of an instance; the defaults make a town of everyday size.

    Attributes
    ----------
    cities, topics : int
        How many of each.
    venues, people, companies : int
        How many of each city's own.
    months : int
        Length of the horizon.
    start : datetime.date
        Its first date, the first of a month.
    seed : int
        The same recipe with the same seed makes the same instance.
    budgets : tuple of (int or None)
        Budgets among which a city's is drawn, in whole units of money for a quarter; None: no budget.
    most_meetings : int
        Of a city in a month.
    spare_staff : bool
        Whether there are people enough for duties that would else hang on one person.
    sharing : float
        Share of experts who serve a second city.
    good_room : bool
        Whether one large room stands against small ones, all open to all cities.
    together : int or None
        Cities share rooms, experts and firms with those of their region only, which has so many at most;
        None: all cities are one region.
    settled : bool
        Whether something may be settled before planning begins: pins, and topics held before.
    """

    cities: int = 1
    topics: int = 12
    venues: int = 8
    people: int = 45
    companies: int = 40
    months: int = MONTHS_OF_A_QUARTER
    start: date = date(2027, 1, 1)
    seed: int = 0
    budgets: tuple[int | None, ...] = (None, 500, 800, 1200)
    most_meetings: int = 2
    spare_staff: bool = True
    sharing: float = 0.3
    good_room: bool = False
    together: int | None = None
    settled: bool = True

    def for_horizon(self, per_quarter: int) -> int:
        """Return what is so much in a quarter for the whole horizon, rounded up."""
        return ceil(per_quarter * self.months / MONTHS_OF_A_QUARTER)


PRESETS: Mapping[str, Recipe] = MappingProxyType(
    {
        "city": Recipe(),
        "tight": Recipe(people=32, budgets=(400,), spare_staff=False),
        "pair": Recipe(
            cities=2,
            topics=6,
            venues=3,
            people=30,
            companies=16,
            most_meetings=1,
            sharing=1.0,
            good_room=True,
        ),
        "region": Recipe(cities=5),
        "country": Recipe(cities=100, budgets=(None, 1200), together=5, settled=False),
    }
)
"""Recipes by what their instances are like."""
