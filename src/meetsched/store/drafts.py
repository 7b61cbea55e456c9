"""Drafts: the one instance of each project that is being edited."""

from __future__ import annotations

from sqlalchemy import and_, select, update

from meetsched.errors import StaleError, UnknownError
from meetsched.store.chain import text_hash
from meetsched.store.desk import Desk, moment, moment_text, now
from meetsched.store.records import Draft
from meetsched.store.tables import DRAFTS


class Drafts:
    """The drafts of all projects."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self, project: str) -> Draft:
        """Return a project's draft.

        Raises
        ------
        UnknownError
            There is no such project.
        """
        columns = [column for column in DRAFTS.c if column.name != "text"]
        with self._desk.reading() as connection:
            row = connection.execute(select(*columns).where(DRAFTS.c.project == project)).first()
        if row is None:
            raise UnknownError(f"there is no project {project}")
        return Draft(project, row.base, row.instance_sha256, row.revision, moment(row.changed))

    def text(self, project: str) -> str:
        """Return the text of a project's draft.

        Raises
        ------
        UnknownError
            There is no such project.
        """
        with self._desk.reading() as connection:
            found: str | None = connection.execute(
                select(DRAFTS.c.text).where(DRAFTS.c.project == project)
            ).scalar()
        if found is None:
            raise UnknownError(f"there is no project {project}")
        return found

    def save(self, project: str, text: str, revision: int) -> Draft:
        """Replace a draft's text.

        Parameters
        ----------
        revision : int
            That of the draft that was edited.

        Raises
        ------
        StaleError
            It has been changed in the meantime.
        UnknownError
            There is no such project.
        """
        which = and_(DRAFTS.c.project == project, DRAFTS.c.revision == revision)
        values = {
            "text": text,
            "instance_sha256": text_hash(text),
            "revision": revision + 1,
            "changed": moment_text(now()),
        }
        with self._desk.writing() as connection:
            changed = connection.execute(update(DRAFTS).where(which).values(values)).rowcount
        if not changed:
            self.get(project)
            raise StaleError("the draft has been changed in the meantime; look at it again, then change it")
        return self.get(project)
