"""Projects, versions, drafts, feeds, jobs; and that versions and texts are never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

FROZEN = ("texts", "versions")


def upgrade() -> None:
    """Make the tables, and freeze what is append-only."""
    _tables()
    for table in FROZEN:
        _freeze(table)


def _freeze(table: str) -> None:
    """Let the database itself refuse to change or delete a table's rows."""
    message = f"rows of {table} are never changed or deleted"
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_frozen()"
    )


def _tables() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    op.create_table(
        "texts",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_texts")),
    )
    op.create_table(
        "feeds",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("project", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("revoked", sa.String(length=32), nullable=True),
        sa.CheckConstraint("kind IN ('person', 'venue', 'city')", name=op.f("ck_feeds_kind")),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name=op.f("fk_feeds_project")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_feeds")),
    )
    op.create_index(
        op.f("ix_feeds_project_kind_subject"), "feeds", ["project", "kind", "subject"], unique=False
    )
    op.create_table(
        "versions",
        sa.Column("project", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("instance_sha256", sa.String(length=64), nullable=False),
        sa.Column("plan_sha256", sa.String(length=64), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("programs", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind <> 'published' OR plan_sha256 IS NOT NULL", name=op.f("ck_versions_published_plan")
        ),
        sa.CheckConstraint(
            "kind IN ('imported', 'edited', 'solved', 'repaired', 'moved', 'chosen', 'published', "
            "'restored')",
            name=op.f("ck_versions_kind"),
        ),
        sa.CheckConstraint("number > 0 AND (parent IS NULL) = (number = 1)", name=op.f("ck_versions_parent")),
        sa.ForeignKeyConstraint(
            ["instance_sha256"], ["texts.sha256"], name=op.f("fk_versions_instance_sha256")
        ),
        sa.ForeignKeyConstraint(["plan_sha256"], ["texts.sha256"], name=op.f("fk_versions_plan_sha256")),
        sa.ForeignKeyConstraint(
            ["project", "parent"],
            ["versions.project", "versions.number"],
            name=op.f("fk_versions_project_parent"),
        ),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name=op.f("fk_versions_project")),
        sa.PrimaryKeyConstraint("project", "number", name=op.f("pk_versions")),
    )
    op.create_table(
        "drafts",
        sa.Column("project", sa.String(length=200), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("instance_sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["project", "base"], ["versions.project", "versions.number"], name=op.f("fk_drafts_project_base")
        ),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name=op.f("fk_drafts_project")),
        sa.PrimaryKeyConstraint("project", name=op.f("pk_drafts")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("project", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("started", sa.String(length=32), nullable=True),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("result", sa.Integer(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'stopped', 'infeasible', 'unknown')",
            name=op.f("ck_jobs_state"),
        ),
        sa.ForeignKeyConstraint(
            ["project", "base"], ["versions.project", "versions.number"], name=op.f("fk_jobs_project_base")
        ),
        sa.ForeignKeyConstraint(
            ["project", "result"],
            ["versions.project", "versions.number"],
            name=op.f("fk_jobs_project_result"),
        ),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name=op.f("fk_jobs_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_project_created"), "jobs", ["project", "created"], unique=False)
