"""Planning in the background: begun, watched, stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from meetsched.domain.proof import tier_amount
from meetsched.errors import UnknownError
from meetsched.rules import Tier
from meetsched.service.projects import edition
from meetsched.web.addresses import project_at
from meetsched.web.events import event, event_stream
from meetsched.web.jobs.live import Snapshot
from meetsched.web.page import AnyPage, Page
from meetsched.web.pages.choices import KINDS
from meetsched.web.site import JobId, ProjectId

router = APIRouter(prefix="/projects/{project}")

_LONGEST = 24 * 3600
_TITLES = MappingProxyType({**KINDS, "resolve": "A repair in the making", "why": "A question"})


@router.post("/plan")
def plan(
    page: AnyPage, project: ProjectId, seconds: Annotated[int, Form(ge=1, le=_LONGEST)] = 60
) -> Response:
    """Start to plan the draft."""
    job = page.board.start(project, "solve", {"time_limit": float(seconds)}, page.author)
    return page.go(project_at(project, "jobs", job.id))


@router.get("/jobs/{job}")
def show(page: AnyPage, project: ProjectId, job: JobId) -> Response:
    """Show how far a job is."""
    snapshot = _snapshot(page, project, job)
    return page.show("job.html", project=page.store.project(project), **_values(page, snapshot))


@router.post("/jobs/{job}/stop")
def stop(page: AnyPage, project: ProjectId, job: JobId) -> Response:
    """Stop a job; the best that it has found is kept."""
    _snapshot(page, project, job)
    page.board.stop(job)
    return page.go(project_at(project, "jobs", job))


@router.get("/jobs/{job}/events")
def events(page: AnyPage, project: ProjectId, job: JobId) -> Response:
    """Send the part of the page that changes, whenever it does."""
    values = _values(page, _snapshot(page, project, job))

    async def parts() -> AsyncIterator[str | None]:
        async for snapshot in page.board.watch(job):
            if snapshot is None:
                yield None
                continue
            fresh = {**values, "snapshot": snapshot, "job": snapshot.job}
            yield event("progress", page.fill("parts/progress.html", **fresh))
            if snapshot.job.state.ended:
                yield event("end", "")

    return event_stream(parts())


def _snapshot(page: Page, project: str, job: str) -> Snapshot:
    snapshot = page.board.snapshot(job)
    if snapshot.job.project != project:
        raise UnknownError(f"there is no job {job} of {project}")
    return snapshot


def _values(page: Page, snapshot: Snapshot) -> dict[str, Any]:
    job = snapshot.job
    instance = edition(page.store, page.store.versions.get(job.project, job.base)).instance
    names = {city.id: city.name for city in instance.cities}

    def amount(tier: str, value: int | None) -> str:
        return "" if value is None else tier_amount(Tier(tier), value, instance.currency)

    title = _TITLES.get(job.kind, "A plan in the making")
    return {"snapshot": snapshot, "job": job, "city_names": names, "amount": amount, "title": title}
