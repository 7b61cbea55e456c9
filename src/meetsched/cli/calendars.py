"""What was done to a calendar on a server, for people and as JSON."""

from collections.abc import Iterator, Sequence

from meetsched.cli.exits import json_bytes
from meetsched.cli.streams import show, show_bytes
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Plan
from meetsched.domain.words import count
from meetsched.service.synchronising import Action, Step

_DONE = {Action.ADD: "Added", Action.CHANGE: "Changed", Action.REMOVE: "Removed"}
_PLANNED = {Action.ADD: "Would add", Action.CHANGE: "Would change", Action.REMOVE: "Would remove"}
_KEYS = {Action.ADD: "added", Action.CHANGE: "changed", Action.REMOVE: "removed", Action.KEEP: "unchanged"}


def show_steps(
    steps: Sequence[Step], instance: Instance, plan: Plan, *, dry_run: bool, as_json: bool
) -> None:
    """Print on standard output what was done, or would be."""
    if as_json:
        by_action = {
            key: [step.meeting for step in steps if step.action is action] for action, key in _KEYS.items()
        }
        show_bytes(json_bytes({"dry_run": dry_run, **by_action}))
    else:
        show("".join(f"{line}\n" for line in _lines(steps, instance, plan, dry_run=dry_run)))


def _lines(steps: Sequence[Step], instance: Instance, plan: Plan, *, dry_run: bool) -> Iterator[str]:
    verbs = _PLANNED if dry_run else _DONE
    names = Names(instance)
    known = {meeting.id: (meeting, "") for meeting in plan.meetings}
    known |= {meeting.id: (meeting, ", as cancelled") for meeting in plan.cancelled}
    for step in steps:
        if step.action is Action.KEEP:
            continue
        subject = step.meeting
        if step.meeting in known and step.action is not Action.REMOVE:
            meeting, remark = known[step.meeting]
            subject = f"{names.meeting(meeting)}, {names.time(meeting)}{remark}"
        yield f"{verbs[step.action]}: {subject}"
    unchanged = sum(step.action is Action.KEEP for step in steps)
    yield f"{count(unchanged, 'meeting')} {'is' if unchanged == 1 else 'are'} as in the plan already."
