"""The one raw shape to which every format is read: tables and lists with every scalar as text.

A reader keeps each scalar exactly as written (``0101``, ``NO`` and ``14:00`` stay what they are) and
leaves out what is null, so that all formats share one validation. Beside the tree it keeps where each
part stands, so that a fault can be told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from meetsched.errors import Cell, DataError, Fault
from meetsched.loading.suggest import Suggester

Raw: TypeAlias = "str | list[Raw] | dict[str, Raw]"
Path: TypeAlias = tuple[str | int, ...]
Located: TypeAlias = tuple[Path, Fault]

MAX_DEPTH = 30
"""Levels of nesting; an instance needs six."""

_MAX_PARTS = 1_000_000
_LETTERS_OF_A_PART = 5

_SHOWN_CHARACTERS = 60
_PLAIN_KEY = re.compile(r"[\w.-]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def most_parts(text: str) -> int:
    """Return how many scalars, lists and tables a text may have, repeated ones counted each time.

    A large file may have many; a small one does not become a large tree by naming things again and again.
    """
    return max(_MAX_PARTS, len(text) // _LETTERS_OF_A_PART)


class Place(NamedTuple):
    """Where something stands: the file as the user named it, and in it the 1-based line or the cell."""

    file: str
    line: int | None = None
    cell: Cell | None = None

    def __str__(self) -> str:
        if self.cell:
            return f" in {self.cell}"
        return f" on line {self.line}" if self.line else ""


@dataclass(frozen=True)
class Document:
    """What a reader hands over.

    Attributes
    ----------
    file : str
        The file as the user named it.
    tree : dict
        The raw tree; its root is always a table.
    places : mapping of path to Place
        Where parts stand; a part without an entry stands where its nearest container stands.
    faults : tuple of Fault
        What was wrong but did not keep the reader from going on, such as keys given twice.
    located : tuple of (path, Fault)
        The same of single parts: nothing else is told about these.
    warnings : tuple of Fault
        What is odd about the file but not wrong.
    suggester : Suggester
        Finds what may have been meant.
    """

    file: str
    tree: dict[str, Raw]
    places: Mapping[Path, Place] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    located: tuple[Located, ...] = ()
    warnings: tuple[Fault, ...] = ()
    suggester: Suggester = field(default_factory=Suggester, compare=False)
    _positions_by_table: dict[int, dict[str, int]] = field(default_factory=dict, init=False, compare=False)

    def place(self, path: Path) -> Place:
        """Return where a part stands, or its nearest container."""
        for length in range(len(path), 0, -1):
            if place := self.places.get(path[:length]):
                return place
        return Place(self.file)

    def find(self, path: Path) -> Raw | None:
        """Return the part at a path, or None where there is none."""
        part: Raw = self.tree
        for step in path:
            if isinstance(part, dict) and step in part:
                part = part[str(step)]
            elif isinstance(part, list) and isinstance(step, int) and step < len(part):
                part = part[step]
            else:
                return None
        return part

    def fault(self, path: Path, expected: str, hint: str = "") -> Fault:
        """Return a fault of the part at a path, which need not exist."""
        file, line, cell = self.place(path)
        if line is None and (owner := self._owner(path)):
            hint = f"{hint}; in {owner}" if hint else f"in {owner}"
        return Fault(file, line, show_path(path), show_value(self.find(path)), expected, hint, cell)

    def tell(self, path: Path, expected: str, hint: str = "") -> Located:
        """Return a fault of the part at a path, together with that path."""
        return path, self.fault(path, expected, hint)

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """Return a hint that names the known word nearest to one, or nothing where none is near."""
        near = self.suggester.nearest(word, known)
        return f"did you mean {near}?" if near else ""

    def _owner(self, path: Path) -> str | None:
        """Return the id of the listed entry that a path leads through, if it has one."""
        identity = self.find((*path[:2], "id")) if len(path) > 2 else None
        return identity if isinstance(identity, str) else None

    def order(self, path: Path) -> tuple[int, ...]:
        """Return a key that sorts paths in the order of the document."""
        key: list[int] = []
        part: Raw | None = self.tree
        for step in path:
            if isinstance(part, dict):
                key.append(self._positions(part).get(str(step), -1))
                part = part.get(str(step))
            elif isinstance(part, list) and isinstance(step, int):
                key.append(step)
                part = part[step] if step < len(part) else None
        return tuple(key)

    def _positions(self, table: dict[str, Raw]) -> dict[str, int]:
        """Return the position of each key of a table; looked up once for each table."""
        if id(table) not in self._positions_by_table:
            self._positions_by_table[id(table)] = {key: position for position, key in enumerate(table)}
        return self._positions_by_table[id(table)]


def show_path(path: Path) -> str:
    """Write a path as people read it: ``cities[0].budget``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f'["{shorten(step)}"]'
    return text


def show_value(value: Raw | None) -> str | None:
    """Write a value on one line, or None where it is absent or too long to help."""
    if value is None:
        return None
    if isinstance(value, str):
        return shorten(value) or '""'
    if isinstance(value, list):
        parts = [part if isinstance(part, str) else "…" for part in value]
        text = f"[{', '.join(parts)}]"
    else:
        text = "{" + ", ".join(f"{k}: {v if isinstance(v, str) else '…'}" for k, v in value.items()) + "}"
    return text if "…" not in text and len(text) <= _SHOWN_CHARACTERS else None


def shorten(text: str) -> str:
    """Return a text on one line, cut where it is long, with nothing that could upset a terminal."""
    line = " ".join(_UNPRINTABLE.sub("\ufffd", text).split())
    return line if len(line) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"


def is_printable(text: str) -> bool:
    """Whether a text has no control characters (tabs and line ends apart) and no half characters."""
    return not _UNPRINTABLE.search(text)


def unreadable(file: str, expected: str, line: int | None = None, hint: str = "") -> DataError:
    """Return the error of a file that cannot be read any further."""
    return DataError((Fault(file, line, "", None, expected, hint),))


def one_of(names: Collection[str]) -> str:
    """Write what may be chosen: ``expected one of a, b, c``."""
    return "expected one of " + ", ".join(names)
