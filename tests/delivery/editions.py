"""The town of tests/export/data with an e-mail address for everybody, and later editions of its plan."""

from datetime import UTC, datetime, timedelta

from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Duty, Meeting, Plan, Repair
from tests.export.examples import example

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
SENDER = "meetings@olszyna.example"


def town(**addresses: str | None) -> tuple[Instance, Plan]:
    """Return the town and its plan; everybody has the address ``ID@olszyna.example`` but those given."""
    instance, plan = example("town")
    people = tuple(
        person.model_copy(update={"email": addresses.get(person.id, f"{person.id}@olszyna.example")})
        for person in instance.people
    )
    return changed(instance, people=people), plan


def changed(value, **update):
    """Return a copy that remembers nothing that was looked up in the original."""
    return type(value).model_construct(**dict(value) | update)


def meeting(plan: Plan, topic: str) -> Meeting:
    """Return a meeting of a plan, held or cancelled."""
    return next(one for one in (*plan.meetings, *plan.cancelled) if one.topic == topic)


def edited(plan: Plan, topic: str, raised: int = 1, **update) -> Plan:
    """Return the plan's next edition, with one meeting changed and its sequence raised."""
    old = meeting(plan, topic)
    new = old.model_copy(update={"sequence": old.sequence + raised, **update})
    return changed(plan, meetings=tuple(new if one is old else one for one in plan.meetings))


def moved(plan: Plan, topic: str, raised: int = 1, **length: int) -> Plan:
    """Return the next edition, with a meeting moved by some time."""
    old, by = meeting(plan, topic), timedelta(**length or {"days": 1})
    return edited(plan, topic, raised, start=old.start + by, end=old.end + by)


def replaced(plan: Plan, topic: str, person: str, by: str) -> Plan:
    """Return the next edition, with one person on duty in place of another."""
    people = tuple(
        Duty(person=by, role=duty.role) if duty.person == person else duty
        for duty in meeting(plan, topic).people
    )
    return edited(plan, topic, people=people)


def joined(plan: Plan, topic: str, person: str) -> Plan:
    """Return the next edition, with one more representative."""
    people = (*meeting(plan, topic).people, Duty(person=person, role=Role.REPRESENTATIVE))
    return edited(plan, topic, people=people)


def cancelled(plan: Plan, topic: str) -> Plan:
    """Return the next edition, with a meeting cancelled."""
    old = meeting(plan, topic)
    gone = old.model_copy(update={"sequence": old.sequence + 1})
    held = tuple(one for one in plan.meetings if one is not old)
    return changed(plan, meetings=held, cancelled=(*plan.cancelled, gone))


def as_of(plan: Plan, day: str) -> Plan:
    """Return the plan as if made on a date from a published one."""
    repair = Repair.model_validate({"baseline_sha256": "0" * 64, "as_of": day})
    return changed(plan, repair=repair)
