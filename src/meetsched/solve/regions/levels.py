"""The search for the balance of a region: the highest level that every city's share can reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from meetsched.backends.problem import Ints, Problem
from meetsched.domain.shares import FULL_SHARE
from meetsched.solve.control import Control
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.regions.search import RegionSearch

_FOR_POINTS = 0.4
"""The best plan for points, from which the questions begin, may take this share of the time that is left."""
_FOR_A_LEVEL = 0.5
"""A question whether a level can be reached may take this share of the time that is left."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """How balance and points hang together.

    Attributes
    ----------
    column : int
        The column of the balance.
    points : ndarray of int, shape (n,)
        The points of all cities, in units, to be minimised: their negative.
    unit : int
        So many points are one unit.
    ideals : tuple of int
        The ideals of the cities that have one.
    raised : callable
        Returns a solution with the balance as high as the cities' points let it.
    """

    column: int
    points: Ints
    unit: int
    ideals: tuple[int, ...]
    raised: Callable[[Ints], Ints]

    def levels(self) -> list[int]:
        """Return the shares that a city can have, in rising order."""
        shares = {FULL_SHARE * points // ideal for ideal in self.ideals for points in range(ideal + 1)}
        return sorted(shares | {FULL_SHARE})

    def worst(self, level: int) -> int:
        """Return what `points` comes to at most where each city reaches a level."""
        least = sum(-(-level * ideal // FULL_SHARE) for ideal in self.ideals)
        return -least // self.unit


class LevelSearch:
    """Finds the highest level, by asking of one after the other whether all shares can reach it.

    With the level given, each city has to have so many points, which fixes much in its block, and the
    column that tied all cities together is gone. First the best plan for points is sought, whose parts and
    prices serve all questions. It is mostly among the fairest, so that the next level is asked first: where
    that cannot be reached, nothing is left to ask.

    Parameters
    ----------
    problem : Problem
        With the balance, negative, to be minimised.
    scale : Scale
    search : callable
        Returns the search for the optimum of a problem of the region.
    known : ndarray of int, shape (n,), or None
        A solution to begin from.
    bound : int
        What no solution beats, as far as known.
    """

    def __init__(
        self,
        problem: Problem,
        scale: Scale,
        search: Callable[..., RegionSearch],
        *,
        known: Ints | None,
        bound: int,
    ) -> None:
        self._problem = problem
        self._scale = scale
        self._search = search
        self._values = known
        self.value: int | None = None if known is None else problem.value(known)
        self.bound = bound
        self._infeasible = False
        self._levels = Levels(scale.levels())
        self._tell: Callable[[], None] = lambda: None

    def run(self, control: Control, report: Callable[["LevelSearch"], None]) -> TierOutcome:
        """Search until the gap is closed, the time is over or somebody stops it."""
        self._tell = lambda: report(self)
        self._levels.refute(-self.bound + 1)
        self._open(control)
        while not self._infeasible and not control.over(with_plan=self.value is not None):
            level = self._levels.next()
            if level is None:
                break
            self._ask(level, control)
        return TierOutcome(self._problem, self._values, self.value, self.bound, self._infeasible, None)

    def _open(self, control: Control) -> None:
        """Seek the best plan for points, whatever the balance."""
        problem = replace(self._problem, cost=self._scale.points)
        search = self._search(problem, known=self._values)
        outcome = search.run(control.limited(_FOR_POINTS), lambda _: self._tell())
        self._infeasible = outcome.infeasible
        self._take(outcome)

    def _ask(self, level: int, control: Control) -> None:
        """Seek a plan in which every share reaches a level."""
        lower = self._problem.lower.copy()
        lower[self._scale.column] = level
        problem = replace(self._problem, lower=lower, cost=self._scale.points)
        worst = self._scale.worst(level)
        search = self._search(problem, known=None, worst=worst, any_will_do=True)
        patient = control if self.value is None else control.with_plan()
        outcome = search.run(patient.limited(_FOR_A_LEVEL), lambda _: self._tell())
        if outcome.infeasible:
            self._levels.refute(level)
            self._infeasible = self._levels.highest is None
        elif outcome.values is None:
            self._levels.doubt(level)
        else:
            self._levels.hasten()
        self._take(outcome)

    def _take(self, outcome: TierOutcome) -> None:
        """Take a solution if it is better, and the rows that were missing."""
        self._problem = replace(self._problem, rows=outcome.problem.rows)
        if outcome.values is not None:
            values = self._scale.raised(outcome.values)
            value = self._problem.value(values)
            if self.value is None or value < self.value:
                self.value, self._values = value, values
            self._levels.reach(-value)
        if self._levels.highest is not None:
            self.bound = max(self.bound, -self._levels.highest)
        self._tell()


class Levels:
    """The levels that are left to be asked of.

    Parameters
    ----------
    levels : sequence of int
        All that there are, in rising order.
    """

    def __init__(self, levels: Sequence[int]) -> None:
        self._levels = list(levels)
        self._reached: int | None = None
        self._doubted: set[int] = set()
        self._stride = 1

    @property
    def highest(self) -> int | None:
        """The highest level that may be reached; None where there is none."""
        return self._levels[-1] if self._levels else None

    def refute(self, level: int) -> None:
        """Learn that a level cannot be reached, nor those above it."""
        self._levels = [each for each in self._levels if each < level]
        self._stride = 1

    def reach(self, level: int) -> None:
        """Learn that a level can be reached, and those below it."""
        self._reached = max(level, -1 if self._reached is None else self._reached)

    def hasten(self) -> None:
        """Ask of a level twice as far the next time."""
        self._stride *= 2

    def doubt(self, level: int) -> None:
        """Learn that nothing could be learnt of a level."""
        self._doubted.add(level)
        self._stride = 1

    def next(self) -> int | None:
        """Return the level to be asked of next, None where none is left that could tell something.

        Below all levels in doubt the next one, or one twice as far each time that goes well; then, for the
        bound, the one halfway above them.
        """
        left = [each for each in self._levels if self._reached is None or each > self._reached]
        below = [each for each in left if not self._doubted or each < min(self._doubted)]
        if below:
            return below[min(self._stride, len(below)) - 1]
        above = [each for each in left if each > max(self._doubted)] if self._doubted else []
        return above[len(above) // 2] if above else None
