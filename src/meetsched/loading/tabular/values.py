"""The value of one cell, as raw text, list or table."""

from __future__ import annotations

from datetime import date

from meetsched.domain.cells import unguarded
from meetsched.loading.raw import Raw, is_printable
from meetsched.loading.tabular.dialects import raw_text
from meetsched.loading.tabular.grid import Entered, Form
from meetsched.tables import Column, Kind, Shape
from meetsched.tables.entries import ALL, NEVER, PAIR_SIGN, UnclosedQuoteError, read_list, read_text


class CellFault(Exception):  # noqa: N818
    """What is wrong with a cell that its value alone does not show."""

    def __init__(self, expected: str, hint: str = "") -> None:
        super().__init__(expected)
        self.expected = expected
        self.hint = hint


def value_of(column: Column, entered: Entered | None, epoch: date) -> Raw | None:
    """Return what a cell holds; None where it is empty.

    The empty table stands for `NEVER` in the column of a weekday.

    Raises
    ------
    CellFault
    """
    if entered is None:
        return None
    _check_form(entered)
    cell = unguarded(entered.text)
    if not is_printable(cell):
        raise CellFault("expected a text without control characters")
    if not cell.strip():
        return None
    if column.shape is Shape.ONE:
        return _one(column, cell, epoch)
    return _many(column, cell, epoch)


def _many(column: Column, cell: str, epoch: date) -> Raw:
    word = cell.strip().casefold()
    if column.shape is Shape.MANY_OR_ALL and word == ALL:
        return ALL
    if column.kind is Kind.WINDOW and word == NEVER:
        return {}
    try:
        entries = read_list(cell)
    except UnclosedQuoteError:
        raise CellFault(
            "a quote opens an entry of the list, and none closes it right before the next ;",
            'an entry in quotes holds a quote as ""',
        ) from None
    if column.shape is Shape.PAIRS:
        return [_pair(column, entry) for entry in entries]
    return [raw_text(entry, column.kind, epoch) for entry in entries]


def _check_form(entered: Entered) -> None:
    if entered.form is Form.ERROR:
        raise CellFault("the formula in this cell comes to an error")
    if entered.form is Form.NO_VALUE:
        raise CellFault(
            "this cell holds a formula that was never computed",
            "open the workbook in Excel or LibreOffice and save it there, or write the value itself",
        )


def _one(column: Column, cell: str, epoch: date) -> str | None:
    text = read_text(cell)
    if text is None:
        return None
    raw = raw_text(text, column.kind, epoch)
    if column.kind is Kind.YES_NO and raw not in ("true", "false"):
        raise CellFault("expected true or false", "words of other languages are not guessed")
    return raw


def _pair(column: Column, entry: str) -> dict[str, Raw]:
    """Return an entry ``person: role``, of which the second part may be absent."""
    first, _, second = entry.partition(PAIR_SIGN)
    pair: dict[str, Raw] = {column.pair[0]: first.strip()}
    if second.strip():
        pair[column.pair[1]] = second.strip()
    return pair
