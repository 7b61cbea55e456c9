"""Go on from a plan with as few changes as possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from threading import Event

from meetsched.domain.wording.differences import change_texts
from meetsched.domain.wording.telling import Section, texts
from meetsched.service.repairing import resolve
from meetsched.store import JobState, VersionKind
from meetsched.web.jobs.kinds.solve import result_of, stage_of
from meetsched.web.jobs.messages import News, Request, Result
from meetsched.web.jobs.requests import prepared_of, solve_options

_NO_REPAIR = (
    "It is proven that nothing can go on from that plan as asked. Fewer days in which nothing moves, a "
    "meeting of these that may move all the same, or more changes may help."
)


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Repair the plan that was published last, or the newest; the document has what changed as `sections`.

    The options are those of `RepairRequest`, `newest` and `time_limit`.
    """
    prepared = prepared_of(request)
    repaired = resolve(prepared, solve_options(request), lambda news: tell(stage_of(news)), stop)
    result = result_of(repaired.outcome, VersionKind.REPAIRED)
    if repaired.difference is None:
        hopeless = result.state is JobState.INFEASIBLE
        return replace(result, message=_NO_REPAIR) if hopeless else result
    told = change_texts(repaired.difference, prepared.loaded.instance)
    sections = (Section("", texts(*told)), Section("", texts(*prepared.warnings)))
    return replace(result, document={"sections": [asdict(section) for section in sections]})
