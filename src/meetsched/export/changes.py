"""What changed from the published plan, as a table of text."""

from datetime import datetime

from meetsched.domain.cells import CsvDialect
from meetsched.domain.changes import Change, ChangeKind, changes
from meetsched.domain.difference import ChangedMeeting, Difference
from meetsched.domain.instance import DisruptionWeights, Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Meeting
from meetsched.domain.words import clock
from meetsched.export.tables import csv_table, text_cell

_COLUMNS = (
    "meeting", "change", "city", "title", "old_date", "old_start", "old_end", "old_venue", "date", "start",
    "end", "venue", "taken_off", "put_on", "to_be_told", "disruption", "in_words",
)  # fmt: skip


def changes_table(
    instance: Instance, difference: Difference, dialect: CsvDialect = CsvDialect.RFC4180
) -> bytes:
    """Return changes.csv: a row per meeting that is not as it was published, in the order of time."""
    names = Names(instance)
    rows = (_row(change, names, instance.disruption) for change in changes(difference))
    return csv_table(rows, _COLUMNS, dialect)


def _row(change: Change, names: Names, weights: DisruptionWeights) -> dict[str, str]:
    return {
        "meeting": text_cell(change.meeting.id),
        "change": change.kind.value,
        "city": text_cell(names.city(change.meeting.city)),
        "title": text_cell(change.meeting.title),
        **_when_and_where(change.old, "old_", names),
        **_when_and_where(change.new, "", names),
        "taken_off": text_cell("; ".join(map(names.duty, change.lost))),
        "put_on": text_cell("; ".join(map(names.duty, change.gained))),
        "to_be_told": text_cell("; ".join(map(names.person, change.told))),
        "disruption": str(_disruption(change, weights)),
        "in_words": text_cell(change.words(names)),
    }


def _when_and_where(meeting: Meeting | None, prefix: str, names: Names) -> dict[str, str]:
    if meeting is None:
        return {}
    start, end = map(names.local, (meeting.start, meeting.end))
    return {
        f"{prefix}date": _date(start),
        f"{prefix}start": clock(start),
        f"{prefix}end": clock(end),
        f"{prefix}venue": text_cell(names.venue(meeting.venue)),
    }


def _date(moment: datetime) -> str:
    return moment.date().isoformat()


def _disruption(change: Change, weights: DisruptionWeights) -> int:
    if change.old is None or change.new is None:
        return weights.add if change.kind is ChangeKind.ADDED else weights.cancel
    return ChangedMeeting(change.old, change.new, change.lost, change.gained).disruption(weights)
