"""Brings a plan into a calendar on a server, and keeps it right there: what is new, changed and gone.

Only entries whose UID is one of the instance's are read, changed or removed; all others stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from meetsched.delivery.collection import Collection, ConflictError
from meetsched.delivery.dav import Found
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.errors import ServerError
from meetsched.export.agenda import agenda, cancellations
from meetsched.export.events import event_uid, is_uid_of, new_calendar, new_event
from meetsched.export.file_names import file_names

if TYPE_CHECKING:
    from icalendar import Event

_MOST_TRIES = 3


class Action(StrEnum):
    """What is done to an entry."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to one entry.

    Attributes
    ----------
    meeting : str
        The meeting's id.
    url : str
        The entry's address.
    etag : str or None
        Its edition, where there is one.
    content : bytes
        What it is to hold; empty where it is to be removed.
    """

    action: Action
    meeting: str
    url: str
    etag: str | None
    content: bytes


def entries(instance: Instance, plan: Plan) -> dict[str, bytes]:
    """Return a plan's meetings as a server keeps them, cancelled ones too, by UID."""
    held, cancelled = agenda(instance, plan), cancellations(instance, plan)
    documents = {}
    for item in (*held, *cancelled):
        calendar = new_calendar(instance, (*held, *cancelled))
        calendar.add_component(new_event(instance, item, cancelled=item in cancelled))
        documents[event_uid(instance, item.meeting.id)] = bytes(calendar.to_ical())
    return documents


def find_steps(instance: Instance, plan: Plan, collection: Collection) -> tuple[Step, ...]:
    """Return what has to be done so that a calendar holds the plan; nothing is changed yet.

    Raises
    ------
    ServerError
        The calendar cannot be read.
    """
    collection.check()
    wanted = entries(instance, plan)
    found = [(uid, one) for one in collection.events(f"{instance.id}/") for uid in _uids(instance, one)]
    present: dict[str, Found] = {}
    surplus = []
    for uid, one in found:
        if uid in wanted and uid not in present:
            present[uid] = one
        else:
            surplus.append((uid, one))
    # No id holds the sign that stands for the slash.
    names = file_names(f"{instance.id}~{_meeting(uid)}".replace("/", "~") for uid in wanted)
    steps = [
        _step(uid, content, present.get(uid), collection.url_of(name))
        for (uid, content), name in zip(wanted.items(), names.values(), strict=True)
    ]
    steps += [Step(Action.REMOVE, _meeting(uid), one.href, one.etag, b"") for uid, one in surplus]
    return tuple(steps)


def take_steps(
    instance: Instance, steps: Iterable[Step], collection: Collection, on_conflict: Callable[[str], None]
) -> Iterator[Step]:
    """Do what has to be done, and yield each step as it was done.

    An entry that somebody changed since it was read is read again, and the step is decided anew.

    Parameters
    ----------
    on_conflict : callable
        Hears the id of a meeting whose entry is read again.

    Raises
    ------
    ServerError
        What was yielded before is done; nothing else is.
    """
    for step in steps:
        yield _take(instance, step, collection, on_conflict)


def _take(instance: Instance, step: Step, collection: Collection, on_conflict: Callable[[str], None]) -> Step:
    for _ in range(_MOST_TRIES):
        try:
            if step.action in (Action.ADD, Action.CHANGE):
                collection.put(step.url, step.content, step.etag)
            elif step.action is Action.REMOVE:
                collection.remove(step.url, step.etag or "")
            return step
        except ConflictError:
            on_conflict(step.meeting)
            step = _decide_anew(instance, step, collection.read(step.url))
    raise ServerError(f"{step.url}: others keep changing it; try again later")


def _decide_anew(instance: Instance, step: Step, now: Found | None) -> Step:
    if now is None:
        return replace(step, action=Action.ADD if step.content else Action.KEEP, etag=None)
    uid = event_uid(instance, step.meeting)
    if _uids(instance, now) != [uid]:
        raise ServerError(f"{step.url}: something that is not of this plan has taken its place")
    return _step(uid, step.content, now, step.url) if step.content else replace(step, etag=now.etag)


def _step(uid: str, content: bytes, found: Found | None, new_url: str) -> Step:
    if found is None:
        return Step(Action.ADD, _meeting(uid), new_url, None, content)
    ours, theirs = _event(content), _event(found.data)
    if ours is not None and theirs is not None and _says_the_same(ours, theirs):
        return Step(Action.KEEP, _meeting(uid), found.href, found.etag, content)
    return Step(Action.CHANGE, _meeting(uid), found.href, found.etag, _with_reminders(content, theirs))


def _meeting(uid: str) -> str:
    return uid.partition("/")[2].rpartition("@")[0]


def _uids(instance: Instance, found: Found) -> list[str]:
    """Return the one UID of an entry of this instance; nothing where it holds anything else."""
    unfolded = re.sub(r"\r?\n[ \t]", "", found.data)
    uids = set(re.findall(r"^UID(?:;[^:\r\n]*)?:(.*?)\r?$", unfolded, re.MULTILINE | re.IGNORECASE))
    return list(uids) if len(uids) == 1 and all(is_uid_of(instance, uid) for uid in uids) else []


def _event(document: str | bytes) -> Event | None:
    """Return the one event of a document; None where that is not what it is."""
    from icalendar import Calendar

    try:
        events = Calendar.from_ical(document).walk("VEVENT")
        return cast("Event", events[0]) if len(events) == 1 else None
    except Exception:  # Strangers' data, and the parser has no one error for all that can be wrong with it.
        return None


def _says_the_same(ours: Event, theirs: Event) -> bool:
    """Whether an entry tells people what the plan tells them, whatever else is in it."""
    try:
        # Programs raise it even where only a reminder is set.
        return int(theirs.get("SEQUENCE", 0)) >= int(ours.get("SEQUENCE", 0)) and _said(ours) == _said(theirs)
    except Exception:  # As above.
        return False


def _said(event: Event) -> Mapping[str, Any]:
    """Return what an event tells people, in a form in which servers' ways of writing do not count."""
    said = {key: str(event.get(key, "")) for key in ("SUMMARY", "LOCATION", "DESCRIPTION", "STATUS")}
    return {
        **said,
        "categories": sorted(event.categories),
        "start": _instant(event.start),
        "end": _instant(event.end),
        "repeats": "RRULE" in event,
    }


def _instant(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _with_reminders(content: bytes, theirs: Event | None) -> bytes:
    """Return our entry with the reminders that people have set on theirs."""
    from icalendar import Calendar

    alarms = [] if theirs is None else theirs.walk("VALARM")
    if not alarms:
        return content
    calendar = Calendar.from_ical(content)
    for alarm in alarms:
        calendar.walk("VEVENT")[0].add_component(alarm)
    return bytes(calendar.to_ical())
