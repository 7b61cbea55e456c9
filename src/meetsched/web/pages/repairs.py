"""Repair a plan: plan anew with as few changes as possible, since something has come in between."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.words import one_line, short_day
from meetsched.errors import RequestError
from meetsched.service.documents import plan_of
from meetsched.service.projects import Version, VersionKind, draft_of, plan_version
from meetsched.service.requests import check_date
from meetsched.service.taking import finding
from meetsched.web.addresses import project_at
from meetsched.web.page import AnyPage, Page
from meetsched.web.site import JobId, ProjectId
from meetsched.web.typed import AnyForm, Sent, Typed

router = APIRouter(prefix="/projects/{project}")

KIND = "resolve"
_SECONDS = 60
_FREEZE_DAYS = 7
_MOST = 10_000


@router.get("/repair")
def show(page: AnyPage, project: ProjectId, why: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Show what a repair may change, to be begun."""
    return _show(page, project, Typed({"note": why}))


@router.post("/repair")
def start(page: AnyPage, project: ProjectId, sent: AnyForm) -> Response:
    """Begin a repair."""
    try:
        options = _options(page, project, sent)
    except RequestError as error:
        text = f"{str(error)[:1].upper()}{str(error)[1:]}."
        return _show(page, project, Typed(sent.values, message=text, status=400))
    job = page.board.start(project, KIND, options, page.author, note=sent.get("note")[:300])
    return page.go(project_at(project, "jobs", job.id))


@router.get("/jobs/{job}/resolve")
def answer(page: AnyPage, project: ProjectId, job: JobId) -> Response:
    """Show what a repair has changed."""
    known = page.store.project(project)
    found = finding(page.store, project, job, KIND)
    return page.show("repaired.html", project=known, job=found.job, sections=found.document["sections"])


def _options(page: Page, project: str, sent: Sent) -> dict[str, Any]:
    """Return what the work is asked for.

    Raises
    ------
    RequestError
        Something typed makes no sense, or there is no plan to go on from.
    """
    base = _base(page, project)
    if base is None:
        raise RequestError("there is no plan yet that could be repaired")
    as_of = _date(sent.get("as_of"))
    check_date(draft_of(page.store, project)[1].instance, as_of)
    changes = _count(sent.get("max_changes"), "changes", None)
    return {
        "newest": base.kind is not VersionKind.PUBLISHED,
        "as_of": None if as_of is None else as_of.isoformat(),
        "freeze_days": _count(sent.get("freeze_days"), "days", _FREEZE_DAYS),
        "thaw": [sent.get("thaw")] if sent.get("thaw") else [],
        "max_changes": changes,
        "time_limit": float(max(1, _count(sent.get("seconds"), "seconds", _SECONDS) or 0)),
    }


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RequestError(f"{text} is no date") from None


def _count(text: str, what: str, otherwise: int | None) -> int | None:
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= _MOST):
        raise RequestError(f"{text} is no number of {what}")
    return int(text)


def _base(page: Page, project: str) -> Version | None:
    """Return what a repair goes on from: what was published last, else the nearest plan of the draft."""
    versions = page.store.versions
    published = versions.latest(project, VersionKind.PUBLISHED)
    return published or plan_version(page.store, versions.get(project, page.store.drafts.get(project).base))


def _show(page: Page, project: str, form: Typed) -> Response:
    known = page.store.project(project)
    draft, loaded = draft_of(page.store, project)
    instance, base = loaded.instance, _base(page, project)
    plan = _plan(page, base)
    today = date.today()
    kept = {
        "as_of": today.isoformat() if today in instance.horizon else "",
        "freeze_days": str(_FREEZE_DAYS),
        "seconds": str(_SECONDS),
    }
    edited = page.store.versions.get(project, draft.base).instance_sha256 != draft.instance_sha256
    return page.show(
        "repair.html",
        form.status,
        project=known,
        base=base,
        published=base is not None and base.kind is VersionKind.PUBLISHED,
        edited=edited,
        instance=instance,
        meetings=[] if plan is None else _meetings(instance, plan),
        form=Typed({**kept, **form.values}, form.faults, form.message, form.status),
    )


def _plan(page: Page, base: Version | None) -> Plan | None:
    if base is None or base.plan_sha256 is None:
        return None
    return plan_of(page.store.versions.text(base.plan_sha256))


def _meetings(instance: Instance, plan: Plan) -> list[tuple[str, str]]:
    """Return a plan's meetings, with their dates and names."""
    in_order = sorted(plan.meetings, key=lambda meeting: meeting.start)
    return [
        (each.id, f"{short_day(each.start.astimezone(instance.zone).date())}: {one_line(each.title)}")
        for each in in_order
    ]
