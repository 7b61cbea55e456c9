"""The keys that an instance may have, and those that a document has."""

from collections.abc import Iterator
from inspect import get_annotations
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from meetsched.domain.instance import Instance

Key = tuple[str, str]
"""The model that declares a key, and the key as files write it."""


def all_keys() -> set[Key]:
    """Return every key of every part of an instance."""
    keys: set[Key] = set()
    todo: list[type[BaseModel]] = [Instance]
    done: set[type[BaseModel]] = set()
    while todo:
        model = todo.pop()
        if model in done:
            continue
        done.add(model)
        for name, field in model.model_fields.items():
            keys.add(_key(model, name))
            todo += _models_in(field.annotation)
    return keys


def keys_set_in(value: Any) -> set[Key]:
    """Return the keys that a validated instance sets."""
    keys: set[Key] = set()
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            keys |= {_key(type(value), name)} | keys_set_in(getattr(value, name))
    elif isinstance(value, (list, tuple)):
        keys |= {key for entry in value for key in keys_set_in(entry)}
    return keys


def _key(model: type[BaseModel], name: str) -> Key:
    """Name a field by the model that declares it: a horizon's `why` is a range's `why`."""
    declaring = next(base for base in model.__mro__ if name in get_annotations(base))
    return declaring.__name__, model.model_fields[name].alias or name


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, UnionType, tuple, dict, list):
        for argument in get_args(annotation):
            yield from _models_in(argument)
