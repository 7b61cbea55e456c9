"""A database opened: its settings, its transactions, its tables brought up to date."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from meetsched.errors import StoreError
from meetsched.store.failures import in_words

WRITING = "writing"
"""The option of connections that will write: SQLite then waits for its turn at the beginning."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_MS = 10_000
"""For how long SQLite waits for another process that writes."""

_SETTINGS = (
    f"PRAGMA busy_timeout = {_WAIT_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


def open_engine(url: str) -> Engine:
    """Return an engine whose database has all tables.

    Raises
    ------
    StoreError
        The database cannot be opened, or was made by a later version of the program.
    """
    try:
        address = make_url(url)
        engine = create_engine(address)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(f"{url} is not the address of a database: {error}") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        with in_words(engine), engine.execution_options(**{WRITING: True}).begin() as connection:
            _migrate(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin and end where SQLAlchemy says so
    for setting in _SETTINGS:
        connection.execute(setting)


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _migrate(connection: Connection) -> None:
    """Take the steps that the database lacks."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError("the data was written by a later version of meetsched; use that one")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(config, "head")
