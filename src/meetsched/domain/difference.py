"""What changed from one plan to another, and how much of a disruption that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from meetsched.domain.instance import DisruptionWeights
from meetsched.domain.plan import Duty, Meeting, Plan

MOST_DAYS_COUNTED = 30
"""Days beyond which moving a meeting further disturbs no more."""


@dataclass(frozen=True, slots=True)
class ChangedMeeting:
    """A meeting that both plans hold, at another start, in another venue or with other people.

    Attributes
    ----------
    old, new : Meeting
        The meeting as the two plans have it: `start` and `venue` tell from where to where.
    lost, gained : tuple of Duty
        Duties (person and role) that only the old or only the new plan has.
    """

    old: Meeting
    new: Meeting
    lost: tuple[Duty, ...]
    gained: tuple[Duty, ...]

    @property
    def days_moved(self) -> int:
        """How many dates lie between the two starts, either way."""
        return abs((self.new.start.date() - self.old.start.date()).days)

    @property
    def start_changed(self) -> bool:
        """Whether it starts at another time."""
        return _instant(self.old.start) != _instant(self.new.start)

    @property
    def venue_changed(self) -> bool:
        """Whether it is in another venue."""
        return self.old.venue != self.new.venue

    @property
    def differs(self) -> bool:
        """Whether anything changed at all."""
        return self.start_changed or self.venue_changed or bool(self.lost or self.gained)

    def disruption(self, weights: DisruptionWeights) -> int:
        """Return how much this disturbs, by the specification's section "Disruption"."""
        points = weights.person * len(self.lost)
        if self.days_moved:
            points += weights.date + min(self.days_moved, MOST_DAYS_COUNTED)
        elif self.start_changed:
            points += weights.time
        if self.venue_changed:
            points += weights.venue
        return points


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one plan to another; meetings in order of time.

    Attributes
    ----------
    added : tuple of Meeting
        Only the new plan holds them.
    dropped : tuple of Meeting
        Only the old plan holds them.
    changed : tuple of ChangedMeeting
        Both hold them, but not alike.
    disruption : int
        Points of disruption, by the weights given.
    restated : tuple of ChangedMeeting
        Both hold them alike, but their title or their end is another: no change by the specification, yet
        people have to be told.
    """

    added: tuple[Meeting, ...]
    dropped: tuple[Meeting, ...]
    changed: tuple[ChangedMeeting, ...]
    disruption: int
    restated: tuple[ChangedMeeting, ...] = ()

    @property
    def changes(self) -> int:
        """How many meetings differ, each counted once."""
        return len(self.added) + len(self.dropped) + len(self.changed)


def difference(old: Plan, new: Plan, weights: DisruptionWeights, zone: ZoneInfo | None = None) -> Difference:
    """Compare two plans, meeting by meeting; a meeting is the same where city and topic are.

    Dates are those in a time zone, without one those of the starts as written.
    """
    if zone is not None:
        old, new = _in_zone(old, zone), _in_zone(new, zone)
    before, after = _by_identity(old.meetings), _by_identity(new.meetings)
    added = tuple(meeting for key, meeting in after.items() if key not in before)
    dropped = tuple(meeting for key, meeting in before.items() if key not in after)
    kept = [_compare(meeting, after[key]) for key, meeting in before.items() if key in after]
    changed = tuple(pair for pair in kept if pair.differs)
    restated = tuple(pair for pair in kept if not pair.differs and not same_announcement(pair.old, pair.new))
    disruption = (
        weights.add * len(added)
        + weights.cancel * len(dropped)
        + sum(pair.disruption(weights) for pair in changed)
    )
    return Difference(added, dropped, changed, disruption, restated)


def _in_zone(plan: Plan, zone: ZoneInfo) -> Plan:
    """Return the plan with its times written in a time zone."""
    meetings = tuple(
        meeting.model_copy(
            update={"start": meeting.start.astimezone(zone), "end": meeting.end.astimezone(zone)}
        )
        for meeting in plan.meetings
    )
    return plan.model_copy(update={"meetings": meetings})


def same_announcement(old: Meeting, new: Meeting) -> bool:
    """Whether two editions of a meeting tell people the same: start, end, venue, title and people.

    Where they do not, the newer one's `sequence` is higher, and people have to be told.
    """
    return (
        _instant(old.start) == _instant(new.start)
        and _instant(old.end) == _instant(new.end)
        and (old.venue, old.title) == (new.venue, new.title)
        and set(old.people) == set(new.people)
    )


def _by_identity(meetings: Iterable[Meeting]) -> dict[tuple[str, str], Meeting]:
    ordered = sorted(meetings, key=lambda meeting: (_instant(meeting.start), meeting.city, meeting.topic))
    return {(meeting.city, meeting.topic): meeting for meeting in ordered}


def _compare(old: Meeting, new: Meeting) -> ChangedMeeting:
    lost = tuple(duty for duty in dict.fromkeys(old.people) if duty not in new.people)
    gained = tuple(duty for duty in dict.fromkeys(new.people) if duty not in old.people)
    return ChangedMeeting(old, new, lost, gained)


def _instant(moment: datetime) -> datetime:
    # Two times of one zone compare by the clock on the wall, which an hour that repeats makes ambiguous.
    return moment.astimezone(UTC)
