"""Short transactions, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from meetsched.store.failures import in_words
from meetsched.store.opening import WRITING


class Desk:
    """Where transactions begin and end."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(**{WRITING: True})

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Return a connection that sees one state of everything."""
        with in_words(self.engine), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Return a connection whose changes are kept together at the end, or not at all."""
        with in_words(self.engine), self._writer.begin() as connection:
            yield connection


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def moment_text(moment: datetime) -> str:
    """Return a moment as it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """Return a moment that was kept."""
    return datetime.fromisoformat(text)


def optional_moment(text: str | None) -> datetime | None:
    """Return a moment that was kept, where there is one."""
    return None if text is None else moment(text)
