"""What is told at some length: texts, lists and tables under headings, whatever shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A text, a list or a table; what is empty is not there.

    Attributes
    ----------
    text : str
        A paragraph.
    points : tuple of str
        The items of a list.
    heads : tuple of str
        The headings of a table's columns.
    rows : tuple of tuple of str
        Its rows; a cell may have several lines.
    figures : tuple of int
        Its columns, counted from 0, that hold figures.
    """

    text: str = ""
    points: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that belong together, under a heading or none."""

    heading: str
    blocks: tuple[Block, ...]


def texts(*lines: str) -> tuple[Block, ...]:
    """Return a paragraph for each line that is not empty."""
    return tuple(Block(line) for line in lines if line)
