"""What a store keeps, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VersionKind(StrEnum):
    """How a version came about."""

    IMPORTED = "imported"
    EDITED = "edited"
    SOLVED = "solved"
    REPAIRED = "repaired"
    MOVED = "moved"
    CHOSEN = "chosen"
    PUBLISHED = "published"
    RESTORED = "restored"


class DraftMove(StrEnum):
    """What becomes of the draft when a version is added."""

    STAYS = "stays"
    GOES_ON = "goes on"
    """It keeps its instance, and goes on from the new version."""
    FOLLOWS = "follows"
    """It becomes the new version's instance."""


class FeedKind(StrEnum):
    """Whose meetings a feed holds."""

    PERSON = "person"
    VENUE = "venue"
    CITY = "city"


class JobState(StrEnum):
    """How far a piece of work in the background is.

    `stopped`, `infeasible` and `unknown` are ends, as `done` and `failed` are: somebody stopped it (what
    it had found by then is kept), it is proven that there is no plan, or none was found in time.
    """

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Project:
    """A quarter that is planned; its id is that of its instances.

    Attributes
    ----------
    head : int or None
        The number of its newest version.
    published : int or None
        The number of the newest version that was published.
    """

    id: str
    name: str
    created: datetime
    head: int | None = None
    published: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a version, and with what.

    Attributes
    ----------
    author : str
    note : str
        What the author says of it.
    programs : mapping of str to str
        Versions of what it was made with, by name.
    """

    author: str
    note: str = ""
    programs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it was added: never changed, never deleted.

    Attributes
    ----------
    number : int
        1, 2, 3, … within the project.
    parent : int or None
        The number of the version that it went on from.
    instance_sha256, plan_sha256 : str
        Of the texts, which `Store.text` returns; `plan_sha256` is None where there is no plan.
    hash : str
        Over all of this, and the parent's hash.
    """

    project: str
    number: int
    parent: int | None
    kind: VersionKind
    instance_sha256: str
    plan_sha256: str | None
    made: Made
    created: datetime
    hash: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The one instance of a project that is being edited.

    Attributes
    ----------
    base : int
        The number of the version that it goes on from.
    revision : int
        Raised with every change; who saves says which one was seen.
    """

    project: str
    base: int
    instance_sha256: str
    revision: int
    changed: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar at a secret address."""

    token: str
    project: str
    kind: FeedKind
    subject: str
    created: datetime
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work in the background.

    Attributes
    ----------
    kind : str
        What is done, such as ``solve``.
    options : str
        JSON: how it is done.
    base : int
        The number of the version that it goes on from.
    result : int or None
        The number of the version that came of it.
    document : str or None
        What else came of it, as JSON.
    message : str
        What there is to say about its end.
    """

    id: str
    project: str
    kind: str
    state: JobState
    options: str
    base: int
    created: datetime
    started: datetime | None = None
    ended: datetime | None = None
    result: int | None = None
    document: str | None = None
    message: str = ""
