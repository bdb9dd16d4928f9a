"""Crawls that can go on where they were broken off: frontier columns, crawl state, robots.txt, archive index."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a crawl under way needs to know of itself."""
    with op.batch_alter_table("frontier") as table:
        table.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="page"))
        table.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "crawls",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text()),
        sa.Column("state", sa.JSON()),
        sa.ForeignKeyConstraint(["source"], ["sources.name"], name="fk_crawls_source"),
        sa.PrimaryKeyConstraint("source", name="pk_crawls"),
    )
    op.create_table(
        "robots",
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("endpoint", name="pk_robots"),
    )
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("archive_file", sa.Text(), nullable=False),
        sa.Column("archive_offset", sa.BigInteger(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.UniqueConstraint("archive_file", "archive_offset", name="uq_captures_archive_file_archive_offset"),
    )
    op.create_index("ix_captures_url_key", "captures", ["url_key"])
