"""A region: whose each column is, and what the searches of its tiers learn from each other."""

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Ints, Problem
from meetsched.model import PlanningModel
from meetsched.rules import Tier
from meetsched.solve.compile import compile_cost
from meetsched.solve.regions.apart import NOBODY, OPEN, find_owners, settles
from meetsched.solve.regions.levels import LevelSearch, Scale
from meetsched.solve.regions.memory import Memory
from meetsched.solve.regions.search import RegionSearch
from meetsched.solve.regions.standing import Standing


class Region:
    """Searches the tiers of a model of several cities.

    Parameters
    ----------
    model : PlanningModel
        Its balance, if any, is the smallest share alone.
    problem : Problem
        The model's columns and rows.
    threads, seed : int
    """

    def __init__(self, model: PlanningModel, problem: Problem, *, threads: int, seed: int) -> None:
        self._model = model
        self._threads = threads
        self._seed = seed
        self._owner = _owners(model, problem)
        self._memory = Memory(int(self._owner.max(initial=-1)) + 1)

    def learn(self, values: Ints) -> None:
        """Remember each city's part of a solution, of which the linking rows need not hold."""
        self._memory.learn([[values[self._owner == block]] for block in range(self._memory.size)])

    def suits(self, problem: Problem) -> bool:
        """Whether a problem of the model can be taken apart and loses nothing by it.

        What it minimises is the balance or the cities' own, and all that is held of the columns that are
        no city's is how high the balance is at least.
        """
        shared = problem.cost * (self._owner == NOBODY)
        balance = [column for column, _ in self._model.objectives.get(Tier.BALANCE, ())]
        return set(np.flatnonzero(shared).tolist()) <= set(balance) and settles(problem, self._owner)

    def search(self, problem: Problem, known: Ints | None, bound: int) -> RegionSearch | LevelSearch:
        """Return the search for the optimum of a tier.

        Parameters
        ----------
        problem : Problem
            The model's problem with the tier's cost and whatever was fixed and held since.
        known : ndarray of int, shape (n,), or None
            A solution to begin from.
        bound : int
            What no solution beats, as far as known.
        """
        if (problem.cost[self._owner == NOBODY] == 0).all():
            return self._tier(problem, known=known, bound=bound)
        return LevelSearch(problem, self._scale(), self._tier, known=known, bound=bound)

    def _tier(
        self,
        problem: Problem,
        *,
        known: Ints | None,
        bound: int | None = None,
        worst: int = UNBOUNDED,
        any_will_do: bool = False,
    ) -> RegionSearch:
        separators = self._model.linear.separators
        standing = Standing(
            problem,
            self._owner,
            separators,
            self._memory,
            known=known,
            bound=problem.least if bound is None else bound,
            worst=worst,
            any_will_do=any_will_do,
        )
        return RegionSearch(standing, separators, self._memory, threads=self._threads, seed=self._seed)

    def _scale(self) -> Scale:
        model = self._model
        ((column, _),) = model.objectives[Tier.BALANCE]
        points, unit = compile_cost(model.objectives[Tier.POINTS], len(model.linear.lower), -1)
        ideals = tuple(ideal for ideal in (model.ideal or {}).values() if ideal)
        return Scale(column, points, unit, ideals, model.with_balance)


def _owners(model: PlanningModel, problem: Problem) -> Ints:
    owner = np.full(len(problem.lower), OPEN, dtype=np.int64)
    for number, city in enumerate(model.variables.candidates.cities):
        owner[list(model.fixings((), [city.id]))] = number
    owner[[column for column, _ in model.objectives.get(Tier.BALANCE, ())]] = NOBODY
    if model.levels is not None:
        owner[model.levels.columns()] = NOBODY
    return find_owners(problem.rows, owner)
