"""From a fetched page to rows in the store, as plain functions: a crawl, a re-parse and an import run the same ones."""

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aggregator.archive import FetchedPage, Place
from aggregator.model import PageType, ParsedPage, Problem, RatingStatus
from aggregator.parse import parse
from aggregator.parse.encoding import declared_encoding, decode
from aggregator.sites import Profile
from aggregator.store import Capture, PageRecord
from pipelines import threads

if TYPE_CHECKING:
    from aggregator.store import Store

PARSER_BROKE = "crash"
"""Code of the problem that stands for a page whose reading broke off with an error."""

_SAYS_CHARSET = re.compile(rb"<meta\b[^>]*charset|<\?xml[^>]*encoding", re.IGNORECASE)
_ENDS = re.compile(rb"</html\s*>", re.IGNORECASE)
_WALLS = {"captcha", "login", "paywall", "javascript", "not_found"}
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def digest_of(body: bytes) -> str:
    """The sha1 of a body in hex: the digest by which an unchanged page is known."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


def body_to_parse(page: FetchedPage) -> bytes | str:
    """The body as the parser should take it.

    Bytes, except when only the HTTP header names the encoding: a saved page has no header, so the parser looks
    for one in the page alone.
    """
    kind = page.header("Content-Type")
    named = declared_encoding(b"", kind)
    if named in (None, "utf-8") or page.body.startswith(_BOMS) or _SAYS_CHARSET.search(page.body[:4096]):
        return page.body
    return decode(page.body, kind)[0]


def parse_page(page: FetchedPage, profile: Profile | None = None) -> ParsedPage:
    """What the page says, read with the site profile given or the one of its host.

    A page that breaks the parser gives a page without reviews and a `crash` problem.
    """
    try:
        if page.kind == threads.KIND:
            return threads.parsed(page)
        return parse(body_to_parse(page), page.final_url, fetched_at=page.fetched_at, profile=profile)
    except Exception as error:  # noqa: BLE001 - one page must never end a run
        problem = Problem(code=PARSER_BROKE, message=f"{type(error).__name__}: {error}"[:300])
        return ParsedPage(url=page.final_url, page_type=PageType.OTHER, problems=[problem])


def broke(parsed: ParsedPage) -> bool:
    """Whether reading this page broke off with an error."""
    return any(problem.code == PARSER_BROKE for problem in parsed.problems)


def normalised(page: FetchedPage, parsed: ParsedPage) -> ParsedPage:
    """The parsed page, validated once more as a whole, with the source's name on every review."""
    data = parsed.model_dump(mode="json")
    data["path"] = None
    if page.length_unknown and not _ENDS.search(page.body[-400:]):
        data["partial"] = True
        message = "the body ended with the connection and without </html>: nobody can say that it is whole"
        data["problems"].append({"code": "length_unknown", "message": message})
    for review in data["reviews"]:
        review["source"] = page.source
        review["fetched_at"] = page.fetched_at
    return ParsedPage.model_validate(data)


def with_reading(page: FetchedPage, profile: Profile | None = None) -> FetchedPage:
    """The page parsed and normalised."""
    return dataclasses.replace(page, parsed=normalised(page, parse_page(page, profile)))


def wall(page: FetchedPage, store: "Store") -> str | None:
    """Why this answer is no reason to give up the reviews that we hold of its address, in a word; None when it is.

    A log-in, captcha or error page with status 200, a page that suddenly has no review, one that broke the
    parser: what stood there before stays, and every run says so.
    """
    parsed = page.parsed
    assert parsed is not None
    codes = {problem.code for problem in parsed.problems}
    if parsed.reviews and not codes & _WALLS:
        return None
    if page.url != page.final_url and not parsed.reviews and store.has_live_reviews(page.url):
        return "redirected"
    held = store.get_page(page.final_url)
    if held is None or not store.has_live_reviews(page.final_url):
        return None
    if PARSER_BROKE in codes:
        return PARSER_BROKE
    if held["digest"] == digest_of(page.body):
        return None  # the same bytes, read anew
    before = {problem["code"] for problem in held["problems"] or ()}
    fresh = sorted((codes & _WALLS) - before)
    return fresh[0] if fresh else (None if parsed.reviews else "no_review")


def capture_of(page: FetchedPage, place: Place) -> Capture:
    """The answer's line in the index of the archive."""
    digest = digest_of(page.body)
    return Capture(place.file, place.offset, page.final_url, page.fetched_at, page.status, page.kind, digest)


def missing_fields(parsed: ParsedPage) -> Counter[str]:
    """How many of the page's reviews lack each field that a review usually has."""
    missing: Counter[str] = Counter()
    for review in parsed.reviews:
        missing.update(
            name
            for name, value in (
                ("film.title", review.film.title),
                ("film.year", review.film.year),
                ("critics", review.critics),
                ("published", review.published),
                ("body", review.body),
                ("credits", review.credits),
            )
            if not value
        )
        missing.update(["rating"] if review.rating_status is RatingStatus.UNREADABLE else [])
    return missing


def page_record(page: FetchedPage, parsed: ParsedPage) -> PageRecord:
    """The row of a fetched page; it must have its place in the archive."""
    place = page.place
    canonical = next((review.canonical_url for review in parsed.reviews if review.canonical_url), None)
    return PageRecord(
        url=page.final_url,
        fetched_at=page.fetched_at,
        digest=digest_of(page.body),
        source=page.source,
        canonical_url=canonical,
        http_status=page.status,
        content_type=page.header("Content-Type"),
        etag=page.header("ETag"),
        last_modified=page.header("Last-Modified"),
        archive_file=place.file if place else None,
        archive_offset=place.offset if place else None,
    )


def as_rows(parsed: ParsedPage) -> Mapping[str, Any]:
    """The parsed page as the store takes it."""
    return parsed.model_dump(mode="json")
