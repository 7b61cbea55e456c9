"""Who is on duty at a meeting: names, institutions, and what each of them costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meetsched.domain.entities import InstitutionType, Person, Role
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Duty, Meeting
from meetsched.domain.scalars import Weekday, WeeklyTable, Window
from meetsched.domain.words import ROLE_NAMES, one_line

_ROLE_ORDER = {role: place for place, role in enumerate(ROLE_NAMES)}
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person's part in a meeting, with names instead of ids.

    Attributes
    ----------
    person : str
        The id.
    name : str
        The person's name; the id where the instance no longer knows the person.
    institution : str
        Its name; empty where unknown.
    type : InstitutionType or None
        What the institution is; None where unknown.
    role : Role
        What the person does.
    fee, travel, overtime : int
        What the duty costs, in cents.
    overtime_minutes : int
        Minutes of the meeting outside the person's `available` hours.
    """

    person: str
    name: str
    institution: str
    type: InstitutionType | None
    role: Role
    fee: int
    travel: int
    overtime: int
    overtime_minutes: int

    @property
    def role_name(self) -> str:
        """The role as people say it."""
        return ROLE_NAMES[self.role]

    @property
    def covers_type(self) -> bool:
        """Whether the institution's type counts as present through this duty."""
        return self.role in (Role.EXPERT, Role.REPRESENTATIVE)


def attendance(instance: Instance, meeting: Meeting) -> tuple[Attendance, ...]:
    """Return who is on duty at a meeting, in the order of a programme: experts first, host last."""
    everybody = (_attend(instance, meeting, duty) for duty in meeting.people)
    return tuple(sorted(everybody, key=lambda one: (_ROLE_ORDER[one.role], one.name, one.person)))


def _attend(instance: Instance, meeting: Meeting, duty: Duty) -> Attendance:
    person = instance.person_by_id.get(duty.person)
    if person is None:
        return Attendance(duty.person, duty.person, "", None, duty.role, 0, 0, 0, 0)
    institution = instance.institution_by_id[person.institution]
    minutes = overtime_minutes(person, meeting.start, meeting.end, instance.zone)
    return Attendance(
        person=person.id,
        name=one_line(person.name),
        institution=one_line(institution.name),
        type=institution.type,
        role=duty.role,
        fee=person.fee,
        travel=person.travel.get(meeting.city, 0),
        overtime=overtime_cost(minutes, person.overtime_per_hour or 0),
        overtime_minutes=minutes,
    )


def overtime_minutes(person: Person, start: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Return the minutes of ``[start, end)`` outside the person's `available` hours.

    0 where overtime has no rate: such a person is never on duty outside them.
    """
    if person.available is None or person.overtime_per_hour is None:
        return 0
    within = sum(
        max(timedelta(0), min(end, until) - max(start, since)) // _MINUTE
        for since, until in _open_times(person.available, start.astimezone(zone).date(), zone)
    )
    return (end - start) // _MINUTE - within


def overtime_cost(minutes: int, cents_per_hour: int) -> int:
    """Return what overtime costs: minutes × rate / 60, rounded half up to a cent."""
    return (minutes * cents_per_hour * 2 + 60) // 120


def _open_times(table: WeeklyTable, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Return a date's windows in absolute time, those that overlap as one."""
    midnight = datetime.combine(day, time(), tzinfo=zone)
    return [
        (
            (midnight + window.start * _MINUTE).astimezone(UTC),
            (midnight + window.end * _MINUTE).astimezone(UTC),
        )
        for window in _merged(table.get(Weekday.of(day), ()))
    ]


def _merged(windows: Sequence[Window]) -> list[Window]:
    merged: list[Window] = []
    for window in sorted(windows):
        if merged and window.start <= merged[-1].end:
            merged[-1] = Window(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return merged
