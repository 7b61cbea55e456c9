"""A plan as tables for a spreadsheet.

Comma-separated UTF-8 with a byte order mark: without the mark, Excel takes the file for an old
Windows code page and spoils every accent. Amounts have a decimal point, dates and times are ISO and
local to the instance's time zone.
"""

from collections.abc import Mapping, Sequence

from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.domain.plan import CostBreakdown, Plan
from meetsched.domain.scalars import format_cents
from meetsched.domain.words import TYPE_NAMES, clock, one_line
from meetsched.export.agenda import AgendaItem, agenda, cancellations
from meetsched.export.attendance import Attendance

_FORMULA_STARTS = ("=", "+", "-", "@")  # Excel also starts one at a tab or CR; one_line leaves none.

_MEETING_COLUMNS = (
    "meeting", "status", "city", "title", "format", "date", "start", "end", "venue", "venue_city",
    "venue_owner", "experts", "institution_types", "expected_heads", "seats", "points",
    *(f"cost_{part}" for part in CostBreakdown.model_fields), "currency",
)  # fmt: skip
_DUTY_COLUMNS = (
    "person", "name", "institution", "role", "date", "start", "end", "city", "venue", "venue_city",
    "title", "meeting", "overtime_minutes", "overtime_cost", "fee", "travel", "currency",
)  # fmt: skip


def meetings_table(instance: Instance, plan: Plan) -> bytes:
    """Return meetings.csv: a row per meeting, those held first, then those cancelled."""
    held = [_meeting_row(instance, item) for item in agenda(instance, plan)]
    cancelled = [_announcement(item, "cancelled") for item in cancellations(instance, plan)]
    return _table([*held, *cancelled], _MEETING_COLUMNS)


def duties_table(instance: Instance, plan: Plan) -> bytes:
    """Return duties.csv: a row per person and meeting held, in the order of time."""
    rows = [_duty_row(instance, item, one) for item in agenda(instance, plan) for one in item.people]
    return _table(rows, _DUTY_COLUMNS)


def guarded(text: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula, on one line."""
    clean = one_line(text)
    return f"'{clean}" if clean.startswith(_FORMULA_STARTS) else clean


def _announcement(item: AgendaItem, status: str) -> dict[str, str]:
    """Return what was announced of a meeting; of a cancelled one nothing else may be summed up."""
    return {
        "meeting": guarded(item.meeting.id),
        "status": status,
        "city": guarded(item.city),
        "title": guarded(item.title),
        "format": item.format,
        "venue": guarded(item.venue),
        "venue_city": guarded(item.venue_city),
        "venue_owner": guarded(item.venue_owner),
        **_times(item),
    }


def _meeting_row(instance: Instance, item: AgendaItem) -> dict[str, str]:
    meeting = item.meeting
    costs = {f"cost_{part}": format_cents(cents) for part, cents in meeting.cost}
    return {
        **_announcement(item, "planned"),
        "experts": guarded("; ".join(one.name for one in item.with_role(Role.EXPERT))),
        "institution_types": "; ".join(TYPE_NAMES[kind] for kind in meeting.types),
        "expected_heads": str(meeting.heads),
        "seats": "" if item.seats is None else str(item.seats),
        "points": str(meeting.points),
        **costs,
        "currency": instance.currency,
    }


def _duty_row(instance: Instance, item: AgendaItem, one: Attendance) -> dict[str, str]:
    return {
        "person": guarded(one.person),
        "name": guarded(one.name),
        "institution": guarded(one.institution),
        "role": one.role.value,
        "city": guarded(item.city),
        "venue": guarded(item.venue),
        "venue_city": guarded(item.venue_city),
        "title": guarded(item.title),
        "meeting": guarded(item.meeting.id),
        "overtime_minutes": str(one.overtime_minutes),
        "overtime_cost": format_cents(one.overtime),
        "fee": format_cents(one.fee),
        "travel": format_cents(one.travel),
        "currency": instance.currency,
        **_times(item),
    }


def _times(item: AgendaItem) -> dict[str, str]:
    return {"date": item.start.date().isoformat(), "start": clock(item.start), "end": clock(item.end)}


def _table(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> bytes:
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(columns))
    text: str = frame.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")
