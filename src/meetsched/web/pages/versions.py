"""The versions of a project."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from meetsched.service.projects import VersionKind, made_by
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage
from meetsched.web.site import Number, ProjectId

router = APIRouter(prefix="/projects/{project}/versions")


@router.get("")
def show(page: AnyPage, project: ProjectId) -> Response:
    """Show all versions, the newest first."""
    known = page.store.project(project)
    return page.show("versions.html", project=known, versions=page.store.versions.of(project))


@router.post("/{number}/restore")
def restore(page: AnyPage, project: ProjectId, number: Number) -> Response:
    """Go back to a version: it becomes the newest one, and the draft."""
    made = made_by(page.author, f"Back to version {number}")
    page.store.versions.repeat(project, number, VersionKind.RESTORED, made)
    return page.go(project_at(project))
