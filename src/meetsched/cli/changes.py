"""What differs between two plans, in words and as JSON."""

from collections.abc import Iterator
from typing import Any

from meetsched.domain.difference import ChangedMeeting, Difference
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Duty
from meetsched.domain.proof import tier_amount
from meetsched.domain.words import count
from meetsched.rules import Tier


def change_lines(difference: Difference, instance: Instance | None) -> Iterator[str]:
    """Yield the lines of a report; ids stand for names where the instance is not known."""
    if not difference.changes:
        yield "The two plans hold the same meetings, at the same times and places, with the same people."
        return
    names = Names(instance)
    for verb, meetings in (("Added", difference.added), ("Dropped", difference.dropped)):
        for meeting in meetings:
            yield f"{verb}: {names.meeting(meeting)}, {names.time(meeting)}, {names.venue(meeting.venue)}"
    for changed in difference.changed:
        yield f"Changed: {names.meeting(changed.new)}, {names.time(changed.new)}"
        yield from (f"  {line}" for line in _details(changed, names))
    amount = tier_amount(Tier.DISRUPTION, difference.disruption, "")
    yield f"In all {count(difference.changes, 'meeting')} changed: {amount}."


def _details(changed: ChangedMeeting, names: Names) -> Iterator[str]:
    if changed.start_changed:
        days = f", {count(changed.days_moved, 'day')} away" if changed.days_moved else ""
        yield f"time: was {names.time(changed.old)}{days}"
    if changed.venue_changed:
        yield f"venue: {names.venue(changed.new.venue)}, was {names.venue(changed.old.venue)}"
    for word, duties in (("no longer", changed.lost), ("new", changed.gained)):
        if duties:
            yield f"{word}: {', '.join(map(names.duty, duties))}"


def difference_document(difference: Difference) -> dict[str, Any]:
    """Return a difference as JSON-ready data: ``added``, ``dropped``, ``changed``, ``disruption``."""
    return {
        "added": [meeting.model_dump(mode="json") for meeting in difference.added],
        "dropped": [meeting.model_dump(mode="json") for meeting in difference.dropped],
        "changed": [_changed_document(changed) for changed in difference.changed],
        "changes": difference.changes,
        "disruption": difference.disruption,
    }


def _changed_document(changed: ChangedMeeting) -> dict[str, Any]:
    document: dict[str, Any] = {"id": changed.new.id}
    if changed.start_changed:
        document["start"] = {"from": changed.old.start.isoformat(), "to": changed.new.start.isoformat()}
    if changed.venue_changed:
        document["venue"] = {"from": changed.old.venue, "to": changed.new.venue}
    return document | {"lost": _duties(changed.lost), "gained": _duties(changed.gained)}


def _duties(duties: tuple[Duty, ...]) -> list[dict[str, str]]:
    return [{"person": duty.person, "role": duty.role.value} for duty in duties]
