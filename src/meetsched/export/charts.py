"""What charts are made of: dots, lines and ticks, in the units of the drawing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TICK_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Dot:
    """A plan in a chart: where it stands, and what is written beside it."""

    x: float
    y: float
    label: str


def stairs(dots: Iterable[Dot]) -> Iterator[str]:
    """Yield the corners of a line that holds each value until the next."""
    before: Dot | None = None
    for dot in dots:
        if before is not None:
            yield f"{dot.x},{before.y}"
        yield f"{dot.x},{dot.y}"
        before = dot


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole values along a side of a chart, the outermost two of which are ticks.

    Attributes
    ----------
    values : tuple of int
        The ticks, in rising order, two or more.
    start, end : float
        Where the first and the last of them stand.
    """

    values: tuple[int, ...]
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[int], start: float, end: float, *, most: int) -> "Axis":
        """Return an axis over values, with round ticks, at most so many and two more.

        Parameters
        ----------
        values : iterable of int
        start, end : float
        most : int
            How many stretches between ticks the values may need.
        """
        known = sorted(values)
        low, high = known[0], known[-1]
        step = _round_step(high - low, most)
        first, last = low // step, max(-(-high // step), low // step + 1)
        return cls(tuple(step * number for number in range(first, last + 1)), start, end)

    def at(self, value: float) -> float:
        """Return where a value stands."""
        share = (value - self.values[0]) / (self.values[-1] - self.values[0])
        return round(self.start + share * (self.end - self.start), 1)


def _round_step(width: int, most: int) -> int:
    """Return the least of 1, 2, 5, 10, 20, 50, … that goes into a width so often at most."""
    scale = 1
    while True:
        for step in _TICK_STEPS:
            if width <= most * step * scale:
                return step * scale
        scale *= 10
