"""Calendars at secret addresses."""

from __future__ import annotations

import secrets

from sqlalchemy import Row, and_, insert, select, update

from meetsched.errors import UnknownError
from meetsched.store.desk import Desk, moment, moment_text, now, optional_moment
from meetsched.store.records import Feed, FeedKind
from meetsched.store.tables import FEEDS

_TOKEN_BYTES = 32


class Feeds:
    """The feeds of all projects.

    Their secrets are kept as they are, since staff has to be shown the addresses again; they protect no
    more than what lies beside them.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, project: str, kind: FeedKind, subject: str) -> Feed:
        """Add a feed of somebody's meetings, at an address that nobody can guess."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        feed = Feed(token, project, kind, subject, now())
        values = {
            "token": token,
            "project": project,
            "kind": kind.value,
            "subject": subject,
            "created": moment_text(feed.created),
        }
        with self._desk.writing() as connection:
            connection.execute(insert(FEEDS).values(values))
        return feed

    def of(self, project: str) -> tuple[Feed, ...]:
        """Return a project's feeds, revoked ones among them, the oldest first."""
        query = select(FEEDS).where(FEEDS.c.project == project).order_by(FEEDS.c.created, FEEDS.c.token)
        with self._desk.reading() as connection:
            return tuple(_feed(row) for row in connection.execute(query))

    def get(self, token: str) -> Feed:
        """Return the feed at an address.

        Raises
        ------
        UnknownError
            There is none, or it has been revoked.
        """
        which = and_(FEEDS.c.token == token, FEEDS.c.revoked.is_(None))
        with self._desk.reading() as connection:
            row = connection.execute(select(FEEDS).where(which)).first()
        if row is None:
            raise UnknownError("there is no such calendar")
        return _feed(row)

    def revoke(self, token: str) -> None:
        """Take a feed away for good.

        Raises
        ------
        UnknownError
            There is none, or it was taken away before.
        """
        which = and_(FEEDS.c.token == token, FEEDS.c.revoked.is_(None))
        with self._desk.writing() as connection:
            if not connection.execute(update(FEEDS).where(which).values(revoked=moment_text(now()))).rowcount:
                raise UnknownError("there is no such calendar")


def _feed(row: Row[tuple[object, ...]]) -> Feed:
    return Feed(
        token=row.token,
        project=row.project,
        kind=FeedKind(row.kind),
        subject=row.subject,
        created=moment(row.created),
        revoked=optional_moment(row.revoked),
    )
