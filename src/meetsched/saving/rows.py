"""An instance as rows of cells, by the layout that reader, writer and documents share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from meetsched.saving.tree import Tree
from meetsched.tables import Column, Kind, Shape, Sheet, layout
from meetsched.tables.entries import ALL, EMPTY_LIST, NEVER, PAIR_SIGN, write_list, write_text


def setting_rows(tree: Tree) -> Iterator[tuple[Column, str]]:
    """Yield each of the instance's own scalars with what its cell holds."""
    for column in layout().settings:
        yield column, _cell(column, tree)


def rows_of(sheet: Sheet, tree: Tree) -> list[Sequence[str]]:
    """Return the rows of a sheet; an empty text is an empty cell."""
    if sheet.owner is None:
        return list(_rows(sheet, tree, ()))
    return [row for entry in tree.get(sheet.owner, ()) for row in _rows(sheet, entry, (entry["id"],))]


def _rows(sheet: Sheet, owner: Mapping[str, Any], first: tuple[str, ...]) -> Iterator[Sequence[str]]:
    content = owner.get(sheet.key)
    if content is None:
        return
    columns = sheet.columns[len(first) :]
    if sheet.by_key:
        for key, value in content.items():
            yield (*first, key, _scalar(columns[1].kind, value))
    elif not content and not sheet.required and not first:
        yield (EMPTY_LIST, *("" for _ in sheet.columns[1:]))
    for entry in content if not sheet.by_key else ():
        cells = tuple(_cell(column, entry) for column in columns)
        yield (*first, *_with_empty_tables(columns, entry, cells))


def _cell(column: Column, entry: Mapping[str, Any]) -> str:
    """Return what the cell of a column holds for an entry."""
    value: Any = entry
    for step in column.steps:
        value = value.get(step) if isinstance(value, dict) else None
    if value is None:
        return ""
    if column.shape is Shape.ONE:
        return _scalar(column.kind, value)
    if value == ALL:
        return ALL
    if column.shape is Shape.PAIRS:
        first, second = column.pair
        value = [
            f"{pair[first]}{PAIR_SIGN} {pair[second]}" if second in pair else pair[first] for pair in value
        ]
    return write_list([_scalar_text(each) for each in value])


def _with_empty_tables(
    columns: Sequence[Column], entry: Mapping[str, Any], cells: Sequence[str]
) -> Sequence[str]:
    """Mark tables that are given and hold nothing, since that is not the same as none.

    In a weekly table a word does so, in others a list without entries.
    """
    marked = list(cells)
    for key in {column.steps[0] for column in columns if len(column.steps) > 1}:
        if entry.get(key) != {}:
            continue
        for position, column in enumerate(columns):
            if column.steps[0] == key and column.shape is Shape.MANY:
                marked[position] = NEVER if column.kind is Kind.WINDOW else EMPTY_LIST
                break
    return marked


def _scalar(kind: Kind, value: Any) -> str:
    text = _scalar_text(value)
    return write_text(text) if kind is Kind.TEXT else text


def _scalar_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
