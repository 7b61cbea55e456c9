"""The versions of a project: listed, compared, gone back to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from meetsched.service.comparing import compare_versions
from meetsched.service.projects import Version, VersionKind, edition, keep_draft, made_by
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage
from meetsched.web.site import Number, ProjectId

router = APIRouter(prefix="/projects/{project}/versions")

Chosen = Annotated[int, Query(ge=1, le=2**31 - 1)]


@router.get("")
def show(page: AnyPage, project: ProjectId) -> Response:
    """Show all versions, the newest first."""
    known = page.store.project(project)
    draft = page.store.drafts.get(project)
    versions = page.store.versions.of(project)
    base = next(each for each in versions if each.number == draft.base)
    return page.show(
        "versions.html",
        project=known,
        versions=versions,
        draft=draft,
        changed=draft.instance_sha256 != base.instance_sha256,
    )


@router.get("/compare")
def choose(page: AnyPage, project: ProjectId, old: Chosen, new: Chosen) -> Response:
    """Go to the comparison of two versions that a form names."""
    return page.go(project_at(project, "versions", old, "compare", new))


@router.get("/{number}/compare/{other}")
def compare(page: AnyPage, project: ProjectId, number: Number, other: Number) -> Response:
    """Show two versions side by side."""
    known = page.store.project(project)
    old, new = (edition(page.store, page.store.versions.get(project, each)) for each in (number, other))
    return page.show(
        "compare.html",
        project=known,
        versions=page.store.versions.of(project),
        old=old,
        new=new,
        compared=compare_versions(page.store, old, new),
    )


@router.post("/{number}/restore")
def restore(page: AnyPage, project: ProjectId, number: Number) -> Response:
    """Go back to a version: it becomes the newest one, and the draft; what the draft said is kept before."""
    asked = page.store.versions.get(project, number)
    keep_draft(page.store, project, page.author, f"As it was before going back to version {number}")
    restored: Version = page.store.versions.repeat(
        project, asked.number, VersionKind.RESTORED, made_by(page.author, f"Back to version {number}")
    )
    return page.go(project_at(project) + f"?version={restored.number}")
