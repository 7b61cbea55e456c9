"""The search for the best changes: the cheapest first, and of those the one that makes the best plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from meetsched.backends.problem import Ints, Problem, objective_row
from meetsched.domain.ways_out import Change
from meetsched.explain.pricing import PricedModel
from meetsched.explain.solving import Effort, compiled, minimised
from meetsched.model import PlanningModel, Terms
from meetsched.model.objectives import SUMS, add_balance
from meetsched.rules import Tier
from meetsched.solve.compile import compile_cost
from meetsched.solve.lexicographic import LexicographicSearch, Solution
from meetsched.solve.outcome import TierOutcome


@dataclass(frozen=True, slots=True)
class Choice:
    """Changes, and what the model says of the plan that they make possible.

    Attributes
    ----------
    changes : tuple of Change
    price : int
    tiers : mapping of Tier to int
        As far as they were looked at.
    """

    changes: tuple[Change, ...]
    price: int
    tiers: Mapping[Tier, int]


class Choices:
    """Looks for changes in a priced model.

    Parameters
    ----------
    model : PricedModel
    effort : Effort
    ideal : mapping of str to int, or None
        Each city's ideal, as far as balance counts in telling which plan is better.
    """

    def __init__(self, model: PricedModel, effort: Effort, ideal: Mapping[str, int] | None = None) -> None:
        self._model = model
        self._effort = effort
        elastic = model.elastic
        objectives: dict[Tier, Terms] = {
            tier: expression(elastic.variables.meetings) for tier, expression in SUMS.items()
        }
        if ideal is not None:
            objectives[Tier.BALANCE] = add_balance(elastic.linear, elastic.variables, ideal)
        self._planning = PlanningModel(elastic.linear, elastic.variables, objectives, ideal)
        self._objectives = tuple(
            objective for objective in model.instance.active_objectives() if objective.tier in objectives
        )
        self._least = 0
        self._bounds: dict[Tier, int] = {}

    def exclude(self, changes: Sequence[Change]) -> None:
        """Look for others from now on."""
        self._model.exclude(changes)

    def cheapest(self) -> Choice | None:
        """Return the cheapest changes that make a plan possible, or None as a proof that there are none.

        Of several equally cheap ones, those whose plan is the best, as far as time lets that be told.

        Raises
        ------
        OutOfTime
            The cheapest could not be told in time.
        """
        problem = compiled(self._model.linear)
        cost, unit = compile_cost(self._model.cost, len(problem.cost), 1)
        problem = replace(problem, cost=cost)
        separators = self._model.linear.separators
        outcome = minimised(problem, separators, self._effort, bound=self._least // unit)
        if outcome.values is None or outcome.value is None:
            return None
        self._least = outcome.value * unit
        found = self._best(self._as_cheap(outcome), outcome.values)
        return self._choice(outcome.values if found.values is None else found.values, found)

    def _as_cheap(self, outcome: TierOutcome) -> Problem:
        """Return the problem of all changes that cost no more than the cheapest ones found."""
        assert outcome.values is not None and outcome.value is not None
        problem, limit = outcome.problem, outcome.value
        cost = problem.cost
        if self._model.all_cost:  # Then no set of that price has a change too many, whatever their number.
            cost, unit = compile_cost(self._model.price, len(cost), 1)
            limit = int(cost @ outcome.values)
            most = self._model.cost_of_price(limit * unit)
        else:
            most = limit
        lower, upper = problem.lower, problem.upper
        if outcome.relaxation is not None:
            lower, upper = outcome.relaxation.fixings(lower, upper, most)
        return problem.restricted(lower, upper, objective_row(cost, limit, limit))

    def best_single(self) -> Choice | None:
        """Return the one change of one step that makes the best plan; None where time ran out.

        No change at all may be the best.
        """
        problem = compiled(self._model.linear)
        upper = problem.upper.copy()
        for column in self._model.tolls.values():
            upper[column] = min(1, upper[column])
        count, _ = compile_cost(self._model.count, len(problem.cost), 1)
        problem = problem.restricted(problem.lower, upper, objective_row(count, 0, 1))
        found = self._best(problem, None)
        if found.values is None or not all(each.closed for each in found.tiers):
            return None
        first = found.tiers[0]
        self._bounds = {first.objective.tier: first.best}
        return self._choice(found.values, found)

    def _best(self, problem: Problem, known: Ints | None) -> Solution:
        search = LexicographicSearch(self._planning, threads=self._effort.threads, seed=self._effort.seed)
        search.narrow(replace(problem, cost=0 * problem.cost))
        if known is not None:
            search.begin_from(known)
        for tier, bound in self._bounds.items():
            search.limit(tier, bound)
        return search.run(self._objectives, self._effort.control)

    def _choice(self, values: Ints, found: Solution) -> Choice:
        changes = self._model.changes(values)
        price = sum(change.price(self._model.instance) for change in changes)
        return Choice(changes, price, {each.objective.tier: each.best for each in found.tiers})
