"""A store: all that is kept, by what it is."""

from __future__ import annotations

import secrets
from typing import Self

from sqlalchemy import Engine, func, insert, select

from meetsched.errors import UnknownError
from meetsched.store.desk import Desk, moment
from meetsched.store.drafts import Drafts
from meetsched.store.feeds import Feeds
from meetsched.store.jobs import Jobs
from meetsched.store.records import Project, VersionKind
from meetsched.store.tables import PROJECTS, SECRETS, VERSIONS
from meetsched.store.versions import Versions


class Store:
    """A database with everything in it; every method is one short transaction.

    It may be used by several threads at once.

    Attributes
    ----------
    versions, drafts, feeds, jobs
        What is kept, and how it is changed.
    """

    def __init__(self, engine: Engine) -> None:
        self._desk = Desk(engine)
        self.versions = Versions(self._desk)
        self.drafts = Drafts(self._desk)
        self.feeds = Feeds(self._desk)
        self.jobs = Jobs(self._desk)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections."""
        self._desk.engine.dispose()

    def projects(self) -> tuple[Project, ...]:
        """Return all projects, those changed last first."""
        return self._projects()

    def project(self, project: str) -> Project:
        """Return a project.

        Raises
        ------
        UnknownError
            There is none.
        """
        found = self._projects(project)
        if not found:
            raise UnknownError(f"there is no project {project}")
        return found[0]

    def has_project(self, project: str) -> bool:
        """Whether there is such a project."""
        return bool(self._projects(project))

    def secret(self, name: str) -> str:
        """Return a secret that is made up once and then stays the same."""
        query = select(SECRETS.c.value).where(SECRETS.c.name == name)
        with self._desk.writing() as connection:
            found: str | None = connection.execute(query).scalar()
            if found is None:
                found = secrets.token_hex(32)
                connection.execute(insert(SECRETS).values(name=name, value=found))
        return found

    def _projects(self, only: str | None = None) -> tuple[Project, ...]:
        is_published = VERSIONS.c.kind == VersionKind.PUBLISHED.value
        last = func.max(VERSIONS.c.created)
        query = (
            select(
                PROJECTS,
                func.max(VERSIONS.c.number).label("head"),
                func.max(VERSIONS.c.number).filter(is_published).label("published"),
            )
            .join(VERSIONS, VERSIONS.c.project == PROJECTS.c.id)
            .group_by(PROJECTS.c.id, PROJECTS.c.name, PROJECTS.c.created)
            .order_by(last.desc(), PROJECTS.c.id)
        )
        if only is not None:
            query = query.where(PROJECTS.c.id == only)
        with self._desk.reading() as connection:
            return tuple(
                Project(row.id, row.name, moment(row.created), row.head, row.published)
                for row in connection.execute(query)
            )
