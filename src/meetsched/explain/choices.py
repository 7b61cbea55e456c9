"""The search for changes: the cheapest with which a plan exists, or those that make the best plan."""

from collections.abc import Mapping
from dataclasses import replace

from meetsched.backends.problem import Problem, objective_row
from meetsched.candidates import Candidates
from meetsched.domain.instance import Instance
from meetsched.domain.ways_out import Change, Lever, total_price
from meetsched.explain.pricing import PricedModel, build_priced
from meetsched.explain.scope import Scope, handle, is_dated
from meetsched.explain.solving import Effort, grown, minimised
from meetsched.model import PlanningModel, Terms
from meetsched.model.levels import add_fairness
from meetsched.model.objectives import SUMS
from meetsched.rules import PRICE_KEYS, Tier
from meetsched.solve.asking import compiled
from meetsched.solve.compile import compile_cost
from meetsched.solve.lexicographic import LexicographicSearch
from meetsched.solve.outcome import TierOutcome


class Cheapest:
    """Looks for the cheapest changes with which a plan exists, then for the next.

    Changes that cost little altogether are looked at first, in a small model. Where they make no plan
    possible, that is proven, and more is looked at.

    Parameters
    ----------
    forgiving : Candidates
    effort : Effort
    """

    def __init__(self, forgiving: Candidates, effort: Effort) -> None:
        self._forgiving = forgiving
        self._effort = effort
        self._scopes = [Scope(price=price) for price in _levels(forgiving.instance)]
        self._excluded: list[tuple[Change, ...]] = []
        self._level: _Level | None = None

    def next(self) -> tuple[Change, ...] | None:
        """Return the cheapest changes, or None as a proof that there are none.

        Raises
        ------
        OutOfTime
            They could not be told in time.
        """
        while self._scopes:
            if self._level is None:
                model = build_priced(self._forgiving, self._scopes[0], self._effort.control.check)
                self._level = _Level(model, self._effort)
                for changes in self._excluded:
                    model.exclude(changes)
            found = self._level.cheapest()
            if found is not None:
                return found
            self._scopes.pop(0)
            self._level = None
        return None

    def exclude(self, changes: tuple[Change, ...]) -> None:
        """Look for other changes from now on, also than these at other dates or with more beside them."""
        self._excluded.append(changes)
        if self._level is not None:
            self._level.model.exclude(changes)

    def dated_best(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Return changes that differ from these by their dates, and make the best plan of such."""
        if not any(is_dated(each.lever) for each in changes):
            return changes
        handles = frozenset(handle(each.lever) for each in changes)
        scope = Scope(total_price(self._forgiving.instance, changes), len(changes), handles=handles)
        model = build_priced(self._forgiving, scope, self._effort.control.check)
        for others in self._excluded:
            if {handle(each.lever) for each in others} <= handles:
                model.exclude(others)
        return best_changes(model, self._effort) or changes


def _levels(instance: Instance) -> list[int | None]:
    """Return what changes may cost altogether in turn: at most a middling change, the dearest, anything."""
    units = sorted({Lever(key, ()).price(instance) for key in PRICE_KEYS})
    return [*sorted({units[len(units) // 2], units[-1]}), None]


class _Level:
    """Looks for the cheapest changes of one scope.

    Where one has been found, those that are as cheap are looked for next, in what is left of the
    model at that price.
    """

    def __init__(self, model: PricedModel, effort: Effort) -> None:
        self.model = model
        self._effort = effort
        whole = compiled(model.linear)
        cost, self._unit = compile_cost(model.cost, len(whole.cost), 1)
        self._whole = replace(whole, cost=cost)
        self._whole_rows = self._cheap_rows = len(model.linear.rows)
        self._cheap: Problem | None = None
        self._least = 0

    def cheapest(self) -> tuple[Change, ...] | None:
        """Return the cheapest changes, or None as a proof that there are none."""
        linear = self.model.linear
        if self._cheap is not None:
            self._cheap = grown(self._cheap, linear, self._cheap_rows)
            self._cheap_rows = len(linear.rows)
            outcome = self._solve(self._cheap)
            self._cheap = None if outcome.values is None else outcome.problem
            if outcome.values is not None:
                return self.model.changes(outcome.values)
        self._whole = grown(self._whole, linear, self._whole_rows)
        self._whole_rows = self._cheap_rows = len(linear.rows)
        outcome = self._solve(self._whole)
        if outcome.values is None or outcome.value is None:
            return None
        self._whole = replace(self._whole, rows=outcome.problem.rows)
        self._least = outcome.value
        self._cheap = self._as_cheap(outcome)
        return self.model.changes(outcome.values)

    def _solve(self, problem: Problem) -> TierOutcome:
        return minimised(problem, self.model.linear.separators, self._effort, bound=self._least)

    def _as_cheap(self, outcome: TierOutcome) -> Problem:
        """Return the problem of all changes that cost no more than the cheapest ones found."""
        assert outcome.values is not None and outcome.value is not None
        problem, model = outcome.problem, self.model
        price, unit = compile_cost(model.price, len(problem.cost), 1)
        limit = int(price @ outcome.values)
        most = outcome.value
        if model.all_cost:  # Then no set of that price has a change too many, whatever their number.
            most = model.cost_of_price(limit * unit) // self._unit
        lower, upper = problem.lower, problem.upper
        if outcome.relaxation is not None:
            lower, upper = outcome.relaxation.fixings(lower, upper, most)
        return problem.restricted(lower, upper, objective_row(price, limit, limit))


def with_tiers(model: PricedModel, ideal: Mapping[str, int] | None = None) -> PlanningModel:
    """Return a priced model with the tiers; `balance` only where each city's ideal is given."""
    elastic = model.elastic
    objectives: dict[Tier, Terms] = {
        tier: expression(elastic.variables.meetings) for tier, expression in SUMS.items()
    }
    levels = None
    if ideal is not None:
        fairness = model.instance.balance
        objectives[Tier.BALANCE], levels = add_fairness(elastic.linear, elastic.variables, ideal, fairness)
    return PlanningModel(elastic.linear, elastic.variables, objectives, ideal, levels)


def best_changes(
    model: PricedModel, effort: Effort, ideal: Mapping[str, int] | None = None
) -> tuple[Change, ...] | None:
    """Return the changes of a priced model that make the best plan, or None where time ran out."""
    planning = with_tiers(model, ideal)
    objectives = [each for each in model.instance.active_objectives() if each.tier in planning.objectives]
    search = LexicographicSearch(planning, threads=effort.threads, seed=effort.seed)
    found = search.run(objectives, effort.control)
    return None if found.values is None else model.changes(found.values)
