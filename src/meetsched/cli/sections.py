"""What is told under headings, on the terminal."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from meetsched.cli.explanations import bullet
from meetsched.cli.tables import make_table
from meetsched.domain.wording.telling import Block, Section

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def section_parts(sections: Iterable[Section]) -> "Iterator[RenderableType]":
    """Yield sections as texts and tables, with an empty line between them."""
    for number, section in enumerate(sections):
        if number:
            yield ""
        if section.heading:
            yield section.heading
        for block in section.blocks:
            yield from _parts(block)


def _parts(block: Block) -> "Iterator[RenderableType]":
    if block.text:
        yield block.text
    yield from map(bullet, block.points)
    if block.heads:
        yield _table(block)


def _table(block: Block) -> "Table":
    first, last = (min(block.figures), max(block.figures)) if block.figures else (len(block.heads), -1)
    left, right = block.heads[:first], block.heads[first : last + 1]
    rest = block.heads[max(first, last + 1) :]
    table = make_table(*left, right=right, last=rest[0] if rest else None)
    for row in block.rows:
        table.add_row(*row)
    return table
