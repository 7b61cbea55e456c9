"""The best changes of a model of changes: those that make the best plan, always the same ones."""

from collections.abc import Mapping

from meetsched.backends.problem import Ints, Problem
from meetsched.domain.ways_out import Change
from meetsched.explain.pricing import PricedModel
from meetsched.explain.solving import Effort
from meetsched.model import PlanningModel, with_objectives
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


def best_changes(
    model: PricedModel, effort: Effort, ideal: Mapping[str, int] | None = None
) -> tuple[Change, ...] | None:
    """Return the changes of a priced model that make the best plan, or None where time ran out.

    `balance` counts only where each city's ideal is given.
    """
    planning = with_objectives(model.linear, model.elastic.variables, ideal)
    search = search_of(planning, effort)
    found = search.run(
        [each for each in model.objectives if each.tier in planning.objectives], effort.control
    )
    if found.values is None:
        return None
    return model.changes(settled(model, search, found.values, effort))
