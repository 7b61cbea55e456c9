"""The tables of a store."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from meetsched.store.records import FeedKind, JobState, VersionKind

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_SHA256 = String(64)
_MOMENT = String(32)
"""A moment in UTC as ISO 8601 writes it: the same in every database, and in order as text."""


def _one_of(column: str, values: type[VersionKind | FeedKind | JobState]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


PROJECTS = Table(
    "projects",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("name", Text, nullable=False),
    Column("created", _MOMENT, nullable=False),
)

TEXTS = Table(
    "texts",
    METADATA,
    Column("sha256", _SHA256, primary_key=True),
    Column("text", Text, nullable=False),
)
"""Instances and plans, each once, by the SHA-256 of its UTF-8 bytes."""

VERSIONS = Table(
    "versions",
    METADATA,
    Column("project", ForeignKey("projects.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("parent", Integer),
    Column("kind", String(20), nullable=False),
    Column("instance_sha256", ForeignKey("texts.sha256"), nullable=False),
    Column("plan_sha256", ForeignKey("texts.sha256")),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("programs", Text, nullable=False),
    Column("created", _MOMENT, nullable=False),
    Column("hash", _SHA256, nullable=False),
    PrimaryKeyConstraint("project", "number"),
    ForeignKeyConstraint(["project", "parent"], ["versions.project", "versions.number"]),
    CheckConstraint("number > 0 AND (parent IS NULL) = (number = 1)", name="parent"),
    CheckConstraint("kind <> 'published' OR plan_sha256 IS NOT NULL", name="published_plan"),
    _one_of("kind", VersionKind),
)

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("project", ForeignKey("projects.id"), primary_key=True),
    Column("base", Integer, nullable=False),
    Column("instance_sha256", _SHA256, nullable=False),
    Column("text", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed", _MOMENT, nullable=False),
    ForeignKeyConstraint(["project", "base"], ["versions.project", "versions.number"]),
)

FEEDS = Table(
    "feeds",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("project", ForeignKey("projects.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", Text, nullable=False),
    Column("created", _MOMENT, nullable=False),
    Column("revoked", _MOMENT),
    _one_of("kind", FeedKind),
    Index(None, "project", "kind", "subject"),
)

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("project", ForeignKey("projects.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("options", Text, nullable=False),
    Column("base", Integer, nullable=False),
    Column("created", _MOMENT, nullable=False),
    Column("started", _MOMENT),
    Column("ended", _MOMENT),
    Column("result", Integer),
    Column("document", Text),
    Column("message", Text, nullable=False),
    ForeignKeyConstraint(["project", "base"], ["versions.project", "versions.number"]),
    ForeignKeyConstraint(["project", "result"], ["versions.project", "versions.number"]),
    _one_of("state", JobState),
    Index(None, "project", "created"),
)

SECRETS = Table(
    "secrets",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the server must know again after it was started anew."""
