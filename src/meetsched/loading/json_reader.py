"""JSON to the raw shape."""

from __future__ import annotations

import json
from collections.abc import Iterator

from meetsched.errors import Fault
from meetsched.loading.raw import (
    MAX_DEPTH,
    Document,
    Path,
    Raw,
    is_printable,
    most_parts,
    shorten,
    show_path,
    unreadable,
)


class _Pairs(list[tuple[str, object]]):
    """A JSON object as its pairs, so that keys given twice are seen."""


def read_json(file: str, text: str) -> Document:
    """Read a JSON text.

    Raises
    ------
    DataError
        If it is no JSON, or nothing that could be an instance or a plan.
    """
    try:
        parsed = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError as error:
        problem = error.msg[:1].lower() + error.msg[1:]
        raise unreadable(file, f"this is no JSON: {problem} (column {error.colno})", error.lineno) from None
    except RecursionError:
        raise unreadable(file, f"expected at most {MAX_DEPTH} levels of nesting") from None
    if not isinstance(parsed, _Pairs):
        raise unreadable(file, 'expected an object of keys and values, such as {"schema": …}')
    reader = _Converter(file, most_parts(text))
    tree = dict(reader.table(parsed, ()))
    return Document(file, tree, faults=tuple(reader.faults))


class _Converter:
    def __init__(self, file: str, most: int) -> None:
        self._file = file
        self._most = most
        self._parts = 0
        self.faults: list[Fault] = []

    def table(self, pairs: _Pairs, path: Path) -> Iterator[tuple[str, Raw]]:
        """Yield the pairs that are present, each key once."""
        seen = set()
        for key, value in pairs:
            here = (*path, key)
            if key in seen:
                self._tell(here, None, "this key is given twice")
            elif not is_printable(key):
                self._tell(here, None, "expected a key without control characters")
            elif value is not None:
                yield key, self._convert(value, here)
            seen.add(key)

    def _convert(self, value: object, path: Path) -> Raw:
        self._parts += 1
        if len(path) > MAX_DEPTH:
            raise unreadable(self._file, f"expected at most {MAX_DEPTH} levels of nesting")
        if self._parts > self._most:
            raise unreadable(self._file, f"expected at most {self._most} values")
        if isinstance(value, _Pairs):
            return dict(self.table(value, path))
        if isinstance(value, list):
            present = (item for item in value if item is not None)
            return [self._convert(item, (*path, index)) for index, item in enumerate(present)]
        if isinstance(value, bool):
            return "true" if value else "false"
        text = str(value)
        if not is_printable(text):
            self._tell(path, shorten(text), "expected a text without control characters")
        return text

    def _tell(self, path: Path, value: str | None, expected: str) -> None:
        self.faults.append(Fault(self._file, None, show_path(path), value, expected))
