"""What an explanation found: why there is no plan, what would help, what binds hardest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from meetsched.domain.plan import Plan
from meetsched.domain.ways_out import Change
from meetsched.rules import Rule, Tier

OVER, EARLIEST = "over", "earliest"
"""The bounds of demands that stem from a published plan: that a meeting was held, and that nothing new or
moved starts too soon. One that is frozen has none."""


class Demand(NamedTuple):
    """What an instance asks for, small enough to be told in a sentence: a rule about a subject.

    Attributes
    ----------
    rule : Rule
    subject : tuple of str
        The ids, months and words that it is about.
    bound : str
        ``least`` or ``most`` where the rule has both about the same subject, `PER_MONTH` (of `ways_out`)
        where it has one on each month beside that on the whole horizon, `OVER` and `EARLIEST`; else empty.
    """

    rule: Rule
    subject: tuple[str, ...]
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that no plan holds together.

    Attributes
    ----------
    demands : tuple of Demand
    confirmed : tuple of Demand
        Those without which all others can be held together, as was checked. All of them, unless
        time ran out: then the others may not be needed.
    """

    demands: tuple[Demand, ...]
    confirmed: tuple[Demand, ...]

    @property
    def minimal(self) -> bool:
        """Whether it is proven that every demand is needed."""
        return set(self.confirmed) == set(self.demands)


@dataclass(frozen=True, slots=True)
class Fix:
    """Changes with which a plan exists.

    Attributes
    ----------
    changes : tuple of Change
        At most three.
    price : int
        Their points of pain.
    plan : Plan
        The verified plan of the changed instance.
    objective : mapping of Tier to int
        What the plan comes to.
    """

    changes: tuple[Change, ...]
    price: int
    plan: Plan
    objective: Mapping[Tier, int]


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change makes of a plan that exists already: by how much each tier becomes better.

    Attributes
    ----------
    change : Change
    price : int
    before, after : mapping of Tier to int
        The best values of the tiers without and with the change.
    plan : Plan
        The verified plan of the changed instance.
    """

    change: Change
    price: int
    before: Mapping[Tier, int]
    after: Mapping[Tier, int]
    plan: Plan


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found out about an instance.

    Attributes
    ----------
    feasible : bool or None
        Whether it has a plan; None where time ran out before that could be told.
    plan : Plan or None
        The plan, where there is one.
    conflicts : tuple of Conflict
        Where there is none: conflicts that have no demand in common.
    all_conflicts : bool
        Whether the demands that are in none of them can be held together, as was checked.
    fixes : tuple of Fix
        Where there is none: the cheapest first, of equally cheap ones the one with the better plan.
        Sets of changes that differ by a date only are told once, at the best date.
    ranked : int
        How many of the fixes, from the first on, are proven to be in their places. Others are as cheap
        as is told, but something may come before them.
    all_fixes : bool
        Whether it is proven that no other changes, up to three, would do.
    gains : tuple of Gain
        Where there is a plan: what most improves it first.
    all_gains : bool
        Whether it is proven that no other change of one step improves it.
    interrupted : bool
        Whether somebody stopped the search.
    """

    feasible: bool | None
    plan: Plan | None = None
    conflicts: tuple[Conflict, ...] = ()
    all_conflicts: bool = False
    fixes: tuple[Fix, ...] = ()
    ranked: int = 0
    all_fixes: bool = False
    gains: tuple[Gain, ...] = ()
    all_gains: bool = False
    interrupted: bool = False
