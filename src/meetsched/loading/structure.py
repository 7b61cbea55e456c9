"""Structure: raw trees against the models of the domain, and pydantic's errors in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from meetsched.errors import Fault
from meetsched.loading.partial import hidden_faults
from meetsched.loading.raw import Document, Located, Path, one_of
from meetsched.loading.schema import keys_of, model_at

_Model = TypeVar("_Model", bound=BaseModel)

_FIXED: Mapping[str, str] = {
    "missing": "a required key is missing",
    "tuple_type": "expected a list",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "float_parsing": "expected a number",
    "float_type": "expected a number",
    "finite_number": "expected a number",
}
_QUOTED = re.compile(r"'([^']*)'")


def validate(document: Document, model: type[_Model]) -> tuple[_Model | None, list[Located]]:
    """Build the value that a document describes.

    Returns
    -------
    value : model or None
        None where anything is wrong.
    faults : list of (path, Fault)
        All that is wrong with single keys and values, one fault a path.
    """
    try:
        return model.model_validate(document.tree), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    errors = [_Error.of(document, details) for details in found]
    misspelt = set(_misspelt(document, errors, model))
    faults: dict[Path, Fault] = {}
    for each in errors:
        if each.tells_nothing or (each.kind == "missing" and each.path in misspelt):
            continue
        faults.setdefault(each.path, each.fault(document, model))
    for path, fault in hidden_faults(document, model, faults.copy()):
        faults.setdefault(path, fault)
    return None, list(faults.items())


class _Error:
    """One of pydantic's errors, its location mapped to the raw tree."""

    def __init__(
        self, kind: str, details: ErrorDetails, path: Path, *, of_key: bool, choice: str | None
    ) -> None:
        self.kind = kind
        self.path = path
        self._details = details
        self._of_key = of_key
        self._choice = choice

    @classmethod
    def of(cls, document: Document, details: ErrorDetails) -> _Error:
        """Follow pydantic's location, which also names branches of unions, through the raw tree."""
        path: Path = ()
        choice = None
        kind, location = details["type"], details["loc"]
        for step in location:
            if document.find((*path, step)) is not None:
                path = (*path, step)
            elif isinstance(step, str) and step.startswith(("tuple[", "literal[")):
                choice = step
        if kind == "missing":
            path = (*path, location[-1])
        of_key = location[-1:] == ("[key]",)
        error = cls(kind, details, path, of_key=of_key, choice=choice)
        error._settle_choice(document)
        return error

    def _settle_choice(self, document: Document) -> None:
        """Of a list of ids or ``all``, tell only about the one that was meant."""
        self.tells_nothing = False
        if self._choice is None:
            return
        of_literal = self._choice.startswith("literal[")
        is_list = isinstance(document.find(self.path), list)
        self.tells_nothing = (of_literal and is_list) or (not of_literal and self.kind == "tuple_type")

    def fault(self, document: Document, model: type[BaseModel]) -> Fault:
        """Return the fault to be told."""
        if self.kind == "extra_forbidden":
            return document.fault(self.path, "unknown key", self._known_keys(document, model))
        hint = ""
        if names := self._names():
            written = str(self.path[-1]) if self._of_key else document.find(self.path)
            hint = document.did_you_mean(written, names) if isinstance(written, str) else ""
        expected = self._expected(names)
        return document.fault(self.path, f"unknown key, {expected}" if self._of_key else expected, hint)

    def _known_keys(self, document: Document, model: type[BaseModel]) -> str:
        keys = _keys_beside(model, self.path)
        return document.did_you_mean(str(self.path[-1]), keys) or f"known keys are {', '.join(keys)}"

    def _names(self) -> list[str]:
        """Return the names that pydantic would have accepted, where it is a matter of names."""
        context = self._details.get("ctx", {})
        if self.kind == "expected" and str(context["what"]).startswith("one of "):
            return str(context["what"]).removeprefix("one of ").split(", ")
        return _QUOTED.findall(context["expected"]) if self.kind in ("enum", "literal_error") else []

    def _expected(self, names: list[str]) -> str:
        if self._choice and self._choice.startswith("literal["):
            return "expected a list of ids, or all"
        if names:
            return one_of(names) if len(names) > 1 else f"expected {names[0]}"
        if self.kind == "expected":
            return f"expected {self._details['ctx']['what']}"
        return _FIXED.get(self.kind, f"not accepted: {self._details['msg']}")


def in_order(document: Document, located: Iterable[Located]) -> tuple[Fault, ...]:
    """Return a document's own faults and those located in it, in its order, the first for each path.

    A fault that is told of several parts, such as the cells of a column that is missing, is told once.
    """
    faults: dict[Path, Fault] = {}
    for path, fault in chain(document.located, located):
        faults.setdefault(path, fault)
    ordered = (faults[path] for path in sorted(faults, key=document.order))
    return tuple(dict.fromkeys((*document.faults, *ordered)))


def _misspelt(document: Document, errors: list[_Error], model: type[BaseModel]) -> Iterator[Path]:
    """Yield paths of missing keys that an unknown key beside them is likely to mean."""
    missing = {error.path for error in errors if error.kind == "missing"}
    for error in errors:
        if error.kind == "extra_forbidden":
            meant = document.suggester.nearest(str(error.path[-1]), _keys_beside(model, error.path))
            if meant and (*error.path[:-1], meant) in missing:
                yield (*error.path[:-1], meant)


def _keys_beside(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """Return the keys that may stand in the table of which a path is a key."""
    table = model_at(model, path[:-1])
    return tuple(keys_of(table)) if table else ()
