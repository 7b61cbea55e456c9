"""The quarter: a plan as a list and as a calendar."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from meetsched.domain.words import money
from meetsched.service.projects import Edition, edition
from meetsched.service.viewing import quarter
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import ProjectId

router = APIRouter()


@router.get("/projects/{project}")
def show(
    page: AnyPage, project: ProjectId, version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> Response:
    """Show a version's plan; the newest plan where none is asked for."""
    known = page.store.project(project)
    shown = _edition(page, project, version)
    plan = None if shown.plan is None else quarter(shown.instance, shown.plan)
    return page.show(
        "quarter.html",
        project=known,
        shown=shown,
        instance=shown.instance,
        quarter=plan,
        draft=page.store.drafts.get(project),
        jobs=[job for job in page.store.jobs.of(project, 5) if not job.state.ended],
        money=partial(money, currency=shown.instance.currency),
    )


def _edition(page: Page, project: str, number: int | None) -> Edition:
    versions = page.store.versions
    if number is not None:
        return edition(page.store, versions.get(project, number))
    newest = versions.latest(project, with_plan=True) or versions.latest(project)
    assert newest is not None, "a project has a version from its beginning"
    return edition(page.store, newest)
