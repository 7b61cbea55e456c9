"""The sheet `shared`: who uses which room and which person that several cities may use, and when."""

from collections.abc import Iterator, Sequence

from meetsched.domain.shares import Kind
from meetsched.domain.words import one_line
from meetsched.export.sharing import SharedThing
from meetsched.export.workbook.book import Book
from meetsched.export.workbook.meetings import WHEN, when
from meetsched.export.workbook.tables import Column, Row, Table, add_table

_KINDS = {Kind.VENUE: "Room", Kind.PERSON: "Person"}


def add_shared(book: Book, things: Sequence[SharedThing]) -> None:
    """Add the sheet of what cities share: a row for each use, those of a thing together."""
    columns = (
        Column("What", widest=9),
        Column("Name", widest=30),
        Column("May be used", widest=30),
        *WHEN,
        Column("City"),
        Column("Topic", widest=34),
        Column("Role", widest=20),
        Column("Meeting", widest=22),
    )
    add_table(book, "shared", Table(columns, list(_rows(things))), frozen=2, unprinted=1)


def _rows(things: Sequence[SharedThing]) -> Iterator[Row]:
    for thing in things:
        for use in thing.uses:
            item = use.item
            cells = (_KINDS[thing.kind], thing.name, thing.open_to, *when(item), item.city, item.title)
            yield Row((*cells, use.role, one_line(item.meeting.id)))
