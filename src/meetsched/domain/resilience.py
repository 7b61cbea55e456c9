"""What becomes of a plan where a person or a venue drops out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from meetsched.domain.baseline import Baseline
from meetsched.domain.calendar import Interval
from meetsched.domain.difference import ChangedMeeting, Difference
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Meeting, Plan
from meetsched.rules import Tier


class Kind(StrEnum):
    """What can drop out."""

    PERSON = "person"
    VENUE = "venue"


@dataclass(frozen=True, slots=True)
class DropOut:
    """A person or a venue of a plan, and the meetings that count on them, by id."""

    kind: Kind
    id: str
    meetings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who or what takes the place of a drop-out at a meeting.

    Attributes
    ----------
    meeting : Meeting
        As it was.
    held : bool
        Whether it is still held.
    by : tuple of str
        Ids of the people in the same role, or of the venue; none where nobody is needed instead.
    """

    meeting: Meeting
    held: bool
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What becomes of a plan if somebody drops out.

    Attributes
    ----------
    drop_out : DropOut
    verdict : Verdict
        `INFEASIBLE` is a proof that there is no repair; `UNKNOWN` means that none was found in time.
    plan : Plan or None
        The repair.
    difference : Difference or None
        What the repair changes.
    losses : mapping of Tier to int
        How much worse it is in each tier that counts, disruption apart; below 0 where it is better.
    """

    drop_out: DropOut
    verdict: Verdict
    plan: Plan | None = None
    difference: Difference | None = None
    losses: Mapping[Tier, int] | None = None

    @property
    def stand_ins(self) -> tuple[StandIn, ...]:
        """Who stands in at which meeting, in order of time."""
        if self.difference is None:
            return ()
        found = [*self._dropped(self.difference), *self._changed(self.difference)]
        return tuple(sorted(found, key=lambda each: (each.meeting.start, each.meeting.id)))

    def _dropped(self, changes: Difference) -> Iterator[StandIn]:
        for meeting in changes.dropped:
            if meeting.id in self.drop_out.meetings:
                yield StandIn(meeting, held=False, by=())

    def _changed(self, changes: Difference) -> Iterator[StandIn]:
        for pair in changes.changed:
            if pair.old.id in self.drop_out.meetings:
                yield StandIn(pair.old, held=True, by=self._instead(pair))

    def _instead(self, pair: ChangedMeeting) -> tuple[str, ...]:
        if self.drop_out.kind is Kind.VENUE:
            return (pair.new.venue,)
        roles = {duty.role for duty in pair.lost if duty.person == self.drop_out.id}
        return tuple(duty.person for duty in pair.gained if duty.role in roles)


@dataclass(frozen=True, slots=True)
class Resilience:
    """What becomes of a plan for each person and venue that it uses.

    Attributes
    ----------
    as_of : date
        From then on each of them is taken to be away.
    consequences : tuple of Consequence
        Those without a repair first, then those not settled, then by falling disruption.
    """

    as_of: date
    consequences: tuple[Consequence, ...]

    @property
    def complete(self) -> bool:
        """Whether all are settled: proven to have no repair, or none better."""
        return all(each.verdict in (Verdict.INFEASIBLE, Verdict.OPTIMAL) for each in self.consequences)


def drop_outs(baseline: Baseline) -> tuple[DropOut, ...]:
    """Return the people, then the venues, that meetings use that are not over; in order of time."""
    used: dict[tuple[Kind, str], list[str]] = {}
    for meeting in sorted(baseline.coming.values(), key=lambda each: (each.start, each.id)):
        for duty in meeting.people:
            used.setdefault((Kind.PERSON, duty.person), []).append(meeting.id)
        used.setdefault((Kind.VENUE, meeting.venue), []).append(meeting.id)
    found = (DropOut(kind, name, tuple(dict.fromkeys(ids))) for (kind, name), ids in used.items())
    return tuple(sorted(found, key=lambda each: each.kind is Kind.VENUE))


def without(instance: Instance, drop_out: DropOut, first: date) -> Instance:
    """Return the instance in which a person or a venue is away from a date to the horizon's end."""
    away = Interval.model_construct(
        start=datetime.combine(first, time.min),
        end=datetime.combine(instance.horizon.end, time.max),
        why=None,
    )
    person, venue = instance.person_by_id.get(drop_out.id), instance.venue_by_id.get(drop_out.id)
    if drop_out.kind is Kind.PERSON and person is not None:
        return instance.with_values("people", person.id, busy=(*person.busy, away))
    if drop_out.kind is Kind.VENUE and venue is not None:
        return instance.with_values("venues", venue.id, closed=(*venue.closed, away))
    return instance  # A published plan may name what the instance has no longer.


def ranked(consequences: Mapping[DropOut, Consequence]) -> tuple[Consequence, ...]:
    """Return consequences, the worst first."""
    return tuple(sorted(consequences.values(), key=_rank))


def _rank(found: Consequence) -> tuple[int, int, tuple[int, ...], str, str]:
    group = (Verdict.INFEASIBLE, Verdict.UNKNOWN).index(found.verdict) if found.plan is None else 2
    disruption = 0 if found.difference is None else -found.difference.disruption
    losses = tuple(-loss for loss in (found.losses or {}).values())
    return group, disruption, losses, found.drop_out.kind, found.drop_out.id
