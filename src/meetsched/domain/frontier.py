"""What more changes of a published plan buy."""

from collections.abc import Mapping
from dataclasses import dataclass

from meetsched.domain.difference import Difference
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.rules import Tier


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best plan with so many changed meetings at most, disruption counted last.

    Attributes
    ----------
    max_changes : int
    verdict : Verdict
        How its search ended; `INFEASIBLE` is a proof that so few changes are not enough.
    plan : Plan or None
    difference : Difference or None
        What changed from the published plan; None where there is no plan.
    """

    max_changes: int
    verdict: Verdict
    plan: Plan | None
    difference: Difference | None

    @property
    def values(self) -> Mapping[Tier, int]:
        """What the plan comes to in each tier; nothing where there is no plan."""
        return {tier.name: tier.value for tier in self.plan.tiers} if self.plan else {}


@dataclass(frozen=True, slots=True)
class Frontier:
    """The best plans with none, one, two, … changed meetings.

    Attributes
    ----------
    points : tuple of FrontierPoint
        In order, from no change on.
    complete : bool
        Whether it is proven that no plan with more changes than the last one is better.
    """

    points: tuple[FrontierPoint, ...]
    complete: bool
