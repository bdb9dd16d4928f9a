"""What goes into the store and comes out of it; a column that callers need becomes a field here."""

from dataclasses import dataclass, field
from typing import Any, Literal

Staged = Literal["new", "updated", "same"]
"""new: address never seen; updated: a review or a fact of the page changed; same: neither did."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One fetched page as the archive holds it; `digest` is the sha1 of its body in hex."""

    url: str
    fetched_at: str
    digest: str
    source: str | None = None
    canonical_url: str | None = None
    http_status: int | None = 200
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    archive_file: str | None = None
    archive_offset: int | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request needs, and the digest by which an unchanged body is known."""

    etag: str | None
    last_modified: str | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """An address to visit; `depth` counts clicks from the start page."""

    url: str
    depth: int = 0
    found_by: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One answer of a server in the run log: outcome is new, updated, same, unmodified or gone."""

    run_id: int
    page_id: int
    fetched_at: str
    http_status: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class StagedReview:
    """One review as its page says it, with the facts of the page that the build needs.

    `data` is a Review of the contract with `fetched_at` the time this content was first seen; `versions` are
    older contents, oldest first, as (seen_at, Review).
    """

    review_id: str
    place: int
    status: str
    data: dict[str, Any]
    page_url: str
    source: str | None
    part_of: str | None
    next: str | None
    versions: tuple[tuple[str, dict[str, Any]], ...] = field(default=())
