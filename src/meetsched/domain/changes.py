"""What a difference between two plans means for people: each change in words, and who has to be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

from meetsched.domain.difference import ChangedMeeting, Difference
from meetsched.domain.entities import Role
from meetsched.domain.names import Names
from meetsched.domain.plan import Duty, Meeting
from meetsched.domain.words import ROLE_NAMES, clock, day, one_line


class ChangeKind(StrEnum):
    """What happened to a meeting."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    RESTATED = "restated"
    """Only its title or its end is another."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one meeting.

    Attributes
    ----------
    kind : ChangeKind
    old, new : Meeting or None
        The meeting as the two plans have it; None where a plan lacks it.
    lost, gained : tuple of Duty
        Duties that only the old or only the new plan has.
    """

    kind: ChangeKind
    old: Meeting | None
    new: Meeting | None
    lost: tuple[Duty, ...]
    gained: tuple[Duty, ...]

    @property
    def meeting(self) -> Meeting:
        """The meeting as it is now, or as it was to be."""
        meeting = self.new or self.old
        assert meeting is not None
        return meeting

    @property
    def start_changed(self) -> bool:
        """Whether both plans hold it, at different starts."""
        return self._pair is not None and self._pair.start_changed

    @property
    def venue_changed(self) -> bool:
        """Whether both plans hold it, in different venues."""
        return self._pair is not None and self._pair.venue_changed

    @property
    def _pair(self) -> ChangedMeeting | None:
        if self.old is None or self.new is None:
            return None
        return ChangedMeeting(self.old, self.new, self.lost, self.gained)

    @property
    def told(self) -> tuple[str, ...]:
        """The ids of the people who have to be told, each once.

        Where only people changed these are those taken off and put on, otherwise everybody who is on the
        meeting or was.
        """
        stays = self.kind is ChangeKind.CHANGED and not self.start_changed and not self.venue_changed
        now, before = (each.people if each else () for each in (self.new, self.old))
        concerned = (*self.gained, *self.lost) if stays else (*now, *before)
        return tuple(dict.fromkeys(duty.person for duty in concerned))

    def words(self, names: Names) -> str:
        """Say what happened, as the rest of a sentence that begins with the meeting."""
        pair = self._pair
        if pair is None:
            where = f"{names.time(self.meeting)}, in {names.venue(self.meeting.venue)}"
            return where if self.old is None else f"was to be on {where}"
        return "; ".join([_time_and_place(pair, names), *_announced(pair), *_people(pair, names)])


def changes(difference: Difference) -> tuple[Change, ...]:
    """Return what happened to each meeting of two plans that is not as it was, in order of time."""
    found = [
        *(Change(ChangeKind.ADDED, None, meeting, (), meeting.people) for meeting in difference.added),
        *(Change(ChangeKind.DROPPED, meeting, None, meeting.people, ()) for meeting in difference.dropped),
        *(_change(ChangeKind.CHANGED, pair) for pair in difference.changed),
        *(_change(ChangeKind.RESTATED, pair) for pair in difference.restated),
    ]
    return tuple(sorted(found, key=lambda change: (change.meeting.start, change.meeting.id)))


def _change(kind: ChangeKind, pair: ChangedMeeting) -> Change:
    return Change(kind, pair.old, pair.new, pair.lost, pair.gained)


def _time_and_place(pair: ChangedMeeting, names: Names) -> str:
    before, now = names.local(pair.old.start), names.local(pair.new.start)
    then = f"{day(before.date())}, {clock(before)}"
    if not pair.start_changed:
        when = f"{then} as before"
    elif before.date() == now.date():
        when = f"moved from {clock(before)} to {clock(now)} on {day(now.date())}"
    else:
        when = f"moved from {then} to {day(now.date())}, {clock(now)}"
    if not pair.venue_changed:
        return f"{when}, same venue"
    return f"{when}, in {names.venue(pair.new.venue)} instead of {names.venue(pair.old.venue)}"


def _announced(pair: ChangedMeeting) -> Iterator[str]:
    """Yield what else of a meeting's announcement is another: its length, its title."""
    before, now = (
        int((each.end.astimezone(UTC) - each.start.astimezone(UTC)).total_seconds()) // 60
        for each in (pair.old, pair.new)
    )
    if before != now:
        yield f"lasts {now} minutes instead of {before}"
    if pair.old.title != pair.new.title:
        yield f"its title was {one_line(pair.old.title)}"


def _people(pair: ChangedMeeting, names: Names) -> Iterator[str]:
    """Yield who stands in for whom, who is no longer there and who is there besides, role by role."""
    for role in ROLE_NAMES:
        lost, gained = _in_role(pair.lost, role, names), _in_role(pair.gained, role, names)
        called = ROLE_NAMES[role].lower()
        for new, old in zip(gained, lost, strict=False):
            yield f"{new} instead of {old} ({called})"
        paired = min(len(lost), len(gained))
        yield from (f"without {name} ({called})" for name in lost[paired:])
        yield from (f"also {name} ({called})" for name in gained[paired:])


def _in_role(duties: tuple[Duty, ...], role: Role, names: Names) -> list[str]:
    return [names.person(duty.person) for duty in duties if duty.role is role]
