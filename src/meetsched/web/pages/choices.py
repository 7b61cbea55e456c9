"""Questions that take a search: why there is no plan, what other plans there are, what an absence does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from meetsched.errors import RequestError
from meetsched.service.projects import plan_version
from meetsched.store import Job
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import ProjectId

router = APIRouter(prefix="/projects/{project}/choices")

_LONGEST = 24 * 3600
Seconds = Annotated[int, Form(ge=1, le=_LONGEST)]

KINDS: Mapping[str, str] = {
    "explain": "Why there is no plan, or what binds it",
    "alternatives": "Plans to choose from",
    "curve": "What more money buys",
    "changes": "What more changes buy",
    "resilience": "If somebody drops out",
    "sharing": "What cities give each other",
}
"""The jobs that find something to be looked at, and what their pages are called."""


@router.get("")
def show(page: AnyPage, project: ProjectId) -> Response:
    """Show the questions, and what was found before."""
    known = page.store.project(project)
    base = page.store.versions.get(project, page.store.drafts.get(project).base)
    jobs = [job for job in page.store.jobs.of(project) if job.kind in KINDS]
    return page.show(
        "choices.html",
        project=known,
        kinds=KINDS,
        planned=plan_version(page.store, base),
        found=[job for job in jobs if job.document is not None],
        under_way=[job for job in jobs if not job.state.ended],
    )


@router.post("/explain")
def explain(page: AnyPage, project: ProjectId, seconds: Seconds = 120) -> Response:
    """Ask why the draft has no plan, or what binds the plan that it has."""
    return _start(page, project, "explain", {"time_limit": float(seconds)})


@router.post("/alternatives")
def alternatives(
    page: AnyPage,
    project: ProjectId,
    seconds: Seconds = 120,
    most: Annotated[int, Form(ge=2, le=20)] = 5,
    give: Annotated[int, Form(ge=0, le=100)] = 2,
) -> Response:
    """Ask for plans that lose at most some percent, and differ as much as possible."""
    options = {"time_limit": float(seconds), "most": most, "give": str(give / 100)}
    return _start(page, project, "alternatives", options)


@router.post("/curve")
def curve(
    page: AnyPage,
    project: ProjectId,
    seconds: Seconds = 120,
    most: Annotated[int, Form(ge=2, le=50)] = 8,
) -> Response:
    """Ask what more money buys."""
    return _start(page, project, "curve", {"time_limit": float(seconds), "most": most})


@router.post("/changes")
def changes(
    page: AnyPage,
    project: ProjectId,
    seconds: Seconds = 120,
    as_of: Annotated[str, Form(max_length=10)] = "",
    freeze_days: Annotated[int, Form(ge=0, le=366)] = 7,
) -> Response:
    """Ask what more changes of what was published last buy."""
    if page.store.project(project).published is None:
        raise RequestError("nothing is published yet, so that there is nothing to change")
    options = {"time_limit": float(seconds), "freeze_days": freeze_days, **_date(as_of)}
    return _start(page, project, "changes", options)


@router.post("/resilience")
def resilience(
    page: AnyPage,
    project: ProjectId,
    seconds: Seconds = 300,
    as_of: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Ask what becomes of the plan without each person and each venue."""
    return _start(page, project, "resilience", {"time_limit": float(seconds), **_date(as_of)})


@router.post("/sharing")
def sharing(page: AnyPage, project: ProjectId, seconds: Seconds = 300) -> Response:
    """Ask what each city gives up, and to whom."""
    return _start(page, project, "sharing", {"time_limit": float(seconds)})


def _start(page: Page, project: str, kind: str, options: Mapping[str, Any]) -> Response:
    job: Job = page.board.start(project, kind, options, page.author)
    return page.go(project_at(project, "jobs", job.id))


def _date(text: str) -> dict[str, str]:
    """Return a date of a form as an option; nothing where none was typed."""
    if not text.strip():
        return {}
    try:
        return {"as_of": date.fromisoformat(text.strip()).isoformat()}
    except ValueError:
        raise RequestError(f"{text.strip()} is not a date such as 2027-01-31") from None
