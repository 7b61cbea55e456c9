"""Move a meeting: where it could go, what a place would break or cost, and the plans with it there."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from meetsched.domain.proof import TIER_NAMES
from meetsched.domain.words import clock, one_line
from meetsched.errors import RequestError, UnknownError
from meetsched.service.documents import plan_text
from meetsched.service.moving import Moving, Place, moving
from meetsched.service.projects import VersionKind, keep_plan, made_by
from meetsched.service.viewing import Chosen, quarter
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.pages.meetings import SECONDS, AnyMeeting, Which, edition_of, start_question
from meetsched.web.typed import AnyForm, Sent, Typed

router = APIRouter(prefix="/projects/{project}/versions/{number}/meetings/{city}/{topic}/move")

Day = Annotated[date | None, Query(alias="date")]
Text = Annotated[str, Query(max_length=200)]


@router.get("")
def show(page: AnyPage, which: AnyMeeting, when: Day = None, start: Text = "", venue: Text = "") -> Response:
    """Show where a meeting could go; of a chosen place, what it would break or cost."""
    known = page.store.project(which.project)
    shown = edition_of(page, which.project, which.number)
    moved = _moving(page, which)
    assert shown.plan is not None
    place = None if when is None else _place(moved, when, start, venue)
    on = place.start.date() if place else moved.now.start.date()
    return page.show(
        "move.html",
        project=known,
        shown=shown,
        instance=shown.instance,
        which=which,
        here=which.at(),
        moved=moved,
        name=one_line(moved.meeting.title),
        trial=None if place is None or place == moved.now else moved.trial(place),
        place=place or moved.now,
        hours=moved.hours(on) or (clock(moved.now.start),),
        day_places=moved.possible(on) if place else {},
        quarter=quarter(shown.instance, shown.plan, Chosen(city=which.city)),
        tier_names=TIER_NAMES,
        form=Typed({"date": on.isoformat(), "seconds": str(SECONDS)}),
    )


@router.get("/days")
def days(page: AnyPage, which: AnyMeeting) -> Response:
    """Tell of each date whether the meeting could be there, and in words."""
    moved = _moving(page, which)
    return JSONResponse({day.isoformat(): room.value for day, (room, _) in moved.rooms.items()})


@router.post("")
def take(page: AnyPage, which: AnyMeeting, sent: AnyForm) -> Response:
    """Move the meeting and nothing else: a new version, unless that breaks a rule."""
    moved = _moving(page, which)
    place = _sent_place(moved, sent)
    plan = plan_text(moved.taken(place))
    base = page.store.versions.get(which.project, which.number)
    note = f"{one_line(moved.meeting.title)}: {moved.trial(place).text}"
    version = keep_plan(page.store, base, VersionKind.MOVED, plan, made_by(page.author, note))
    return page.go(f"{project_at(which.project)}?version={version.number}")


@router.post("/plan")
def plan(page: AnyPage, which: AnyMeeting, sent: AnyForm) -> Response:
    """Look for the best plans that have the meeting there, whatever else has to move."""
    _sent_place(_moving(page, which), sent)
    job = start_question(page, which, sent, moving=True)
    return page.go(project_at(which.project, "jobs", job.id))


def _moving(page: Page, which: Which) -> Moving:
    versions = page.store.versions
    version = versions.get(which.project, which.number)
    if version.plan_sha256 is None:
        raise UnknownError(f"version {which.number} has no plan")
    texts = (versions.text(sha256) for sha256 in (version.instance_sha256, version.plan_sha256))
    return moving(*texts, which.city, which.topic)


def _place(moved: Moving, when: date, start: str, venue: str) -> Place:
    """Return the place that was chosen; of a date alone, the first that suits."""
    if start or venue or when not in moved.rooms:
        return moved.place(when, start, venue)
    return moved.rooms[when][1]


def _sent_place(moved: Moving, sent: Sent) -> Place:
    try:
        when = date.fromisoformat(sent.get("date"))
    except ValueError:
        raise RequestError("choose a date") from None
    if moved.is_over:
        raise RequestError("this meeting is over; it stays where it was")
    return moved.place(when, sent.get("start"), sent.get("venue"))
