"""Published plans from files, to be gone on from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, Plan, meeting_id
from meetsched.errors import DataError
from meetsched.loading.files import decode, read_bytes
from meetsched.loading.json_reader import read_json
from meetsched.loading.raw import Document, Located
from meetsched.loading.structure import in_order, validate

_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan as it was loaded, and the SHA-256 of its file's bytes (hexadecimal)."""

    plan: Plan
    sha256: str


def load_baseline(path: Path, instance: Instance) -> LoadedPlan:
    """Load the plan that was published for an earlier edition of an instance.

    It may name cities, topics, venues and people that the instance no longer has.

    Raises
    ------
    DataError
        With every fault of the file; a plan of another instance is one.
    """
    data = read_bytes(path)
    document = read_json(str(path), decode(str(path), data))
    plan, misfits = validate(document, Plan)
    contradictions = _contradictions(document, plan, instance) if plan else iter(())
    faults = in_order(document, chain(misfits, contradictions))
    if plan is None or faults:
        raise DataError(faults)
    return LoadedPlan(plan, sha256(data).hexdigest())


def _contradictions(document: Document, plan: Plan, instance: Instance) -> Iterator[Located]:
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
