"""Every table of the store in one place; change it together with a new file in migrations/versions.

Times are ISO 8601 texts in UTC, JSON columns hold records of the public contract. Addresses can be longer
than a B-tree entry may be, so uniqueness is held on their digest (`url_key`), never on the text.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0002"
"""Revision this program reads and writes; a test holds it equal to the newest migration."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_json = JSON(none_as_null=True)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("start_url", Text),
    Column("added_at", Text, nullable=False),
)

# the run log: two tables, the only ones that a crawl of an unchanged site may touch
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # crawl, reparse, import, build
    Column("source", Text),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),  # null: still running, or killed
    Column("outcome", Text),
    Column("counts", _json),
)
fetches = Table(
    "fetches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("runs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("page_id", Integer, ForeignKey("pages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("fetched_at", Text, nullable=False),
    Column("http_status", Integer),
    Column("outcome", Text, nullable=False),  # new, updated, same, unmodified, gone
)

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url_key", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("canonical_url", Text),
    Column("source", Text, ForeignKey("sources.name"), index=True),
    Column("first_seen", Text, nullable=False),
    Column("fetched_at", Text, nullable=False),  # when the content now held was first seen
    Column("status", Text, nullable=False),  # live, gone
    Column("gone_at", Text),
    Column("http_status", Integer),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("digest", Text),
    Column("archive_file", Text),
    Column("archive_offset", BigInteger),
    Column("content_type", Text),
    Column("part_of", Text),
    Column("next", Text),
    Column("page_type", Text),
    Column("language", Text),
    Column("partial", Boolean, nullable=False, default=False),
    Column("problems", _json),
)

# one address may be a view of another page (print, AMP) and then hold the same review id
reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", Integer, ForeignKey("pages.id", ondelete="CASCADE"), nullable=False),
    Column("review_id", Text, nullable=False, index=True),
    Column("place", Integer, nullable=False),  # 0, 1, 2… in the order of the page
    Column("status", Text, nullable=False),  # live, gone
    Column("first_seen", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("page_digest", Text),  # of the page content this was read from
    Column("digest", Text, nullable=False),
    Column("data", _json, nullable=False),
    UniqueConstraint("page_id", "review_id"),
)
review_versions = Table(
    "review_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("review", Integer, ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("seen_at", Text, nullable=False),  # when this older content was first seen
    Column("digest", Text, nullable=False),
    Column("data", _json, nullable=False),
)

frontier = Table(
    "frontier",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, ForeignKey("sources.name"), nullable=False),
    Column("url_key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("state", Text, nullable=False),  # pending, done, failed; known, left: of an earlier crawl, see frontier.py
    Column("found_by", Text),
    Column("reason", Text),
    Column("kind", Text, nullable=False, server_default="page"),  # page, start, sitemap, feed…
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("place", Integer, nullable=False, server_default="0"),  # in the order in which links were met
    UniqueConstraint("source", "url_key"),
    Index("ix_frontier_source_state", "source", "state"),
)
# where the crawl of a source stands, so that a killed one goes on there; part of the run log
crawls = Table(
    "crawls",
    metadata,
    Column("source", Text, ForeignKey("sources.name"), primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),  # null: under way, or broken off
    Column("state", _json),  # of the spider: how far discovery has come
)
# robots.txt as last read, good for 24 hours whichever process asks; part of the run log
robots = Table(
    "robots",
    metadata,
    Column("endpoint", Text, primary_key=True),  # scheme://host:port
    Column("fetched_at", Text, nullable=False),
    Column("http_status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
# the index of the archive: every answer kept, pages and what lists them
captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("archive_file", Text, nullable=False),
    Column("archive_offset", BigInteger, nullable=False),
    Column("url_key", Text, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("fetched_at", Text, nullable=False),
    Column("http_status", Integer),
    Column("kind", Text, nullable=False),
    Column("digest", Text),
    UniqueConstraint("archive_file", "archive_offset"),
)

# what the last build made; rebuilt whole every time
films = Table(
    "films",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("film_id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("year", Integer),
    Column("data", _json, nullable=False),  # a Film without its reviews
)
film_reviews = Table(
    "film_reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("film_id", Text, ForeignKey("films.film_id", ondelete="CASCADE"), index=True),  # null: unknown
    Column("review_id", Text, nullable=False, unique=True),
    Column("data", _json, nullable=False),  # a Review with its copies, versions and score
)
build_notes = Table(
    "build_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),  # a review or film id
    Column("data", _json, nullable=False),
)
builds = Table(
    "builds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generated_from", _json, nullable=False),
)
