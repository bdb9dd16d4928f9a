"""A page as the network gave it and the place where it is kept; what travels from spider to pipelines."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from aggregator.model import ParsedPage

Headers = tuple[tuple[str, str], ...]


def utc_now() -> str:
    """This moment as an ISO date-time to the second, in UTC (`2026-03-02T06:00:00Z`)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: the file's name inside the archive folder and the byte offset of its first byte."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """One answered request.

    `url` is the address asked for, `final_url` the one that answered after redirects. `body` has its transfer
    and content encodings taken off; `headers` are those of the answer, made to fit that body. `found_by` says
    why the address was followed (`sitemap https://…`), `permitted_by` what allowed it (robots.txt as read when).
    `kind` is `page`, `comments` for a thread of its own, or what lists pages (sitemap, feed, posts…). `length_unknown`:
    the body ended with the connection, so nobody can say that it is whole. `place` and `parsed` are filled in by
    the pipelines.
    """

    url: str
    final_url: str
    status: int
    headers: Headers
    body: bytes = field(repr=False)
    fetched_at: str
    source: str | None = None
    found_by: str | None = None
    request_headers: Headers = ()
    place: Place | None = None
    parsed: ParsedPage | None = field(default=None, repr=False)
    kind: str = "page"
    permitted_by: str | None = None
    length_unknown: bool = False

    def __repr__(self) -> str:
        return f"FetchedPage({self.final_url!r})"  # logs name a page, they do not print it

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
