"""Two versions side by side: what differs in the plans, in what they come to, in what was planned with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from meetsched.domain.difference import difference
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.proof import TIER_NAMES, tier_amount
from meetsched.domain.wording.differences import change_lines
from meetsched.domain.wording.gains import gain_text
from meetsched.domain.words import one_line
from meetsched.export.agenda import agenda
from meetsched.export.comparison import Comparison, compare
from meetsched.rules import Tier
from meetsched.service.documents import loaded_of, plan_of
from meetsched.service.editing import Tree, tree_of
from meetsched.service.projects import Edition, Version
from meetsched.verify import verify

if TYPE_CHECKING:
    from meetsched.store.store import Store

__all__ = ["ComparedVersions", "TierLine", "compare_versions", "edit_lines", "plan_lines"]

_KEPT = 64
"""Of how many plans it stays at hand what they come to."""

_GROUPS: Mapping[str, str] = {
    "cities": "City",
    "institutions": "Institution",
    "topics": "Topic",
    "venues": "Venue",
    "people": "Person",
    "companies": "Firm",
}
"""Lists of entries with ids, and what one of each is called."""


@dataclass(frozen=True, slots=True)
class TierLine:
    """What two plans come to in a tier: amounts in words, and by how much they differ."""

    name: str
    old: str
    new: str
    by: str


@dataclass(frozen=True, slots=True)
class ComparedVersions:
    """Two versions side by side.

    Attributes
    ----------
    meetings : Comparison or None
        None where one of them has no plan.
    lines : tuple of str
        What differs between the plans, in sentences.
    tiers : tuple of TierLine
    edits : tuple of str
        What was planned with in another way, in lines.
    """

    meetings: Comparison | None
    lines: tuple[str, ...]
    tiers: tuple[TierLine, ...]
    edits: tuple[str, ...]


def compare_versions(store: Store, old: Edition, new: Edition) -> ComparedVersions:
    """Set a version beside another one of the same project."""
    hashes = [each.version.instance_sha256 for each in (old, new)]
    same = hashes[0] == hashes[1]
    edits = () if same else tuple(edit_lines(*(tree_of(store.versions.text(each)) for each in hashes)))
    if old.plan is None or new.plan is None:
        return ComparedVersions(None, (), (), edits)
    instance = new.instance
    found = difference(old.plan, new.plan, instance.disruption, instance.zone)
    before, now = (_values(*_texts(store, each.version)) for each in (old, new))
    return ComparedVersions(
        meetings=compare(instance, agenda(instance, new.plan), found),
        lines=tuple(change_lines(found, instance)),
        tiers=tuple(_tiers(before, now, instance.currency)),
        edits=edits,
    )


def _texts(store: Store, version: Version) -> tuple[str, str]:
    assert version.plan_sha256 is not None
    return store.versions.text(version.instance_sha256), store.versions.text(version.plan_sha256)


@lru_cache(_KEPT)
def _values(instance: str, plan: str) -> Mapping[Tier, int]:
    """Return what the plan that was kept as a text comes to, counted anew from its instance."""
    return verify(loaded_of(instance).instance, plan_of(plan)).objective


def plan_lines(instance: Instance, old: Plan, new: Plan) -> tuple[str, ...]:
    """Say what differs between two plans, in sentences with the names of an instance."""
    found = difference(old, new, instance.disruption, instance.zone)
    return tuple(change_lines(found, instance))


def _tiers(old: Mapping[Tier, int], new: Mapping[Tier, int], currency: str) -> Iterator[TierLine]:
    for tier in Tier:
        if tier in old and tier in new:
            yield TierLine(
                name=TIER_NAMES[tier],
                old=tier_amount(tier, old[tier], currency),
                new=tier_amount(tier, new[tier], currency),
                by=gain_text({tier: new[tier] - old[tier]}, currency) or "the same",
            )


def edit_lines(old: Tree, new: Tree) -> Iterator[str]:
    """Yield what differs between two instances as they are kept, in the order in which they are written."""
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key in _GROUPS:
            yield from _entries(_GROUPS[key], before or (), after or ())
        else:
            yield f"{_spoken(key).capitalize()}: {_instead(before, after)}"


def _entries(called: str, old: Any, new: Any) -> Iterator[str]:
    before = {entry["id"]: entry for entry in old}
    after = {entry["id"]: entry for entry in new}
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield f"{called} {_name(now or was)}: {'new' if was is None else 'no longer there'}"
            continue
        said = [
            f"{_spoken(key)} {_instead(was.get(key), now.get(key))}"
            for key in dict.fromkeys((*was, *now))
            if was.get(key) != now.get(key)
        ]
        if said:
            yield f"{called} {_name(now)}: {'; '.join(said)}"


def _name(entry: Any) -> str:
    return one_line(str(entry.get("name") or entry.get("title") or entry["id"]))


def _spoken(key: str) -> str:
    return key.replace("_", " ")


def _instead(before: object, after: object) -> str:
    """Say from what to what a value changed; of lists and tables only how many entries they have."""
    if isinstance(before, list | dict) or isinstance(after, list | dict):
        counts = [len(each) if isinstance(each, list | dict) else 0 for each in (before, after)]
        return "changed" if counts[0] == counts[1] else f"{counts[1]} instead of {counts[0]}"
    return f"{_value(after)} instead of {_value(before)}"


def _value(value: object) -> str:
    if value is None:
        return "nothing"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
