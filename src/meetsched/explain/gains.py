"""Gains: what binds a plan hardest, told by what easing it would bring.

The linear relaxation of the plan as it is bounds what each single change can bring: its optimum, and
the reduced cost of the column of the change. What cannot pay by that is not looked at again. Of the
rest, what could bring most is relaxed by itself, which tells more, or else planned, in turn.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

import numpy as np

from meetsched.backends.problem import UNBOUNDED, Ints, Problem, objective_row
from meetsched.candidates import Candidates
from meetsched.domain.explanation import Gain
from meetsched.domain.instance import Objective
from meetsched.domain.ways_out import Change, Lever, total_price
from meetsched.explain.choices import search_of, settled
from meetsched.explain.planning import Planned, Planner
from meetsched.explain.pricing import PricedModel, build_priced, giving_nothing
from meetsched.explain.scope import Handle, Scope, is_dated
from meetsched.explain.solving import Effort, fixed
from meetsched.model import with_objectives
from meetsched.rules import Tier
from meetsched.solve.asking import compiled, relaxed
from meetsched.solve.compile import compile_cost
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.lexicographic import LexicographicSearch, allowance
from meetsched.solve.relaxation import round_up

ONE_STEP = Scope(changes=1, steps=1)


class Gains:
    """Finds the changes of one step that improve a plan.

    Parameters
    ----------
    forgiving : Candidates
    planner : Planner
    effort : Effort
    now : Planned
        The proven best plan of the instance as it is.
    most : int
        No more gains than so many.
    tell : callable
        Hears how many have been found.

    Attributes
    ----------
    found : list of Gain
    """

    def __init__(
        self,
        forgiving: Candidates,
        planner: Planner,
        effort: Effort,
        *,
        now: Planned,
        most: int,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._forgiving = forgiving
        self._planner = planner
        self._effort = effort
        self._ideal = now.plan.ideal
        self._most = most
        self._tell = tell
        self._before = now.best
        self._seen: set[Handle] = set()
        self.found: list[Gain] = []

    def find(self) -> tuple[tuple[Gain, ...], bool]:
        """Return the gains, the greatest first, and whether it is proven that there are no others."""
        try:
            complete = self._find()
        except OutOfTime:
            complete = False
        self.found.sort(key=lambda gain: self._planner.rank(gain.after))
        complete = complete and len(self.found) <= self._most
        return tuple(self.found[: self._most]), complete

    def _find(self) -> bool:
        """Go through the tiers; return whether whatever could improve one was planned."""
        for tier in self._tiers():
            waiting = [(bound, False, at) for at, bound in tier.first_bounds().items()]
            heapify(waiting)
            while waiting:
                bound, is_own, at = heappop(waiting)
                if self._has_enough(tier.tier, bound):
                    return False
                if at in self._seen:
                    continue
                self._tell(len(self.found))
                if is_own:
                    self._try(at, tier)
                elif (own := max(bound, tier.bound(at))) < tier.now:
                    heappush(waiting, (own, True, at))
            if len(self.found) >= self._most:
                return False
        return True

    def _has_enough(self, tier: Tier, bound: int) -> bool:
        """Whether nothing that is only as good as a bound (less is better) is among the best any more."""
        sign = -1 if tier.maximise else 1
        values = sorted(sign * gain.after[tier] for gain in self.found)
        return len(values) >= self._most and values[self._most - 1] <= bound

    def _tiers(self) -> Iterator["_Bounds"]:
        """Yield for each tier the bounds on what changes can make of it while those before it are held."""
        control = self._effort.control
        model = build_priced(self._forgiving, ONE_STEP, control.check)
        planning = with_objectives(model.linear, model.elastic.variables, self._ideal)
        columns = {at: np.array([column for column, _ in terms]) for at, terms in model.usage.items()}
        problem = compiled(model.linear)
        for place, objective in enumerate(model.objectives):
            tier = objective.tier
            sign = -1 if tier.maximise else 1
            cost, unit = compile_cost(planning.objectives[tier], len(problem.cost), sign)
            now = sign * self._before[tier] // unit
            search = search_of(planning, self._effort, problem)
            whole = replace(problem, cost=cost)
            yield _Bounds(model, model.objectives[place:], search, whole, unit, unit * now, columns, control)
            limit = now + allowance(self._before[tier], objective.give) // unit
            problem = problem.with_more(objective_row(cost, -UNBOUNDED, limit))

    def _try(self, at: Handle, tier: "_Bounds") -> None:
        """Plan with a change, at the date that helps the tier most if it has one."""
        changes: tuple[Change, ...] | None = (Change(Lever(at[0], at[1:])),)
        if is_dated(Lever(at[0], at[1:])):
            changes = tier.dated(at, self._effort)
        if not changes:
            return
        self._seen.add(at)
        planned = self._planner.possible(changes)
        if self._planner.rank(planned.best) < self._planner.rank(self._before):
            price = total_price(self._planner.instance, changes)
            self.found.append(Gain(changes[0], price, self._before, planned.best, planned.plan))


@dataclass(frozen=True)
class _Bounds:
    """Bounds on what single changes can make of a tier; less is better.

    Attributes
    ----------
    model : PricedModel
    objectives : sequence of Objective
        The tier, and those after it.
    search : LexicographicSearch
        In the same problem.
    problem : Problem
        Of all single changes, those before it held.
    unit : int
        What a point of the problem's objective is in the tier's own.
    now : int
        The tier's best value without a change.
    columns : mapping of Handle to ndarray of int
    control : Control
    """

    model: PricedModel
    objectives: Sequence[Objective]
    search: LexicographicSearch
    problem: Problem
    unit: int
    now: int
    columns: Mapping[Handle, Ints]
    control: Control

    def first_bounds(self) -> Mapping[Handle, int]:
        """Return the bounds that one relaxation tells, of the changes that could pay by them."""
        proof = relaxed(self._with(None), self.control)
        if proof is None:
            return dict.fromkeys(self.columns, -UNBOUNDED)
        reach = {
            at: self.unit * round_up(proof.bound + min(0.0, proof.reduced_cost[own].min()))
            for at, own in self.columns.items()
        }
        return {at: bound for at, bound in reach.items() if bound < self.now}

    def bound(self, at: Handle) -> int:
        """Return the bound that a change's own relaxation tells."""
        proof = relaxed(self._with(at), self.control)
        return -UNBOUNDED if proof is None else self.unit * proof.whole_bound

    def dated(self, at: Handle, effort: Effort) -> tuple[Change, ...] | None:
        """Return the change at the date that makes the best of the tier; None where none improves it.

        Raises
        ------
        OutOfTime
            It could not be told in time.
        """
        search = self.search.branch()
        search.narrow(self._with(at))
        found = search.run(giving_nothing(self.objectives), effort.control)
        if found.values is None or not all(each.settled for each in found.tiers):
            raise OutOfTime
        best = found.tiers[0].best
        if (-best if self.tier.maximise else best) >= self.now:
            return None
        return self.model.changes(settled(self.model, search, found.values, effort))

    @property
    def tier(self) -> Tier:
        """The tier."""
        return self.objectives[0].tier

    def _with(self, at: Handle | None) -> Problem:
        """Return the problem of one change, or of none."""
        shut = [own for other, own in self.columns.items() if other != at]
        columns = np.concatenate([np.zeros(0, dtype=np.int64), *shut])
        return fixed(self.problem, columns, np.zeros_like(columns))
