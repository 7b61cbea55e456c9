"""Changes with which a plan exists, in the order in which they are told: by price, then by the best plan.

The price is minimised first. Among all that cost as much the tiers are then optimised, one after the
other, with the changes as part of the plan: what comes out are the changes that make the best plan of
their price, and a proof of it. They are excluded, and so on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from meetsched.backends.problem import Problem, objective_row
from meetsched.candidates import Candidates
from meetsched.domain.instance import Instance
from meetsched.domain.shares import FULL_SHARE
from meetsched.domain.ways_out import Change, Lever, total_price
from meetsched.explain.choices import search_of, settled
from meetsched.explain.pricing import PricedModel, build_priced, giving_nothing
from meetsched.explain.scope import Scope, handle
from meetsched.explain.solving import Effort, minimised, solved
from meetsched.model import with_objectives
from meetsched.rules import PRICE_KEYS, Tier
from meetsched.solve.asking import compiled, grown
from meetsched.solve.compile import compile_cost
from meetsched.solve.control import OutOfTime
from meetsched.solve.lexicographic import Solution
from meetsched.solve.outcome import TierOutcome


@dataclass(frozen=True, slots=True)
class Choice:
    """Changes with which a plan exists.

    Attributes
    ----------
    changes : tuple of Change
        None of them can be left out.
    price : int
        No changes that are not excluded cost less.
    best : mapping of Tier to int, or None
        No plan that other changes of this price make possible is better, the tiers compared one after
        the other; None where time ran out before that was known.
    """

    changes: tuple[Change, ...]
    price: int
    best: Mapping[Tier, int] | None


class Ranking:
    """Looks for the changes that come first, then for the next.

    Changes that cost little altogether are looked at first, in a small model. Where they make no plan
    possible, that is proven, and more is looked at.

    Parameters
    ----------
    forgiving : Candidates
    effort : Effort
    """

    def __init__(self, forgiving: Candidates, effort: Effort) -> None:
        self._forgiving = forgiving
        self._instance = forgiving.instance
        self._effort = effort
        self._scopes = [Scope(price=price) for price in _levels(self._instance)]
        self._excluded: list[tuple[Change, ...]] = []
        self._level: _Level | None = None
        self._beaten = -1

    def next(self) -> Choice | None:
        """Return the changes that come first, or None as a proof that there are none.

        Raises
        ------
        OutOfTime
            They could not be told in time.
        """
        while self._scopes:
            if self._level is None:
                model = build_priced(self._forgiving, self._scopes[0], self._effort.control.check)
                self._level = _Level(model, self._effort, self._beaten)
                for changes in self._excluded:
                    model.exclude(changes)
            found = self._level.first()
            if found is not None:
                return replace(found, changes=self._needed(found.changes))
            self._beaten = self._scopes.pop(0).price or 0
            self._level = None
        return None

    def exclude(self, changes: tuple[Change, ...]) -> None:
        """Look for other changes from now on, also than these at other dates or with more beside them."""
        self._excluded.append(changes)
        if self._level is not None:
            self._level.model.exclude(changes)

    def _needed(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Return changes without those for nothing that can be left out: the price does not tell these."""
        for change in changes:
            rest = tuple(each for each in changes if each is not change)
            if not change.price(self._instance) and rest:
                model = self._model_of(rest)
                values, _ = solved(compiled(model.linear), model.linear.separators, self._effort)
                if values is not None:
                    return self._needed(model.changes(values))
        return changes

    def _model_of(self, changes: tuple[Change, ...]) -> PricedModel:
        """Return the model of changes at any dates."""
        price = total_price(self._instance, changes)
        scope = Scope(price, len(changes), handles=_handles(changes))
        return build_priced(self._forgiving, scope, self._effort.control.check)


