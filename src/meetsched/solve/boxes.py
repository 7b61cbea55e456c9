"""Efficient plans, and the boxes between them in which others may lie."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import gcd

from meetsched.backends.problem import UNBOUNDED, Ints, Problem, objective_row
from meetsched.model import PlanningModel
from meetsched.rules import Tier
from meetsched.solve.compile import compile_cost
from meetsched.solve.lexicographic import TierFigures
from meetsched.solve.relaxation import Relaxation


@dataclass(frozen=True, slots=True, eq=False)
class Efficient:
    """A plan that is proven to be efficient: none serves more points at its cost, or as many for less.

    Attributes
    ----------
    points, cost : int
        The cost in cents.
    values : ndarray of int, shape (n,)
        The columns of the model.
    ties : tuple of TierFigures
        The tiers that decided between plans of these points and this cost.
    """

    points: int
    cost: int
    values: Ints
    ties: tuple[TierFigures, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What the relaxation of a weighted sum proves: `cost` and `points` are the weights of the units."""

    cost: int
    points: int
    relaxation: Relaxation


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """What lies between two neighbours: more points than `low`, less cost than `high`.

    Attributes
    ----------
    low, high : Efficient
    problem : Problem
        All solutions in the box solve it.
    proofs : tuple of Proof
        They hold for all solutions of the problem.
    """

    low: Efficient
    high: Efficient
    problem: Problem
    proofs: tuple[Proof, ...] = ()

    def split(self, plan: Efficient, problem: Problem, proofs: tuple[Proof, ...]) -> "tuple[Box, Box]":
        """Return what is left on both sides of a plan in the box, with what is known by now."""
        return Box(self.low, plan, problem, proofs), Box(plan, self.high, problem, proofs)


class Scales:
    """Points and cost of solutions, and their weighted sums, in whole units as large as can be.

    Parameters
    ----------
    model : PlanningModel
    """

    def __init__(self, model: PlanningModel) -> None:
        size = len(model.linear.lower)
        self._points, self._point = compile_cost(model.objectives[Tier.POINTS], size, 1)
        self._cost, self._cent = compile_cost(model.objectives[Tier.COST], size, 1)

    def points(self, values: Ints) -> int:
        """Return the points of a solution."""
        return int(self._points @ values) * self._point

    def cost(self, values: Ints) -> int:
        """Return the cost of a solution, in cents."""
        return int(self._cost @ values) * self._cent

    def may_hold(self, box: Box) -> bool:
        """Whether there is room for a plan in a box at all."""
        rise, price = self._sides(box)
        return rise > 1 and price > 1

    def inside(self, box: Box) -> Problem:
        """Return the problem of the box alone, with what its proofs fix."""
        points, cost = self._corner(box)
        problem = box.problem.with_more(objective_row(self._points, points, UNBOUNDED))
        problem = problem.with_more(objective_row(self._cost, -UNBOUNDED, cost))
        return self._fixed(problem, box.proofs, points, cost)

    def on(self, problem: Problem, proofs: Sequence[Proof], points: int, cost: int) -> Problem:
        """Return the part of a problem that has these points and this cost."""
        points, cost = points // self._point, cost // self._cent
        for row, value in ((self._points, points), (self._cost, cost)):
            problem = problem.with_more(objective_row(row, value, value))
        return self._fixed(problem, proofs, points, cost)

    def slope(self, box: Box) -> tuple[int, int]:
        """Return the weights of cost and points by which both neighbours are equal."""
        rise, price = self._sides(box)
        return rise // gcd(rise, price), price // gcd(rise, price)

    def weighted(self, weights: tuple[int, int]) -> Ints:
        """Return a weighted sum as a row to be minimised."""
        by_cost, by_points = weights
        return by_cost * self._cost - by_points * self._points

    def worst(self, box: Box, weights: tuple[int, int]) -> int:
        """Return the largest weighted sum that an efficient plan in the box may have."""
        points, cost = self._corner(box)
        by_cost, by_points = weights
        return by_cost * cost - by_points * points

    def _sides(self, box: Box) -> tuple[int, int]:
        """Return by how many units of points and of cost the neighbours differ."""
        return (
            (box.high.points - box.low.points) // self._point,
            (box.high.cost - box.low.cost) // self._cent,
        )

    def _corner(self, box: Box) -> tuple[int, int]:
        """Return the fewest points and the highest cost in the box, in units."""
        return box.low.points // self._point + 1, box.high.cost // self._cent - 1

    def _fixed(self, problem: Problem, proofs: Sequence[Proof], points: int, cost: int) -> Problem:
        """Fix what no solution has otherwise that has at least these points and at most this cost."""
        lower, upper = problem.lower, problem.upper
        for proof in proofs:
            lower, upper = proof.relaxation.fixings(lower, upper, proof.cost * cost - proof.points * points)
        return replace(problem, lower=lower, upper=upper)
