"""The search for the changes that make the best plan, always the same ones."""

from meetsched.backends.problem import Ints, Problem
from meetsched.explain.pricing import PricedModel
from meetsched.explain.solving import Effort
from meetsched.model import PlanningModel
from meetsched.solve.compile import compile_cost
from meetsched.solve.lexicographic import LexicographicSearch


def search_of(planning: PlanningModel, effort: Effort, problem: Problem | None = None) -> LexicographicSearch:
    """Return a search for the best plan, in a part of the model where one is given."""
    search = LexicographicSearch(planning, threads=effort.threads, seed=effort.seed)
    if problem is not None:
        search.narrow(problem)
    return search


def settled(model: PricedModel, search: LexicographicSearch, values: Ints, effort: Effort) -> Ints:
    """Return, of all plans as good as the one found, one with the changes that are first by their names.

    Which of them a solver comes upon is chance. Where time runs out, it is the one found.
    """
    cost, _ = compile_cost(model.names, len(search.problem.cost), 1)
    outcome = search.minimise(cost, int(cost @ values), effort.control)
    return values if outcome.values is None else outcome.values
