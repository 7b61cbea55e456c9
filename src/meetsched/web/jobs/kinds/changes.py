"""Find what more changes of the published plan buy."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from meetsched.domain.frontier import FrontierPoint
from meetsched.domain.words import count
from meetsched.service.choices import changes_found
from meetsched.service.frontiers import repair_frontier
from meetsched.store import JobState
from meetsched.web.jobs.messages import News, Note, Request, Result
from meetsched.web.jobs.requests import prepared_of, solve_options


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Find the best plan with at most none, one, two, … changed meetings."""
    prepared = prepared_of(request)

    def tell_point(point: FrontierPoint) -> None:
        known = "the best plan is known" if point.plan is not None else "there is no plan"
        tell(Note(f"With at most {count(point.max_changes, 'change')} {known}."))

    found = repair_frontier(prepared, solve_options(request), tell_point, stop)
    state = JobState.STOPPED if stop.is_set() else JobState.DONE
    if not found.points:
        return Result(
            JobState.STOPPED if stop.is_set() else JobState.UNKNOWN,
            message="Nothing was found in time.",
        )
    return Result(state, document=changes_found(prepared.loaded.instance, found))
