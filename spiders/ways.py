"""Ways to the pages of a site, in the order tried; a further way is a method `_begin_NAME` and a word in WAYS."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from aggregator.store import Link
from spiders.links import likeness
from spiders.targets import Target

WAYS = ("sitemap", "wordpress", "feed", "links")
GUESSED_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
GUESSED_FEEDS = ("/feed/", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml")

PRIORITY = {
    "start": 1000,
    "sitemap": 900,
    "guessed_sitemap": 890,
    "types": 810,
    "posts": 800,
    "feed": 700,
    "guessed_feed": 690,
}
"""Whatever lists pages is read before any page, so that what looks like a review comes first of all."""
DOCUMENTS = frozenset(PRIORITY)
_ENOUGH = {"sitemap", "wordpress"}
"""Ways that name every page there is: when one of them found pages, the later ones are not needed."""


def document(target: Target, url: str, found_by: str, kind: str) -> list[Link]:
    """A link to something that lists pages, unless it was met before."""
    if not target.is_new(url):
        return []
    target.documents += 1
    return [target.link(url, found_by, kind=kind, priority=PRIORITY[kind])]


def next_way(target: Target) -> list[Link]:
    """Go to the next way and give what it has to visit first; nothing when it has nothing to try."""
    gone = target.ways[target.way] if 0 <= target.way < len(target.ways) else ""
    if gone in _ENOUGH and target.found and not target.thorough:
        target.hints["left_out"] = target.way
        target.way = len(target.ways)
        return []
    target.way += 1
    if target.through:
        return []
    way = target.ways[target.way]
    return _BEGIN[way](target)


def take_up_left_out(target: Target) -> bool:
    """Go back to the ways that were not needed as it seemed; false when none was left out."""
    left_out = target.hints.pop("left_out", None)
    if left_out is None:
        return False
    target.way, target.thorough = left_out, True
    return True


def wanted(target: Target, link: Link) -> bool:
    """Whether a guess is still worth asking for: once one was right, the others are not."""
    return not link.kind.startswith("guessed_") or not target.hints.get(f"{link.kind}_right")


def _begin_sitemap(target: Target) -> list[Link]:
    named: list[str] = target.hints.get("sitemaps", [])
    links = [link for url in named for link in document(target, url, "robots.txt", "sitemap")]
    if named:
        return links
    return _guesses(target, GUESSED_SITEMAPS, "guessed_sitemap")


def _begin_wordpress(target: Target) -> list[Link]:
    api = target.hints.get("api")
    if not api:
        return []
    what = f"interface {api}"
    types = document(target, f"{api.rstrip('/')}/wp/v2/types", what, "types")
    return types + document(target, posts_address(api), what, "posts")


def posts_address(api: str, route: str = "posts") -> str:
    """Address of the first page of a WordPress site's posts, or of its things of another type, newest first, links
    only.
    """
    address = f"{api.rstrip('/')}/wp/v2/{route}"
    return f"{address}{'&' if '?' in address else '?'}per_page=100&page=1&_fields=id,link,modified_gmt"


def next_posts_address(address: str) -> str:
    """The address after one that `posts_address` gave."""
    return re.sub(r"(?<=[&?]page=)\d+", lambda number: str(int(number[0]) + 1), address, count=1)


def _begin_feed(target: Target) -> list[Link]:
    named: list[str] = target.hints.get("feeds", [])
    if named:
        return [link for url in named for link in document(target, url, f"link {target.start}", "feed")]
    return _guesses(target, GUESSED_FEEDS, "guessed_feed")


def _begin_links(target: Target) -> list[Link]:
    target.follow = True
    found = target.hints.get("links", ())
    return page_links(target, ((url, text) for url, text in found), f"link {target.start}", depth=1)


def _guesses(target: Target, paths: Iterable[str], kind: str) -> list[Link]:
    return [link for path in paths for link in document(target, urljoin(target.start, path), "guess", kind)]


def page_links(target: Target, found: Iterable[tuple[str, str]], found_by: str, *, depth: int = 0) -> list[Link]:
    """Links to pages, as (address, text) that `target` may visit, each met for the first time."""
    return [
        target.link(url, found_by, depth=depth, priority=10 * likeness(url, text) - depth)
        for url, text in found
        if target.is_new(url)
    ]


_BEGIN = {
    "sitemap": _begin_sitemap,
    "wordpress": _begin_wordpress,
    "feed": _begin_feed,
    "links": _begin_links,
}
