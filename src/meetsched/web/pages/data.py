"""What is planned with: the draft's people, places, topics and money."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from meetsched.domain.entities import City
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.scalars import format_cents
from meetsched.domain.words import count, listing
from meetsched.errors import UnknownError
from meetsched.service.editing import Edit, part_of
from meetsched.service.pinning import Wish, shown_pins, wish, with_wishes
from meetsched.service.projects import draft_of
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import EntryId, ProjectId
from meetsched.web.typed import AnyForm, Sent, Typed, take_over

router = APIRouter(prefix="/projects/{project}")

_TOPIC_KEYS = ("demand", "earliest", "latest")
_HELD = "held-"
_WISHES = (
    (Wish.FREE.value, "as it suits best"),
    (Wish.HELD.value, "it has to be held"),
    (Wish.FORBIDDEN.value, "it is not held"),
)


@router.get("/data")
def show(page: AnyPage, project: ProjectId) -> Response:
    """Show all that can be changed."""
    known = page.store.project(project)
    draft, loaded = draft_of(page.store, project)
    base = page.store.versions.get(project, draft.base)
    return page.show(
        "data.html",
        project=known,
        draft=draft,
        changed=draft.instance_sha256 != base.instance_sha256,
        instance=loaded.instance,
        people=sorted(loaded.instance.people, key=lambda person: person.name),
    )


@router.get("/cities/{name}")
def show_city(page: AnyPage, project: ProjectId, name: EntryId, saved: bool = False) -> Response:
    """Show a city's budget, to be changed."""
    return _show_city(page, project, name, saved=saved)


@router.post("/cities/{name}")
def change_city(page: AnyPage, project: ProjectId, name: EntryId, sent: AnyForm) -> Response:
    """Change a city's budget."""
    form = take_over(
        page,
        project,
        sent,
        [Edit({"budget": sent.get("budget") or None}, "cities", name)],
        part=part_of(page.store.drafts.text(project), "cities", name),
        fields={"budget": "budget"},
    )
    if form is not None:
        return _show_city(page, project, name, form)
    return page.go(project_at(project, "cities", name) + "?saved=true")


def _show_city(
    page: Page, project: str, name: str, form: Typed | None = None, *, saved: bool = False
) -> Response:
    known = page.store.project(project)
    draft, loaded = draft_of(page.store, project)
    if name not in loaded.instance.city_by_id:
        raise UnknownError(f"there is no city {name}")
    city = loaded.instance.city_by_id[name]
    kept = Typed({"budget": "" if city.budget is None else format_cents(city.budget)})
    return page.show(
        "city.html",
        (form or kept).status,
        project=known,
        city=city,
        instance=loaded.instance,
        form=form or kept,
        revision=draft.revision,
        saved=saved,
    )


@router.get("/topics/{name}")
def show_topic(page: AnyPage, project: ProjectId, name: EntryId, saved: bool = False) -> Response:
    """Show what is wanted of a topic, to be changed."""
    return _show_topic(page, project, name, saved=saved)


@router.post("/topics/{name}")
def change_topic(page: AnyPage, project: ProjectId, name: EntryId, sent: AnyForm) -> Response:
    """Change what is wanted of a topic."""
    text = page.store.drafts.text(project)
    part = part_of(text, "topics", name)
    values = _changed_values(page, project, name, sent)
    form = take_over(
        page,
        project,
        sent,
        [Edit(values, "topics", name), with_wishes(text, name, _wishes(sent))],
        part=part,
        fields={key: key for key in (*_TOPIC_KEYS, "required")},
    )
    if form is not None:
        return _show_topic(page, project, name, form)
    return page.go(project_at(project, "topics", name) + "?saved=true")


def _changed_values(page: Page, project: str, name: str, sent: Sent) -> dict[str, str | None]:
    """Return the keys of a topic for which something else was typed than the draft says."""
    kept = _topic_values(draft_of(page.store, project)[1].instance, name)
    values: dict[str, str | None] = {
        key: sent.get(key) or None for key in _TOPIC_KEYS if sent.get(key) != kept.get(key, "")
    }
    if ("required" in sent.values) != ("required" in kept):
        values["required"] = "true" if "required" in sent.values else None
    return values


def _wishes(sent: Sent) -> dict[str, Wish]:
    chosen = {
        name.removeprefix(_HELD): value for name, value in sent.values.items() if name.startswith(_HELD)
    }
    return {city: Wish(value) for city, value in chosen.items() if value in set(Wish)}


def _show_topic(
    page: Page, project: str, name: str, form: Typed | None = None, *, saved: bool = False
) -> Response:
    known = page.store.project(project)
    draft, loaded = draft_of(page.store, project)
    instance = loaded.instance
    if name not in instance.topic_by_id:
        raise UnknownError(f"there is no topic {name}")
    topic, cities = instance.topic_by_id[name], _cities(instance, name)
    shown = form or Typed(_topic_values(instance, name))
    firms = sum(name in company.interests for company in instance.companies)
    return page.show(
        "topic.html",
        shown.status,
        project=known,
        topic=topic,
        cities=cities,
        interested=f"{count(firms, 'firm')} asked for it by name",
        wishes=_WISHES,
        notes={city.id: _other_pins(instance, city.id, name) for city in cities},
        form=shown,
        revision=draft.revision,
        saved=saved,
    )


def _cities(instance: Instance, topic: str) -> list[City]:
    allowed = instance.cities_of_topic(instance.topic_by_id[topic])
    return [city for city in instance.cities if city.id in allowed]


def _topic_values(instance: Instance, name: str) -> dict[str, str]:
    """Return what the fields of a topic's form show at first."""
    topic = instance.topic_by_id[name]
    dates = {"earliest": topic.earliest, "latest": topic.latest}
    values = {key: day.isoformat() for key, day in dates.items() if day is not None}
    values |= {"demand": str(topic.demand)} | ({"required": "yes"} if topic.required else {})
    return values | {
        f"{_HELD}{city.id}": wish(instance, city.id, topic.id).value for city in _cities(instance, name)
    }


def _other_pins(instance: Instance, city: str, topic: str) -> str:
    """Say what pins want of a meeting besides that it is held or not."""
    plain = [Pin(city=city, topic=topic, held=held) for held in (True, False)]
    others = [
        each.text
        for each in shown_pins(instance)
        if (each.pin.city, each.pin.topic) == (city, topic) and each.pin not in plain
    ]
    return f"A pin wants it {listing(others)}." if others else ""
