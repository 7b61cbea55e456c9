"""What whoever fills in a table is told about a column."""

from __future__ import annotations

from meetsched.tables.kinds import Kind
from meetsched.tables.layout import Column, Shape


def comment(column: Column) -> str:
    """Return what a column means, and how to write it."""
    lines = [column.explanation, how_to_write(column)]
    return "\n".join(line for line in lines if line)


def how_to_write(column: Column) -> str:
    """Return how a column's cells are written."""
    needed = "Needed" if column.required else "May be empty"
    return f"{needed}; {_how(column)}."


def _how(column: Column) -> str:
    if column.kind is Kind.WINDOW:
        return "08:00-16:00, or several with ; between them"
    if column.shape is Shape.PAIRS:
        return f"{' or '.join((column.pair[0], ': '.join(column.pair)))}, several divided by ;"
    one = f"an id of the sheet {column.names}" if column.names else _kind(column)
    match column.shape:
        case Shape.MANY:
            return f"{one}, several with ; between them"
        case Shape.MANY_OR_ALL:
            return f"{one}, several with ; between them, or all"
    return one


def _kind(column: Column) -> str:
    if column.kind is Kind.CHOICE and len(column.choices) == 1:
        return column.choices[0]
    if column.kind is Kind.CHOICE and len(column.choices) <= 8:
        return f"{', '.join(column.choices[:-1])} or {column.choices[-1]}"
    return column.kind.value
