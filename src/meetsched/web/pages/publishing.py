"""Publish a version, and see what has been published."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from meetsched.domain.report import Report
from meetsched.service.comparing import plan_lines
from meetsched.service.projects import Edition, Version, VersionKind, edition
from meetsched.service.releasing import published, release
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import ProjectId

router = APIRouter(prefix="/projects/{project}/publish")

_HIGHEST = 2**31 - 1


@router.get("")
def show(
    page: AnyPage,
    project: ProjectId,
    version: Annotated[int | None, Query(ge=1, le=_HIGHEST)] = None,
    done: bool = False,
) -> Response:
    """Show what would be published, what that changes for people, and what has been published."""
    return _show(page, project, version, done=done)


@router.post("")
def publish(
    page: AnyPage,
    project: ProjectId,
    version: Annotated[int, Form(ge=1, le=_HIGHEST)],
    note: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Publish a version; one that breaks a rule is not, and the reasons are told."""
    released = release(page.store, project, version, page.author, " ".join(note.split()))
    if released.version is None:
        return _show(page, project, version, 422, report=released.report)
    return page.go(project_at(project, "publish") + "?done=true")


def _show(
    page: Page,
    project: str,
    number: int | None,
    status: int = 200,
    *,
    report: Report | None = None,
    done: bool = False,
) -> Response:
    known = page.store.project(project)
    versions = page.store.versions.of(project)
    chosen = _chosen(page, versions, number)
    last = published(page.store, project)
    return page.show(
        "publish.html",
        status,
        project=known,
        candidates=[each for each in versions if each.plan_sha256 is not None],
        chosen=chosen,
        last=last,
        is_last=chosen is not None and last is not None and chosen.version.number == last.version.number,
        changes=_changes(last, chosen),
        published=[each for each in versions if each.kind is VersionKind.PUBLISHED],
        report=report,
        done=done,
    )


def _chosen(page: Page, versions: tuple[Version, ...], number: int | None) -> Edition | None:
    """Return the version asked for, or the newest one that has a plan."""
    with_plan = [each for each in versions if each.plan_sha256 is not None]
    wanted = [each for each in with_plan if number in (None, each.number)]
    return edition(page.store, wanted[0]) if wanted else None


def _changes(last: Edition | None, chosen: Edition | None) -> tuple[str, ...]:
    """Say what would change for people; nothing where nothing has been published yet."""
    if last is None or last.plan is None or chosen is None or chosen.plan is None:
        return ()
    return plan_lines(chosen.instance, last.plan, chosen.plan)
