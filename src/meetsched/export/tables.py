"""A plan as tables of text, in the dialect of CSV that is asked for.

UTF-8 with a byte order mark: without the mark, Excel takes the file for an old Windows code page and
spoils every accent. Dates and times are ISO and local to the instance's time zone: Excel knows them
for what they are wherever it runs.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from meetsched.domain.cells import CsvDialect, guarded
from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.domain.plan import CostBreakdown, Plan
from meetsched.domain.scalars import format_cents
from meetsched.domain.words import TYPE_NAMES, clock, one_line
from meetsched.export.agenda import AgendaItem, agenda, cancellations
from meetsched.export.attendance import Attendance
from meetsched.rules import Tier

_MEETING_COLUMNS = (
    "meeting", "status", "city", "title", "format", "date", "start", "end", "venue", "venue_city",
    "venue_owner", "experts", "institution_types", "expected_heads", "seats", "points",
    *(f"cost_{part}" for part in CostBreakdown.model_fields), "currency",
)  # fmt: skip
_DUTY_COLUMNS = (
    "person", "name", "institution", "role", "date", "start", "end", "city", "venue", "venue_city",
    "title", "meeting", "overtime_minutes", "overtime_cost", "fee", "travel", "currency",
)  # fmt: skip


def meetings_table(instance: Instance, plan: Plan, dialect: CsvDialect = CsvDialect.RFC4180) -> bytes:
    """Return meetings.csv: a row per meeting, those held first, then those cancelled."""
    held = [_meeting_row(instance, item, dialect) for item in agenda(instance, plan)]
    cancelled = [_announcement(item, "cancelled") for item in cancellations(instance, plan)]
    return csv_table([*held, *cancelled], _MEETING_COLUMNS, dialect)


def duties_table(instance: Instance, plan: Plan, dialect: CsvDialect = CsvDialect.RFC4180) -> bytes:
    """Return duties.csv: a row per person and meeting held, in the order of time."""
    rows = (_duty_row(instance, item, one, dialect) for item in agenda(instance, plan) for one in item.people)
    return csv_table(rows, _DUTY_COLUMNS, dialect)


def _announcement(item: AgendaItem, status: str) -> dict[str, str]:
    """Return what was announced of a meeting; of a cancelled one nothing else may be summed up."""
    return {
        "meeting": text_cell(item.meeting.id),
        "status": status,
        "city": text_cell(item.city),
        "title": text_cell(item.title),
        "format": item.format,
        "venue": text_cell(item.venue),
        "venue_city": text_cell(item.venue_city),
        "venue_owner": text_cell(item.venue_owner),
        **_times(item),
    }


def _meeting_row(instance: Instance, item: AgendaItem, dialect: CsvDialect) -> dict[str, str]:
    meeting = item.meeting
    costs = {f"cost_{part}": dialect.amount(format_cents(cents)) for part, cents in meeting.cost}
    return {
        **_announcement(item, "planned"),
        "experts": text_cell("; ".join(one.name for one in item.with_role(Role.EXPERT))),
        "institution_types": "; ".join(TYPE_NAMES[kind] for kind in meeting.types),
        "expected_heads": str(meeting.heads),
        "seats": "" if item.seats is None else str(item.seats),
        "points": str(meeting.points),
        **costs,
        "currency": instance.currency,
    }


def _duty_row(instance: Instance, item: AgendaItem, one: Attendance, dialect: CsvDialect) -> dict[str, str]:
    return {
        "person": text_cell(one.person),
        "name": text_cell(one.name),
        "institution": text_cell(one.institution),
        "role": one.role.value,
        "city": text_cell(item.city),
        "venue": text_cell(item.venue),
        "venue_city": text_cell(item.venue_city),
        "title": text_cell(item.title),
        "meeting": text_cell(item.meeting.id),
        "overtime_minutes": str(one.overtime_minutes),
        "overtime_cost": dialect.amount(format_cents(one.overtime)),
        "fee": dialect.amount(format_cents(one.fee)),
        "travel": dialect.amount(format_cents(one.travel)),
        "currency": instance.currency,
        **_times(item),
    }


def text_cell(text: str) -> str:
    """Return a text as a cell on one line that no spreadsheet takes for a formula."""
    return guarded(one_line(text))


def tier_cells(values: Mapping[Tier, int], dialect: CsvDialect) -> dict[str, str]:
    """Return what a plan comes to as cells under the tiers' names."""
    return {
        tier.value: dialect.amount(format_cents(value)) if tier is Tier.COST else str(value)
        for tier, value in values.items()
    }


def _times(item: AgendaItem) -> dict[str, str]:
    return {"date": item.start.date().isoformat(), "start": clock(item.start), "end": clock(item.end)}


def csv_table(rows: Iterable[Mapping[str, str]], columns: Sequence[str], dialect: CsvDialect) -> bytes:
    """Return rows under their columns; a cell that a row lacks is empty."""
    text = StringIO()
    writer = csv.DictWriter(text, columns, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
