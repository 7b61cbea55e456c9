"""What is optimised at a time, and what is known of it in the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetsched.model import Terms
from meetsched.rules import Tier


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found of an aim in its turn, and what cannot be beaten, in its own units."""

    best: int
    bound: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """What is optimised at a time.

    Attributes
    ----------
    tier : Tier
    terms : Terms
    quick : int
        What no plan can beat, as far as known.
    level : int
        Which of the cities' shares in rising order it lifts; its terms are the sum of so many of them.
    below : int
        What the levels below have of the sum.
    """

    tier: Tier
    terms: Terms
    quick: int
    level: int = 1
    below: int = 0


def differences(sums: Sequence[Figures]) -> tuple[Figures, ...]:
    """Return the levels of which the sums are made up; a bound counts under what the others have at best."""
    below = (0, *(each.best for each in sums))
    return tuple(
        Figures(each.best - less, each.bound - less, each.closed)
        for each, less in zip(sums, below, strict=False)
    )
