"""What is read of each kind of answer: pages become items, sitemaps, feeds and interfaces become links."""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from aggregator.archive import FetchedPage
from aggregator.store import Link
from pipelines import threads
from spiders import counts, ways
from spiders.base import fetched
from spiders.crawling import CrawlingSpider
from spiders.documents import (
    Listing,
    UnreadableListingError,
    looks_like_feed,
    looks_like_sitemap,
    next_feed_page,
    read_feed,
    read_sitemap,
)
from spiders.links import PageLinks, asks_not_to_be_read, likeness, may_be_page, named_interface, page_links
from spiders.middleware.robots import RobotsMiddleware
from spiders.targets import Target, absolute
from spiders.traps import Traps

MAX_DEPTH = 50
"""Clicks from the start page: deep enough for an archive that only has "older posts" links."""
MAX_ADDRESS = 2000
"""Characters; longer links are left out, as most of the web's own software does."""
MAX_DOCUMENTS = 200
"""Sitemaps, feed pages and pages of an interface of one source in one run."""
MAX_KNOWN = 200_000
"""Addresses of one source held in mind at once."""
MAX_TYPES = 10
"""Types of things that a WordPress site may have besides posts; builders and shops bring many without a review."""
_BUILT_IN = re.compile(r"(?:post|page|attachment|nav_menu_item|wp_\w+)$")
_ROUTE = re.compile(r"[\w-]{1,100}")
_HTML = {"text/html", "application/xhtml+xml", ""}


