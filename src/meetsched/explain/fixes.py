"""Fixes: the cheapest changes with which a plan exists, each planned and verified."""

from bisect import insort
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from meetsched.domain.explanation import Fix
from meetsched.explain.planning import Planner
from meetsched.explain.ranking import Choice, Ranking
from meetsched.solve.control import OutOfTime

Rank = tuple[int, ...]
"""The price, then what the plan comes to, tier by tier: less comes first."""


@dataclass
class Fixes:
    """What was found.

    Attributes
    ----------
    told : list of Fix
        By price, then by the tiers of their plans; no other fix comes before one of these.
    others : list of Fix
        More of them, in the same order; one that is not found yet may come before them.
    complete : bool
        Whether it is proven that there are no others.
    """

    told: list[Fix] = field(default_factory=list)
    others: list[Fix] = field(default_factory=list)
    complete: bool = False


def find_fixes(
    ranking: Ranking, planner: Planner, most: int, tell: Callable[[int], None] = lambda _: None
) -> Fixes:
    """Find so many fixes, the cheapest first, of equally cheap ones that with the better plan.

    The changes of one price come in the order of the best plans that the model of all of them allows.
    What a tier gives to those after it, and a balance, let a fix's own plan be worse than that: then it
    waits until none can be better.

    Parameters
    ----------
    ranking : Ranking
    planner : Planner
    most : int
    tell : callable, optional
        Hears how many have been found.

    Raises
    ------
    RejectedPlanError
        A plan does not hold: a bug.
    """
    search = _Search(ranking, planner, most, tell)
    with suppress(OutOfTime):
        search.run()
    return search.found()


class _Search:
    def __init__(self, ranking: Ranking, planner: Planner, most: int, tell: Callable[[int], None]) -> None:
        self._ranking = ranking
        self._planner = planner
        self._most = most
        self._tell = tell
        self._told: list[Fix] = []
        self._waiting: list[tuple[Rank, int, Fix]] = []
        self._count = 0
        self._complete = False

    def run(self) -> None:
        """Find one fix after the other.

        Raises
        ------
        OutOfTime
            There may be others, also ones that come before some of those found.
        """
        while len(self._told) < self._most:
            self._tell(self._count)
            choice = self._ranking.next()
            self._release(choice)
            if choice is None:
                self._complete = not self._waiting
                return
            if len(self._told) < self._most:
                self._take(choice)
                self._release(choice)

    def found(self) -> Fixes:
        """Return what has been found."""
        others = [fix for _, _, fix in self._waiting]
        return Fixes(self._told, others[: self._most - len(self._told)], self._complete)

    def _take(self, choice: Choice) -> None:
        """Plan with changes."""
        self._ranking.exclude(choice.changes)
        planned = self._planner.possible(choice.changes)
        fix = Fix(choice.changes, choice.price, planned.plan, planned.objective)
        self._count += 1
        insort(self._waiting, ((choice.price, *self._planner.rank(planned.best)), self._count, fix))
        if choice.best is None or not planned.proven:
            raise OutOfTime

    def _release(self, choice: Choice | None) -> None:
        """Tell the fixes that nothing comes before which is yet to be found; None: all is found."""
        while self._waiting and len(self._told) < self._most:
            if choice is not None and self._waiting[0][0] > self._first(choice):
                break
            self._told.append(self._waiting.pop(0)[2])

    def _first(self, choice: Choice) -> Rank:
        """Return a rank that nothing yet to be found comes before."""
        return (choice.price, *(() if choice.best is None else self._planner.rank(choice.best)))
