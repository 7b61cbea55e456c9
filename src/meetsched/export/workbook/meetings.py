"""The sheets `meetings` and `duties`: a row for each meeting, and for each person at each meeting."""

from collections.abc import Sequence

from meetsched.domain.entities import Role
from meetsched.domain.words import ROLE_NAMES, ends_the_day, one_line
from meetsched.export.agenda import AgendaItem
from meetsched.export.attendance import Attendance
from meetsched.export.workbook import looks
from meetsched.export.workbook.book import Book, Value, amount
from meetsched.export.workbook.tables import Cell, Column, Row, Table, add_table

WHEN = (
    Column("Date", looks.DATE, narrowest=17),
    Column("Start", looks.TIME, narrowest=8),
    Column("End", looks.TIME, narrowest=8),
)
"""The columns of a meeting's local date and times; `when` has their cells."""


def add_meetings(
    book: Book, held: Sequence[AgendaItem], cancelled: Sequence[AgendaItem], currency: str
) -> None:
    """Add the sheet of meetings: those held in the order of time, then those cancelled."""
    columns = (
        Column("No.", looks.NUMBER, widest=6),
        *WHEN,
        Column("City"),
        Column("Topic", widest=28),
        Column("Format", widest=13),
        Column("Venue", widest=24),
        Column("Whose house", widest=20),
        Column("Experts", widest=20),
        Column("Also on duty", widest=32),
        Column("Visitors expected", looks.WHOLE, widest=8),
        Column("Seats", looks.WHOLE, widest=8),
        Column("Points", looks.WHOLE, widest=8),
        Column("Net cost", looks.money(currency)),
        Column("Status", widest=12),
        Column("Meeting", widest=22),
    )
    rows = [*map(_held_row, held), *map(_cancelled_row, cancelled)]
    add_table(book, "meetings", Table(columns, rows), frozen=1, unprinted=1)


def add_duties(book: Book, held: Sequence[AgendaItem], currency: str) -> None:
    """Add the sheet of duties, in the order of time."""
    columns = (
        *WHEN,
        Column("Person", widest=26),
        Column("Role", widest=20),
        Column("Institution", widest=30),
        Column("Topic", widest=34),
        Column("City"),
        Column("Venue", widest=28),
        Column("Overtime (minutes)", looks.WHOLE, widest=8),
        Column("Overtime", looks.money(currency)),
        Column("Fee", looks.money(currency)),
        Column("Travel", looks.money(currency)),
        Column("Person's id", widest=18),
        Column("Meeting", widest=22),
    )
    rows = [_duty_row(item, one) for item in held for one in item.people]
    add_table(book, "duties", Table(columns, rows), unprinted=2)


def _held_row(item: AgendaItem) -> Row:
    meeting = item.meeting
    others = (one for one in item.people if one.role is not Role.EXPERT)
    cells = (
        item.number,
        *_announced(item),
        _names(item.with_role(Role.EXPERT)),
        ", ".join(f"{one.name} ({ROLE_NAMES[one.role].lower()})" for one in others),
        meeting.heads,
        item.seats,
        meeting.points,
        amount(meeting.cost.total),
        "planned",
        one_line(meeting.id),
    )
    return Row(cells)


def _cancelled_row(item: AgendaItem) -> Row:
    """Return what was announced of a meeting; of a cancelled one nothing else may be summed up."""
    nothing = (None,) * 6
    status = Cell("cancelled", {"font_strikeout": False})
    return Row((None, *_announced(item), *nothing, status, one_line(item.meeting.id)), looks.CANCELLED)


def _announced(item: AgendaItem) -> tuple[Value | Cell, ...]:
    return (*when(item), item.city, item.title, item.format, item.venue, item.venue_owner)


def _duty_row(item: AgendaItem, one: Attendance) -> Row:
    cells = (
        *when(item),
        one.name,
        ROLE_NAMES[one.role],
        one.institution,
        item.title,
        item.city,
        item.venue,
        one.overtime_minutes,
        amount(one.overtime),
        amount(one.fee),
        amount(one.travel),
        one.person,
        one_line(item.meeting.id),
    )
    return Row(cells)


def when(item: AgendaItem) -> tuple[Value | Cell, ...]:
    """Return the local date and times; the end of the day is a whole day, shown as 24:00."""
    end = Cell(1, looks.END_OF_DAY) if ends_the_day(item.start, item.end) else item.end.time()
    return (item.start.date(), item.start.time(), end)


def _names(people: Sequence[Attendance]) -> str:
    return ", ".join(one.name for one in people)
