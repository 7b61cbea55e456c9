"""What a database complains of, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from meetsched.errors import StoreError


@contextmanager
def in_words(engine: Engine) -> Iterator[None]:
    """Turn failures of the database that no program can help into a `StoreError`.

    A broken constraint stays what it is: a bug.
    """
    try:
        yield
    except (OperationalError, DBAPIError) as error:
        if not isinstance(error, OperationalError) and not _is_damaged(error):
            raise
        reason = str(error.orig).strip() or type(error.orig).__name__
        raise StoreError(f"the data in {_place(engine)} cannot be used: {reason}") from error


def _is_damaged(error: SQLAlchemyError) -> bool:
    """Whether SQLite found the file to be none of its own, or spoilt."""
    return any(word in str(error) for word in ("not a database", "malformed"))


def _place(engine: Engine) -> str:
    return engine.url.database or engine.url.render_as_string(hide_password=True)
