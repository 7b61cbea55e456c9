"""All plans that no other beats in points and cost at once, or some of them, well spread.

Two neighbours known span a box that holds whatever efficient plans lie between them. The least of the
weighted sum of cost and points by which both neighbours are equal is quick to find: its relaxation is
nearly exact. The plan in the box that has it is efficient itself and splits the box in two; where there is
none, the box is empty. So each plan takes one proven search, and each empty box one. (The box comes from
the epsilon-constraint method, the weights from the two-phase method: Ehrgott, *Multicriteria
Optimization*, 2nd ed., 2005, ch. 4 and 9.) A box takes over what was proven of those around it: rows,
fixings, and relaxations that fix more of it the smaller it gets.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from meetsched.domain.curve import Between
from meetsched.domain.instance import Objective
from meetsched.model import PlanningModel, Values
from meetsched.rules import Tier
from meetsched.solve.boxes import Box, Efficient, Proof, Scales
from meetsched.solve.control import Control
from meetsched.solve.lexicographic import LexicographicSearch, TierFigures

POINTS, COST = Objective(tier=Tier.POINTS), Objective(tier=Tier.COST)

_SHARE_FOR_ONE = 0.5
"""The search for one plan may take this share of the time that is left."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of a box: a plan or none, and what is left of the box."""

    plan: Efficient | None = None
    left: tuple[Box, ...] = ()


class EfficientSearch:
    """Finds efficient plans among the solutions of a search.

    Parameters
    ----------
    model : PlanningModel
    base : LexicographicSearch
        Holds what counts before points and cost.
    traded : sequence of Objective
        These two, in the order in which the ends are sought.
    ties : sequence of Objective
        What decides between plans of the same points and cost.
    threads : int

    Attributes
    ----------
    ends : set of Tier
        After the search: the best served plan was found, as `POINTS` tells, and the cheapest, as `COST`.
    """

    def __init__(
        self,
        model: PlanningModel,
        base: LexicographicSearch,
        traded: Sequence[Objective],
        ties: Sequence[Objective],
        *,
        threads: int,
    ) -> None:
        self._scales = Scales(model)
        self._base = base
        self._traded = traded
        self._ties = ties
        self._threads = threads
        self._boxes: list[Box] = []
        self._given_up: list[Box] = []
        self._enough = False
        self.ends: set[Tier] = set()

    @property
    def gaps(self) -> Mapping[tuple[int, int], Between]:
        """What is not settled, by the points of the two neighbours between which it lies."""
        left = Between.NOT_ASKED_FOR if self._enough else Between.NOT_SETTLED
        return {
            (box.low.points, box.high.points): why
            for boxes, why in ((self._boxes, left), (self._given_up, Between.NOT_SETTLED))
            for box in boxes
        }

    def run(self, control: Control, most: int | None = None) -> Iterator[Efficient]:
        """Yield the plans at both ends, then those between, as soon as each is proven.

        Parameters
        ----------
        control : Control
        most : int, optional
            So many plans at most, two or more: each next one is sought where the neighbours are
            farthest apart.
        """
        ends: list[Efficient] = []
        for order in (self._traded, self._traded[::-1]):
            end = self._end(order, control.limited(_SHARE_FOR_ONE), ends)
            if end is None:
                continue
            self.ends.add(order[0].tier)
            if not ends or end.points != ends[0].points:
                ends.append(end)
                yield end
        if len(ends) == 2:
            low, high = sorted(ends, key=lambda end: end.points)
            yield from self._between(low, high, control, None if most is None else most - 2)

    def _end(
        self, order: Sequence[Objective], control: Control, known: Sequence[Efficient]
    ) -> Efficient | None:
        """Return the plan that is best in one tier, then in the other; None where it is not proven."""
        search = self._base.branch()
        for plan in known:
            search.begin_from(plan.values)
        solution = search.run(order, control)
        if solution.values is None or not all(figures.closed for figures in solution.tiers):
            return None
        return self._with_ties(search, solution.values, control)

    def _with_ties(self, search: LexicographicSearch, values: Values, control: Control) -> Efficient:
        """Return the best plan by the other tiers, as far as the time goes."""
        ties: tuple[TierFigures, ...] = ()
        if self._ties:
            rest = search.run(self._ties, control)
            assert rest.values is not None
            values, ties = rest.values, rest.tiers
        return Efficient(self._scales.points(values), self._scales.cost(values), values, ties)

    def _between(
        self, low: Efficient, high: Efficient, control: Control, most: int | None
    ) -> Iterator[Efficient]:
        """Search box after box, the longest first, several at once."""

        def length(box: Box) -> float:
            across = (box.high.cost - box.low.cost) / (high.cost - low.cost)
            return across + (box.high.points - box.low.points) / (high.points - low.points)

        self._boxes = [Box(low, high, self._base.problem)]
        running: dict[Future[_Found], int] = {}
        found = 0
        with ThreadPoolExecutor(self._threads) as pool:
            while True:
                self._boxes = sorted(filter(self._scales.may_hold, self._boxes), key=length)
                self._enough = found == most
                idle = self._threads - sum(running.values())
                wanted = idle if most is None else min(idle, most - found - len(running))
                if not control.over(with_plan=True):
                    for box, threads in self._shared_out(wanted, idle):
                        limited = control.limited(_SHARE_FOR_ONE)
                        running[pool.submit(self._search, box, limited, threads)] = threads
                if not running:
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    del running[future]
                    one = future.result()
                    self._boxes += one.left
                    if one.plan is not None:
                        found += 1
                        yield one.plan

    def _shared_out(self, wanted: int, idle: int) -> Iterator[tuple[Box, int]]:
        """Take the longest boxes, so many as are wanted; yield each with its part of the idle threads."""
        count = max(0, min(wanted, len(self._boxes)))
        for place in range(count):
            yield self._boxes.pop(), (idle + place) // count

    def _search(self, box: Box, control: Control, threads: int) -> _Found:
        """Find the plan of a box that is best by the weights of its neighbours."""
        weights = self._scales.slope(box)
        search = self._base.branch(threads)
        search.narrow(self._scales.inside(box))
        outcome = search.minimise(self._scales.weighted(weights), self._scales.worst(box, weights), control)
        if outcome.values is None or not outcome.proven:
            if not outcome.infeasible:
                self._given_up.append(box)
            return _Found()
        values, proofs = outcome.values, box.proofs
        if outcome.relaxation is not None:
            proofs = (*proofs, Proof(*weights, outcome.relaxation))
        points, cost = self._scales.points(values), self._scales.cost(values)
        search.narrow(self._scales.on(outcome.problem, proofs, points, cost))
        search.begin_from(values)
        plan = self._with_ties(search, values, control)
        return _Found(plan, box.split(plan, outcome.problem, proofs))
