"""Ways out of a conflict, written into the draft: exactly where instances have words for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meetsched.domain.calendar import Interval
from meetsched.domain.changing import changed
from meetsched.domain.entities import InstitutionType, MonthlyMeetings
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.ways_out import FEWER, MORE, Change, Lever
from meetsched.rules import FIGURES, Rule
from meetsched.verify import verify

__all__ = ["Change", "Lever", "Written", "write_changes"]


@dataclass(frozen=True, slots=True)
class Written:
    """Changes as an instance can say them.

    Attributes
    ----------
    instance : Instance
        With all of them that it can say.
    remarks : tuple of str
        Where it says more than was asked for, as sentences.
    missing : tuple of str
        Why a plan that needs the changes breaks rules all the same; then they cannot be applied.
    """

    instance: Instance
    remarks: tuple[str, ...]
    missing: tuple[str, ...]


def write_changes(instance: Instance, changes: Iterable[Change], plan: Plan) -> Written:
    """Write changes into an instance, and check that a plan which they make possible then holds.

    Most are a value of the instance. Exceptions for one date, one month or one meeting are not; what
    comes nearest is written instead, and whether that is enough is for the verifier to say.

    Parameters
    ----------
    plan : Plan
        The plan that shows that the changes help.
    """
    remarks: list[str] = []
    exact: list[Change] = []
    result = instance
    for change in changes:
        if change.lever.key in _NEAREST:
            write, remark = _NEAREST[change.lever.key]
            result = write(result, change.lever.subject, change.steps)
            remarks += [remark] if remark else []
        elif change.lever.key == Rule.FROZEN:
            remarks.append(_TO_THAW)
        else:
            exact.append(change)
    result = changed(result, exact)
    broken = [each for each in verify(result, plan).violations if each.rule != FIGURES]
    missing = dict.fromkeys(each.message for each in broken)
    return Written(result, tuple(dict.fromkeys(remarks)), tuple(missing))


_Write = Callable[[Instance, tuple[str, ...], int], Instance]


def _free_on(instance: Instance, subject: tuple[str, ...], _: int) -> Instance:
    person, day = instance.person_by_id[subject[0]], date.fromisoformat(subject[1])
    return instance.with_values("people", person.id, busy=tuple(_without(person.busy, day, instance.zone)))


def _open_on(instance: Instance, subject: tuple[str, ...], _: int) -> Instance:
    venue, day = instance.venue_by_id[subject[0]], date.fromisoformat(subject[1])
    return instance.with_values("venues", venue.id, closed=tuple(_without(venue.closed, day, instance.zone)))


def _without(intervals: Sequence[Interval], day: date, zone: ZoneInfo) -> Iterator[Interval]:
    """Yield what is left of some times without one local date, in pieces where it lay in the middle."""

    def midnight(of: date, like: datetime) -> datetime:
        return datetime.combine(of, time(), tzinfo=zone if like.tzinfo else None)

    for each in intervals:
        before = each.model_copy(update={"end": min(each.end, midnight(day, each.end))})
        next_day = midnight(day + timedelta(days=1), each.start)
        after = each.model_copy(update={"start": max(each.start, next_day)})
        yield from (piece for piece in (before, after) if piece.start < piece.end)


def _in_months(change: Callable[[MonthlyMeetings, int], MonthlyMeetings]) -> _Write:
    def write(instance: Instance, subject: tuple[str, ...], steps: int) -> Instance:
        asked = instance.city_by_id[subject[0]].meetings_per_month
        return instance.with_values("cities", subject[0], meetings_per_month=change(asked, steps))

    return write


def _more(asked: MonthlyMeetings, steps: int) -> MonthlyMeetings:
    return asked.model_copy(update={"max": None if asked.max is None else asked.max + steps})


def _fewer(asked: MonthlyMeetings, steps: int) -> MonthlyMeetings:
    return asked.model_copy(update={"min": max(0, asked.min - steps)})


def _fewer_open(instance: Instance, subject: tuple[str, ...], steps: int) -> Instance:
    left = max(0, instance.city_by_id[subject[0]].open_meetings_per_month - steps)
    return instance.with_values("cities", subject[0], open_meetings_per_month=left)


def _without_tag(instance: Instance, subject: tuple[str, ...], _: int) -> Instance:
    topic = instance.topic_by_id[subject[0]]
    left = tuple(tag for tag in topic.expertise if tag != subject[1])
    return instance.with_values("topics", topic.id, expertise=left)


def _without_type(instance: Instance, subject: tuple[str, ...], _: int) -> Instance:
    coverage = instance.city_by_id[subject[0]].coverage
    left = tuple(each for each in coverage.each_meeting if each is not InstitutionType(subject[2]))
    eased = coverage.model_copy(update={"each_meeting": left})
    return instance.with_values("cities", subject[0], coverage=eased)


_TO_THAW = "That a meeting may move although it is near is said when the plan is repaired, not in the data."
_ALL_MONTHS = "Your data has no number for one month alone: it will hold for every month."
_NEAREST: Mapping[str, tuple[_Write, str]] = {
    Rule.PERSON_AVAILABLE: (_free_on, ""),
    Rule.VENUE_HOURS: (_open_on, ""),
    MORE: (_in_months(_more), _ALL_MONTHS),
    FEWER: (_in_months(_fewer), _ALL_MONTHS),
    Rule.CADENCE_OPEN: (_fewer_open, _ALL_MONTHS),
    Rule.EXPERTISE: (_without_tag, "The topic will no longer ask for it at all, in no city."),
    Rule.COVERAGE_MEETING: (_without_type, "It will be asked of no meeting of the city any more."),
}
"""How to write what instances have no words for, and what to say of that."""
