"""Plans in three time zones with meetings around both changes of clocks, and all calendars made of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from meetsched.delivery.messages import write_message
from meetsched.delivery.notices import find_notices
from meetsched.delivery.synchronising import entries
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Duty, Meeting, Plan
from meetsched.export import calendar_file
from meetsched.export.calendar import FeedFor, feed_files

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)

CHANGES = {
    "Europe/Warsaw": ("2027-03-28", "2027-10-31"),
    "Europe/Lisbon": ("2027-03-28", "2027-10-31"),
    "America/New_York": ("2027-03-14", "2027-11-07"),
}
"""The dates on which clocks go forward and back, as published by the authorities."""

_STARTS = ("00:30", "03:30", "09:00", "17:30")
_LENGTHS = (120, 90, 45, 120)

Times = dict[str, tuple[datetime, datetime]]
"""When a meeting starts and ends, in UTC, by the UID of its event."""


def plan_of(zone_name: str) -> tuple[Instance, Plan]:
    """Return an instance and a plan with meetings before and on both days of change.

    Some are in the hour that clocks repeat, start or end in it, or go on while they change.
    """
    zone = ZoneInfo(zone_name)
    starts = []
    for change in CHANGES[zone_name]:
        for days in (-1, 0):
            for clock in _STARTS:
                local = datetime.fromisoformat(f"{change}T{clock}") + timedelta(days=days)
                starts.append(local.replace(tzinfo=zone))
    back = datetime.fromisoformat(CHANGES[zone_name][1]).replace(tzinfo=zone).astimezone(UTC)
    starts += [(back + timedelta(minutes=minutes)).astimezone(zone) for minutes in range(15, 240, 30)]
    meetings = [_meeting(index, start) for index, start in enumerate(starts)]
    return _instance(zone_name, len(starts)), _plan(meetings)


def truth(instance: Instance, plan: Plan) -> Times:
    """Return when the meetings are, from the plan alone."""
    return {
        f"{instance.id}/{meeting.id}@meetsched": (meeting.start.astimezone(UTC), meeting.end.astimezone(UTC))
        for meeting in (*plan.meetings, *plan.cancelled)
    }


def all_calendars(instance: Instance, plan: Plan) -> dict[str, bytes]:
    """Return the plan's calendar, the feeds, the messages of every kind, and what a server is given."""
    files = {"plan.ics": calendar_file(instance, plan)}
    for by in FeedFor:
        files |= {f"{by}-{name}": content for name, content in feed_files(instance, plan, by).items()}
    first = _earlier(plan)
    for baseline in (None, first):
        for index, notice in enumerate(find_notices(instance, plan, baseline)):
            message = write_message(instance, notice, "meetings@town.example", NOW)
            files[f"{'first' if baseline is None else 'then'}-{index}-{notice.news}.ics"] = message.calendar
    return files | {
        f"entry-{index}.ics": content for index, content in enumerate(entries(instance, plan).values())
    }


def _earlier(plan: Plan) -> Plan:
    """Return what was told before: others on duty, and what is cancelled now was still held."""
    held = [
        meeting.model_copy(update={"people": meeting.people[1:], "sequence": meeting.sequence - 1})
        if index % 2
        else meeting.model_copy(
            update={
                "people": (*meeting.people, _duty("eve", "representative")),
                "sequence": meeting.sequence - 1,
            }
        )
        for index, meeting in enumerate((*plan.meetings, *plan.cancelled))
    ]
    return plan.model_copy(update={"meetings": tuple(held), "cancelled": ()})


def _duty(person: str, role: str) -> Duty:
    return Duty.model_validate({"person": person, "role": role})


def _instance(zone_name: str, topics: int) -> Instance:
    people = [("bea", "broker"), ("paul", "presenter"), ("eve", "representative")]
    return Instance.model_validate(
        {
            "schema": "meetsched/1",
            "id": "zones-2027",
            "name": "Zażółć, gęślą; jaźń \\ \"2027\"",
            "horizon": {"start": "2027-03-01", "end": "2027-11-30"},
            "timezone": zone_name,
            "slots": [{"weekdays": ["mon"], "starts": ["09:00"]}],
            "cities": [{"id": "town", "name": "Miasto, \"Nowe\""}],
            "institutions": [
                {"id": "hall", "name": "Ratusz", "type": "local_administration", "city": "town"}
            ],
            "topics": [
                {"id": f"topic-{index}", "title": "x", "minutes": _LENGTHS[index % 4]}
                for index in range(topics)
            ],
            "venues": [
                {"id": "oak", "name": "Pod Dębem; sala 2", "kind": "pub", "city": "town", "capacity": 9}
            ],
            "people": [
                {
                    "id": name,
                    "name": f"{name.title()} Łęcka, \"dr\"",
                    "institution": "hall",
                    "roles": [role],
                    "email": f"{name}+plan@town.example",
                }
                for name, role in people
            ],
        }
    )  # fmt: skip


def _meeting(index: int, start: datetime) -> Meeting:
    end = (start.astimezone(UTC) + timedelta(minutes=_LENGTHS[index % 4])).astimezone(start.tzinfo)
    free = dict.fromkeys(("venue", "catering", "fees", "travel", "overtime", "income", "total"), "0.00")
    return Meeting.model_validate(
        {
            "id": f"town/topic-{index}",
            "city": "town",
            "topic": f"topic-{index}",
            "title": f"Spotkanie {index}: „zażółć gęślą jaźń”, and what else there is; on one line or two",
            "venue": "oak",
            "start": start.isoformat(),
            "end": end.isoformat(),
            "people": [{"person": "bea", "role": "broker"}, {"person": "paul", "role": "presenter"}],
            "heads": 1,
            "points": 1,
            "types": [],
            "cost": free,
            "sequence": 1,
        }
    )


def _plan(meetings: list[Meeting]) -> Plan:
    return Plan.model_validate(
        {
            "schema": "meetsched-plan/1",
            "instance": {"id": "zones-2027", "sha256": "0" * 64},
            "status": "feasible",
            "tiers": [],
            "meetings": meetings[:-2],
            "cancelled": meetings[-2:],
        }
    )
