"""The sheet `coverage`: which kinds of institutions are at which meeting, against what is demanded."""

from collections.abc import Iterator, Mapping, Sequence

from meetsched.domain.entities import InstitutionType
from meetsched.domain.words import TYPE_NAMES
from meetsched.export.overview import CityOverview, CoverageRow
from meetsched.export.workbook import looks
from meetsched.export.workbook.book import Book, Value
from meetsched.export.workbook.tables import Cell, Column, Row, Table, add_table


def add_coverage(book: Book, cities: Sequence[CityOverview]) -> None:
    """Add the matrix of meetings and institution types, each city's targets above its meetings."""
    counts = {row.type for city in cities for row in city.coverage}
    types = [kind for kind in InstitutionType if kind in counts]
    columns = (
        Column("City"),
        Column("Date", looks.DATE, narrowest=17),
        Column("Topic", widest=34),
        *(Column(TYPE_NAMES[kind], narrowest=16, widest=24) for kind in types),
    )
    rows = [row for city in cities for row in _city_rows(city, types)]
    add_table(book, "coverage", Table(columns, rows), frozen=3)


def _city_rows(city: CityOverview, types: Sequence[InstitutionType]) -> Iterator[Row]:
    by_type = {row.type: row for row in city.coverage}
    meetings = len(city.items)
    needed = [_needed(by_type.get(kind), meetings) for kind in types]
    present = [_present(by_type.get(kind), meetings) for kind in types]
    yield Row((city.name, None, "Needed at meetings", *needed), looks.SUM)
    yield Row((city.name, None, "Present at meetings", *present), looks.SUM)
    for place, item in enumerate(city.items):
        there = [_institutions(by_type, kind, place) for kind in types]
        yield Row((city.name, item.start.date(), item.title, *there), level=1)


def _needed(row: CoverageRow | None, meetings: int) -> Value | Cell:
    """Return at how many meetings a type must be; blank where at none."""
    if row is None or not row.demand:
        return None
    return Cell(meetings, looks.EACH) if row.at_each else Cell(row.at_least, looks.AT_LEAST)


def _present(row: CoverageRow | None, meetings: int) -> Cell:
    return Cell(row.meetings if row else 0, looks.share_of(meetings))


def _institutions(
    by_type: Mapping[InstitutionType, CoverageRow], kind: InstitutionType, place: int
) -> Value | Cell:
    names = by_type[kind].present[place] if kind in by_type else ()
    return Cell(", ".join(names), looks.PRESENT) if names else None
