"""Pins: what meetings are held to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from meetsched.domain.instance import Instance
from meetsched.domain.scalars import format_clock
from meetsched.domain.words import ROLE_NAMES, one_line
from meetsched.service.pinning import meeting_name, shown_pins, with_pin, without_pin
from meetsched.service.projects import draft_of
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import ProjectId
from meetsched.web.typed import AnyForm, Sent, Typed, take_over

router = APIRouter(prefix="/projects/{project}/pins")

_KEYS = ("date", "start", "venue")


@router.get("")
def show(page: AnyPage, project: ProjectId, saved: bool = False, meeting: str = "") -> Response:
    """Show all pins, and a form for another."""
    return _show(page, project, Typed({"meeting": meeting}), saved=saved)


@router.post("")
def add(page: AnyPage, project: ProjectId, sent: AnyForm) -> Response:
    """Set a pin."""
    edit, part = with_pin(page.store.drafts.text(project), _pin(sent))
    fields = {key: key for key in _KEYS} | {"city": "meeting", "topic": "meeting"}
    fields |= {"people[0].person": "person", "people[0].role": "role"}
    return _done(page, project, take_over(page, project, sent, [edit], part=part, fields=fields))


@router.post("/remove")
def remove(page: AnyPage, project: ProjectId, sent: AnyForm) -> Response:
    """Take away a pin, which the form names by its place."""
    edit = without_pin(page.store.drafts.text(project), sent.get("index"))
    return _done(page, project, take_over(page, project, sent, [edit]))


def _done(page: Page, project: str, form: Typed | None) -> Response:
    if form is not None:
        return _show(page, project, form)
    return page.go(project_at(project, "pins") + "?saved=true")


def _pin(sent: Sent) -> dict[str, Any]:
    """Return a pin as instances write it; where it is not to be held, nothing else is said of it."""
    city, _, topic = sent.get("meeting").partition("/")
    pin: dict[str, Any] = {"city": city, "topic": topic}
    if sent.get("held") == "no":
        return pin | {"held": False}
    pin |= {key: value for key in _KEYS if (value := sent.get(key))}
    if person := sent.get("person"):
        role = sent.get("role")
        pin["people"] = [{"person": person} | ({"role": role} if role else {})]
    return pin


def _show(page: Page, project: str, form: Typed, *, saved: bool = False) -> Response:
    known = page.store.project(project)
    draft, loaded = draft_of(page.store, project)
    instance = loaded.instance
    starts = sorted({start for rule in instance.slots for start in rule.starts})
    return page.show(
        "pins.html",
        form.status,
        project=known,
        pins=shown_pins(instance),
        form=form,
        revision=draft.revision,
        saved=saved,
        meetings=_meetings(instance),
        starts=[(format_clock(start), format_clock(start)) for start in starts],
        venues=[(venue.id, one_line(venue.name)) for venue in instance.venues],
        people=sorted(((each.id, one_line(each.name)) for each in instance.people), key=lambda each: each[1]),
        roles=[(role.value, name) for role, name in ROLE_NAMES.items()],
    )


def _meetings(instance: Instance) -> list[tuple[str, str]]:
    """Return all that may be held, with its name."""
    return [
        (f"{city.id}/{topic.id}", meeting_name(instance, city.id, topic.id))
        for city in instance.cities
        for topic in instance.topics
        if city.id in instance.cities_of_topic(topic)
    ]
