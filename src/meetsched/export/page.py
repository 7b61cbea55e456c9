"""A plan as one self-contained web page, to look at and to print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from meetsched.domain.calendar import Month
from meetsched.domain.difference import Difference
from meetsched.domain.frontier import Frontier
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.domain.proof import statements
from meetsched.domain.words import money, one_line
from meetsched.export.agenda import agenda, cancellations
from meetsched.export.comparison import compare
from meetsched.export.frontier import HEIGHT, WIDTH, frontier_view
from meetsched.export.months import MonthGrid, month_grids
from meetsched.export.overview import (
    city_overviews,
    colours,
    idle_people,
    person_loads,
    shared_venues,
    total_cost,
)
from meetsched.export.sharing import shared_things
from meetsched.export.summary import summary
from meetsched.export.templating import template


def plan_page(
    instance: Instance,
    plan: Plan,
    difference: Difference | None = None,
    frontier: Frontier | None = None,
) -> bytes:
    """Return the plan as a page of HTML: no scripts, no requests, nothing private.

    With what changed from the plan published before, it shows both side by side; with a frontier, what
    more changes would buy. The same plan gives the same bytes.
    """
    items = agenda(instance, plan)
    cities = city_overviews(instance, plan, items)
    months = month_grids(instance, items)
    text = template("plan.html").render(
        title=one_line(instance.name) or instance.id,
        instance=instance,
        plan=plan,
        proven=plan.status is PlanStatus.OPTIMAL,
        summary=summary(instance, plan, items, cities),
        items=items,
        comparison=None if difference is None else compare(instance, items, difference),
        frontier=None if frontier is None else frontier_view(instance, frontier),
        chart_width=WIDTH,
        chart_height=HEIGHT,
        cancelled=cancellations(instance, plan),
        colour=colours(cities, items),
        cities=cities,
        months=months,
        place_of=partial(place_in, months),
        cost=total_cost(item.meeting.cost for item in items),
        loads=person_loads(instance, items),
        idle=idle_people(instance, items),
        shared=shared_venues(instance, items),
        things=shared_things(instance, items) if len(cities) > 1 else (),
        statements=statements(plan.tiers, instance.currency),
        money=partial(money, currency=instance.currency),
    )
    return text.encode()


def place_in(months: Sequence[MonthGrid], day: date) -> float:
    """Return where a date lies in months that follow each other, in percent of their length."""
    first, last = months[0].first, Month.of(months[-1].first).last
    return round(100 * (day - first).days / ((last - first).days + 1), 2)
