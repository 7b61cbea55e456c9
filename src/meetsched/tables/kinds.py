"""What the cells of a column hold, told by the types of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from meetsched.domain import scalars
from meetsched.rules import PRICE_KEYS


class Kind(Enum):
    """How one value is written, in words for whoever fills in a cell."""

    TEXT = "a text"
    ID = "an id (letters, digits, - _ .)"
    CHOICE = "one of the names in the list"
    YES_NO = "true or false"
    WHOLE = "a whole number"
    AMOUNT = "an amount such as 12.50"
    SHARE = "a share from 0 to 1, such as 0.02"
    DATE = "a date such as 2027-01-31"
    CLOCK = "a time of day such as 17:30"
    MOMENT = "a date with a time, such as 2027-01-31 17:30"
    WINDOW = "a window such as 08:00-16:00"


_KINDS: tuple[tuple[Any, Kind], ...] = (
    (scalars.Id, Kind.ID),
    (scalars.Name, Kind.TEXT),
    (scalars.Text, Kind.TEXT),
    (scalars.Currency, Kind.TEXT),
    (scalars.TimeZoneName, Kind.TEXT),
    (scalars.PriceKey, Kind.CHOICE),
    (scalars.YesNo, Kind.YES_NO),
    (scalars.Count, Kind.WHOLE),
    (scalars.Positive, Kind.WHOLE),
    (scalars.Interest, Kind.CHOICE),
    (scalars.Cents, Kind.AMOUNT),
    (scalars.Share, Kind.SHARE),
    (scalars.Day, Kind.DATE),
    (scalars.StartTime, Kind.CLOCK),
    (scalars.Moment, Kind.MOMENT),
)

_CHOICES: Mapping[Any, tuple[str, ...]] = {
    scalars.PriceKey: tuple(map(str, PRICE_KEYS)),
    scalars.Interest: ("1", "2", "3"),
    scalars.YesNo: ("true", "false"),
}


def kind_of(annotation: Any) -> tuple[Kind, tuple[str, ...]]:
    """Return what a scalar is, and the names that may be chosen where there is a choice.

    Raises
    ------
    TypeError
        It is none of the domain's scalars.
    """
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Kind.CHOICE, tuple(str(member.value) for member in annotation)
    if get_origin(annotation) is Literal:
        return Kind.CHOICE, tuple(map(str, get_args(annotation)))
    for known, kind in _KINDS:
        if annotation == known:
            return kind, _CHOICES.get(known, ())
    raise TypeError(f"{annotation} is not known to tables")
