"""Random draws, one independent stream a purpose."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

_T = TypeVar("_T")

Record = dict[str, Any]
"""An entry of an instance, as it is written to YAML."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


class Draw(Random):
    """A stream of random draws, determined by the seed and what it is for.

    Streams are independent, so that more companies, say, leave the venues as they are.
    """

    def __new__(cls, seed: int, *purpose: object) -> "Draw":
        """Leave the seeding to `__init__`."""
        return super().__new__(cls)

    def __init__(self, seed: int, *purpose: object) -> None:
        super().__init__("/".join(map(str, (seed, *purpose))))

    def chance(self, probability: float) -> bool:
        """Return True so often."""
        return self.random() < probability

    def some(self, values: Sequence[_T], least: int, most: int) -> list[_T]:
        """Return between `least` and `most` different values, in their order."""
        count = min(len(values), self.randint(least, most))
        return [values[index] for index in sorted(self.sample(range(len(values)), count))]

    def weekly(self, windows: Sequence[Sequence[str]], days: Sequence[str] = WEEKDAYS) -> Record:
        """Return a weekly table with one of the lists of windows for each of the days."""
        return {day: list(self.choice(windows)) for day in days}

    def day(self, first: date, last: date) -> date:
        """Return a date from `first` to `last`, both included."""
        return first + timedelta(days=self.randint(0, (last - first).days))

    def intervals(
        self, count: int, longest: int, first: date, last: date, reasons: Sequence[str]
    ) -> list[Record]:
        """Return stretches of 1 to `longest` whole days; some tell why."""
        result = []
        for _ in range(count):
            start = self.day(first, last)
            end = start + timedelta(days=self.randint(1, longest))
            interval = {"start": f"{start}T00:00", "end": f"{end}T00:00"}
            if self.chance(0.3):
                interval["why"] = self.choice(reasons)
            result.append(interval)
        return result
