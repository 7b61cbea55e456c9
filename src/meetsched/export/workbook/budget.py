"""The sheet `budget`: what each city spends on what, and below it each of its meetings."""

from collections.abc import Iterator, Sequence

from meetsched.domain.plan import CostBreakdown
from meetsched.domain.words import count
from meetsched.export.agenda import AgendaItem
from meetsched.export.overview import CityOverview, total_cost
from meetsched.export.workbook import looks
from meetsched.export.workbook.book import Book, Value, amount
from meetsched.export.workbook.tables import Column, Row, Table, add_table

_PARTS = ("Venue", "Catering", "Fees", "Travel", "Overtime", "Paid by participants", "Net cost")


def add_budget(
    book: Book, cities: Sequence[CityOverview], items: Sequence[AgendaItem], currency: str
) -> None:
    """Add the sheet of costs. What participants pay is below zero, so that the parts add up to the cost."""
    money = looks.money(currency)
    columns = (
        Column("City"),
        Column("Date", looks.DATE, narrowest=17),
        Column("Topic", widest=34),
        *(Column(part, money) for part in _PARTS),
        Column("Budget", money),
        Column("Left", money),
    )
    rows = [row for city in cities for row in _city_rows(city)]
    known = {city.id for city in cities}
    rows += [_meeting_row(item) for item in items if item.meeting.city not in known]
    if len(cities) != 1:
        rows.append(_total_row(cities, items))
    add_table(book, "budget", Table(columns, rows), frozen=1)


def against(budget: int | None, cost: CostBreakdown) -> tuple[Value, Value]:
    """Return a budget and what a cost leaves of it; no budget is no limit."""
    return ("no limit", None) if budget is None else (amount(budget), amount(budget - cost.total))


def _city_rows(city: CityOverview) -> Iterator[Row]:
    held = f"All {count(len(city.items), 'meeting')}"
    yield Row((city.name, None, held, *_parts(city.cost), *against(city.budget, city.cost)), looks.SUM)
    yield from map(_meeting_row, city.items)


def _meeting_row(item: AgendaItem) -> Row:
    cells = (item.city, item.start.date(), item.title, *_parts(item.meeting.cost), None, None)
    return Row(cells, level=1)


def _total_row(cities: Sequence[CityOverview], items: Sequence[AgendaItem]) -> Row:
    """Return the sum over all meetings, those of cities that the instance no longer knows included."""
    cost = total_cost(item.meeting.cost for item in items)
    budgets = [city.budget for city in cities]
    budget = None if None in budgets else sum(filter(None, budgets))
    held = f"All {count(len(items), 'meeting')}"
    return Row(("All cities", None, held, *_parts(cost), *against(budget, cost)), looks.TOTAL)


def _parts(cost: CostBreakdown) -> tuple[Value, ...]:
    return tuple(amount(-cents if part == "income" else cents) for part, cents in cost)
