"""Versions: added one after the other, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from meetsched.errors import UnknownError
from meetsched.store.chain import programs_text, text_hash, version_hash
from meetsched.store.desk import Desk, moment, moment_text, now
from meetsched.store.records import DraftMove, Made, Version, VersionKind
from meetsched.store.tables import DRAFTS, PROJECTS, TEXTS, VERSIONS


class Versions:
    """The versions of all projects."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def begin(self, project: str, name: str, instance: str, made: Made) -> Version:
        """Make a project with its first version, and a draft that goes on from it.

        Parameters
        ----------
        instance : str
            Its text.

        Raises
        ------
        sqlalchemy.exc.IntegrityError
            There is such a project: a bug of the caller, who has to look first.
        """
        with self._desk.writing() as connection:
            connection.execute(insert(PROJECTS).values(id=project, name=name, created=moment_text(now())))
            version = _append(
                connection,
                project,
                VersionKind.IMPORTED,
                instance=instance,
                plan=None,
                made=made,
                parent=None,
            )
            _put_draft(connection, version, instance)
        return version

    def add(
        self,
        project: str,
        kind: VersionKind,
        instance: str,
        plan: str | None,
        made: Made,
        *,
        parent: int | None = None,
        draft: DraftMove = DraftMove.GOES_ON,
    ) -> Version:
        """Add a version.

        Parameters
        ----------
        instance, plan : str
            Their texts.
        parent : int, optional
            The number of the version that it goes on from; the newest where not given.
        draft : DraftMove
            What becomes of the project's draft.

        Raises
        ------
        UnknownError
            There is no such project or parent.
        """
        with self._desk.writing() as connection:
            version = _append(
                connection, project, kind, instance=instance, plan=plan, made=made, parent=parent
            )
            _move_draft(connection, version, instance, draft)
        return version

    def repeat(self, project: str, number: int, kind: VersionKind, made: Made) -> Version:
        """Add a version that says again what an earlier one said: to publish it, or to go back to it.

        A version that is gone back to becomes the draft as well.

        Raises
        ------
        UnknownError
            There is no such version.
        """
        with self._desk.writing() as connection:
            earlier = _find(connection, project, number)
            instance = _text(connection, earlier.instance_sha256)
            plan = None if earlier.plan_sha256 is None else _text(connection, earlier.plan_sha256)
            restored = kind is VersionKind.RESTORED
            parent = None if restored else number
            version = _append(
                connection, project, kind, instance=instance, plan=plan, made=made, parent=parent
            )
            _move_draft(connection, version, instance, DraftMove.FOLLOWS if restored else DraftMove.GOES_ON)
        return version

    def of(self, project: str) -> tuple[Version, ...]:
        """Return a project's versions, the newest first."""
        query = select(VERSIONS).where(VERSIONS.c.project == project).order_by(VERSIONS.c.number.desc())
        with self._desk.reading() as connection:
            return tuple(_version(row) for row in connection.execute(query))

    def get(self, project: str, number: int) -> Version:
        """Return a version.

        Raises
        ------
        UnknownError
            There is none.
        """
        with self._desk.reading() as connection:
            return _find(connection, project, number)

    def latest(self, project: str, *kinds: VersionKind, with_plan: bool = False) -> Version | None:
        """Return the newest version (of some kinds; that has a plan), or None."""
        query = select(VERSIONS).where(VERSIONS.c.project == project)
        if kinds:
            query = query.where(VERSIONS.c.kind.in_([kind.value for kind in kinds]))
        if with_plan:
            query = query.where(VERSIONS.c.plan_sha256.is_not(None))
        with self._desk.reading() as connection:
            row = connection.execute(query.order_by(VERSIONS.c.number.desc()).limit(1)).first()
        return None if row is None else _version(row)

    def text(self, sha256: str) -> str:
        """Return an instance or a plan by its hash.

        Raises
        ------
        UnknownError
            There is none.
        """
        with self._desk.reading() as connection:
            return _text(connection, sha256)

    def faults(self) -> Iterator[str]:
        """Yield what of all that was ever kept is not as it was written, in words."""
        with self._desk.reading() as connection:
            for row in connection.execute(select(TEXTS)):
                if text_hash(row.text) != row.sha256:
                    yield f"the text {row.sha256} has been changed"
            known: dict[tuple[str, int], str] = {}
            last: dict[str, int] = {}
            for row in connection.execute(select(VERSIONS).order_by(VERSIONS.c.project, VERSIONS.c.number)):
                version = _version(row)
                name = f"version {version.number} of {version.project}"
                if version.number != last.get(version.project, 0) + 1:
                    yield f"a version before {name} is missing"
                last[version.project] = version.number
                parent = None if version.parent is None else known.get((version.project, version.parent))
                if version_hash(version, parent) != version.hash:
                    yield f"{name} has been changed"
                known[version.project, version.number] = version.hash


