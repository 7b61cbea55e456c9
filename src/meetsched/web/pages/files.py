"""Files to take home: of published versions, and of what any version was planned with."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from meetsched.errors import RequestError
from meetsched.service.downloads import INSTANCE_FILES, PLAN_FILES, Download, download, letters
from meetsched.service.projects import Edition, VersionKind, edition
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import Number, ProjectId

router = APIRouter(prefix="/projects/{project}/versions/{number}/files")

FileName = Annotated[str, Path(max_length=100)]


@router.get("")
def show(page: AnyPage, project: ProjectId, number: Number) -> Response:
    """Show all files of a version."""
    return _show(page, project, number)


@router.get("/{name}")
def send(page: AnyPage, project: ProjectId, number: Number, name: FileName) -> Response:
    """Send a file; those made of a plan only of versions that are published."""
    shown = edition(page.store, page.store.versions.get(project, number))
    if name in {offer.name for offer in PLAN_FILES}:
        _require_published(shown)
    return _sent(download(shown, name))


@router.post("/messages")
def send_letters(
    page: AnyPage,
    project: ProjectId,
    number: Number,
    sender: Annotated[str, Form(max_length=300)],
    told: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """Send an archive of messages to those for whom a published version has news since another one."""
    shown = edition(page.store, page.store.versions.get(project, number))
    _require_published(shown)
    before = None
    if told:
        before = edition(page.store, page.store.versions.get(project, told))
        _require_published(before)
    try:
        return _sent(letters(shown, before, sender.strip()))
    except RequestError as error:
        return _show(page, project, number, str(error), sender)


def _show(page: Page, project: str, number: int, message: str = "", sender: str = "") -> Response:
    known = page.store.project(project)
    version = page.store.versions.get(project, number)
    earlier = [
        each
        for each in page.store.versions.of(project)
        if each.kind is VersionKind.PUBLISHED and each.number < number
    ]
    return page.show(
        "files.html",
        422 if message else 200,
        project=known,
        version=version,
        is_published=version.kind is VersionKind.PUBLISHED,
        plan_files=PLAN_FILES,
        instance_files=INSTANCE_FILES,
        earlier=earlier,
        message=message,
        sender=sender,
    )


def _require_published(shown: Edition) -> None:
    if shown.version.kind is not VersionKind.PUBLISHED:
        number = shown.version.number
        raise RequestError(f"version {number} is not published; publish it first, then take its files")


def _sent(file: Download) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.media, headers=headers)
