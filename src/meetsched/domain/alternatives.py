"""Plans for a committee to choose from: nearly as good as the best one, and unlike each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from meetsched.domain.outcome import Outcome
from meetsched.domain.plan import Meeting, Plan
from meetsched.rules import Tier


@dataclass(frozen=True, slots=True)
class Alternative:
    """A plan of the row.

    The distance of a plan from one before it is the disruption that there would be, had the one before
    been published.

    Attributes
    ----------
    plan : Plan
        The best plan, which is the first, says what is proven of its tiers; the others state none.
    values : mapping of Tier to int
        What it comes to, recomputed from the instance.
    distances : tuple of int
        From each plan before it, in their order; none for the best plan.
    bound : int or None
        No plan within the limits is farther than this from all plans before; None for the best plan.
    best_of_these : bool
        Whether it is proven that of the plans as far away none is better by the instance's aims; of the
        best plan, that it is that.
    """

    plan: Plan
    values: Mapping[Tier, int]
    distances: tuple[int, ...]
    bound: int | None
    best_of_these: bool

    @property
    def distance(self) -> int | None:
        """The least of its distances; None for the best plan."""
        return min(self.distances, default=None)

    @property
    def proven(self) -> bool:
        """Whether no plan is farther away; of the best plan, whether it is that."""
        return self.best_of_these if self.bound is None else self.distance == self.bound


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The plans to choose from, the best first.

    Attributes
    ----------
    outcome : Outcome
        How the search for the best plan ended.
    give : Decimal
        The share of its points and of its cost that the others may lose.
    limits : mapping of Tier to int
        The least points and the most cost that this comes to; empty where there is no plan.
    plans : tuple of Alternative
    exhausted : bool
        Whether it is proven that every further plan is like one of these: the same meetings at the same
        times and places, with the same people or some besides.
    """

    outcome: Outcome
    give: Decimal
    limits: Mapping[Tier, int]
    plans: tuple[Alternative, ...]
    exhausted: bool = False

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """What the plans can be compared in, as they count where no instance says otherwise."""
        return tuple(tier for tier in Tier if self.plans and tier in self.plans[0].values)

    @property
    def meetings(self) -> tuple[tuple[Meeting | None, ...], ...]:
        """For each meeting that a plan holds what each plan makes of it; by the time of the first one."""
        by_plan = [each.plan.meeting_by_id for each in self.plans]
        names = dict.fromkeys(name for meetings in by_plan for name in meetings)
        rows = [tuple(meetings.get(name) for meetings in by_plan) for name in names]
        return tuple(sorted(rows, key=_when))


def _when(row: tuple[Meeting | None, ...]) -> tuple[datetime, str]:
    first = next(meeting for meeting in row if meeting is not None)
    return first.start, first.id
