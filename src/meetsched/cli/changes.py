"""What differs between two plans, in words and as JSON."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from meetsched.domain.changes import ChangeKind, changes
from meetsched.domain.difference import ChangedMeeting, Difference
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Duty
from meetsched.domain.proof import tier_amount
from meetsched.domain.words import count
from meetsched.rules import Tier

_HEADS = MappingProxyType(
    {
        ChangeKind.ADDED: "Added",
        ChangeKind.DROPPED: "Dropped",
        ChangeKind.CHANGED: "Changed",
        ChangeKind.RESTATED: "Announced anew",
    }
)


def change_lines(difference: Difference, instance: Instance | None) -> Iterator[str]:
    """Yield the lines of a report; ids stand for names where the instance is not known."""
    names = Names(instance)
    for change in changes(difference):
        yield f"{_HEADS[change.kind]}: {names.meeting(change.meeting)}: {change.words(names)}"
        if change.told:
            yield f"  to be told: {', '.join(map(names.person, change.told))}"
    if not difference.changes:
        yield "The two plans hold the same meetings, at the same times and places, with the same people."
        return
    amount = tier_amount(Tier.DISRUPTION, difference.disruption, "")
    yield f"In all {count(difference.changes, 'meeting')} changed: {amount}."


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
