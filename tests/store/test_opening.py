"""A store is opened, made, brought up to date, or refused in words."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from meetsched.errors import StoreError
from meetsched.store import open_store
from meetsched.store.opening import open_engine
from meetsched.store.tables import METADATA


def test_the_steps_lead_to_the_tables(url):
    engine = open_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_a_database_of_sqlite_writes_to_the_disk_and_keeps_references(store):
    with store._desk.reading() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "plans.db"
    path.write_text("a letter, and no database at all " * 40)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.parametrize("address", ["nonsense", "sqlite:////no/such/folder/plans.db", "nobase://here/x"])
def test_an_address_of_nothing_is_told(address):
    with pytest.raises(StoreError):
        open_store(address)


def test_data_of_a_later_edition_are_not_touched(store, url, tmp_path):
    store.close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="later version"):
        open_store(url)
    assert Path(tmp_path / "plans.db").stat().st_size > 0
