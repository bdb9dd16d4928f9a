"""The first store: sources, run log, pages, reviews with versions, frontier, and what a build makes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of an empty store."""
    _run_log()
    _pages()
    _crawl_state()
    _reviews()
    _build()


def _run_log() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start_url", sa.Text()),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("name", name="uq_sources_name"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("counts", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("gone_at", sa.Text()),
        sa.Column("http_status", sa.Integer()),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("digest", sa.Text()),
        sa.Column("archive_file", sa.Text()),
        sa.Column("archive_offset", sa.BigInteger()),
        sa.Column("content_type", sa.Text()),
        sa.Column("part_of", sa.Text()),
        sa.Column("next", sa.Text()),
        sa.Column("page_type", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("problems", sa.JSON()),
        sa.ForeignKeyConstraint(["source"], ["sources.name"], name="fk_pages_source"),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
        sa.UniqueConstraint("url_key", name="uq_pages_url_key"),
    )
    op.create_index("ix_pages_source", "pages", ["source"])


def _crawl_state() -> None:
    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer()),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_fetches_page_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_fetches_run_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_fetches"),
    )
    op.create_index("ix_fetches_page_id", "fetches", ["page_id"])
    op.create_index("ix_fetches_run_id", "fetches", ["run_id"])
    op.create_table(
        "frontier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("found_by", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["source"], ["sources.name"], name="fk_frontier_source"),
        sa.PrimaryKeyConstraint("id", name="pk_frontier"),
        sa.UniqueConstraint("source", "url_key", name="uq_frontier_source_url_key"),
    )
    op.create_index("ix_frontier_source_state", "frontier", ["source", "state"])


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("page_digest", sa.Text()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_reviews_page_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.UniqueConstraint("page_id", "review_id", name="uq_reviews_page_id_review_id"),
    )
    op.create_index("ix_reviews_review_id", "reviews", ["review_id"])
    op.create_table(
        "review_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["reviews.id"], name="fk_review_versions_review", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_review_versions"),
    )
    op.create_index("ix_review_versions_review", "review_versions", ["review"])


def _build() -> None:
    op.create_table(
        "films",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("film_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_films"),
        sa.UniqueConstraint("film_id", name="uq_films_film_id"),
    )
    op.create_table(
        "film_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("film_id", sa.Text()),
        sa.Column("review_id", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["film_id"], ["films.film_id"], name="fk_film_reviews_film_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_film_reviews"),
        sa.UniqueConstraint("review_id", name="uq_film_reviews_review_id"),
    )
    op.create_index("ix_film_reviews_film_id", "film_reviews", ["film_id"])
    op.create_table(
        "build_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_build_notes"),
    )
    op.create_index("ix_build_notes_subject", "build_notes", ["subject"])
    op.create_table(
        "builds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generated_from", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_builds"),
    )
