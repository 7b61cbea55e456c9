"""The one description of an instance as tables, derived from the models of the domain.

The instance's own scalars are rows of the sheet ``instance``. Each list is a sheet of its name, each
entry a row, each key a column. What nests below an entry finds its place by these rules:

- a table with known keys (a model, a weekly table, a number for each name of an enumeration) is columns
  such as ``coverage.each_meeting`` or ``available.mon``;
- a list of single values is one cell, its entries divided by ``;``;
- a list of tables, or a table by ids, below an entry with an id is a sheet of its own, named after both,
  such as ``people_busy``, whose first column tells whose it is;
- below an entry without an id, such a list is one cell of entries ``person: role``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from meetsched.domain.calendar import DateRange, Interval
from meetsched.domain.instance import Instance
from meetsched.domain.references import INSTANCE_REFERENCES, SINGULAR
from meetsched.domain.scalars import Weekday, WeeklyTable
from meetsched.tables.explanations import explanation
from meetsched.tables.kinds import Kind, kind_of

SETTINGS = "instance"
"""The sheet of the instance's own scalars: a row for each, not a column."""

KEY, VALUE, MEANING = "key", "value", "meaning"
"""The columns of that sheet; what stands in the last is for people only."""

CHOICES, FAULTS = "choices", "faults"
"""Sheets that workbooks may have besides, and that nobody reads: names for drop-down lists, and faults."""

_RENAMED = {"start": "from", "end": "to"}
"""How the ends of an interval are called in tables."""

_NAMED: Mapping[str, str] = {reference.where: reference.names for reference in INSTANCE_REFERENCES}


