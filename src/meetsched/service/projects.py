"""Projects: quarters that are planned, with every version of their instances and plans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as installed
from threading import RLock

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.words import one_line
from meetsched.errors import RequestError
from meetsched.loading import Loaded
from meetsched.service.documents import instance_text, loaded_of, plan_of
from meetsched.store import Draft, DraftMove, Made, Project, Version, VersionKind, open_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from meetsched.store.store import Store

__all__ = [
    "Draft",
    "Edition",
    "Made",
    "Project",
    "Version",
    "VersionKind",
    "draft_of",
    "edition",
    "import_instance",
    "keep_draft",
    "keep_plan",
    "made_by",
    "open_store",
    "plan_version",
]

_TURN = RLock()
"""Who looks at a draft and makes it a version has their turn: a button pressed twice makes no second one."""
_PROGRAMS = ("meetsched", "ortools", "highspy", "holidays")


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a project with what it holds; `plan` is None where it has none."""

    version: Version
    loaded: Loaded
    plan: Plan | None

    @property
    def instance(self) -> Instance:
        """The version's instance."""
        return self.loaded.instance


def made_by(author: str, note: str = "") -> Made:
    """Return who makes a version, with the programs' versions that are installed."""
    return Made(author, note, _programs())


@cache
def _programs() -> tuple[tuple[str, str], ...]:
    return tuple((name, installed(name)) for name in _PROGRAMS)


def import_instance(store: Store, loaded: Loaded, author: str, note: str = "") -> Version:
    """Make an instance the draft of the project of its id, which is begun where there is none.

    Nothing is added where the draft says the same already. A draft with changes that no version has is
    kept as a version first.

    Returns
    -------
    Version
        The one from which the draft now goes on.

    Raises
    ------
    RequestError
        Its id can be part of no address.
    """
    instance, text = loaded.instance, instance_text(loaded.instance)
    if not instance.id.strip("."):
        raise RequestError(f"the id {instance.id} has no letter or digit; a project needs one that has")
    with _TURN:
        if not store.has_project(instance.id):
            return store.versions.begin(
                instance.id, one_line(instance.name) or instance.id, text, made_by(author, note)
            )
        if store.drafts.text(instance.id) == text:
            return store.versions.get(instance.id, store.drafts.get(instance.id).base)
        keep_draft(store, instance.id, author)
        return store.versions.add(
            instance.id, VersionKind.IMPORTED, text, None, made_by(author, note), draft=DraftMove.FOLLOWS
        )


def keep_draft(store: Store, project: str, author: str, note: str = "") -> Version:
    """Make the draft a version, unless the version that it goes on from says the same; return that one.

    Raises
    ------
    UnknownError
        There is no such project.
    """
    with _TURN:
        draft = store.drafts.get(project)
        base = store.versions.get(project, draft.base)
        if draft.instance_sha256 == base.instance_sha256:
            return base
        return store.versions.add(
            project,
            VersionKind.EDITED,
            store.drafts.text(project),
            None,
            made_by(author, note),
            parent=base.number,
            draft=DraftMove.GOES_ON,
        )


def keep_plan(store: Store, base: Version, kind: VersionKind, plan: str, made: Made) -> Version:
    """Add a version with the text of a plan of another version's instance; the draft goes on from it."""
    text = store.versions.text(base.instance_sha256)
    return store.versions.add(base.project, kind, text, plan, made, parent=base.number)


def plan_version(store: Store, version: Version) -> Version | None:
    """Return the version, or the nearest of those that it went on from, that has a plan."""
    nearest: Version | None = version
    while nearest is not None and nearest.plan_sha256 is None:
        parent = nearest.parent
        nearest = None if parent is None else store.versions.get(version.project, parent)
    return nearest


def draft_of(store: Store, project: str) -> tuple[Draft, Loaded]:
    """Return a project's draft and its instance.

    Raises
    ------
    UnknownError
        There is no such project.
    """
    return store.drafts.get(project), loaded_of(store.drafts.text(project))


def edition(store: Store, version: Version) -> Edition:
    """Return a version with its instance and plan."""
    text = store.versions.text
    plan = None if version.plan_sha256 is None else plan_of(text(version.plan_sha256))
    return Edition(version, loaded_of(text(version.instance_sha256)), plan)
