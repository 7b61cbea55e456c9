"""Checks of several keys together in entries of which some other key is broken.

Pydantic runs a model's own checks only where all its fields are well written. Here they run on the
fields that are, so that one fault does not hide another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from meetsched.loading.raw import Document, Located, Path
from meetsched.loading.schema import keys_of, model_at


def hidden_faults(document: Document, model: type[BaseModel], broken: Collection[Path]) -> Iterator[Located]:
    """Yield what the checks of entries find that hold a broken part.

    Parameters
    ----------
    model : type
        The document's.
    broken : collection of paths
        Parts of which a fault is told already.
    """
    spoilt: dict[Path, set[str | int]] = {}
    for path in broken:
        for length, step in enumerate(path):
            spoilt.setdefault(path[:length], set()).add(step)
    for path, steps in spoilt.items():
        kind, table = model_at(model, path), document.find(path)
        if kind is not None and isinstance(table, dict):
            yield from _check(document, kind, path, steps)


def _check(
    document: Document, model: type[BaseModel], path: Path, spoilt: Collection[str | int]
) -> Iterator[Located]:
    checks = [
        name
        for name, validator in model.__pydantic_decorators__.model_validators.items()
        if validator.info.mode == "after"
    ]
    if checks:
        sound = _sound_part(document, model, path, spoilt)
        for name in checks:
            try:
                getattr(sound, name)()
            except AttributeError:
                pass  # It needs a field that is not known.
            except PydanticCustomError as error:
                yield document.tell(path, f"expected {error.message()}")


def _sound_part(
    document: Document, model: type[BaseModel], path: Path, spoilt: Collection[str | int]
) -> BaseModel:
    """Return a model that has only the fields whose values are known."""
    keys = keys_of(model)
    # An absent field may be the one that an unknown key means: then its default says nothing.
    has_unknown = any(step not in keys for step in spoilt)
    values: dict[str, Any] = {}
    unknown = set()
    for key, name in keys.items():
        raw = document.find((*path, key))
        if key in spoilt or (raw is None and has_unknown):
            unknown.add(name)
        elif raw is not None:
            try:
                values[name] = _adapter(model, name).validate_python(raw)
            except ValidationError:  # Told by another check.
                unknown.add(name)
    sound = model.model_construct(**values)
    for name in unknown:
        sound.__dict__.pop(name, None)
    return sound


@lru_cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    annotation: Any = Annotated[field.annotation, field]
    return TypeAdapter(annotation)
