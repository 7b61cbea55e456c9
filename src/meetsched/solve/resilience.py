"""A repair for each person and venue that drops out, several searches side by side.

A search here is mostly small, and two with a thread each are done before two threads are done with
both, one after the other.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from threading import Event, Lock
from time import monotonic

from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.resilience import DropOut, without
from meetsched.solve.control import Control
from meetsched.solve.options import SolveOptions
from meetsched.solve.run import plan_instance

_ROUNDS = 2
"""What is not settled in its share of the time gets another share of what the others left."""
_SETTLED = (Verdict.INFEASIBLE, Verdict.OPTIMAL)


def repairs_without(
    instance: Instance,
    sha256: str,
    options: SolveOptions,
    baseline: Baseline,
    drop_outs: Sequence[DropOut],
    *,
    stop: Event | None = None,
) -> Iterator[tuple[DropOut, Outcome]]:
    """Yield for each drop-out how the search for a repair ended, as soon as it has.

    One that was not settled may come again, never with less than before. Those that the time was too
    short for do not come at all.

    Parameters
    ----------
    instance : Instance
    sha256 : str
        Of the instance's file, to be named in the plans.
    options : SolveOptions
        The time limit is that of all repairs together; `workers` as many searches go on at once.
    baseline : Baseline
        The published plan; from its date on, or from the horizon's start, each is away.
    drop_outs : sequence of DropOut
    stop : Event, optional
        Ends the searches as soon as it is set.

    Raises
    ------
    SolverError
        If the solvers break down.
    """
    lanes = _Lanes(instance, sha256, options, baseline, stop or Event())
    open_ones = list(drop_outs)
    found: dict[DropOut, Outcome] = {}
    for _ in range(_ROUNDS):
        for drop_out, outcome in lanes.run(open_ones):
            if outcome.plan is not None or outcome.verdict in _SETTLED or drop_out not in found:
                found[drop_out] = outcome
                yield drop_out, outcome
        open_ones = [each for each in found if found[each].verdict not in _SETTLED]


class _Lanes:
    """Runs searches side by side and shares out the time that is left."""

    def __init__(
        self, instance: Instance, sha256: str, options: SolveOptions, baseline: Baseline, stop: Event
    ) -> None:
        self._instance = instance
        self._sha256 = sha256
        self._options = options
        self._baseline = baseline
        self._control = Control.of(options, None, stop)
        self._count = options.workers or os.cpu_count() or 1
        self._waiting = 0
        self._lock = Lock()

    def run(self, drop_outs: Sequence[DropOut]) -> Iterator[tuple[DropOut, Outcome]]:
        """Yield the outcomes in the order in which they come; none of what never began."""
        if not drop_outs or self._control.over(with_plan=False):
            return
        self._waiting = len(drop_outs)
        threads = max(1, self._count // len(drop_outs))
        with ThreadPoolExecutor(self._count) as executor:
            futures = {executor.submit(self._repair, each, threads): each for each in drop_outs}
            try:
                for future in as_completed(futures):
                    outcome = future.result()
                    if outcome is not None:
                        yield futures[future], outcome
            finally:
                executor.shutdown(cancel_futures=True)

    def _repair(self, drop_out: DropOut, threads: int) -> Outcome | None:
        if self._control.over(with_plan=False):
            return None
        now = monotonic()
        left = self._control.deadline - now
        with self._lock:
            share = left * min(1.0, self._count / self._waiting)
            self._waiting -= 1
        options = replace(self._options, time_limit=share, workers=threads, started=now)
        first = self._baseline.repair.as_of or self._instance.horizon.start
        changed = without(self._instance, drop_out, first)
        stop = self._control.stop
        return plan_instance(changed, self._sha256, options, stop=stop, baseline=self._baseline)
