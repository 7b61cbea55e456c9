"""Tables, all in one style."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table


def make_table(*left: str, right: Sequence[str] = (), last: str | None = None) -> "Table":
    """Return an empty table: columns of text, then columns of figures, then perhaps one of text again."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in left:
        table.add_column(title)
    for title in right:
        table.add_column(title, justify="right")
    if last is not None:
        table.add_column(last)
    return table
