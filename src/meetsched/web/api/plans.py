"""Plans: ordered, watched, stopped, judged."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Response

from meetsched.errors import RequestError, UnknownError
from meetsched.service.documents import load_upload
from meetsched.service.projects import Edition, edition, import_instance
from meetsched.service.reviewing import judge
from meetsched.store import Job
from meetsched.web.addresses import at
from meetsched.web.api.models import (
    FailureAnswer,
    PlanAnswer,
    PlanOrder,
    ReportAnswer,
    ViolationAnswer,
)
from meetsched.web.events import event, event_stream
from meetsched.web.site import AnySite, JobId, Site

_FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"model": FailureAnswer} for status in (400, 404, 409, 413, 422, 503)
}
router = APIRouter(prefix="/plans", tags=["plans"], responses=_FAILURES)

_OPTIONS = {"time_limit", "workers", "seed", "deterministic"}


@router.post("", status_code=202)
def order(order: PlanOrder, site: AnySite, response: Response) -> PlanAnswer:
    """Plan an instance, or the draft of a project; the answer tells where to ask how it goes."""
    if (order.instance is None) == (order.project is None):
        raise RequestError("expected either an instance or a project")
    project = order.project or ""
    if order.instance is not None:
        loaded = load_upload("instance.json", json.dumps(order.instance).encode())
        project = import_instance(site.store, loaded, site.settings.author).project
    job = site.board.start(project, "solve", order.model_dump(include=_OPTIONS), site.settings.author)
    response.headers["Location"] = at("v1", "plans", job.id)
    return PlanAnswer.of(site.board.snapshot(job.id))


@router.get("/{plan}")
def show(plan: JobId, site: AnySite) -> PlanAnswer:
    """Tell how far a plan is; once it is there, it is in the answer."""
    snapshot = site.board.snapshot(plan)
    found = None if snapshot.job.result is None else _edition(site, snapshot.job).plan
    return PlanAnswer.of(snapshot, None if found is None else found.document())


@router.get(
    "/{plan}/events", response_class=Response, responses={200: {"content": {"text/event-stream": {}}}}
)
def events(plan: JobId, site: AnySite) -> Response:
    """Send server-sent events named ``progress``, each with a plan's state, until one named ``end``.

    The data are those of `GET /v1/plans/{plan}`, without the plan itself.
    """
    site.board.snapshot(plan)

    async def told() -> AsyncIterator[str | None]:
        async for snapshot in site.board.watch(plan):
            if snapshot is None:
                yield None
                continue
            name = "end" if snapshot.job.state.ended else "progress"
            yield event(name, PlanAnswer.of(snapshot).model_dump_json())

    return event_stream(told())


@router.delete("/{plan}", status_code=202)
def stop(plan: JobId, site: AnySite) -> PlanAnswer:
    """Stop planning; the best plan so far is kept."""
    return PlanAnswer.of(site.board.stop(plan))


@router.get("/{plan}/violations")
def violations(plan: JobId, site: AnySite) -> ReportAnswer:
    """Judge the plan by the rules, and count its figures anew."""
    job = site.board.snapshot(plan).job
    if job.result is None:
        raise UnknownError(f"there is no plan of {plan} to judge")
    found = _edition(site, job)
    assert found.plan is not None
    report = judge(found.loaded, found.plan)
    return ReportAnswer(
        violations=[ViolationAnswer.of(each) for each in report.violations],
        objective={tier.value: value for tier, value in report.objective.items()},
        warnings=list(report.warnings),
    )


def _edition(site: Site, job: Job) -> Edition:
    assert job.result is not None
    return edition(site.store, site.store.versions.get(job.project, job.result))
