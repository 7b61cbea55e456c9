"""Ids that name something: each must be known, and in a list stand once.

Works on raw trees, so that unknown ids are told together with all that is wrong with single values.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from meetsched.domain.references import INSTANCE_REFERENCES, SINGULAR, Reference
from meetsched.loading.raw import Document, Located, Path, Raw, show_path

_STEP = re.compile(r"\w+|\[\]|\{\}")


_LISTS_OF_IDS = tuple(reference.where for reference in INSTANCE_REFERENCES if reference.where.endswith("[]"))


def unknown_ids(
    document: Document, references: Collection[Reference], known: Mapping[str, Collection[str]]
) -> Iterator[Located]:
    """Yield a fault for each id that names nothing.

    Parameters
    ----------
    known : mapping of list name to ids
        A list that it does not have is not checked.
    """
    for where, names in references:
        ids = known.get(names)
        if ids is None:
            continue
        for path, value in walk(document.tree, where):
            if isinstance(value, str) and value not in ids:
                yield document.tell(path, f"unknown {SINGULAR[names]}", document.did_you_mean(value, ids))


def known_ids(document: Document) -> dict[str, Collection[str]]:
    """Return the ids of each of an instance's lists; one that is missing or no list is left out."""
    known: dict[str, Collection[str]] = {}
    for name in SINGULAR:
        part = document.tree.get(name, [] if name in ("institutions", "companies") else None)
        if isinstance(part, list):
            known[name] = dict.fromkeys(
                value for _, value in walk(document.tree, f"{name}[].id") if isinstance(value, str)
            )
    return known


def repeated_ids(document: Document) -> Iterator[Located]:
    """Yield a fault for each id that stands in a list a second time."""
    for name in SINGULAR:
        yield from _repeated(document, walk(document.tree, f"{name}[].id"))
    for where in _LISTS_OF_IDS:
        for path, value in walk(document.tree, where.removesuffix("[]")):
            if isinstance(value, list):
                yield from _repeated(document, (((*path, index), item) for index, item in enumerate(value)))
    for path, value in walk(document.tree, "pins[].people"):
        if isinstance(value, list):
            yield from _repeated(document, walk(value, "[].person", path))


def _repeated(document: Document, ids: Iterator[tuple[Path, Raw]]) -> Iterator[Located]:
    first: dict[str, Path] = {}
    for path, value in ids:
        if not isinstance(value, str):
            continue
        if value in first:
            where = f"{show_path(first[value])}{document.place(first[value])}"
            yield document.tell(path, f"this id stands here twice, first at {where}")
        first.setdefault(value, path)


def walk(part: Raw, where: str, path: Path = ()) -> Iterator[tuple[Path, Raw]]:
    """Yield each part that a pattern such as ``venues[].quota{}`` names, with its path; keys for ``{}``.

    `path` is that of `part` itself.
    """
    yield from _walk(part, tuple(_STEP.findall(where)), path)


def _walk(part: Raw, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Raw]]:
    if not steps:
        yield path, part
        return
    step, rest = steps[0], steps[1:]
    if step == "[]":
        for index, item in enumerate(part if isinstance(part, list) else ()):
            yield from _walk(item, rest, (*path, index))
    elif step == "{}":
        yield from (((*path, key), key) for key in (part if isinstance(part, dict) else ()))
    elif isinstance(part, dict) and step in part:
        yield from _walk(part[step], rest, (*path, step))
