"""Which changes are looked at: the fewer they are, the smaller the model, and the sooner it is solved."""

from collections.abc import Mapping
from dataclasses import dataclass

from meetsched.domain.instance import Instance
from meetsched.domain.ways_out import MOST_CHANGES, Lever
from meetsched.rules import Rule

Handle = tuple[str, ...]
"""What a change pulls at, dates left out: the key and the subject of a lever, for a person or a venue
on some date only who it is."""


def handle(lever: Lever) -> Handle:
    """Return what a lever has in common with those that differ from it by the date only."""
    return (lever.key, *(lever.subject[:1] if is_dated(lever) else lever.subject))


def is_dated(lever: Lever) -> bool:
    """Whether a lever is about one date."""
    return lever.key in (Rule.PERSON_AVAILABLE, Rule.VENUE_HOURS)


@dataclass(frozen=True)
class Scope:
    """Bounds on changes.

    Attributes
    ----------
    price : int or None
        The most that all changes cost together; None: anything.
    changes : int
        The most changes.
    steps : int or None
        The most steps of a change; None: any number.
    handles : set of Handle or None
        What may be pulled at; None: everything.
    """

    price: int | None = None
    changes: int = MOST_CHANGES
    steps: int | None = None
    handles: frozenset[Handle] | None = None

    def most_steps(self, instance: Instance, lever: Lever) -> int | None:
        """Return how many steps a lever can be eased by; None: any number."""
        if self.handles is not None and handle(lever) not in self.handles:
            return 0
        unit = lever.price(instance)
        bounds = [self.steps, None if self.price is None or not unit else self.price // unit]
        return min((each for each in bounds if each is not None), default=None)

    def allows(self, instance: Instance, needed: Mapping[Lever, int]) -> bool:
        """Whether so many steps of levers are within the bounds, all together."""
        for lever, steps in needed.items():
            most = self.most_steps(instance, lever)
            if most is not None and steps > most:
                return False
        price = sum(steps * lever.price(instance) for lever, steps in needed.items())
        return len(needed) <= self.changes and (self.price is None or price <= self.price)
