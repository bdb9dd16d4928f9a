"""What goes into the store and comes out of it; a column that callers need becomes a field here."""

from collections.abc import Mapping
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
    """What a conditional request needs, the digest by which an unchanged body is known, and when it was first seen."""

    etag: str | None
    last_modified: str | None
    digest: str | None
    fetched_at: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address to visit; `depth` counts clicks from the start page.

    `kind` is page, or what lists pages (start, sitemap, feed…); a higher `priority` is visited first, then what
    is nearer to the start, then the lower `place` in the order met.
    """

    url: str
    depth: int = 0
    found_by: str | None = None
    kind: str = "page"
    priority: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """What one answer means for the frontier: `urls` are done (asked for, and answered after redirects), `links`
    are to be visited, and `state` is where the crawl of `source` then stands (JSON).
    """

    source: str
    urls: tuple[str, ...]
    links: tuple[Link, ...] = ()
    state: Mapping[str, Any] | None = None
    outcome: str = "done"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer in the archive, as its index has it."""

    archive_file: str
    archive_offset: int
    url: str
    fetched_at: str
    http_status: int | None
    kind: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class CrawlState:
    """Where the crawl of a source stands. `resumed`: an earlier one was broken off, and this goes on with it.

    `pending` is to be visited, `met` are the addresses dealt with in this crawl, `left` those that an earlier
    crawl did not come to.
    """

    resumed: bool
    started_at: str
    state: Mapping[str, Any]
    pending: tuple[Link, ...] = ()
    met: tuple[str, ...] = ()
    left: tuple[Link, ...] = ()


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


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One staged review as it lies in the store: `text` is its Review as JSON, not read yet.

    `digest` is that of its content; `versions` are (seen_at, digest) of older contents, oldest first.
    """

    row: int
    review_id: str
    place: int
    status: str
    text: str
    digest: str
    page_url: str
    source: str | None
    part_of: str | None
    next: str | None
    versions: tuple[tuple[str, str], ...] = field(default=())
