"""How texts and lists are written in one cell, so that nothing is lost.

An empty cell means that nothing is given, and blanks around a value mean nothing, since nobody sees
them. A text that is empty, or does begin or end with a blank, stands in quotes. The entries of a list
are divided by ``;``, those that hold one stand in quotes; a lone ``;`` is a list without entries.
"""

from __future__ import annotations

from collections.abc import Sequence

DIVIDER = ";"
EMPTY_LIST = ";"
ALL = "all"
"""The word that stands for a list of all ids."""
NEVER = "never"
"""In a weekly table: no window, where the cells of all other weekdays are empty, too."""
PAIR_SIGN = ":"

_QUOTE = '"'


class UnclosedQuoteError(ValueError):
    """A quote opens an entry of a list, and none closes it."""


def write_text(text: str) -> str:
    """Return a text as a cell holds it: in quotes where these are needed to keep it."""
    return f"{_QUOTE}{text}{_QUOTE}" if _needs_quotes(text) else text


def read_text(cell: str) -> str | None:
    """Return the text of a cell; None where there is nothing in it."""
    inner = cell.strip()
    if not inner:
        return None
    return inner[1:-1] if _is_quoted(inner) and _needs_quotes(inner[1:-1]) else inner


def _is_quoted(text: str) -> bool:
    return len(text) >= 2 and text.startswith(_QUOTE) and text.endswith(_QUOTE)


def _needs_quotes(text: str) -> bool:
    """Whether a text would not be read back as it is.

    Quotes that are not needed belong to the text, as in a pub's name; what looks like needed ones
    needs another pair.
    """
    quotes = 0
    while 2 * quotes + 1 < len(text) and text[quotes] == text[-1 - quotes] == _QUOTE:
        quotes += 1
    inner = text[quotes : len(text) - quotes]
    return inner != inner.strip() or not inner


def write_list(entries: Sequence[str]) -> str:
    """Return the cell that holds a list."""
    if not entries:
        return EMPTY_LIST
    cell = f"{DIVIDER} ".join(map(_write_entry, entries))
    return cell + DIVIDER if cell == ALL else cell


def read_list(cell: str) -> list[str]:
    """Return the entries of a list; what is empty between two ``;`` is none.

    Raises
    ------
    UnclosedQuoteError
    """
    entries: list[str] = []
    at = 0
    while at < len(cell):
        entry, at = _next_entry(cell, at)
        if entry is not None:
            entries.append(entry)
    return entries


def _write_entry(text: str) -> str:
    if text == text.strip() and text and DIVIDER not in text and not text.startswith(_QUOTE):
        return text
    return _QUOTE + text.replace(_QUOTE, 2 * _QUOTE) + _QUOTE


def _next_entry(cell: str, at: int) -> tuple[str | None, int]:
    """Return the entry that begins at a position, and where the next one begins."""
    while at < len(cell) and cell[at].isspace():
        at += 1
    if cell[at : at + 1] != _QUOTE:
        end = cell.find(DIVIDER, at)
        end = len(cell) if end < 0 else end
        return cell[at:end].strip() or None, end + 1
    text, at = _quoted(cell, at + 1)
    end = cell.find(DIVIDER, at)
    end = len(cell) if end < 0 else end
    if cell[at:end].strip():
        raise UnclosedQuoteError(cell)
    return text, end + 1


def _quoted(cell: str, at: int) -> tuple[str, int]:
    """Return the text up to the closing quote, and the position behind that."""
    text = ""
    while True:
        end = cell.find(_QUOTE, at)
        if end < 0:
            raise UnclosedQuoteError(cell)
        text += cell[at:end]
        if cell[end : end + 2] != 2 * _QUOTE:
            return text, end + 1
        text += _QUOTE
        at = end + 2
