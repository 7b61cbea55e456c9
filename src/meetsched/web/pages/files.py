"""Files to take home: of published versions, and of what any version was planned with."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from meetsched.domain.words import day
from meetsched.errors import RequestError
from meetsched.service.downloads import INSTANCE_FILES, PLAN_FILES, Download, download, letters
from meetsched.service.projects import Edition, Version, VersionKind, edition
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import Number, ProjectId
from meetsched.web.typed import AnyForm, Typed

router = APIRouter(prefix="/projects/{project}/versions/{number}/files")

_UNTOUCHED = Typed()
FileName = Annotated[str, Path(max_length=100)]


@router.get("")
def show(page: AnyPage, project: ProjectId, number: Number) -> Response:
    """Show all files of a version."""
    return _show(page, project, number)


@router.get("/{name}")
def send(page: AnyPage, project: ProjectId, number: Number, name: FileName) -> Response:
    """Send a file; those made of a plan only of versions that are published."""
    version = page.store.versions.get(project, number)
    if name in {offer.name for offer in PLAN_FILES}:
        _require_published(version)
    return _sent(download(page.store, version, name))


@router.post("/messages")
def send_letters(page: AnyPage, project: ProjectId, number: Number, sent: AnyForm) -> Response:
    """Send an archive of messages to those for whom a published version has news since another one."""
    shown = edition(page.store, page.store.versions.get(project, number))
    _require_published(shown.version)
    before = _told(page, project, sent.get("told"))
    cities = ("", *(city.id for city in shown.instance.cities))
    try:
        return _sent(letters(shown, before, {city: sent.get(f"sender{city}") for city in cities}))
    except RequestError as error:
        message = f"{str(error)[:1].upper()}{str(error)[1:]}."
        return _show(page, project, number, Typed(sent.values, message=message, status=422))


def _told(page: Page, project: str, number: str) -> Edition | None:
    """Return the published version that people know already; None where they know nothing."""
    if number == "0":
        return None
    if not number.isdecimal() or len(number) > 9:
        raise RequestError("expected the number of a version that is published")
    told = edition(page.store, page.store.versions.get(project, int(number)))
    _require_published(told.version)
    return told


def _show(page: Page, project: str, number: int, form: Typed = _UNTOUCHED) -> Response:
    known = page.store.project(project)
    shown = edition(page.store, page.store.versions.get(project, number))
    cities = shown.instance.cities
    earlier = [
        each
        for each in page.store.versions.of(project)
        if each.kind is VersionKind.PUBLISHED and each.number < number
    ]
    return page.show(
        "files.html",
        form.status,
        project=known,
        version=shown.version,
        is_published=shown.version.kind is VersionKind.PUBLISHED,
        plan_files=PLAN_FILES,
        instance_files=INSTANCE_FILES,
        told=[(str(each.number), f"Version {each.number}, published {_when(each)}") for each in earlier]
        + [("0", "Nothing: invite everybody")],
        cities=cities if len(cities) > 1 else (),
        form=form,
    )


def _when(version: Version) -> str:
    return day(version.created.astimezone().date())


def _require_published(version: Version) -> None:
    if version.kind is not VersionKind.PUBLISHED:
        raise RequestError(f"version {version.number} is not published; publish it first")


def _sent(file: Download) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.media, headers=headers)
