"""The projects, and a new one from a file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import Response

from meetsched.errors import DataError
from meetsched.service.documents import load_upload
from meetsched.service.projects import import_instance
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page

router = APIRouter()


@router.get("/")
@router.get("/projects")
def show(page: AnyPage) -> Response:
    """Show all projects."""
    return _show(page)


@router.post("/projects")
def upload(page: AnyPage, files: Annotated[list[UploadFile], File()]) -> Response:
    """Make a project of a workbook or another file, and the calendars that it names."""
    contents = {each.filename or "": each.file.read() for each in files}
    calendars = {name: data for name, data in contents.items() if PurePath(name).suffix.lower() == ".ics"}
    instances = [name for name in contents if name and name not in calendars]
    if len(instances) != 1:
        message = "Choose one workbook, YAML or JSON file, and the calendars that it names, if any."
        return _show(page, 400, message=message)
    try:
        loaded = load_upload(instances[0], contents[instances[0]], calendars)
    except DataError as error:
        return _show(page, 422, faults=error.faults, file=instances[0])
    version = import_instance(page.store, loaded, page.author, instances[0])
    return page.go(project_at(version.project))


def _show(page: Page, status: int = 200, **values: Any) -> Response:
    given: dict[str, Any] = {"message": "", "faults": (), "file": ""}
    return page.show("projects.html", status, projects=page.store.projects(), **{**given, **values})
