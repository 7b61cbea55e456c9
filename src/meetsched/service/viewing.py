"""A plan as pages show it: the quarter with names and local times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meetsched.domain.instance import Instance
from meetsched.domain.plan import CostBreakdown, Meeting, Plan
from meetsched.domain.words import one_line
from meetsched.export.agenda import AgendaItem, agenda, agenda_items, cancellations
from meetsched.export.months import MonthGrid, month_grids
from meetsched.export.overview import CityOverview, city_overviews, colours, total_cost
from meetsched.export.templating import environment as templates
from meetsched.export.templating import style_sheet

__all__ = [
    "AgendaItem",
    "Chosen",
    "Quarter",
    "meeting_item",
    "not_held",
    "quarter",
    "style_sheet",
    "templates",
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whose meetings are to be seen: those of a city, in a venue, with a person; empty for all."""

    city: str = ""
    venue: str = ""
    person: str = ""

    def __bool__(self) -> bool:
        """Whether not all are."""
        return bool(self.city or self.venue or self.person)

    def shows(self, meeting: Meeting) -> bool:
        """Whether a meeting is to be seen."""
        return (
            self.city in ("", meeting.city)
            and self.venue in ("", meeting.venue)
            and (not self.person or any(duty.person == self.person for duty in meeting.people))
        )


@dataclass(frozen=True, slots=True)
class Quarter:
    """A plan to be looked at.

    Attributes
    ----------
    items, cancelled : tuple of AgendaItem
        Meetings in the order of time, with the numbers that they have in the whole plan.
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


def quarter(instance: Instance, plan: Plan, chosen: Chosen = Chosen()) -> Quarter:
    """Return a plan, or the chosen meetings of it, to be looked at."""
    everything = agenda(instance, plan)
    items = tuple(item for item in everything if chosen.shows(item.meeting))
    cities = city_overviews(instance, plan, items)
    return Quarter(
        items=items,
        cancelled=tuple(item for item in cancellations(instance, plan) if chosen.shows(item.meeting)),
        months=month_grids(instance, items),
        cities=cities,
        colours=colours(cities, items),
        cost=total_cost(item.meeting.cost for item in items),
    )


def meeting_item(instance: Instance, plan: Plan, city: str, topic: str) -> AgendaItem | None:
    """Return a meeting of a plan to be looked at; None where the plan does not hold it."""
    wanted = [each for each in plan.meetings if (each.city, each.topic) == (city, topic)]
    return next(iter(agenda_items(instance, wanted)), None)


def not_held(instance: Instance, plan: Plan, chosen: Chosen) -> tuple[tuple[str, str, str], ...]:
    """Return what the chosen city, or any, could hold and the plan does not: city, topic and its name."""
    held = {(meeting.city, meeting.topic) for meeting in plan.meetings}
    return tuple(
        (city.id, topic.id, f"{one_line(topic.title)} ({one_line(city.name)})")
        for city in instance.cities
        for topic in instance.topics
        if chosen.city in ("", city.id)
        and city.id in instance.cities_of_topic(topic)
        and (city.id, topic.id) not in held
    )
