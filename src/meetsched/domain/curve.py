"""What more money buys: the plans that no other beats in points and cost at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from meetsched.domain.plan import Plan
from meetsched.rules import Tier

CENTS = 100
"""How many make a unit of money."""


class Between(StrEnum):
    """What is known of the efficient plans between two neighbours on the curve."""

    NONE = "none"
    """It is proven that there are none."""
    NOT_ASKED_FOR = "not asked for"
    """There may be some; no more plans were asked for."""
    NOT_SETTLED = "not settled"
    """There may be some; the search ended before that was settled."""


@dataclass(frozen=True, slots=True)
class CurvePlan:
    """A plan that no other beats in points and cost at once, which is proven.

    Attributes
    ----------
    plan : Plan
        Of its tiers it states none: it was not chosen by the instance's order.
    values : mapping of Tier to int
        What it comes to, recomputed from the instance.
    best_of_these : bool
        Whether it is proven that of the plans of these points and this cost none is better by the
        instance's other aims.
    """

    plan: Plan
    values: Mapping[Tier, int]
    best_of_these: bool

    @property
    def points(self) -> int:
        """How many points it serves."""
        return self.values[Tier.POINTS]

    @property
    def cost(self) -> int:
        """What it costs, in cents."""
        return self.values[Tier.COST]


@dataclass(frozen=True, slots=True)
class Step:
    """From a plan to the next dearer one: what that brings and costs more, and what lies between."""

    points: int
    cost: int
    between: Between


@dataclass(frozen=True, slots=True)
class Curve:
    """The efficient plans that were found.

    Attributes
    ----------
    plans : tuple of CurvePlan
        From the cheapest to the best served.
    between : tuple of Between
        What is known of the plans between each and the next.
    cheapest_proven, best_served_proven : bool
        Whether no plan is cheaper than the first; whether none serves more than the last.
    held : tuple of Tier
        What counts before points and cost: no plan on the curve has less of it than it must.
    own : mapping of Tier to int
        What the instance's own plan comes to.
    beyond_budget : mapping of Tier to int, or None
        What a plan comes to that serves more than any within the budgets; None where none is known.
    """

    plans: tuple[CurvePlan, ...]
    between: tuple[Between, ...]
    cheapest_proven: bool
    best_served_proven: bool
    held: tuple[Tier, ...]
    own: Mapping[Tier, int]
    beyond_budget: Mapping[Tier, int] | None = None

    @property
    def complete(self) -> bool:
        """Whether it is proven that there are no other pairs of points and cost on the curve."""
        ends = self.cheapest_proven and self.best_served_proven
        return ends and all(each is Between.NONE for each in self.between)

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """What the plans can be compared in, as they count where no instance says otherwise."""
        return tuple(tier for tier in Tier if self.plans and tier in self.plans[0].values)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps from each plan to the next."""
        return tuple(
            Step(after.points - before.points, after.cost - before.cost, between)
            for (before, after), between in zip(pairwise(self.plans), self.between, strict=True)
        )

    @property
    def amount(self) -> int:
        """A round amount to tell what so much more money buys, in cents: 1.00, 10.00, 100.00 and so on.

        The largest of these that the curve is twice as wide as.
        """
        width = self.plans[-1].cost - self.plans[0].cost if self.plans else 0
        amount = CENTS
        while 2 * 10 * amount <= width:
            amount *= 10
        return amount

    def bought(self, place: int) -> tuple[int, bool]:
        """Return how many points more than a plan's so much more money buys, and whether no plan has more.

        Parameters
        ----------
        place : int
            Of the plan, from 0 on.
        """
        start = self.plans[place]
        last = max(number for number, each in enumerate(self.plans) if each.cost <= start.cost + self.amount)
        is_end = last == len(self.plans) - 1
        sure = self.best_served_proven if is_end else self.between[last] is Between.NONE
        return self.plans[last].points - start.points, sure

    @property
    def own_place(self) -> int | None:
        """The place of the plan that has the points and the cost of the instance's own, if it is here."""
        own = (self.own[Tier.POINTS], self.own[Tier.COST])
        return next((place for place, each in enumerate(self.plans) if (each.points, each.cost) == own), None)
