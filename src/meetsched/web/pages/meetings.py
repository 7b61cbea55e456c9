"""A meeting's card, and questions about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response
from pydantic import ValidationError

from meetsched.domain.instance import Instance, Pin
from meetsched.domain.scalars import format_clock
from meetsched.domain.wording.answers import asked_text
from meetsched.domain.words import ROLE_NAMES, TYPE_NAMES, one_line
from meetsched.errors import RequestError, UnknownError
from meetsched.service.pinning import meeting_name
from meetsched.service.projects import Edition, edition
from meetsched.service.taking import finding, take_plan
from meetsched.service.viewing import meeting_item
from meetsched.store import Job, JobState, VersionKind
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import EntryId, JobId, Number, ProjectId
from meetsched.web.typed import AnyForm, Sent, Typed

router = APIRouter(prefix="/projects/{project}")

KIND = "why"
SECONDS = 60
_MOST_SECONDS = 3600
_ASKED = ("date", "start", "venue")


@dataclass(frozen=True, slots=True)
class Which:
    """A meeting of a version, as its page's address names it."""

    project: str
    number: int
    city: str
    topic: str

    def at(self, *parts: object) -> str:
        """Return the path of its page, or of one below it."""
        where = ("versions", self.number, "meetings", self.city, self.topic)
        return project_at(self.project, *where, *parts)


def _which(project: ProjectId, number: Number, city: EntryId, topic: EntryId) -> Which:
    return Which(project, number, city, topic)


AnyMeeting = Annotated[Which, Depends(_which)]
"""A parameter of this type is given the meeting that a path names."""


@router.get("/versions/{number}/meetings/{city}/{topic}")
def show(page: AnyPage, which: AnyMeeting) -> Response:
    """Show a meeting: when, where, who, what it costs and brings, and its reasons."""
    known = page.store.project(which.project)
    shown, city, topic = edition_of(page, which.project, which.number), which.city, which.topic
    instance = shown.instance
    item = None if shown.plan is None else meeting_item(instance, shown.plan, city, topic)
    if item is None and not _may_be_held(instance, city, topic):
        raise UnknownError(f"there is no meeting {city}/{topic}")
    questions = _questions(page, which, instance)
    reasons = next((each for each in questions if each["bare"] and each["answer"]), None)
    return page.show(
        "meeting.html",
        project=known,
        shown=shown,
        instance=instance,
        item=item,
        city=city,
        topic=topic,
        name=item.title if item else meeting_name(instance, city, topic),
        questions=[each for each in questions if each is not reasons],
        reasons=reasons,
        type_names=TYPE_NAMES,
        form=Typed({"seconds": str(SECONDS)}),
        choices=choices(instance),
    )


@router.post("/versions/{number}/meetings/{city}/{topic}/why")
def ask(page: AnyPage, which: AnyMeeting, sent: AnyForm) -> Response:
    """Ask why a meeting is as it is, or why it is not as the form says."""
    job = start_question(page, which, sent)
    return page.go(project_at(which.project, "jobs", job.id))


@router.get("/jobs/{job}/why")
def answer(page: AnyPage, project: ProjectId, job: JobId) -> Response:
    """Show the answer to a question."""
    known = page.store.project(project)
    found = finding(page.store, project, job, KIND)
    asked = Pin.model_validate(found.document["asked"])
    return page.show(
        "answer.html",
        project=known,
        job=found.job,
        asked=asked,
        question=question_text(found.base.instance, asked),
        sections=found.document["sections"],
        ways=found.document["ways"],
    )


@router.post("/jobs/{job}/take")
def take(page: AnyPage, project: ProjectId, job: JobId, number: Annotated[int, Form(ge=1, le=2)]) -> Response:
    """Make one of the plans that an answer has a version."""
    found = finding(page.store, project, job, KIND)
    note = asked_text(found.base.instance, Pin.model_validate(found.document["asked"]))
    version = take_plan(page.store, found, number, page.author, kind=VersionKind.MOVED, note=note)
    return page.go(f"{project_at(project)}?version={version.number}")


def edition_of(page: Page, project: str, number: int) -> Edition:
    """Return a version with what it holds."""
    return edition(page.store, page.store.versions.get(project, number))


def asked_of(sent: Sent, city: str, topic: str) -> dict[str, Any]:
    """Return what a form asks for as a pin, as instances write it.

    Raises
    ------
    RequestError
        It asks for what is no date or no time.
    """
    asked: dict[str, Any] = {key: value for key in _ASKED if (value := sent.get(key))}
    if person := sent.get("person"):
        role = sent.get("role")
        asked["people"] = [{"person": person} | ({"role": role} if role else {})]
    asked = {"city": city, "topic": topic} | asked
    try:
        Pin.model_validate(asked)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise RequestError(f"{first['input']}: expected {first['msg']}") from None
    return asked


def start_question(page: Page, which: Which, sent: Sent, *, moving: bool = False) -> Job:
    """Start to answer the question of a form about a version's meeting."""
    if edition_of(page, which.project, which.number).plan is None:
        raise RequestError("this version has no plan to ask about")
    seconds = sent.get("seconds")
    limit = int(seconds) if seconds.isdecimal() and len(seconds) < 7 else SECONDS
    options = {
        "asked": asked_of(sent, which.city, which.topic),
        "moving": moving,
        "time_limit": float(min(max(limit, 1), _MOST_SECONDS)),
    }
    return page.board.start(which.project, KIND, options, page.author, version=which.number)


def question_text(instance: Instance, asked: Pin) -> str:
    """Say what was asked."""
    if asked == Pin(city=asked.city, topic=asked.topic):
        return f"Why {meeting_name(instance, asked.city, asked.topic)}?"
    return f"Why not {asked_text(instance, asked)}?"


def choices(instance: Instance) -> dict[str, list[tuple[str, str]]]:
    """Return what the fields of a question offer: hours, venues, people and roles, with their names."""
    hours = sorted({start for rule in instance.slots for start in rule.starts})
    people = [(person.id, one_line(person.name)) for person in instance.people]
    return {
        "hours": [(format_clock(each), format_clock(each)) for each in hours],
        "venues": [(venue.id, one_line(venue.name)) for venue in instance.venues],
        "people": sorted(people, key=lambda each: each[1]),
        "roles": [(role.value, name) for role, name in ROLE_NAMES.items()],
    }


def _may_be_held(instance: Instance, city: str, topic: str) -> bool:
    known = instance.topic_by_id.get(topic)
    return known is not None and city in instance.city_by_id and city in instance.cities_of_topic(known)


def _questions(page: Page, which: Which, instance: Instance) -> list[dict[str, Any]]:
    """Return the questions that were asked of a version's meeting, the newest first."""
    found = []
    bare = Pin(city=which.city, topic=which.topic)
    for job in page.store.jobs.of(which.project):
        if (job.kind, job.base) != (KIND, which.number):
            continue
        pin = Pin.model_validate(json.loads(job.options)["asked"])
        if (pin.city, pin.topic) == (which.city, which.topic):
            found.append(
                {
                    "job": job,
                    "text": question_text(instance, pin),
                    "bare": pin == bare,
                    "answer": None if job.document is None else json.loads(job.document),
                    "failed": job.state is JobState.FAILED,
                }
            )
    return found
