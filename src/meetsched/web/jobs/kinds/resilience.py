"""Find out what becomes of a plan without each person and each venue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Event

from meetsched.service.documents import loaded_of, plan_of, published_of
from meetsched.service.region import resilience_found
from meetsched.service.resilience import Examined, examine, prepare_examination
from meetsched.store import JobState
from meetsched.web.jobs.messages import News, Note, Request, Result
from meetsched.web.jobs.requests import plan_asked, solve_options


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Repair the version's plan anew for each absence."""
    loaded, text = loaded_of(request.instance), plan_asked(request)
    as_of = request.options.get("as_of")
    prepared = prepare_examination(
        loaded,
        published_of(text),
        date.fromisoformat(as_of) if as_of else None,
        int(request.options.get("freeze_days", 7)),
    )

    def tell_examined(found: Examined) -> None:
        tell(Note(f"{found.known} of {found.of} absences are known."))

    found = examine(prepared, solve_options(request), tell_examined, stop)
    state = JobState.STOPPED if stop.is_set() else JobState.DONE
    return Result(state, document=resilience_found(loaded.instance, plan_of(text), found))