def _append(
    connection: Connection,
    project: str,
    kind: VersionKind,
    *,
    instance: str,
    plan: str | None,
    made: Made,
    parent: int | None,
) -> Version:
    """Add a row; the project's own row is locked, so that numbers follow each other."""
    lock = select(PROJECTS.c.id).where(PROJECTS.c.id == project).with_for_update()
    if connection.execute(lock).first() is None:
        raise UnknownError(f"there is no project {project}")
    newest = select(func.max(VERSIONS.c.number)).where(VERSIONS.c.project == project)
    head: int = connection.execute(newest).scalar() or 0
    before = None if head == 0 else _find(connection, project, parent or head)
    version = Version(
        project=project,
        number=head + 1,
        parent=None if before is None else before.number,
        kind=kind,
        instance_sha256=_keep(connection, instance),
        plan_sha256=None if plan is None else _keep(connection, plan),
        made=made,
        created=now(),
        hash="",
    )
    version = replace(version, hash=version_hash(version, None if before is None else before.hash))
    connection.execute(insert(VERSIONS).values(_row(version)))
    return version


def _keep(connection: Connection, text: str) -> str:
    """Keep a text, unless it is there already, and return its hash."""
    sha256 = text_hash(text)
    if connection.execute(select(TEXTS.c.sha256).where(TEXTS.c.sha256 == sha256)).first() is None:
        connection.execute(insert(TEXTS).values(sha256=sha256, text=text))
    return sha256


def _text(connection: Connection, sha256: str) -> str:
    found: str | None = connection.execute(select(TEXTS.c.text).where(TEXTS.c.sha256 == sha256)).scalar()
    if found is None:
        raise UnknownError(f"there is no text {sha256}")
    return found


def _find(connection: Connection, project: str, number: int) -> Version:
    which = and_(VERSIONS.c.project == project, VERSIONS.c.number == number)
    row = connection.execute(select(VERSIONS).where(which)).first()
    if row is None:
        raise UnknownError(f"there is no version {number} of {project}")
    return _version(row)


def _move_draft(connection: Connection, version: Version, instance: str, draft: DraftMove) -> None:
    if draft is DraftMove.FOLLOWS:
        _put_draft(connection, version, instance)
    elif draft is DraftMove.GOES_ON:
        which = DRAFTS.c.project == version.project
        values = {"base": version.number, "changed": moment_text(version.created)}
        connection.execute(update(DRAFTS).where(which).values(values))


def _put_draft(connection: Connection, version: Version, instance: str) -> None:
    values = {
        "base": version.number,
        "instance_sha256": version.instance_sha256,
        "text": instance,
        "changed": moment_text(version.created),
    }
    which = DRAFTS.c.project == version.project
    changed = connection.execute(update(DRAFTS).where(which).values(revision=DRAFTS.c.revision + 1, **values))
    if not changed.rowcount:
        connection.execute(insert(DRAFTS).values(project=version.project, revision=1, **values))


def _row(version: Version) -> dict[str, str | int | None]:
    return {
        "project": version.project,
        "number": version.number,
        "parent": version.parent,
        "kind": version.kind.value,
        "instance_sha256": version.instance_sha256,
        "plan_sha256": version.plan_sha256,
        "author": version.made.author,
        "note": version.made.note,
        "programs": programs_text(version.made.programs),
        "created": moment_text(version.created),
        "hash": version.hash,
    }


def _version(row: Row[tuple[object, ...]]) -> Version:
    return Version(
        project=row.project,
        number=row.number,
        parent=row.parent,
        kind=VersionKind(row.kind),
        instance_sha256=row.instance_sha256,
        plan_sha256=row.plan_sha256,
        made=Made(row.author, row.note, tuple(sorted(json.loads(row.programs).items()))),
        created=moment(row.created),
        hash=row.hash,
    )
