"""YAML 1.2 to the raw shape.

PyYAML reads YAML 1.1, but only its resolution of plain scalars differs from 1.2 in ways that matter
here (``NO`` would be false, ``14:00`` a number). Its event stream comes before resolution, so the tree
is built from the events, and the one thing to resolve is null. Building it here also keeps nesting,
repetition by aliases and keys given twice under control.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from meetsched.errors import DataError, Fault
from meetsched.loading.raw import (
    MAX_DEPTH,
    Document,
    Path,
    Place,
    Raw,
    is_printable,
    most_parts,
    shorten,
    show_path,
    unreadable,
)

_Loader = getattr(yaml, "CLoader", yaml.Loader)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_CORE = "tag:yaml.org,2002:"
_TAGS = frozenset(_CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq")) | {
    None,
    "!",
}


def read_yaml(file: str, text: str) -> Document:
    """Read a YAML text of one document.

    Raises
    ------
    DataError
        If it is no YAML, or nothing that could be an instance.
    """
    builder = _Builder(file, most_parts(text))
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(file, text, error) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise unreadable(file, "this is no YAML: a character that it does not allow", line) from None
    except yaml.YAMLError as error:
        raise unreadable(file, f"this is no YAML: {shorten(str(error))}") from None
    if builder.root is None:
        raise unreadable(file, "the file is empty")
    if not isinstance(builder.root, dict):
        raise unreadable(file, "expected keys with values, such as schema: meetsched/1", 1)
    return Document(file, builder.root, builder.places, tuple(builder.faults))


def _syntax_error(file: str, text: str, error: yaml.MarkedYAMLError) -> DataError:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "it cannot be parsed"
    if mark is None:
        return unreadable(file, f"this is no YAML: {problem}")
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[: mark.column + 1] and not line[: mark.column].strip():
        hint = "indent with spaces, not with tabs"
    else:
        hint = "look at the indentation, and for a missing colon or quote, here and on the line above"
    return unreadable(file, f"this is no YAML: {problem}", mark.line + 1, hint)


@dataclass(slots=True)
class _Open:
    """A list or table being built; `key` is that of the value to come, None where a key is to come."""

    content: dict[str, Raw] | list[Raw]
    path: Path
    anchor: str | None
    line: int
    key: str | None = None
    seen: set[str] = field(default_factory=set)
    repeated: bool = False
    parts: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: Raw | None
    parts: int
    height: int


class _Builder:
    """Builds the tree from events."""

    def __init__(self, file: str, most: int) -> None:
        self.root: Raw | None = None
        self.places: dict[Path, Place] = {}
        self.faults: list[Fault] = []
        self._file = file
        self._most = most
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._documents = 0
        self._steps: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._take_scalar,
            yaml.MappingStartEvent: self._take_start,
            yaml.SequenceStartEvent: self._take_start,
            yaml.MappingEndEvent: self._take_end,
            yaml.SequenceEndEvent: self._take_end,
            yaml.AliasEvent: self._take_alias,
            yaml.DocumentStartEvent: self._take_document,
        }

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if step := self._steps.get(type(event)):
            step(event)

    def _take_document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(event, "expected one document, here a second one begins (---)")

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_tag(event)
        text: str | None = event.value
        plain = not event.style and event.tag is None
        if (plain and text in _NULLS) or event.tag == _CORE + "null":
            text = None
        elif not is_printable(event.value):
            self._tell(event, "expected a text without control characters", shorten(event.value))
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(text, 1, 0)
        self._put(event, text, 1, 0)

    def _take_start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._check_tag(event)
        if len(self._open) >= MAX_DEPTH:
            self._stop(event, f"expected at most {MAX_DEPTH} levels of nesting")
        if self._awaits_key():
            self._stop(event, "expected a key that is a text")
        content: dict[str, Raw] | list[Raw] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if event.anchor:
            self._anchors[event.anchor] = None
        path = self._path()
        line = _line(event)
        self._note(path, line)
        self._open.append(_Open(content, path, event.anchor, line))

    def _take_end(self, event: yaml.Event) -> None:
        done = self._open.pop()
        if done.anchor:
            self._anchors[done.anchor] = _Anchored(done.content, done.parts, done.height)
        self._put(event, done.content, done.parts, done.height)

    def _take_alias(self, event: yaml.AliasEvent) -> None:
        anchored = self._anchors.get(str(event.anchor), _Anchored(None, 0, 0))
        if anchored is None:
            self._stop(event, f"*{event.anchor} stands within &{event.anchor} itself")
        elif anchored.parts == 0:
            self._stop(event, f"*{event.anchor} has no &{event.anchor} before it")
        elif len(self._open) + anchored.height > MAX_DEPTH:
            self._stop(event, f"expected at most {MAX_DEPTH} levels of nesting")
        else:
            self._put(event, anchored.value, anchored.parts, anchored.height)

    def _put(self, event: yaml.Event, value: Raw | None, parts: int, height: int) -> None:
        """Add a finished value (None: absent) to the list or table that is open."""
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        parent.parts += parts
        parent.height = max(parent.height, height + 1)
        if parent.parts > self._most:
            self._stop(event, f"expected at most {self._most} values, aliases counted each time")
        if isinstance(parent.content, list):
            if value is not None:
                self._note(self._path(), _line(event))
                parent.content.append(value)
        elif parent.key is None:
            self._take_key(event, parent, value)
        else:
            if value is not None and not parent.repeated:
                parent.content[parent.key] = value
            parent.key = None

    def _take_key(self, event: yaml.Event, parent: _Open, key: Raw | None) -> None:
        if not isinstance(key, str) or not is_printable(key):
            self._stop(event, "expected a key that is a text")
            return
        parent.key = key
        parent.repeated = key in parent.seen
        line = _line(event)
        if parent.repeated:
            first = self.places[self._path()].line
            self._tell(event, f"this key is given twice, first on line {first}")
        parent.seen.add(key)
        self._note(self._path(), line)

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].content, dict) and self._open[-1].key is None

    def _path(self) -> Path:
        """Return the path of the value to come."""
        if not self._open:
            return ()
        parent = self._open[-1]
        if isinstance(parent.content, list):
            return (*parent.path, len(parent.content))
        return parent.path if parent.key is None else (*parent.path, parent.key)

    def _note(self, path: Path, line: int) -> None:
        if path:
            self.places.setdefault(path, Place(self._file, line))

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag not in _TAGS:
            self._tell(event, f"unknown tag {shorten(str(event.tag))}, expected a plain value")

    def _tell(self, event: yaml.Event, expected: str, value: str | None = None) -> None:
        line = _line(event)
        self.faults.append(Fault(self._file, line, show_path(self._path()), value, expected))

    def _stop(self, event: yaml.Event, expected: str) -> None:
        raise DataError((Fault(self._file, _line(event), show_path(self._path()), None, expected),))


def _line(event: yaml.Event) -> int:
    """Return the 1-based line on which an event starts."""
    return event.start_mark.line + 1 if event.start_mark else 1
