"""Take what a search has found: one of its plans as a version, or a way out into the draft."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetsched.errors import RequestError, StaleError, UnknownError
from meetsched.service.documents import instance_text, load_upload, loaded_of, plan_of
from meetsched.service.easing import write_changes
from meetsched.service.findings import Document, changes_of
from meetsched.service.projects import Edition, Version, VersionKind, edition, keep_plan, made_by
from meetsched.store import Job
from meetsched.verify import verify

if TYPE_CHECKING:
    from meetsched.store.store import Store

__all__ = ["Finding", "apply_way", "finding", "take_plan"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a job.

    Attributes
    ----------
    job : Job
    base : Edition
        The version on which it went on.
    document : dict
        What it has found.
    """

    job: Job
    base: Edition
    document: Document

    @property
    def ways(self) -> list[Document]:
        """Ways out, or what binds the plan: changes of the instance, in the order of their numbers."""
        return [*self.document.get("fixes", ()), *self.document.get("gains", ())]

    def plan_text(self, number: int) -> str:
        """Return the text of the plan with a number, from 1 on.

        Raises
        ------
        UnknownError
            There is none.
        """
        plans: list[str] = self.document.get("plans", [])
        if not 1 <= number <= len(plans):
            raise UnknownError(f"there is no plan {number} among those found")
        return plans[number - 1]


def finding(store: Store, project: str, job: str, kind: str | None = None) -> Finding:
    """Return what came of a job of a project.

    Raises
    ------
    UnknownError
        There is no such job (of that kind), or nothing came of it.
    """
    found = store.jobs.get(job)
    if found.project != project or kind not in (None, found.kind) or found.document is None:
        raise UnknownError(f"there is nothing that came of a job {job} of {project}")
    document: Any = json.loads(found.document)
    return Finding(found, edition(store, store.versions.get(project, found.base)), document)


def take_plan(
    store: Store,
    found: Finding,
    number: int,
    author: str,
    *,
    kind: VersionKind = VersionKind.CHOSEN,
    note: str = "",
) -> Version:
    """Make a plan that was found a version; the draft goes on from it.

    Parameters
    ----------
    kind : VersionKind
        What the version is then.
    note : str
        What is said of it; from where it comes, where nothing is.

    Raises
    ------
    RequestError
        It breaks a rule of the version on which the search went on, such as one that needs a change first.
    UnknownError
        There is no such plan.
    """
    text = found.plan_text(number)
    plan = plan_of(text)
    report = verify(found.base.instance, plan)
    if not report.holds:
        raise RequestError(f"that plan needs other data than version {found.base.version.number} has")
    note = note or f"Plan {number} of those found from version {found.base.version.number}"
    return keep_plan(store, found.base.version, kind, text, made_by(author, note))


def apply_way(store: Store, found: Finding, number: int) -> None:
    """Write a way out into the draft.

    Raises
    ------
    RequestError
        Data has no words for it.
    StaleError
        The draft is no longer what was explained.
    UnknownError
        There is no such way out.
    """
    if not 1 <= number <= len(found.ways):
        raise UnknownError(f"there is no way out {number} among those found")
    project = found.base.version.project
    draft = store.drafts.get(project)
    if draft.instance_sha256 != found.base.version.instance_sha256:
        raise StaleError(
            "the draft has been changed since it was explained; explain it again, then apply this"
        )
    instance = loaded_of(store.drafts.text(project)).instance
    plan = plan_of(found.plan_text(number))
    written = write_changes(instance, changes_of(found.ways[number - 1]), plan)
    if written.missing:
        raise RequestError("this way out cannot be written into the data: " + "; ".join(written.missing))
    checked = load_upload("instance.json", instance_text(written.instance).encode())
    store.drafts.save(project, instance_text(checked.instance), draft.revision)
