"""Tells Alembic on which connection to work; it runs when a store is opened."""

from alembic import context

from meetsched.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
