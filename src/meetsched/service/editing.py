"""Edit a draft: a few values at a time, with every fault told where it was typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from meetsched.errors import Fault, UnknownError
from meetsched.loading import Loaded
from meetsched.service.documents import instance_text, load_upload
from meetsched.store import Draft

if TYPE_CHECKING:
    from meetsched.store.store import Store

__all__ = ["Draft", "Edit", "Tree", "edited", "faults_by_key", "part_of", "save_edits", "tree_of"]

Tree: TypeAlias = dict[str, Any]

_NAME = "instance.json"


@dataclass(frozen=True, slots=True)
class Edit:
    """Values of an instance, or of one entry of one of its lists, as they are to be from now on.

    Attributes
    ----------
    values : mapping of str to object
        As files write them, by key; None takes a key away, so that its default holds.
    group, name : str
        The list, such as ``people``, and the entry's id in it; both empty for the instance itself.
    """

    values: Mapping[str, Any]
    group: str = ""
    name: str = ""


def tree_of(text: str) -> Tree:
    """Return a draft's text as the tree that it is."""
    tree: Tree = json.loads(text)
    return tree


def save_edits(store: Store, project: str, revision: int, edits: Iterable[Edit]) -> Draft:
    """Edit a project's draft, if it is still as it was seen, and all of it can be used afterwards.

    Parameters
    ----------
    revision : int
        That of the draft which was seen.

    Raises
    ------
    DataError
        With every fault; nothing is changed.
    StaleError
        Somebody else has changed the draft in the meantime.
    UnknownError
        There is no such project, or no such entry in it.
    """
    text = store.drafts.text(project)
    changed = instance_text(edited(text, edits).instance)
    return store.drafts.save(project, changed, revision)


def edited(text: str, edits: Iterable[Edit]) -> Loaded:
    """Return the instance of a text as it is after some edits; what they do not name stays as it is.

    Raises
    ------
    DataError
        With every fault.
    UnknownError
        There is no such entry.
    """
    tree = tree_of(text)
    for edit in edits:
        part = tree[edit.group][_index(tree, edit.group, edit.name)] if edit.group else tree
        for key, value in edit.values.items():
            if value is None:
                part.pop(key, None)
            else:
                part[key] = value
    return load_upload(_NAME, json.dumps(tree, ensure_ascii=False).encode())


def part_of(text: str, group: str, name: str) -> str:
    """Return where an entry's keys stand, as faults name it: ``people[3].``.

    Raises
    ------
    UnknownError
        There is no such entry.
    """
    return f"{group}[{_index(tree_of(text), group, name)}]."


def faults_by_key(faults: Iterable[Fault], part: str, keys: Iterable[str]) -> dict[str, list[Fault]]:
    """Sort faults by the keys of a part of an instance at which they are to be shown.

    Parameters
    ----------
    part : str
        Where the keys stand, as `part_of` tells; empty for the instance itself.
    keys : iterable of str
        A key may lead on, as in ``available.mon`` and ``busy[2].start``; the longest that fits does.

    Returns
    -------
    dict
        Each key with its faults; those of none under the empty text.
    """
    known = sorted(keys, key=len, reverse=True)
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        fits = (key for key in known if _leads_to(f"{part}{key}", fault.path))
        found.setdefault(next(fits, ""), []).append(fault)
    return found


def _index(tree: Tree, group: str, name: str) -> int:
    for index, entry in enumerate(tree.get(group, ())):
        if entry["id"] == name:
            return index
    raise UnknownError(f"there is no {name} among the {group}")


def _leads_to(start: str, path: str) -> bool:
    return path.startswith(start) and path[len(start) :][:1] in ("", ".", "[")
