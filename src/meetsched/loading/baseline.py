"""Published plans from files, to be gone on from."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, Plan, meeting_id
from meetsched.loading.plan import LoadedPlan, read_plan, strangers
from meetsched.loading.raw import Document, Located

_LONGEST = timedelta(days=1)


def load_baseline(path: Path, instance: Instance) -> LoadedPlan:
    """Load the plan that was published for an earlier edition of an instance.

    It may name cities, topics, venues and people that the instance no longer has.

    Raises
    ------
    DataError
        With every fault of the file; a plan of another instance is one.
    """
    return read_plan(path, partial(_contradictions, instance=instance))


def load_whole_plan(path: Path, instance: Instance) -> LoadedPlan:
    """Load a plan of an instance as it is now: it may name nothing else but in what is over.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    return read_plan(path, partial(strangers, instance=instance), partial(_contradictions, instance=instance))


def _contradictions(document: Document, plan: Plan | None, instance: Instance) -> Iterator[Located]:
    if plan is None:
        return
    if plan.instance.id != instance.id:
        path = ("instance", "id")
        yield document.tell(path, f"expected a plan of the instance {instance.id}, this one is of another")
    known: set[str] = set()
    for index, meeting in enumerate(plan.meetings):
        name = meeting_id(meeting.city, meeting.topic)
        for key, expectation in _oddities(meeting, repeated=name in known):
            yield document.tell(("meetings", index, *key), expectation)
        known.add(name)


def _oddities(meeting: Meeting, *, repeated: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what no meeting of a plan can be, and where it stands."""
    if repeated:
        yield ("topic",), "this city has a meeting on this topic already"
    length = meeting.end.astimezone(UTC) - meeting.start.astimezone(UTC)
    if not timedelta(0) < length <= _LONGEST:
        yield ("end",), "expected an end after the start, a day later at most"
    for key, moment in (("start", meeting.start), ("end", meeting.end)):
        if moment.second or moment.microsecond:
            yield (key,), "expected whole minutes"
    people = [duty.person for duty in meeting.people]
    for person in dict.fromkeys(people):
        if people.count(person) > 1:
            yield ("people",), f"expected each person once, {person} stands here {people.count(person)} times"