class DiscoveringSpider(CrawlingSpider):
    """Finds the pages of a target by the ways its class, or the source's configuration, names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._traps: dict[str, Traps] = {target.name: Traps(target.limits) for target in self.targets}

    async def take(self, target: Target, link: Link, response: Response) -> AsyncIterator[Any]:
        """Items of an answer; its links go into the frontier."""
        by_kind = {"start": self._start, "types": self._types, "posts": self._posts}
        by_kind |= {"page": self._page, "comments": self._comments}
        for item in by_kind.get(link.kind, self._document)(target, link, response):
            yield item

    def read(self, target: Target, link: Link, item: FetchedPage) -> None:
        """A page with a review on it shows that its kind is worth following."""
        if item.parsed is not None and item.parsed.reviews:
            self._traps[target.name].review(link.url)
            target.hints.pop("left_out", None)  # the way that named it was the right one

    def limit(self, target: Target) -> str | None:
        """Whether links have led to nothing for too long."""
        return "fruitless" if target.follow and self._traps[target.name].fruitless else None

    # the start
    def _start(self, target: Target, link: Link, response: Response) -> Iterator[Any]:
        """A start page; the host it was redirected to belongs to the source too."""
        target.adopt(response.url)
        target.is_new(response.url)
        body = response.body
        if looks_like_sitemap(body) or body.startswith(b"\x1f\x8b") or looks_like_feed(body):
            yield from self._given_document(target, link, response)
        elif target.asked < target.max_pages and "links" in target.ways:
            target.asked += 1
            self.stats.inc_value(counts.ASKED)
            yield from self._start_page(target, link, response)
        else:
            self._take_hints(target, self.links(response), response.url, _header(response, "Link"))
            self.note(target, link, also=response.url)

    def _start_page(self, target: Target, link: Link, response: Response) -> Iterator[Any]:
        self._take_hints(target, self.links(response), response.url, _header(response, "Link"))
        yield from self._item(target, link, response, [])

    def _take_hints(self, target: Target, found: PageLinks, url: str, link_header: str | None) -> None:
        hints = target.hints
        hints["feeds"] = [*hints.get("feeds", []), *found.feeds]
        hints["api"] = hints.get("api") or found.api or named_interface(link_header, url)
        if not found.nofollow:
            more = [(one.url, one.text[:80]) for one in self._pages(target, found, url)]
            hints["links"] = [*hints.get("links", []), *more]

    def _given_document(self, target: Target, link: Link, response: Response) -> Iterator[Any]:
        """The start address is itself a sitemap or feed: that is the way to go."""
        target.way = len(target.ways)
        yield from self._document(target, link, response)

    def prepare(self, target: Target) -> None:
        """Take the sitemaps that robots.txt names."""
        middleware = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if middleware is None or target.way >= 0:
            return
        found = [absolute(target.start, one) for key in sorted(target.hosts) for one in middleware.sitemaps(key)]
        target.hints["sitemaps"] = [url for url in dict.fromkeys(found) if url]

    # what lists pages
    def _document(self, target: Target, link: Link, response: Response) -> Iterator[Any]:
        feed = "feed" in link.kind or (link.kind == "start" and looks_like_feed(response.body))
        listing = self._read(link, response, read_feed if feed else read_sitemap)
        if listing is None:
            self.note(target, link, also=response.url, outcome="failed", reason="unreadable")
            return
        self.stats.inc_value(counts.FEEDS if feed else counts.SITEMAPS)
        what = f"{'feed' if feed else 'sitemap'} {response.url}"
        named = target.found
        links = self._listed(target, listing.pages, response.url, what)
        if listing.newest_only:
            target.found = named  # older pages must be found in another way
        if listing.pages:
            target.hints[f"{link.kind}_right"] = True
        sitemaps = [url for url in (absolute(response.url, one) for one in listing.sitemaps) if url]
        more = [(url, "sitemap") for url in sitemaps if target.owns(url) or link.kind == "sitemap"]
        if feed and links and target.found < target.max_pages:
            further = next_feed_page(response.body, response.url)
            more += [(further, "feed")] if further and target.owns(further) else []
        self._archived(target, link, response, links + self._documents(target, more, what))
        yield from ()

    def _documents(self, target: Target, found: Iterable[tuple[str, str]], found_by: str) -> list[Link]:
        links: list[Link] = []
        for url, kind in found:
            if target.documents >= MAX_DOCUMENTS or target.found >= MAX_KNOWN:
                self.stats.inc_value(counts.BUDGET + "sitemaps")
                break
            links += ways.document(target, url, found_by, kind)
        return links

    def _types(self, target: Target, link: Link, response: Response) -> Iterator[Any]:
        """The kinds of things a WordPress site publishes: reviews may have a type of their own."""
        try:
            types = json.loads(response.body)
            told = [(name, str(one["rest_base"])) for name, one in types.items() if one.get("rest_base")]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            told = []
        own = [base for name, base in told if not _BUILT_IN.match(name) and _ROUTE.fullmatch(base)][:MAX_TYPES]
        named = [(ways.posts_address(target.hints["api"], base), "posts") for base in own]
        self._archived(target, link, response, self._documents(target, named, link.found_by or ""))
        yield from ()

    def _posts(self, target: Target, link: Link, response: Response) -> Iterator[Any]:
        """One page of a WordPress site's posts."""
        try:
            posts = json.loads(response.body)
            found = [str(post["link"]) for post in posts if isinstance(post, dict) and post.get("link")]
        except (ValueError, TypeError, RecursionError):
            found = []
        links = self._listed(target, found, response.url, f"interface {response.url}")
        more: list[Link] = []
        if links and target.found < target.max_pages:
            more = self._documents(target, [(ways.next_posts_address(link.url), "posts")], link.found_by or "")
        self._archived(target, link, response, links + more)
        yield from ()

    def _listed(self, target: Target, urls: Iterable[str], base: str, found_by: str) -> list[Link]:
        absolutes = [url for url in (absolute(base, one) for one in urls) if url]
        # pages that are known and not due were found as well: this way names what there is
        target.found += sum(target.owns(url) and may_be_page(url) for url in absolutes)
        pages = [(url, "") for url in absolutes if self._wanted(target, url)]
        return ways.page_links(target, pages, found_by)

    def _archived(self, target: Target, link: Link, response: Response, links: list[Link]) -> None:
        """Keep a document with the pages it names, and what it says of the frontier, in one step."""
        kind = {"guessed_sitemap": "sitemap", "guessed_feed": "feed", "start": "list"}.get(link.kind, link.kind)
        capture = self.folder.keep(fetched(response, target, kind)) if self.folder else None
        self.note(target, link, also=response.url, links=links, capture=capture)

    def _read(self, link: Link, response: Response, reader: Callable[[bytes], Listing]) -> Listing | None:
        try:
            listing = reader(response.body)
        except UnreadableListingError as error:
            if not link.kind.startswith("guessed_"):
                self.no_document(response.url, str(error))
            return None
        if listing.cut:
            self.stats.inc_value(counts.BUDGET + "entries")
        return listing

    # pages
    def _comments(self, target: Target, link: Link, response: Response) -> Iterator[FetchedPage]:
        """A page of a comment thread that has an address of its own."""
        page = fetched(response, target, link.kind)
        more = [one for one in threads.next_links(page) if target.is_new(one.url)]
        target.queue.push(more)
        if self.folder:
            self.folder.expect(page, self.visit(target, link, response.url, more))
        yield page

    def _page(self, target: Target, link: Link, response: Response) -> Iterator[Any]:
        """A page as an item and, where links are followed, what it links to."""
        links = self._followed(target, link, self.links(response), response.url) if target.follow else []
        yield from self._item(target, link, response, links)

    def _item(self, target: Target, link: Link, response: Response, links: list[Link]) -> Iterator[FetchedPage]:
        """The page as an item, unless it is none: another kind of file, another site, or marked noindex."""
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1").partition(";")[0].strip().lower()
        if kind not in _HTML or (not kind and not response.body.lstrip().startswith(b"<")):
            self.stats.inc_value(counts.NOT_HTML)
        elif not target.owns(response.url):
            self.stats.inc_value(counts.OFFSITE)
        elif asks_not_to_be_read(response.body, _header(response, "X-Robots-Tag")):
            self.stats.inc_value(counts.NOINDEX)
        else:
            target.is_new(response.url)  # after a redirect: do not ask for it again under this address
            self.stats.inc_value(counts.FETCHED)
            target.queue.push(links)
            page = fetched(response, target)
            if self.folder:
                self.folder.expect(page, self.visit(target, link, response.url, links))
            yield page
            return
        self.note(target, link, also=response.url, links=links)

    def unmodified(self, target: Target, link: Link, request: Request) -> Iterator[Any]:
        """A 304: the links of a page that did not change still lead somewhere."""
        self.stats.inc_value(counts.UNMODIFIED)
        assert self.folder is not None
        links: list[Link] = []
        page = self.folder.archived(request.url) if target.follow or link.kind == "start" else None
        if page is not None:
            found = page_links(page.body, page.final_url, page.header("X-Robots-Tag"))
            if link.kind == "start":
                target.adopt(page.final_url)
                self._take_hints(target, found, page.final_url, page.header("Link"))
            else:
                links = self._followed(target, link, found, page.final_url)
        target.queue.push(links)
        self.folder.unmodified(request.url, self.visit(target, link, request.url, links))
        yield from ()

    def _followed(self, target: Target, link: Link, found: PageLinks, base: str) -> list[Link]:
        """Links for what a page links to, what looks most like a review first."""
        if found.nofollow:
            return []
        if link.depth >= int(target.limits.get("depth", MAX_DEPTH)):
            self.stats.inc_value(counts.BUDGET + "depth")
            return []
        traps = self._traps[target.name]
        pages = [(one.url, one.text) for one in self._pages(target, found, base)]
        fresh = [one for one in pages if not target.met(one[0])]
        traps.seen(link.url, [url for url, _ in fresh])
        allowed = []
        for url, text in fresh:
            limit = traps.limit_for(url)
            if limit:
                self.stats.inc_value(counts.BUDGET + limit)
            else:
                allowed.append((url, text))
        allowed.sort(key=lambda one: -likeness(*one))
        return ways.page_links(target, allowed, f"link {base}", depth=link.depth + 1)

    def _pages(self, target: Target, found: PageLinks, base: str) -> list[Any]:
        return [one for one in found.links if self._wanted(target, absolute(base, one.url))]

    def _wanted(self, target: Target, url: str | None) -> bool:
        """Whether an address may be a page of the target that is due."""
        if url is None or len(url) > MAX_ADDRESS or not may_be_page(url):
            return False
        if not target.owns(url):
            self.stats.inc_value(counts.OFFSITE)
            return False
        if self.folder is not None and not self.folder.due(target.name, url):
            if target.is_new(url):
                self.stats.inc_value(counts.NOT_DUE)
            return False
        return True

    def links(self, response: Response) -> PageLinks:
        """The page's links, read once."""
        if "aggregator_links" not in response.meta:
            response.meta["aggregator_links"] = page_links(
                response.body, response.url, _header(response, "X-Robots-Tag")
            )
        links: PageLinks = response.meta["aggregator_links"]
        return links


def _header(response: Response, name: str) -> str:
    """What all headers of that name say."""
    return b", ".join(response.headers.getlist(name)).decode("latin-1")
