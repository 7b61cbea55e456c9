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
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

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


@cache
def layout() -> Layout:
    """Return the layout of an instance."""
    settings: list[Column] = []
    sheets: list[Sheet] = []
    for key, annotation, required in _fields(Instance):
        if _is_list_of_models(annotation):
            sheets += _list_sheets(key, get_args(annotation)[0], required)
        elif _is_by_ids(annotation):
            sheets.append(_table_sheet(Instance, key, annotation, None, required))
        else:
            settings += _columns(Instance, "", (), key, annotation, required)
    return Layout(tuple(settings), tuple(sheets))


def _list_sheets(key: str, model: type[BaseModel], required: bool) -> Iterator[Sheet]:
    """Yield the sheet of one of the instance's lists, then those of what nests below its entries."""
    columns: list[Column] = []
    nested: list[Sheet] = []
    for name, annotation, needed in _fields(model):
        if key in SINGULAR and _is_list_of_models(annotation):
            nested.append(_nested_list(key, model, name, get_args(annotation)[0], needed))
        elif key in SINGULAR and _is_by_ids(annotation):
            nested.append(_table_sheet(model, name, annotation, key, needed))
        else:
            columns += _columns(model, f"{key}[].", (), name, annotation, needed)
    yield Sheet(key, tuple(columns), key, required=required)
    yield from nested


def _nested_list(owner: str, parent: type[BaseModel], key: str, model: type[BaseModel], required: bool) -> Sheet:
    who = "who" if issubclass(model, (Interval, DateRange)) else SINGULAR[owner]
    columns = [_owner(owner, who)]
    for name, annotation, needed in _fields(model):
        columns += _columns(model, f"{owner}[].{key}[].", (), name, annotation, needed)
    return Sheet(f"{owner}_{key}", tuple(columns), key, owner, required=required)


def _table_sheet(
    parent: type[BaseModel], key: str, annotation: Any, owner: str | None, required: bool
) -> Sheet:
    """Return the sheet of a table by ids: whose, which key, which value."""
    key_type, value_type = get_args(annotation)
    kind, choices = kind_of(key_type)
    names = _NAMED.get(f"{owner}[].{key}{{}}")
    text = explanation(parent, key)
    heading = SINGULAR[names] if names else "rule"
    first = Column(heading, (heading,), kind, required=True, choices=choices, names=names)
    kind, choices = kind_of(value_type)
    value = Column(key, (key,), kind, required=True, choices=choices, explanation=text)
    owners = () if owner is None else (_owner(owner, SINGULAR[owner]),)
    name = key if owner is None else f"{owner}_{key}"
    return Sheet(name, (*owners, first, value), key, owner, by_key=True, required=required)


def _owner(owner: str, heading: str) -> Column:
    text = f"Whose row this is: an id of the sheet {owner}."
    return Column(heading, (), Kind.ID, required=True, names=owner, explanation=text)


def _columns(
    model: type[BaseModel], where: str, steps: tuple[str, ...], key: str, annotation: Any, required: bool
) -> Iterator[Column]:
    """Yield the columns of one key of a model; `where` is the pattern of the entry."""
    here = (*steps, key)
    inner = _without_none(annotation)
    text = explanation(model, key)
    if _is_model(inner):
        for name, below, needed in _fields(inner):
            yield from _columns(inner, where, here, name, below, needed and required)
    elif inner == WeeklyTable:
        for day in Weekday:
            yield Column(f"{key}.{day}", (key, day.value), Kind.WINDOW, Shape.MANY, explanation=text)
    elif get_origin(inner) is dict:
        names, value = get_args(inner)
        kind, choices = kind_of(value)
        for name in names:
            steps_to = (*here, name.value)
            yield Column(".".join(steps_to), steps_to, kind, Shape.ONE, False, choices, explanation=text)
    elif _is_list_of_models(inner):
        yield _pairs(where, here, get_args(inner)[0], text)
    else:
        yield _single(model, where, here, inner, required, text)


def _single(
    model: type[BaseModel], where: str, steps: tuple[str, ...], annotation: Any, required: bool, text: str
) -> Column:
    renamed = issubclass(model, (Interval, DateRange)) and len(steps) == 1
    heading = _RENAMED.get(steps[-1], steps[-1]) if renamed else ".".join(steps)
    shape = Shape.ONE
    if get_origin(annotation) in (Union, UnionType):
        shape, annotation = Shape.MANY_OR_ALL, get_args(annotation)[0]
    elif get_origin(annotation) is tuple:
        shape = Shape.MANY
    pattern = where + ".".join(steps)
    if shape is not Shape.ONE:
        annotation = get_args(annotation)[0]
        pattern += "[]"
    kind, choices = kind_of(annotation)
    return Column(heading, steps, kind, shape, required, choices, _NAMED.get(pattern), text)


def _pairs(where: str, steps: tuple[str, ...], model: type[BaseModel], text: str) -> Column:
    (first, first_type, _), (second, second_type, _) = _fields(model)
    kind, _ = kind_of(first_type)
    _, choices = kind_of(_without_none(second_type))
    names = _NAMED.get(f"{where}{'.'.join(steps)}[].{first}")
    heading = ".".join(steps)
    return Column(heading, steps, kind, Shape.PAIRS, False, choices, names, text, (first, second))


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any, bool]]:
    """Yield a model's keys as files write them, their types, and whether they must be there."""
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        yield field.alias or name, hints[name], field.is_required()


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    members = [member for member in get_args(annotation) if member is not NoneType]
    return members[0] if len(members) == 1 else Union[tuple(members)]


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
