"""What differs between two plans, as JSON."""

from typing import Any

from meetsched.domain.difference import ChangedMeeting, Difference
from meetsched.domain.plan import Duty


def difference_document(difference: Difference) -> dict[str, Any]:
    """Return a difference as JSON-ready data: ``added``, ``dropped``, ``changed``, ``disruption``.

    What is only announced anew stands under ``restated``, where there is anything of the kind.
    """
    document = {
        "added": [meeting.model_dump(mode="json") for meeting in difference.added],
        "dropped": [meeting.model_dump(mode="json") for meeting in difference.dropped],
        "changed": [_changed_document(changed) for changed in difference.changed],
        "changes": difference.changes,
        "disruption": difference.disruption,
    }
    restated = [meeting.new.model_dump(mode="json") for meeting in difference.restated]
    return document | ({"restated": restated} if restated else {})


def _changed_document(changed: ChangedMeeting) -> dict[str, Any]:
    document: dict[str, Any] = {"id": changed.new.id}
    if changed.start_changed:
        document["start"] = {"from": changed.old.start.isoformat(), "to": changed.new.start.isoformat()}
    if changed.venue_changed:
        document["venue"] = {"from": changed.old.venue, "to": changed.new.venue}
    return document | {"lost": _duties(changed.lost), "gained": _duties(changed.gained)}


def _duties(duties: tuple[Duty, ...]) -> list[dict[str, str]]:
    return [{"person": duty.person, "role": duty.role.value} for duty in duties]
