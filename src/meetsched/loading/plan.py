"""Plans from files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.references import Reference
from meetsched.errors import DataError
from meetsched.loading.files import decode, read_bytes
from meetsched.loading.json_reader import read_json
from meetsched.loading.raw import Document, Located
from meetsched.loading.references import unknown_ids
from meetsched.loading.structure import in_order, validate

_REFERENCES = (
    Reference("ideal{}", "cities"),
    Reference("meetings[].city", "cities"),
    Reference("meetings[].topic", "topics"),
    Reference("meetings[].venue", "venues"),
    Reference("meetings[].people[].person", "people"),
    Reference("pins[].city", "cities"),
    Reference("pins[].topic", "topics"),
    Reference("pins[].venue", "venues"),
    Reference("pins[].people[].person", "people"),
)


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan as it was loaded, and the SHA-256 of its file's bytes (hexadecimal)."""

    plan: Plan
    sha256: str


def load_plan(path: Path, instance: Instance | None = None) -> Plan:
    """Load a plan from a JSON file.

    Parameters
    ----------
    instance : Instance, optional
        Where given, the plan may name only its cities, topics, venues and people. Meetings that are
        history (they start before the date as of which a plan was repaired) and cancelled ones may name
        what an earlier edition had.

    Raises
    ------
    DataError
        With every fault of the file. Wrong figures are no faults; a verification tells them.
    """
    checks = [] if instance is None else [partial(strangers, instance=instance)]
    return read_plan(path, *checks).plan


def read_plan(path: Path, *checks: Callable[[Document, Plan | None], Iterable[Located]]) -> LoadedPlan:
    """Read a plan from a JSON file.

    Parameters
    ----------
    *checks : callable
        Each finds faults besides those of the structure; the plan is None where that has some.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    data = read_bytes(path)
    document = read_json(str(path), decode(str(path), data))
    plan, misfits = validate(document, Plan)
    faults = in_order(document, chain(misfits, *(check(document, plan) for check in checks)))
    if plan is None or faults:
        raise DataError(faults)
    return LoadedPlan(plan, sha256(data).hexdigest())


def strangers(document: Document, plan: Plan | None, instance: Instance) -> Iterator[Located]:
    """Yield the ids that an instance does not have, but for those of meetings that are history."""
    known = {
        "cities": instance.city_by_id.keys(),
        "topics": instance.topic_by_id.keys(),
        "venues": instance.venue_by_id.keys(),
        "people": instance.person_by_id.keys(),
    }
    history = _history(plan, instance) if plan else frozenset()
    for path, fault in unknown_ids(document, _REFERENCES, known):
        if path[:2] not in history:
            yield path, fault


def _history(plan: Plan, instance: Instance) -> frozenset[tuple[str | int, ...]]:
    """Return the paths of the meetings that were over when the plan was repaired."""
    if plan.repair is None or plan.repair.as_of is None:
        return frozenset()
    as_of = plan.repair.as_of
    return frozenset(
        ("meetings", index)
        for index, meeting in enumerate(plan.meetings)
        if meeting.start.astimezone(instance.zone).date() < as_of
    )
