"""How a plan goes on from the published one: sequences and cancellations."""

from collections.abc import Iterable, Mapping
from datetime import UTC

from meetsched.domain.baseline import Baseline
from meetsched.domain.difference import same_announcement
from meetsched.domain.plan import Meeting


def with_sequences(meetings: Iterable[Meeting], baseline: Baseline) -> tuple[Meeting, ...]:
    """Return the meetings with their sequences, written as they were published where they are the same.

    The sequence rises with whatever people have to be told, and one that comes back goes on from its
    cancellation.
    """
    return tuple(
        meeting.model_copy(
            update={
                "sequence": _sequence(meeting, baseline),
                **_written_as(meeting, baseline.published.get(meeting.id)),
            }
        )
        for meeting in meetings
    )


def _written_as(meeting: Meeting, before: Meeting | None) -> Mapping[str, object]:
    """Return the parts that say the same as before, as they were written then: times, and lists in order."""
    if before is None:
        return {}
    same = {
        "start": meeting.start.astimezone(UTC) == before.start.astimezone(UTC),
        "end": meeting.end.astimezone(UTC) == before.end.astimezone(UTC),
        "people": set(meeting.people) == set(before.people),
        "types": set(meeting.types) == set(before.types),
    }
    return {part: getattr(before, part) for part, holds in same.items() if holds}


def _sequence(meeting: Meeting, baseline: Baseline) -> int:
    before = baseline.published.get(meeting.id)
    if before is not None:
        return before.sequence + (not same_announcement(before, meeting))
    cancelled = baseline.cancelled.get(meeting.id)
    return 0 if cancelled is None else cancelled.sequence + 1


def cancellations(meetings: Iterable[Meeting], baseline: Baseline) -> tuple[Meeting, ...]:
    """Return the meetings that were cancelled and are not held again, then those that now are."""
    held = {meeting.id for meeting in meetings}
    before = [record for name, record in baseline.cancelled.items() if name not in held]
    now = [
        record.model_copy(update={"id": name, "sequence": record.sequence + 1})
        for name, record in baseline.published.items()
        if name not in held
    ]
    return (*before, *now)
