"""What every request may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request

from meetsched.store.store import Store
from meetsched.web.jobs.board import JobBoard
from meetsched.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Site:
    """What every request may use.

    Attributes
    ----------
    settings : Settings
    store : Store
    board : JobBoard
    secret : str
        What signs are made with.
    """

    settings: Settings
    store: Store
    board: JobBoard
    secret: str


def site_of(request: Request) -> Site:
    """Return the site that a request is sent to."""
    site: Site = request.app.state.site
    return site


AnySite = Annotated[Site, Depends(site_of)]
"""A parameter of this type is given the site."""

ProjectId = Annotated[str, Path(max_length=200, description="The id of the project's instances.")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="A version's number within its project.")]
JobId = Annotated[str, Path(max_length=64, description="What POST has answered.")]
EntryId = Annotated[str, Path(max_length=200, description="The id of an entry of the instance.")]
