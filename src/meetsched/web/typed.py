"""Forms that are shown again: what somebody has typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Request

from meetsched.errors import DataError, Fault, StaleError
from meetsched.service.editing import Edit, faults_by_key, save_edits
from meetsched.web.page import Page


@dataclass(frozen=True, slots=True)
class Sent:
    """A form of the draft as it was sent.

    Attributes
    ----------
    values : mapping of str to str
        What was typed, by field.
    revision : int
        That of the draft which the form showed; -1, which is none, where it did not say.
    """

    values: Mapping[str, str]
    revision: int

    def get(self, name: str) -> str:
        """Return what was typed into a field, without blanks around it; nothing where it was not sent."""
        return self.values.get(name, "").strip()


async def _sent(request: Request) -> Sent:
    fields = await request.form()
    values = {name: value for name, value in fields.items() if isinstance(value, str)}
    revision = values.get("revision", "")
    return Sent(values, int(revision) if revision.isdecimal() and len(revision) < 10 else -1)


AnyForm = Annotated[Sent, Depends(_sent)]
"""A parameter of this type is given the form that was sent."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it is shown.

    Attributes
    ----------
    values : mapping of str to str
        By field; what is kept in the draft at first, afterwards what was typed.
    faults : mapping of str to sequence of str
        By field; those that belong to none under the empty text.
    message : str
        What there is to say of the form as a whole.
    status : int
        The HTTP status with which it is shown.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    message: str = ""
    status: int = 200


def take_over(
    page: Page,
    project: str,
    sent: Sent,
    edits: Iterable[Edit],
    *,
    part: str = "",
    fields: Mapping[str, str] | None = None,
) -> Typed | None:
    """Take over what was typed into a form, or return the form as it is to be shown again.

    Parameters
    ----------
    edits : iterable of Edit
    part : str
        Where the keys of `fields` stand in the instance.
    fields : mapping of str to str
        The fields that show the keys; by key.
    """
    form = Typed(sent.values)
    try:
        save_edits(page.store, project, sent.revision, edits)
    except DataError as error:
        return _with_faults(form, error.faults, part, fields or {})
    except StaleError:
        message = (
            "Somebody else has changed the draft in the meantime, so nothing was taken over. "
            "Look at what it says now; then send this again."
        )
        return replace(form, message=message, status=409)
    return None


def _with_faults(form: Typed, faults: Iterable[Fault], part: str, fields: Mapping[str, str]) -> Typed:
    by_field: dict[str, list[str]] = {}
    for key, found in faults_by_key(faults, part, fields).items():
        place = fields.get(key, "")
        by_field.setdefault(place, []).extend(_text(fault, with_path=not place) for fault in found)
    return replace(form, faults=by_field, message="Nothing was taken over yet.", status=422)


def _text(fault: Fault, *, with_path: bool) -> str:
    where = f"{fault.path}: " if with_path and fault.path else ""
    hint = f" ({fault.hint})" if fault.hint and with_path else ""
    text = f"{where}{fault.expected}{hint}"
    return text[:1].upper() + text[1:]