def _handles(changes: tuple[Change, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(handle(each.lever) for each in changes)


def _levels(instance: Instance) -> list[int | None]:
    """Return what changes may cost altogether in turn, from less than a middling one to anything.

    Below that hardly anything of what the rules on one meeting alone forbid has to be looked at.
    """
    units = sorted({Lever(key, ()).price(instance) for key in PRICE_KEYS})
    middling, dearest = units[len(units) // 2], units[-1]
    steps = {max(0, middling - 1), middling, min(2 * middling, dearest), dearest}
    return [*sorted(steps), None]


class _Level:
    """Looks for the first changes of one scope; nothing costs as little as `beaten` or less."""

    def __init__(self, model: PricedModel, effort: Effort, beaten: int) -> None:
        self.model = model
        self._planning = with_objectives(model.linear, model.elastic.variables)
        objectives = [each for each in model.objectives if each.tier in self._planning.objectives]
        self._objectives = [*objectives[:-1], *giving_nothing(objectives[-1:])]
        self._effort = effort
        whole = compiled(model.linear)
        cost, self._unit = compile_cost(model.cost, len(whole.cost), 1)
        self._whole = replace(whole, cost=cost)
        self._whole_rows = self._cheap_rows = len(model.linear.rows)
        self._cheap: Problem | None = None
        self._price = 0
        self._least = model.most_cost(beaten) // self._unit + 1 if beaten >= 0 else 0
        self._best: int | None = None

    def first(self) -> Choice | None:
        """Return the changes of the least price that make the best plan, or None: there are none."""
        if self._cheap is not None:
            found = self._best_of_price(None)
            if found is not None:
                return found
            self._cheap, self._best = None, None
        outcome = self._cheapest()
        if outcome.values is None:
            return None
        self._cheap = self._as_cheap(outcome)
        return self._best_of_price(outcome)

    def _cheapest(self) -> TierOutcome:
        linear = self.model.linear
        self._whole = grown(self._whole, linear, self._whole_rows)
        self._whole_rows = self._cheap_rows = len(linear.rows)
        outcome = minimised(self._whole, linear.separators, self._effort, bound=self._least)
        if outcome.values is not None and outcome.value is not None:
            self._whole = replace(self._whole, rows=outcome.problem.rows)
            self._least = outcome.value
            self._price = total_price(self.model.instance, self.model.changes(outcome.values))
        return outcome

    def _as_cheap(self, outcome: TierOutcome) -> Problem:
        """Return the problem of all changes that cost as much as the cheapest ones found."""
        problem, model = outcome.problem, self.model
        price, unit = compile_cost(model.price, len(problem.cost), 1)
        lower, upper = problem.lower, problem.upper
        if outcome.relaxation is not None:
            most = model.most_cost(self._price) // self._unit
            lower, upper = outcome.relaxation.fixings(lower, upper, most)
        row = objective_row(price, self._price // unit, self._price // unit)
        return problem.restricted(lower, upper, row)

    def _best_of_price(self, known: TierOutcome | None) -> Choice | None:
        """Return the changes of the price at hand that make the best plan; None: there are none left.

        Where time runs out, the cheapest ones known do.
        """
        assert self._cheap is not None
        self._cheap = grown(self._cheap, self.model.linear, self._cheap_rows)
        self._cheap_rows = len(self.model.linear.rows)
        search = search_of(self._planning, self._effort, self._cheap)
        if known is not None and known.values is not None:
            search.begin_from(known.values)
        if self._best is not None:
            search.limit(self._objectives[0].tier, self._best)
        solution = search.run(self._objectives, self._effort.control)
        if solution.infeasible:
            return None
        if solution.values is None:
            raise OutOfTime
        if not all(each.settled for each in solution.tiers):
            return Choice(self.model.changes(solution.values), self._price, None)
        if solution.tiers:
            self._best = solution.tiers[0].best
        values = settled(self.model, search, solution.values, self._effort)
        return Choice(self.model.changes(values), self._price, _bounds(solution))


def _bounds(solution: Solution) -> Mapping[Tier, int]:
    """Return what no plan beats; the ideals of a changed instance, and so its balance, are not known."""
    best = {Tier.BALANCE: FULL_SHARE}
    return best | {each.objective.tier: each.best for each in solution.tiers}
