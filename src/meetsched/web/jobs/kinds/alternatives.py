"""Find plans to choose from: nearly as good as the best, and unlike each other."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from threading import Event

from meetsched.service.alternatives import AlternativesRequest, find_alternatives
from meetsched.service.choices import alternatives_found
from meetsched.service.documents import loaded_of
from meetsched.store import JobState, VersionKind
from meetsched.web.jobs.kinds.solve import result_of, stage_of
from meetsched.web.jobs.messages import News, Note, Request, Result
from meetsched.web.jobs.requests import solve_options


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Find the best plan, and others that lose little and are far from all before."""
    loaded = loaded_of(request.instance)
    asked = AlternativesRequest(
        int(request.options.get("most", 5)), Decimal(str(request.options.get("give", "0.02")))
    )
    found = find_alternatives(
        loaded,
        solve_options(request),
        asked,
        on_progress=lambda news: tell(stage_of(news)),
        on_news=lambda _: tell(Note("Another plan, as far as can be from those before, is sought.")),
        stop=stop,
    )
    if not found.plans:
        return result_of(found.outcome, VersionKind.SOLVED)
    state = JobState.STOPPED if stop.is_set() else JobState.DONE
    return Result(state, document=alternatives_found(loaded.instance, found))
