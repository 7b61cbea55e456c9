"""Cities together: what they share, when each uses it, and what each gets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from meetsched.service.projects import edition
from meetsched.service.region import region
from meetsched.web.page import AnyPage
from meetsched.web.site import ProjectId

router = APIRouter(prefix="/projects/{project}/together")


@router.get("")
def show(
    page: AnyPage, project: ProjectId, version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> Response:
    """Show shared rooms and people over all cities, and each city's share of its ideal."""
    known = page.store.project(project)
    versions = page.store.versions
    chosen = versions.latest(project, with_plan=True) if version is None else versions.get(project, version)
    shown = None if chosen is None or chosen.plan_sha256 is None else edition(page.store, chosen)
    return page.show(
        "together.html",
        project=known,
        shown=shown,
        several=shown is not None and len(shown.instance.cities) > 1,
        region=region(shown.instance, shown.plan) if shown is not None and shown.plan is not None else None,
        found=[job for job in page.store.jobs.of(project) if job.kind == "sharing" and job.document],
    )
