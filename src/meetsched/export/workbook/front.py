"""The sheet `overview`: what the plan comes to, how good it is, and what each city gets."""

from collections.abc import Sequence
from decimal import Decimal

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.proof import TIER_NAMES, statements, tier_amount
from meetsched.domain.shares import shared_uses
from meetsched.domain.words import period
from meetsched.export.agenda import AgendaItem
from meetsched.export.overview import CityOverview
from meetsched.export.summary import summary
from meetsched.export.workbook import looks
from meetsched.export.workbook.book import Book, Value, amount
from meetsched.export.workbook.budget import against
from meetsched.export.workbook.looks import Look
from meetsched.export.workbook.tables import Column, Row, Table, height, write_table

_WIDTHS = (32, 22, 20, 14, 17, 17, 17, 20)
_GUIDE = (
    ("meetings", "When, where and with whom; cancelled meetings come last."),
    ("duties", "A row for each person at each meeting. Filter by person for one person's list."),
    ("budget", "What each city spends on what, and each of its meetings."),
    ("coverage", "Which kinds of institutions are at which meeting, and at how many they are needed."),
)
_SHARED = ("shared", "Who uses which room and person that several cities may use, and when.")


def add_overview(
    book: Book, instance: Instance, plan: Plan, items: Sequence[AgendaItem], cities: Sequence[CityOverview]
) -> None:
    """Add the first sheet."""
    front = _Front(book)
    front.line(book.title, looks.TITLE, 32)
    front.line(period(instance.horizon.start, instance.horizon.end), looks.SOFT)
    front.skip()
    front.wide(0, summary(instance, plan, items, cities))
    if plan.judged:
        front.heading("How good it is")
        _add_proofs(front, plan, instance.currency)
    front.heading("Cities" if len(cities) > 1 else "The city")
    _add_cities(front, cities, instance.currency)
    front.heading("The other sheets")
    shared = [_SHARED] if any(shared_uses(instance, plan.meetings)) else []
    for name, what in (*_GUIDE, *shared):
        front.line(name, {"bold": True}, advance=False)
        front.wide(1, what)


def _add_proofs(front: "_Front", plan: Plan, currency: str) -> None:
    """Say of each aim, in the order in which they count, what was proven."""
    front.header("What counts, in this order", "This plan", "What was proven")
    for tier, statement in zip(plan.tiers, statements(plan.tiers, currency), strict=True):
        amount = tier_amount(tier.name, tier.value, currency)
        front.row(TIER_NAMES[tier.name], amount, statement.sentence)


def _add_cities(front: "_Front", cities: Sequence[CityOverview], currency: str) -> None:
    money = looks.money(currency)
    shared = any(city.share is not None for city in cities)
    columns = (
        Column("City"),
        Column("Meetings", looks.WHOLE),
        Column("Visitors expected", looks.WHOLE),
        Column("Points", looks.WHOLE),
        Column("Net cost", money),
        Column("Budget", money),
        Column("Left", money),
        *([Column("Share of its ideal", looks.SHARE)] if shared else []),
    )
    front.table(Table(columns, [Row(_city_cells(city, shared=shared)) for city in cities]))


def _city_cells(city: CityOverview, *, shared: bool) -> tuple[Value, ...]:
    cells: tuple[Value, ...] = (
        city.name,
        len(city.items),
        sum(item.meeting.heads for item in city.items),
        city.points,
        amount(city.cost.total),
        *against(city.budget, city.cost),
    )
    if not shared:
        return cells
    return (*cells, None if city.share is None else Decimal(city.share) / 1000)


class _Front:
    """Writes the sheet from top to bottom, in columns that all its parts share."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sheet = book.add_sheet("overview")
        self._row = 0
        for place, width in enumerate(_WIDTHS):
            self._sheet.set_column(place, place, width)

    def skip(self) -> None:
        """Leave a row free."""
        self._row += 1

    def line(self, text: str, look: Look, points: float = 19, *, advance: bool = True) -> None:
        """Write a text that may run over the cells at its right."""
        self._sheet.set_row(self._row, points)
        self._book.write(self._sheet, self._row, 0, text, look)
        self._row += advance

    def heading(self, text: str) -> None:
        """Begin a part."""
        self.skip()
        self.line(text, looks.HEADING, 24)

    def wide(self, first: int, text: str, *parts: Look) -> None:
        """Write a text from a column to the last one, in as many lines as it needs, and end the row."""
        book, sheet, last = self._book, self._sheet, len(_WIDTHS) - 1
        sheet.set_row(self._row, height([text], [sum(_WIDTHS[first:])]))
        sheet.merge_range(self._row, first, self._row, last, "", book.format(looks.TEXT, *parts))
        book.write(sheet, self._row, first, text, looks.TEXT, *parts)
        self._row += 1

    def header(self, *titles: str) -> None:
        """Write the header of rows of texts, of which the last one is wide."""
        self._texts(titles, looks.HEADER)

    def row(self, *texts: str) -> None:
        """Write texts, the last one wide."""
        self._texts(texts, looks.LINED)

    def table(self, table: Table) -> None:
        """Write a table."""
        write_table(self._book, self._sheet, self._row, table, _WIDTHS)
        self._row += 1 + len(table.rows)

    def _texts(self, texts: Sequence[str], look: Look) -> None:
        for place, text in enumerate(texts[:-1]):
            self._book.write(self._sheet, self._row, place, text, looks.TEXT, look)
        self.wide(len(texts) - 1, texts[-1], look)
