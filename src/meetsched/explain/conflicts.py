"""Conflicts: smallest sets of demands that no plan holds together, found by trying and leaving out.

Starting from a set that is refuted, parts of it are left out for as long as what is left is refuted,
large parts first (Junker, *QuickXplain*, AAAI 2004; Marques-Silva, *Minimal unsatisfiability*, ISMVL
2010). A relaxation's proof is only where the search begins; what is told has been solved again.
"""

from collections.abc import Callable

import numpy as np

from meetsched.domain.explanation import Conflict, Demand
from meetsched.explain.trials import Mask, Trials
from meetsched.rules import Rule
from meetsched.solve.control import OutOfTime

_IN_ORDER = (
    Rule.CADENCE,
    Rule.CADENCE_OPEN,
    Rule.TOPIC_REQUIRED,
    Rule.PIN,
    Rule.FROZEN,
    Rule.CHANGES,
    Rule.CREW,
    Rule.PERSON_AVAILABLE,
    Rule.BUDGET,
    Rule.EXPERTISE,
    Rule.COVERAGE_MEETING,
    Rule.COVERAGE_HORIZON,
    Rule.VENUE_HOURS,
)
"""The rules that people understand best come first; of several conflicts one of these is told rather."""
_TOLD_RATHER = {rule: place for place, rule in reversed(list(enumerate((*_IN_ORDER, *Rule))))}


Listener = Callable[[int, int], None]
"""Hears how many conflicts were found, and how many demands of the next are not confirmed yet."""


def find_conflicts(
    trials: Trials, tell: Listener = lambda _found, _open: None
) -> tuple[tuple[Conflict, ...], bool]:
    """Find conflicts that have no demand in common, as many as there are; none where a plan exists.

    Returns
    -------
    conflicts : tuple of Conflict
        Where time runs out, the last one may have demands that are not confirmed.
    complete : bool
        Whether it is proven that all other demands can be held together.
    """
    found: list[Conflict] = []
    left = trials.everything()
    try:
        while (refuted := trials.refute(left)) is not None:
            search = _Reduction(trials, refuted, lambda open_ones: tell(len(found), open_ones))
            try:
                search.run()
            finally:
                found.append(search.conflict())
            left = left & ~search.left
    except OutOfTime:
        return tuple(found), False
    return tuple(found), True


class _Reduction:
    """Leaves demands out of a refuted set until each that is left is needed."""

    def __init__(self, trials: Trials, refuted: Mask, tell: Callable[[int], None]) -> None:
        self._trials = trials
        self._tell = tell
        self.left = refuted
        self._confirmed = np.zeros_like(refuted)

    def run(self) -> None:
        """Leave out what can be.

        Raises
        ------
        OutOfTime
            What is left is a conflict all the same, though perhaps not a smallest one.
        """
        size = max(1, int(np.count_nonzero(self.left)) // 2)
        while len(open_ones := self._open()):
            self._tell(len(open_ones))
            size = min(size, len(open_ones))
            if not self._leave_out(open_ones[:size]):
                size = max(1, size // 2)

    def conflict(self) -> Conflict:
        """Return what is left as a conflict."""
        return Conflict(
            *(
                tuple(sorted(self._trials.named(each), key=told_before))
                for each in (self.left, self._confirmed)
            )
        )

    def _open(self) -> np.ndarray:
        """Return the places of what may yet be left out, that which is told least gladly first."""
        places = np.flatnonzero(self.left & ~self._confirmed)
        demands = self._trials.demands
        gladness = [_TOLD_RATHER[demands[place].rule] for place in places]
        return places[np.argsort(np.negative(gladness), kind="stable")]

    def _leave_out(self, places: np.ndarray) -> bool:
        """Leave out some demands if what is left is refuted; else learn what is needed."""
        rest = self.left.copy()
        rest[places] = False
        refuted = self._trials.refute(rest)
        if refuted is not None:
            self.left = refuted
            return True
        if places.size == 1:
            self._confirmed[places] = True
        needed = self._trials.set_aside_by_a_solution(self.left)
        if needed is not None:
            self._confirmed |= needed
        return False


def told_before(demand: Demand) -> tuple[int, tuple[str, ...], str]:
    """Return a key that sorts demands as they are told: those that people understand best first."""
    return _TOLD_RATHER[demand.rule], demand.subject, demand.bound
