"""What may stand where, by the models of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from meetsched.loading.raw import Path


def keys_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Return a model's keys as files write them, with the names of their fields."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the model of the table at a path of a model's raw tree, or None where there is none."""
    here: Any = model
    for step in path:
        here = _plain(here)
        arguments = get_args(here)
        if get_origin(here) is tuple and isinstance(step, int):
            here = arguments[0]
        elif get_origin(here) is dict:
            here = arguments[1]
        elif _is_model(here) and step in keys_of(here):
            here = here.model_fields[keys_of(here)[str(step)]].annotation
        else:
            return None
    here = _plain(here)
    return here if _is_model(here) else None


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _plain(annotation: Any) -> Any:
    """Return the first part of an annotation that describes a table or a list."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = get_args(annotation)[0]
    return annotation
