"""All plans that no other beats in points and cost at once, or some of them, well spread.

Two neighbours known span a box that holds whatever efficient plans lie between them. The least of the
weighted sum of cost and points by which both neighbours are equal is quick to find: its relaxation is
nearly exact. The plan in the box that has it is efficient itself and splits the box in two; where there is
none, the box is empty. So each plan takes one proven search, and each empty box one. (The box comes from
the epsilon-constraint method, the weights from the two-phase method: Ehrgott, *Multicriteria
Optimization*, 2nd ed., 2005, ch. 4 and 9.) A box takes over what was proven of those around it: rows,
fixings, and relaxations that fix more of it the smaller it gets.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

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
    """What came of a box: a plan or none, what is left of the box, and whether all of that is settled."""

    plan: Efficient | None = None
    left: tuple[Box, ...] = ()
    settled: bool = True


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
        So many boxes are searched at once.

    Attributes
    ----------
    is_complete : bool
        After the search: whether it is proven that there are no more efficient plans than were found.
    is_selection : bool
        Whether there may be more because no more were asked for.
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
        self._settled = False
        self.is_complete = False
        self.is_selection = False

    def run(self, control: Control, most: int | None = None) -> Iterator[Efficient]:
        """Yield the plans at both ends, then those between, as soon as each is proven.

        Parameters
        ----------
        control : Control
        most : int, optional
            So many plans at most, two or more; they are spread over the whole.
        """
        ends: list[Efficient] = []
        for order in (self._traded, self._traded[::-1]):
            end = self._end(order, control.limited(_SHARE_FOR_ONE), ends)
            if end is None:
                return
            if not ends or end.points != ends[0].points:
                ends.append(end)
                yield end
        self._settled = True
        if len(ends) == 2:
            low, high = sorted(ends, key=lambda end: end.points)
            self._boxes = [Box(low, high, self._base.problem)]
            yield from self._between(low, high, control, None if most is None else most - 2)
        self.is_complete = self._settled and not self._boxes
        self.is_selection = self._settled and bool(self._boxes)

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

        running: set[Future[_Found]] = set()
        found = 0
        with ThreadPoolExecutor(self._threads) as pool:
            while True:
                self._boxes = sorted((box for box in self._boxes if box.may_hold), key=length)
                wanted = self._threads if most is None else min(self._threads, most - found)
                while self._boxes and len(running) < wanted and not control.over(with_plan=True):
                    running.add(pool.submit(self._search, self._boxes.pop(), control.limited(_SHARE_FOR_ONE)))
                if not running:
                    break
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for one in (each.result() for each in done):
                    self._settled = self._settled and one.settled
                    self._boxes += one.left
                    if one.plan is not None:
                        found += 1
                        yield one.plan
        self._settled = self._settled and (not self._boxes or found == most)

    def _search(self, box: Box, control: Control) -> _Found:
        """Find the plan of a box that is best by the weights of its neighbours."""
        weights = self._scales.slope(box)
        search = self._base.branch(threads=1)
        search.narrow(self._scales.inside(box))
        outcome = search.minimise(self._scales.weighted(weights), self._scales.worst(box, weights), control)
        if outcome.values is None or not outcome.proven:
            return _Found(settled=outcome.infeasible)
        values, proofs = outcome.values, box.proofs
        if outcome.relaxation is not None:
            proofs = (*proofs, Proof(*weights, outcome.relaxation))
        points, cost = self._scales.points(values), self._scales.cost(values)
        search.narrow(self._scales.on(outcome.problem, proofs, points, cost))
        search.begin_from(values)
        plan = self._with_ties(search, values, control)
        return _Found(plan, box.split(plan, outcome.problem, proofs))
