"""A plan as pages show it: the quarter with names and local times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meetsched.domain.instance import Instance
from meetsched.domain.plan import CostBreakdown, Plan
from meetsched.export.agenda import AgendaItem, agenda, cancellations
from meetsched.export.months import MonthGrid, month_grids
from meetsched.export.overview import CityOverview, city_overviews, total_cost
from meetsched.export.templating import style_sheet

__all__ = ["AgendaItem", "Quarter", "quarter", "style_sheet"]

COLOURS = 8
"""Colours of cities in the style sheet; with more cities they come round again."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A plan to be looked at.

    Attributes
    ----------
    items, cancelled : tuple of AgendaItem
        Meetings in the order of time.
    months : tuple of MonthGrid
    cities : tuple of CityOverview
    colours : mapping of str to int
        The colour of each city, by its id.
    cost : CostBreakdown
    """

    items: tuple[AgendaItem, ...]
    cancelled: tuple[AgendaItem, ...]
    months: tuple[MonthGrid, ...]
    cities: tuple[CityOverview, ...]
    colours: Mapping[str, int]
    cost: CostBreakdown


def quarter(instance: Instance, plan: Plan) -> Quarter:
    """Return a plan to be looked at."""
    items = agenda(instance, plan)
    cities = city_overviews(instance, plan, items)
    unknown = dict.fromkeys((item.meeting.city for item in items), COLOURS - 1)
    return Quarter(
        items=items,
        cancelled=cancellations(instance, plan),
        months=month_grids(instance, items),
        cities=cities,
        colours=unknown | {city.id: city.place % COLOURS for city in cities},
        cost=total_cost(item.meeting.cost for item in items),
    )
