"""What searches have found: reasons and ways out, plans to choose from, and to take one of them."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from meetsched.errors import UnknownError
from meetsched.service.comparing import plan_lines
from meetsched.service.documents import plan_of
from meetsched.service.projects import edition, plan_version
from meetsched.service.taking import apply_way, finding, take_plan
from meetsched.service.viewing import quarter
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage
from meetsched.web.site import JobId, ProjectId

router = APIRouter(prefix="/projects/{project}/jobs/{job}")

_SECONDS = 60.0
_REPAIRS = ("as_of", "freeze_days", "thaw", "max_changes", "newest")
"""The options of jobs that go on from what was published."""
Place = Annotated[int, Path(ge=1, le=10_000)]


def _kind_of(request: Request) -> str:
    """Return the kind of job whose page it is, which is the last part of its path."""
    return request.url.path.rsplit("/", 1)[-1]


@router.get("/explain")
@router.get("/curve")
@router.get("/changes")
@router.get("/alternatives")
@router.get("/sharing")
@router.get("/resilience")
def show(page: AnyPage, project: ProjectId, job: JobId, kind: Annotated[str, Depends(_kind_of)]) -> Response:
    """Show what a job has found."""
    found = finding(page.store, project, job, kind)
    draft = page.store.drafts.get(project)
    return page.show(
        f"found/{kind}.html",
        project=page.store.project(project),
        found=found.document,
        base=found.base,
        job=found.job,
        here=project_at(project, "jobs", job),
        draft_is_base=draft.instance_sha256 == found.base.version.instance_sha256,
    )


@router.post("/explain")
def explain(page: AnyPage, project: ProjectId, job: JobId) -> Response:
    """Ask why a job has found no plan, and what would help; as it was asked of what was published."""
    failed = page.store.jobs.get(job)
    if failed.project != project:
        raise UnknownError(f"there is no job {job} of {project}")
    asked = json.loads(failed.options)
    options = {key: asked[key] for key in _REPAIRS if asked.get(key) is not None}
    published = {"published": True} if options else {}
    started = page.board.start(
        project,
        "explain",
        {"time_limit": max(_SECONDS, float(asked.get("time_limit", 0))), **options, **published},
        page.author,
        version=failed.base,
    )
    return page.go(project_at(project, "jobs", started.id))


@router.get("/plans/{number}")
def show_plan(page: AnyPage, project: ProjectId, job: JobId, number: Place) -> Response:
    """Show one of the plans that were found, and what it would change."""
    found = finding(page.store, project, job)
    instance, plan = found.base.instance, plan_of(found.plan_text(number))
    before = plan_version(page.store, found.base.version)
    earlier = None if before is None else edition(page.store, before).plan
    return page.show(
        "found/plan.html",
        project=page.store.project(project),
        number=number,
        kind=found.job.kind,
        here=project_at(project, "jobs", job),
        base=found.base,
        before=before,
        changes=() if earlier is None else plan_lines(instance, earlier, plan),
        instance=instance,
        quarter=quarter(instance, plan),
        takeable=found.job.kind != "explain",
    )


@router.post("/plans/{number}/take")
def take(page: AnyPage, project: ProjectId, job: JobId, number: Place) -> Response:
    """Take one of the plans that were found: it becomes a version."""
    version = take_plan(page.store, finding(page.store, project, job), number, page.author)
    return page.go(project_at(project) + f"?version={version.number}")


@router.post("/ways/{number}/apply")
def apply(page: AnyPage, project: ProjectId, job: JobId, number: Place) -> Response:
    """Write a way out into the draft, and plan anew with it, where what was published does not bind it."""
    found = finding(page.store, project, job, "explain")
    apply_way(page.store, found, number)
    if json.loads(found.job.options).get("published"):
        return page.go(project_at(project, "repair"))
    note = f"With way out {number} applied"
    started = page.board.start(project, "solve", {"time_limit": _SECONDS}, page.author, note=note)
    return page.go(project_at(project, "jobs", started.id))
