"""When a person or a venue is to be had: absences and the hours of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from meetsched.domain.entities import Person, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.scalars import Weekday, WeeklyTable
from meetsched.domain.words import ROLE_NAMES, VENUE_KIND_NAMES, WEEKDAY_NAMES, count, listing, one_line
from meetsched.errors import UnknownError
from meetsched.service.editing import Edit, part_of, tree_of
from meetsched.service.projects import draft_of
from meetsched.service.timetables import away_value, aways, week_texts, week_values
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import EntryId, ProjectId
from meetsched.web.typed import AnyForm, Typed, take_over

router = APIRouter(prefix="/projects/{project}")


def _group_of(request: Request) -> str:
    """Return whose page it is: ``people`` or ``venues``."""
    return request.url.path.split("/")[3]


Group = Annotated[str, Depends(_group_of)]


class _Query(BaseModel):
    """What a link may say: that something was taken over, and the date of an absence to begin with."""

    saved: bool = False
    first: Annotated[str, Field(max_length=10)] = ""


@dataclass(frozen=True, slots=True)
class _Keys:
    """What the instance calls a group's hours and absences."""

    one: str
    week: str
    away: str


_KEYS: Mapping[str, _Keys] = {
    "people": _Keys("person", "available", "busy"),
    "venues": _Keys("venue", "hours", "closed"),
}


@router.get("/people/{name}")
@router.get("/venues/{name}")
def show(
    page: AnyPage, project: ProjectId, group: Group, name: EntryId, query: Annotated[_Query, Query()]
) -> Response:
    """Show when somebody or something is to be had, and the forms to change it."""
    away = Typed({"first": query.first, "last": query.first})
    return _show(page, project, group, name, saved=query.saved, forms={"away": away})


@router.post("/people/{name}/away")
@router.post("/venues/{name}/away")
def add_away(page: AnyPage, project: ProjectId, group: Group, name: EntryId, sent: AnyForm) -> Response:
    """Mark somebody as absent, or a venue as closed."""
    text, key = page.store.drafts.text(project), _KEYS[group].away
    kept = _entry(text, group, name).get(key, [])
    place = f"{key}[{len(kept)}]"
    value = away_value(*map(sent.get, ("first", "last", "since", "until", "why")))
    form = take_over(
        page,
        project,
        sent,
        [Edit({key: [*kept, value]}, group, name)],
        part=part_of(text, group, name),
        fields={f"{place}.start": "first", f"{place}.end": "last", f"{place}.why": "why"},
    )
    if form is None and sent.get("then") == "repair":
        return page.go(
            f"{project_at(project, 'repair')}?{urlencode({'why': _note(page, project, group, name)})}"
        )
    return _done(page, project, group, name, away=form)


def _note(page: Page, project: str, group: str, name: str) -> str:
    """Say what happened, without the reason."""
    entry = _known(draft_of(page.store, project)[1].instance, group, name)
    return f"{one_line(entry.name)} is {'absent' if group == 'people' else 'closed'}"


@router.post("/people/{name}/away/remove")
@router.post("/venues/{name}/away/remove")
def remove_away(page: AnyPage, project: ProjectId, group: Group, name: EntryId, sent: AnyForm) -> Response:
    """Take away an absence, which the form names by its place."""
    key = _KEYS[group].away
    kept = _entry(page.store.drafts.text(project), group, name).get(key, [])
    left = [each for place, each in enumerate(kept) if str(place) != sent.get("index")]
    form = take_over(page, project, sent, [Edit({key: left or None}, group, name)])
    return _done(page, project, group, name, away=form)


@router.post("/people/{name}/week")
@router.post("/venues/{name}/week")
def set_week(page: AnyPage, project: ProjectId, group: Group, name: EntryId, sent: AnyForm) -> Response:
    """Set the hours of the week."""
    key = _KEYS[group].week
    texts = {day: sent.get(day.value) for day in Weekday}
    value = None if sent.get("mode") == "always" else week_values(texts)
    form = take_over(
        page,
        project,
        sent,
        [Edit({key: value}, group, name)],
        part=part_of(page.store.drafts.text(project), group, name),
        fields={f"{key}.{day.value}": day.value for day in Weekday},
    )
    return _done(page, project, group, name, week=form)


def _done(page: Page, project: str, group: str, name: str, **forms: Typed | None) -> Response:
    failed = {which: form for which, form in forms.items() if form is not None}
    if failed:
        return _show(page, project, group, name, forms=failed)
    return page.go(project_at(project, group, name) + "?saved=true")


def _show(
    page: Page,
    project: str,
    group: str,
    name: str,
    *,
    saved: bool = False,
    forms: Mapping[str, Typed] = MappingProxyType({}),
) -> Response:
    known = page.store.project(project)
    draft, loaded = draft_of(page.store, project)
    instance, keys = loaded.instance, _KEYS[group]
    entry = _known(instance, group, name)
    return page.show(
        "availability.html",
        max((form.status for form in forms.values()), default=200),
        project=known,
        group=group,
        one=keys.one,
        entry=entry,
        summary=_summary(instance, entry),
        aways=aways(instance, entry),
        revision=draft.revision,
        dates=(instance.horizon.start.isoformat(), instance.horizon.end.isoformat()),
        weekdays=WEEKDAY_NAMES,
        saved=saved,
        away=forms.get("away", Typed()),
        week=forms.get("week", Typed(_week(getattr(entry, keys.week)))),
    )


def _week(table: WeeklyTable | None) -> dict[str, str]:
    """Return what the form of the week shows at first."""
    texts = {day.value: text for day, text in week_texts(table).items()}
    return {"mode": "always" if table is None else "table"} | texts


def _entry(text: str, group: str, name: str) -> dict[str, Any]:
    """Return an entry as the draft writes it; nothing where it has none."""
    return next((each for each in tree_of(text).get(group, ()) if each["id"] == name), {})


def _known(instance: Instance, group: str, name: str) -> Person | Venue:
    known: Mapping[str, Person | Venue]
    known = instance.person_by_id if group == "people" else instance.venue_by_id
    if name not in known:
        raise UnknownError(f"there is no {name} among the {group}")
    return known[name]


def _summary(instance: Instance, entry: Person | Venue) -> str:
    names = Names(instance)
    if isinstance(entry, Person):
        institution = one_line(instance.institution_by_id[entry.institution].name)
        roles = listing([ROLE_NAMES[role].lower() for role in entry.roles])
        return f"{roles[:1].upper()}{roles[1:]}, {institution}"
    seats = count(entry.capacity, "seat")
    return f"{VENUE_KIND_NAMES[entry.kind]} in {names.city(entry.city)}, {seats}"
