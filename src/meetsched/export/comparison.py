"""A plan beside the one published before: what every meeting was, what it is, and who has to be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from meetsched.domain.changes import Change, ChangeKind, changes
from meetsched.domain.difference import Difference
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Duty, Meeting
from meetsched.domain.words import ROLE_NAMES, one_line
from meetsched.export.agenda import AgendaItem


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is said of a meeting, and whether the other plan says the same."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A meeting as one of the plans has it."""

    start: datetime
    when: Part
    venue: Part
    people: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ComparedMeeting:
    """A meeting of either plan.

    Attributes
    ----------
    item : AgendaItem or None
        The meeting as the page shows it; None where it is held no more.
    title, city : str
    marks : tuple of str
        What changed, in a word or two each; none where nothing did.
    old, new : Side or None
    told : tuple of str
        Names of the people who have to be told.
    """

    item: AgendaItem | None
    title: str
    city: str
    marks: tuple[str, ...]
    old: Side | None
    new: Side | None
    told: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether anything about it is new."""
        return bool(self.marks)

    @property
    def number(self) -> int | None:
        """Its number on the page."""
        return None if self.item is None else self.item.number


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both plans, meeting by meeting in the order of time."""

    meetings: tuple[ComparedMeeting, ...]
    changes: int
    disruption: int

    def marks_of(self, number: int) -> tuple[str, ...]:
        """Return what changed of the meeting with a number."""
        return next(each.marks for each in self.meetings if each.number == number)


def compare(instance: Instance, items: tuple[AgendaItem, ...], difference: Difference) -> Comparison:
    """Set the meetings that a page shows beside what was published of them."""
    names = Names(instance)
    found = {change.meeting.id: change for change in changes(difference)}
    rows = [_row(names, item, found.pop(item.meeting.id, None)) for item in items]
    rows += [_row(names, None, change) for change in found.values()]
    return Comparison(
        tuple(sorted(rows, key=_begin)), changes=difference.changes, disruption=difference.disruption
    )


def _begin(row: ComparedMeeting) -> tuple[datetime, str]:
    side = row.new or row.old
    assert side is not None
    return side.start, row.title


def _row(names: Names, item: AgendaItem | None, change: Change | None) -> ComparedMeeting:
    if change is None:
        assert item is not None
        change = Change(ChangeKind.CHANGED, item.meeting, item.meeting, (), ())
        marks: tuple[str, ...] = ()
    else:
        marks = tuple(_marks(change))
    old, new = change.old, change.new
    return ComparedMeeting(
        item=item,
        title=one_line(change.meeting.title),
        city=names.city(change.meeting.city),
        marks=marks,
        old=None if old is None else _side(names, old, new, change.lost),
        new=None if new is None else _side(names, new, old, change.gained),
        told=tuple(map(names.person, change.told)) if marks else (),
    )


def _marks(change: Change) -> Iterator[str]:
    if change.kind is not ChangeKind.CHANGED:
        yield {
            ChangeKind.ADDED: "new",
            ChangeKind.DROPPED: "cancelled",
            ChangeKind.RESTATED: "announced anew",
        }[change.kind]
        return
    if change.start_changed:
        yield "moved"
    if change.venue_changed:
        yield "other venue"
    if change.lost or change.gained:
        yield "other people"


def _side(names: Names, meeting: Meeting, other: Meeting | None, special: tuple[Duty, ...]) -> Side:
    beside = other or meeting
    return Side(
        start=names.local(meeting.start),
        when=Part(names.time(meeting), names.time(meeting) != names.time(beside)),
        venue=Part(names.venue(meeting.venue), meeting.venue != beside.venue),
        people=tuple(
            Part(names.duty(duty), other is not None and duty in special)
            for role in ROLE_NAMES
            for duty in meeting.people
            if duty.role is role
        ),
    )
