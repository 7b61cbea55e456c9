"""What is known of work in the background, beyond the life of the server that does it."""

from __future__ import annotations

import secrets

from sqlalchemy import Row, and_, insert, select, update

from meetsched.errors import UnknownError
from meetsched.store.desk import Desk, moment, moment_text, now, optional_moment
from meetsched.store.records import Job, JobState
from meetsched.store.tables import JOBS

_UNFINISHED = tuple(state.value for state in JobState if not state.ended)


class Jobs:
    """The jobs of all projects."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, project: str, kind: str, options: str, base: int) -> Job:
        """Add a job that waits for its turn."""
        job = Job(secrets.token_hex(8), project, kind, JobState.QUEUED, options, base, now())
        values = {
            "id": job.id,
            "project": project,
            "kind": kind,
            "state": job.state.value,
            "options": options,
            "base": base,
            "created": moment_text(job.created),
            "message": "",
        }
        with self._desk.writing() as connection:
            connection.execute(insert(JOBS).values(values))
        return job

    def start(self, job: str) -> None:
        """Note that a job has begun."""
        which = and_(JOBS.c.id == job, JOBS.c.state == JobState.QUEUED.value)
        values = {"state": JobState.RUNNING.value, "started": moment_text(now())}
        with self._desk.writing() as connection:
            connection.execute(update(JOBS).where(which).values(values))

    def end(
        self,
        job: str,
        state: JobState,
        *,
        result: int | None = None,
        document: str | None = None,
        message: str = "",
    ) -> None:
        """Note how a job has ended; one that has ended before stays as it is."""
        which = and_(JOBS.c.id == job, JOBS.c.state.in_(_UNFINISHED))
        values = {
            "state": state.value,
            "ended": moment_text(now()),
            "result": result,
            "document": document,
            "message": message,
        }
        with self._desk.writing() as connection:
            connection.execute(update(JOBS).where(which).values(values))

    def abandon(self, message: str) -> None:
        """Note of all jobs that have not ended that they have failed."""
        values = {"state": JobState.FAILED.value, "ended": moment_text(now()), "message": message}
        with self._desk.writing() as connection:
            connection.execute(update(JOBS).where(JOBS.c.state.in_(_UNFINISHED)).values(values))

    def get(self, job: str) -> Job:
        """Return a job.

        Raises
        ------
        UnknownError
            There is none.
        """
        with self._desk.reading() as connection:
            row = connection.execute(select(JOBS).where(JOBS.c.id == job)).first()
        if row is None:
            raise UnknownError(f"there is no job {job}")
        return _job(row)

    def of(self, project: str, limit: int = 50) -> tuple[Job, ...]:
        """Return a project's newest jobs, the newest first."""
        query = select(JOBS).where(JOBS.c.project == project).order_by(JOBS.c.created.desc()).limit(limit)
        with self._desk.reading() as connection:
            return tuple(_job(row) for row in connection.execute(query))


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        id=row.id,
        project=row.project,
        kind=row.kind,
        state=JobState(row.state),
        options=row.options,
        base=row.base,
        created=moment(row.created),
        started=optional_moment(row.started),
        ended=optional_moment(row.ended),
        result=row.result,
        document=row.document,
        message=row.message,
    )
