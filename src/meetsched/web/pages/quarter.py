"""The quarter: a plan as a list and as a calendar."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.words import one_line
from meetsched.service.projects import Edition, edition
from meetsched.service.viewing import Chosen, not_held, quarter
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import ProjectId

router = APIRouter()

Id = Annotated[str, Query(max_length=200)]


def _chosen(city: Id = "", venue: Id = "", person: Id = "") -> Chosen:
    return Chosen(city, venue, person)


@router.get("/projects/{project}")
def show(
    page: AnyPage,
    project: ProjectId,
    chosen: Annotated[Chosen, Depends(_chosen)],
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    """Show a version's plan, or a city's, a venue's or a person's part of it.

    The newest plan where none is asked for.
    """
    known = page.store.project(project)
    shown = _edition(page, project, version)
    plan = None if shown.plan is None else quarter(shown.instance, shown.plan, chosen)
    return page.show(
        "quarter.html",
        project=known,
        shown=shown,
        instance=shown.instance,
        quarter=plan,
        not_held=() if shown.plan is None else not_held(shown.instance, shown.plan, chosen),
        draft=page.store.drafts.get(project),
        jobs=[job for job in page.store.jobs.of(project, 5) if not job.state.ended],
        chosen=chosen,
        whose=_whose(shown.instance, chosen),
        choices=_choices(shown.instance),
    )


def _whose(instance: Instance, chosen: Chosen) -> str:
    """Say whose meetings are shown, as the rest of a sentence; nothing where all are."""
    names = Names(instance)
    parts = [
        f"of {names.city(chosen.city)}" if chosen.city else "",
        f"in {names.venue(chosen.venue)}" if chosen.venue else "",
        f"with {names.person(chosen.person)}" if chosen.person else "",
    ]
    return " ".join(part for part in parts if part)


def _choices(instance: Instance) -> dict[str, list[tuple[str, str]]]:
    """Return whose meetings may be chosen: ids and names, in the order of the alphabet but for cities."""
    people = sorted(instance.people, key=lambda person: person.name)
    venues = sorted(instance.venues, key=lambda venue: venue.name)
    return {
        "cities": [(city.id, one_line(city.name)) for city in instance.cities],
        "venues": [(venue.id, one_line(venue.name)) for venue in venues],
        "people": [(person.id, one_line(person.name)) for person in people],
    }


def _edition(page: Page, project: str, number: int | None) -> Edition:
    versions = page.store.versions
    if number is not None:
        return edition(page.store, versions.get(project, number))
    newest = versions.latest(project, with_plan=True) or versions.latest(project)
    assert newest is not None, "a project has a version from its beginning"
    return edition(page.store, newest)
