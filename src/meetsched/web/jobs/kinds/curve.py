"""Find what more money buys."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic

from meetsched.service.choices import curve_found, plan_in_short
from meetsched.service.curves import CurvePlan, find_curve, with_time_for_curve
from meetsched.service.documents import loaded_of
from meetsched.service.solving import SolveOptions, solve
from meetsched.store import JobState, VersionKind
from meetsched.web.jobs.kinds.solve import result_of, stage_of
from meetsched.web.jobs.messages import News, Note, Request, Result


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Plan the instance by its own aims, then find the plans that no other beats in points and cost."""
    loaded = loaded_of(request.instance)
    limit = float(request.options.get("time_limit", 60.0))
    options = SolveOptions(time_limit=limit, started=monotonic())
    own = solve(loaded, with_time_for_curve(options), lambda news: tell(stage_of(news)), stop)
    if own.plan is None:
        return result_of(own, VersionKind.SOLVED)

    def tell_plan(found: CurvePlan) -> None:
        where = plan_in_short(found.points, found.cost, loaded.instance.currency)
        tell(Note(f"A plan that no other beats: {where}."))

    most = request.options.get("most")
    found = find_curve(
        loaded, options, own.plan, most=None if most is None else int(most), on_plan=tell_plan, stop=stop
    )
    state = JobState.STOPPED if stop.is_set() else JobState.DONE
    return Result(state, document=curve_found(loaded.instance, found))
