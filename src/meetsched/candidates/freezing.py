"""What a published plan holds fast, start by start."""

from meetsched.candidates.starts import Start
from meetsched.domain.baseline import Baseline
from meetsched.domain.entities import Venue
from meetsched.domain.instance import Instance


def breaks_freeze(baseline: Baseline, instance: Instance, meeting: str, venue: Venue, start: Start) -> bool:
    """Whether a meeting that is not over must not be at a start in a venue, by its id.

    One that is frozen stays there, or, where its venue is no more, then; another one does not start too soon.
    """
    record = baseline.frozen.get(meeting)
    if record is not None:
        gone = record.venue not in instance.venue_by_id
        return start.instant != int(record.start.timestamp()) or not (gone or record.venue == venue.id)
    earliest = baseline.earliest(meeting)
    return earliest is not None and start.day < earliest
