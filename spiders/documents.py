"""Reading what lists pages: XML and plain-text sitemaps, sitemap indexes, RSS and Atom feeds."""

import html
import io
import re
from dataclasses import dataclass

import feedparser
from lxml import etree

from aggregator.archive import BodyRefusedError, decode_body
from aggregator.notation.xml_names import local_name
from spiders.targets import absolute

MAX_ENTRIES = 50_000
"""Addresses read from one document: the limit of the sitemap protocol."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The addresses a document names: of pages, and of further sitemaps; `newest_only` says that it is a news sitemap,
    which names what came out in the last days and nothing older.
    """

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    cut: bool = False
    newest_only: bool = False


class UnreadableListingError(ValueError):
    """A document that is neither sitemap nor feed, or is broken."""


def unpacked(body: bytes) -> bytes:
    """The document without gzip. Raises UnreadableListingError for a torn or oversized one."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return decode_body(body, "gzip")
    except BodyRefusedError as error:
        raise UnreadableListingError(str(error)) from error


_NEWS = re.compile(rb"<news:publication_date[\s>]")
_NEXT = re.compile(rb"<(?:\w+:)?link\b[^>]*\brel=[\"']next[\"'][^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref=[\"']([^\"']+)", re.IGNORECASE)
_WORDPRESS = re.compile(rb"<generator\b[^>]*>[^<]*wordpress|uri=[\"']https?://wordpress\.org", re.IGNORECASE)


def next_feed_page(body: bytes, url: str) -> str | None:
    """Address of the feed's next page: the one it names (RFC 5005), else WordPress's `paged`; None without one."""
    head = body[:8192]
    named = _NEXT.search(head)
    href = _HREF.search(named[0]) if named else None
    if href:
        return absolute(url, html.unescape(href[1].decode("utf-8", "replace")))
    if not _WORDPRESS.search(head):
        return None
    number = re.search(r"(?<=[?&]paged=)\d{1,6}", url)
    if number:
        return f"{url[: number.start()]}{int(number[0]) + 1}{url[number.end() :]}"
    return f"{url}{'&' if '?' in url else '?'}paged=2"


def looks_like_sitemap(body: bytes) -> bool:
    """Whether the first bytes are those of a sitemap or sitemap index."""
    return re.search(rb"<(\w+:)?(urlset|sitemapindex)[\s>]", body[:4096]) is not None


def looks_like_feed(body: bytes) -> bool:
    """Whether the first bytes are those of an RSS or Atom feed."""
    return re.search(rb"<(rss|(\w+:)?feed|rdf:RDF)[\s>]", body[:4096]) is not None


def read_sitemap(body: bytes) -> Listing:
    """The addresses of a sitemap or sitemap index, gzipped or not, in its order; a plain list of addresses too.

    A broken one gives what stands before the break. Raises UnreadableListingError when nothing can be read.
    """
    body = unpacked(body)
    if not body.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return _plain_list(body)
    pages: list[str] = []
    sitemaps: list[str] = []
    newest_only = _NEWS.search(body) is not None
    # entities are neither expanded nor fetched: a sitemap needs none
    events = etree.iterparse(
        io.BytesIO(body), events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for _, element in events:
            name = local_name(element)
            if name in {"url", "sitemap"}:
                location = _location(element)
                if location:
                    (pages if name == "url" else sitemaps).append(location)
                element.clear()
            if len(pages) + len(sitemaps) >= MAX_ENTRIES:
                return Listing(tuple(pages), tuple(sitemaps), cut=True, newest_only=newest_only)
    except etree.XMLSyntaxError as error:
        if not pages and not sitemaps:
            raise UnreadableListingError(f"not a sitemap: {error}") from error
    if not pages and not sitemaps and len(events.error_log):
        raise UnreadableListingError("a broken sitemap")
    return Listing(tuple(pages), tuple(sitemaps), newest_only=newest_only)


def _location(element: etree._Element) -> str:
    for child in element:
        if local_name(child) == "loc":
            return (child.text or "").strip()
    return ""


def _plain_list(body: bytes) -> Listing:
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
    pages = [line for line in lines if re.match(r"https?://\S+$", line)]
    if not pages:
        raise UnreadableListingError("not a sitemap")
    return Listing(tuple(pages[:MAX_ENTRIES]), cut=len(pages) > MAX_ENTRIES)


def read_feed(body: bytes) -> Listing:
    """The entries' addresses of an RSS or Atom feed, in its order. Raises UnreadableListingError when it is none."""
    feed = feedparser.parse(io.BytesIO(unpacked(body)), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        raise UnreadableListingError("not an RSS or Atom feed")
    links = [str(entry.get("link") or "").strip() for entry in feed.entries]
    return Listing(tuple(link for link in links if link)[:MAX_ENTRIES], cut=len(links) > MAX_ENTRIES)
