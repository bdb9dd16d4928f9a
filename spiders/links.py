"""Links of a page and which of them look like reviews; the words and endings that decide are in links.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from lxml import etree, html

from aggregator.parse.encoding import decode
from aggregator.parse.guard import flatten, guard
from spiders.targets import absolute


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: where it leads and the text it shows."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page links to, what it asks of machines (`noindex`, `nofollow`), and its WordPress interface."""

    links: tuple[Link, ...] = ()
    feeds: tuple[str, ...] = ()
    noindex: bool = False
    nofollow: bool = False
    api: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    review: re.Pattern[str]
    listing: re.Pattern[str]
    never: re.Pattern[str]
    endings: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads((resources.files("spiders") / "links.toml").read_text(encoding="utf-8"))

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(table[name]), re.IGNORECASE)

    return _Words(any_of("review"), any_of("listing"), any_of("never"), frozenset(table["endings"]))


def may_be_page(url: str) -> bool:
    """Whether the address may be a page worth reading: no image or archive file, no log-in, share or reply link."""
    parts = urlsplit(url)
    ending = parts.path.rpartition("/")[2].rpartition(".")[2].lower() if "." in parts.path else ""
    if ending in _words().endings:
        return False
    return not _words().never.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def likeness(url: str, text: str = "") -> int:
    """How much a link looks like it leads to a review: 2 yes, 1 to a list of them, 0 no sign."""
    parts = urlsplit(url)
    place = f"{parts.path}?{parts.query}" if parts.query else parts.path
    words = _words()
    if words.review.search(place) or words.review.search(text):
        # "/reviews/" itself is a list of reviews, "/reviews/moon" is one
        return 1 if words.listing.search(place) else 2
    return 1 if words.listing.search(place) else 0


_NONE = re.compile(rb"<meta\b[^>]{0,500}\bnone\b")


def asks_not_to_be_read(body: bytes, robots_header: str | None = None) -> bool:
    """Whether a page says `noindex`; all its links are read only where its bytes hint at that."""
    low = body.lower()
    hints = robots_header or b"noindex" in low or b"\0" in body[:1000] or _NONE.search(low)
    return bool(hints) and page_links(body, "", robots_header).noindex


def page_links(body: bytes, url: str, robots_header: str | None = None) -> PageLinks:
    """Links, feeds and robots marks of an HTML page, in the order of the page; a broken page gives what is there."""
    tree = _tree(body)
    wishes = (robots_header or "").lower()
    if tree is None:
        return PageLinks(noindex=_asks(wishes, "noindex"), nofollow=_asks(wishes, "nofollow"))
    base = url
    links: dict[str, Link] = {}
    feeds: dict[str, None] = {}
    api: str | None = None
    for element in tree.iter("base", "meta", "link", "a", "area"):
        href = element.get("href") or ""
        if element.tag == "base":
            base = absolute(url, href) or base
        elif element.tag == "meta":
            if (element.get("name") or "").lower() == "robots":
                wishes += "," + (element.get("content") or "").lower()
        elif element.tag == "link":
            if _is_feed(element) and (feed := absolute(base, href)):
                feeds[feed] = None
            elif (element.get("rel") or "").strip() == "https://api.w.org/":
                api = absolute(base, href)
        elif href and "nofollow" not in (element.get("rel") or "") and (target := absolute(base, href)):
            links.setdefault(target, Link(target, " ".join("".join(element.itertext()).split())[:200]))
    return PageLinks(tuple(links.values()), tuple(feeds), _asks(wishes, "noindex"), _asks(wishes, "nofollow"), api)


_INTERFACE = re.compile(r"<([^<>]+)>\s*;[^<]*\brel=\"?https://api\.w\.org/\"?")


def named_interface(link_header: str | None, url: str) -> str | None:
    """The WordPress interface that a `Link` header names."""
    found = _INTERFACE.search(link_header or "")
    return absolute(url, found[1]) if found else None


def _tree(body: bytes) -> html.HtmlElement | None:
    """The page under the bounds of the parser's guard: a tag of 100,000 attributes would hold up the crawl for a
    minute, and of what nests too deeply lxml loses the rest.
    """
    source = decode(body)[0].encode("utf-8", "replace") if b"\0" in body[:1000] else body
    source = guard(source)[0]
    tree, whole = _parsed(source)
    return tree if whole else _parsed(flatten(source)[0])[0]


def _parsed(source: bytes) -> tuple[html.HtmlElement | None, bool]:
    """The tree, and whether it was built to its end."""
    parser = etree.HTMLParser(huge_tree=True, recover=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(source, parser) if source.strip() else None
    except (etree.LxmlError, ValueError):
        return None, True
    last = parser.error_log.last_error
    return tree, last is None or last.level != etree.ErrorLevels.FATAL


def _is_feed(element: html.HtmlElement) -> bool:
    kind = (element.get("type") or "").lower()
    if "comment" in (element.get("href") or "").lower() or "comment" in (element.get("title") or "").lower():
        return False
    return "alternate" in (element.get("rel") or "").lower() and kind in {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    }


def _asks(wishes: str, wish: str) -> bool:
    return wish in wishes or re.search(r"(^|[,:\s])none\b", wishes) is not None
