"""Calendars at secret addresses: made, shown, taken away, and read by calendar programs."""

from __future__ import annotations

from hashlib import sha256
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import PlainTextResponse, Response

from meetsched.domain.names import Names
from meetsched.errors import UnknownError
from meetsched.service.releasing import (
    Feed,
    FeedKind,
    feed_calendar,
    make_feeds,
    published,
    subjects,
)
from meetsched.web.addresses import at, project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import AnySite, ProjectId

router = APIRouter()

_KINDS = {FeedKind.PERSON: "People", FeedKind.VENUE: "Venues", FeedKind.CITY: "Cities"}
_NONE = "There is no such calendar; perhaps it was taken away.\n"
_HEADERS = {"Cache-Control": "private, no-cache", "Cross-Origin-Resource-Policy": "same-origin"}

Token = Annotated[str, Path(max_length=100)]


@router.api_route("/feeds/{token}.ics", methods=["GET", "HEAD"])
def read(site: AnySite, request: Request, token: Token) -> Response:
    """Send a calendar to whoever knows its address: without a cookie, and only where it is new."""
    try:
        feed, content = feed_calendar(site.store, token)
    except UnknownError:
        return PlainTextResponse(_NONE, 404)
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {**_HEADERS, "ETag": tag}
    if _knows(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{feed.kind.value}.ics"'
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _knows(known: str, tag: str) -> bool:
    """Whether a header lists a tag; weak ones are as good."""
    listed = [each.strip().removeprefix("W/") for each in known.split(",")]
    return tag in listed or "*" in listed


@router.get("/projects/{project}/calendars")
def show(page: AnyPage, project: ProjectId) -> Response:
    """Show all addresses, and forms to make and take away some."""
    known = page.store.project(project)
    shown = published(page.store, project)
    feeds = [feed for feed in page.store.feeds.of(project) if feed.revoked is None]
    have = {(feed.kind, feed.subject) for feed in feeds}
    free = [] if shown is None else [each for each in subjects(shown) if (each.kind, each.id) not in have]
    return page.show(
        "calendars.html",
        project=known,
        shown=shown,
        groups=_groups(page, feeds, None if shown is None else Names(shown.instance)),
        free=[(_KINDS[kind], kind, list(each)) for kind, each in groupby(free, lambda one: one.kind)],
    )


def _groups(
    page: Page, feeds: list[Feed], names: Names | None
) -> list[tuple[str, FeedKind, list[tuple[str, str, str]]]]:
    """Return the addresses by what they are of: name, address and token of each, in the order of names."""
    if names is None:
        return []
    say = {FeedKind.PERSON: names.person, FeedKind.VENUE: names.venue, FeedKind.CITY: names.city}
    base = str(page.request.base_url).rstrip("/")

    def of(kind: FeedKind) -> list[tuple[str, str, str]]:
        mine = (feed for feed in feeds if feed.kind is kind)
        return sorted(
            (say[kind](feed.subject), f"{base}{at('feeds', feed.token)}.ics", feed.token) for feed in mine
        )

    return [(heading, kind, of(kind)) for kind, heading in _KINDS.items()]


@router.post("/projects/{project}/calendars")
def make(
    page: AnyPage, project: ProjectId, kind: Annotated[FeedKind, Form()], subject: Annotated[str, Form()] = ""
) -> Response:
    """Make an address for one, or for all of a kind that have none."""
    make_feeds(page.store, project, kind, subject)
    return page.go(project_at(project, "calendars") + f"#{kind.value}")


@router.post("/projects/{project}/calendars/revoke")
def revoke(page: AnyPage, project: ProjectId, token: Annotated[str, Form(max_length=100)]) -> Response:
    """Take an address away for good."""
    if page.store.feeds.get(token).project != project:
        raise UnknownError("there is no such calendar")
    page.store.feeds.revoke(token)
    return page.go(project_at(project, "calendars"))