class Shape(StrEnum):
    """How many values a cell holds."""

    ONE = "one"
    MANY = "many"
    MANY_OR_ALL = "many or all"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    heading : str
    steps : tuple of str
        The keys that lead from the entry of the row to the value of the cell.
    kind : Kind
        Of each value; of the first of each pair.
    shape : Shape
    required : bool
    choices : tuple of str
        Names among which to choose, or none. For pairs, of the second.
    names : str or None
        The list to which the ids belong.
    explanation : str
        What it means, in a sentence.
    pair : tuple of str
        The keys of the two values of pairs.
    """

    heading: str
    steps: tuple[str, ...]
    kind: Kind
    shape: Shape = Shape.ONE
    required: bool = False
    choices: tuple[str, ...] = ()
    names: str | None = None
    explanation: str = ""
    pair: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with a row for each entry.

    Attributes
    ----------
    name : str
    columns : tuple of Column
        In order; where there is an owner, its id comes first, with no `steps`.
    key : str
        The list or table that it holds.
    owner : str or None
        The list to whose entries these belong; None where they are the instance's own.
    by_key : bool
        Whether it holds a table: two columns more, of the key and of the value.
    required : bool
        Whether the list must be given even if it is empty.
    """

    name: str
    columns: tuple[Column, ...]
    key: str
    owner: str | None = None
    by_key: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """All sheets, in the order in which a workbook has them, and the rows of the sheet ``instance``."""

    settings: tuple[Column, ...]
    sheets: tuple[Sheet, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all sheets."""
        return (SETTINGS, *(sheet.name for sheet in self.sheets))


class _Key(NamedTuple):
    """A key of a model: its name as files write it, its type, and whether it must be there."""

    model: type[BaseModel]
    name: str
    type: Any
    required: bool

    @property
    def explanation(self) -> str:
        return explanation(self.model, self.name)


@cache
def layout() -> Layout:
    """Return the layout of an instance."""
    settings: list[Column] = []
    sheets: list[Sheet] = []
    for key in _keys(Instance):
        if _is_list_of_models(key.type):
            sheets += _list_sheets(key)
        elif _is_by_ids(key.type):
            sheets.append(_table_sheet(key))
        else:
            settings += _columns(key, "")
    return Layout(tuple(settings), tuple(sheets))


def _list_sheets(key: _Key) -> Iterator[Sheet]:
    """Yield the sheet of one of the instance's lists, then those of what nests below its entries."""
    columns: list[Column] = []
    nested: list[Sheet] = []
    has_ids = key.name in SINGULAR
    for below in _keys(get_args(key.type)[0]):
        if has_ids and _is_list_of_models(below.type):
            nested.append(_nested_list(key.name, below))
        elif has_ids and _is_by_ids(below.type):
            nested.append(_table_sheet(below, key.name))
        else:
            columns += _columns(below, f"{key.name}[].")
    yield Sheet(key.name, tuple(columns), key.name, required=key.required)
    yield from nested


def _nested_list(owner: str, key: _Key) -> Sheet:
    model = get_args(key.type)[0]
    columns = [_owner(owner, "who" if _is_interval(model) else SINGULAR[owner])]
    for below in _keys(model):
        columns += _columns(below, f"{owner}[].{key.name}[].")
    return Sheet(f"{owner}_{key.name}", tuple(columns), key.name, owner, required=key.required)


def _table_sheet(key: _Key, owner: str | None = None) -> Sheet:
    """Return the sheet of a table by ids: whose, which key, which value."""
    key_type, value_type = get_args(key.type)
    names = _NAMED.get(f"{owner}[].{key.name}{{}}")
    heading = SINGULAR[names] if names else "rule"
    kind, choices = kind_of(key_type)
    text = f"Which {heading}."
    first = Column(heading, (heading,), kind, Shape.ONE, True, choices, names, text)
    kind, choices = kind_of(value_type)
    value = Column(key.name, (key.name,), kind, Shape.ONE, True, choices, None, key.explanation)
    if owner is None:
        return Sheet(key.name, (first, value), key.name, by_key=True, required=key.required)
    columns = (_owner(owner, SINGULAR[owner]), first, value)
    return Sheet(f"{owner}_{key.name}", columns, key.name, owner, by_key=True, required=key.required)


def _owner(owner: str, heading: str) -> Column:
    return Column(heading, (), Kind.ID, required=True, names=owner, explanation="Whose row this is.")


def _columns(key: _Key, where: str, above: tuple[str, ...] = ()) -> Iterator[Column]:
    """Yield the columns of a key; `where` is the pattern of the entry, `above` leads from it to the key."""
    steps = (*above, key.name)
    inner = _without_none(key.type)
    if _is_model(inner):
        for below in _keys(inner):
            yield from _columns(below._replace(required=below.required and key.required), where, steps)
    elif inner == WeeklyTable:
        for day in Weekday:
            yield Column(
                f"{key.name}.{day}", (*steps, day.value), Kind.WINDOW, Shape.MANY, explanation=key.explanation
            )
    elif get_origin(inner) is dict:
        names, value = get_args(inner)
        kind, choices = kind_of(value)
        for name in names:
            steps_to = (*steps, name.value)
            yield Column(".".join(steps_to), steps_to, kind, choices=choices, explanation=key.explanation)
    elif _is_list_of_models(inner):
        yield _pairs(key, where, steps)
    else:
        yield _values(key, where, steps)


def _values(key: _Key, where: str, steps: tuple[str, ...]) -> Column:
    """Return the column of a scalar, or of a list of them."""
    annotation = _without_none(key.type)
    pattern = where + ".".join(steps)
    shape = Shape.ONE
    if get_origin(annotation) in (Union, UnionType):
        shape, annotation = Shape.MANY_OR_ALL, get_args(annotation)[0]
    elif get_origin(annotation) is tuple:
        shape = Shape.MANY
    if shape is not Shape.ONE:
        annotation, pattern = get_args(annotation)[0], f"{pattern}[]"
    is_end = _is_interval(key.model) and len(steps) == 1
    heading = _RENAMED.get(key.name, key.name) if is_end else ".".join(steps)
    kind, choices = kind_of(annotation)
    return Column(heading, steps, kind, shape, key.required, choices, _NAMED.get(pattern), key.explanation)


def _pairs(key: _Key, where: str, steps: tuple[str, ...]) -> Column:
    first, second = _keys(get_args(key.type)[0])
    kind, _ = kind_of(first.type)
    _, choices = kind_of(_without_none(second.type))
    heading = ".".join(steps)
    names = _NAMED.get(f"{where}{heading}[].{first.name}")
    pair = (first.name, second.name)
    return Column(heading, steps, kind, Shape.PAIRS, False, choices, names, key.explanation, pair)


def _keys(model: type[BaseModel]) -> Iterator[_Key]:
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        yield _Key(model, field.alias or name, hints[name], field.is_required())


def _is_interval(model: type[BaseModel]) -> bool:
    return issubclass(model, (Interval, DateRange))


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    members = [member for member in get_args(annotation) if member is not NoneType]
    return members[0] if len(members) == 1 else Union[tuple(members)]  # noqa: UP007


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _is_list_of_models(annotation: Any) -> bool:
    return get_origin(annotation) is tuple and _is_model(get_args(annotation)[0])


def _is_by_ids(annotation: Any) -> bool:
    """Whether it is a table whose keys are no enumeration."""
    if get_origin(annotation) is not dict:
        return False
    key = get_args(annotation)[0]
    return not (isinstance(key, type) and issubclass(key, Enum))
