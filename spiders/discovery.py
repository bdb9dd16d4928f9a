"""Ways to the pages of a site: its sitemaps, its feeds, its links; a further way is a method here."""

from collections.abc import AsyncIterator, Iterable
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from spiders import counts
from spiders.base import MAX_DOCUMENTS, TARGET, ReviewSpider, reason_of
from spiders.documents import Listing, UnreadableListingError, read_feed, read_sitemap
from spiders.links import likeness
from spiders.middleware.guard import ENDPOINT
from spiders.middleware.robots import RobotsMiddleware
from spiders.targets import Target, absolute

GUESSED_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
GUESSED_FEEDS = ("/feed/", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml")
MAX_KNOWN = 200_000
"""Addresses of one source held in mind at once."""


class DiscoveringSpider(ReviewSpider):
    """Finds the pages of a target; which way is for the subclass to say."""

    async def from_sitemaps(self, target: Target, response: Response) -> AsyncIterator[Request]:
        """Pages named by the sitemaps of robots.txt; where it names none, by sitemaps at the usual places."""
        robots = self._robots_of(response)
        named = [url for url in (absolute(response.url, link) for link in robots) if url]
        if named:
            pages = await self._walk(target, named)
        else:
            pages = []
            for path in GUESSED_SITEMAPS:
                pages = pages or await self._walk(target, [urljoin(response.url, path)], guessed=True)
        for request in self._page_requests(target, pages, response.url):
            yield request

    async def from_sitemap_body(self, target: Target, response: Response) -> AsyncIterator[Request]:
        """Pages named by a sitemap that is already here, and by those it names."""
        pages: list[tuple[str, str]] = []
        listing = self._read(response, read_sitemap)
        if listing is not None:
            pages += [(url, f"sitemap {response.url}") for url in listing.pages]
            pages += await self._walk(target, list(listing.sitemaps))
        for request in self._page_requests(target, pages, response.url):
            yield request

    async def from_feeds(self, target: Target, feeds: Iterable[str], base: str) -> AsyncIterator[Request]:
        """Pages named by feeds; where no feed is named, by feeds at the usual places."""
        named = list(feeds)
        for url in named or [urljoin(base, path) for path in GUESSED_FEEDS]:
            response = await self._document(target, url, guessed=not named)
            if response is None:
                continue
            before = target.asked
            for request in self.from_feed_body(target, response, guessed=not named):
                yield request
            if not named and target.asked > before:
                return

    def from_feed_body(self, target: Target, response: Response, *, guessed: bool = False) -> Iterable[Request]:
        """Pages named by a feed that is already here."""
        listing = self._read(response, read_feed, guessed=guessed)
        if listing is None:
            return []
        self.stats.inc_value(counts.FEEDS)
        pages = [(url, f"feed {response.url}") for url in listing.pages]
        return self._page_requests(target, pages, response.url)

    def _page_requests(self, target: Target, pages: list[tuple[str, str]], base: str) -> Iterable[Request]:
        # what looks like a review first, in case a budget ends before the list does
        for url, found_by in sorted(pages, key=lambda page: -likeness(page[0])):
            request = self.page_request(target, url, base=base, found_by=found_by)
            if request is not None:
                yield request

    async def _walk(self, target: Target, sitemaps: list[str], *, guessed: bool = False) -> list[tuple[str, str]]:
        """Every page address of these sitemaps and of those they name, each with the sitemap it stands in."""
        pages: list[tuple[str, str]] = []
        queue, met = list(sitemaps), set(sitemaps)
        documents = 0
        while queue:
            if documents >= MAX_DOCUMENTS or len(pages) >= MAX_KNOWN:
                self.stats.inc_value(counts.BUDGET + "sitemaps")
                break
            url = queue.pop(0)
            documents += 1
            response = await self._document(target, url, guessed=guessed)
            listing = self._read(response, read_sitemap, guessed=guessed) if response else None
            if response is None or listing is None:
                continue
            self.stats.inc_value(counts.SITEMAPS)
            pages += [(page, f"sitemap {url}") for page in listing.pages]
            further = [link for link in (absolute(response.url, entry) for entry in listing.sitemaps) if link]
            queue += [link for link in dict.fromkeys(further) if link not in met]
            met.update(further)
        return pages

    async def _document(self, target: Target, url: str, *, guessed: bool) -> Response | None:
        """Ask for a sitemap or feed; None, and counted where it should have been there, when it cannot be read."""
        engine = self.crawler.engine
        assert engine is not None
        target.is_new(url)  # a page that links to it need not have it asked for again
        request = Request(url, meta={TARGET: target}, callback=NO_CALLBACK, priority=100)
        try:
            response = await engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - every kind of failure is counted alike
            self._no_document(url, reason_of(error), guessed=guessed)
            return None
        if response.status in {404, 410}:
            return None  # sites often name a sitemap that is long gone
        if not 200 <= response.status < 300:
            self._no_document(url, f"http_{response.status}", guessed=guessed)
            return None
        return response

    def _read(self, response: Response, reader: Any, *, guessed: bool = False) -> Listing | None:
        try:
            listing: Listing = reader(response.body)
        except UnreadableListingError as error:
            self._no_document(response.url, str(error), guessed=guessed)
            return None
        if listing.cut:
            self.stats.inc_value(counts.BUDGET + "entries")
        return listing

    def _no_document(self, url: str, reason: str, *, guessed: bool) -> None:
        if reason == "robots":
            self.stats.inc_value(counts.ROBOTS)
        elif not guessed:
            self.stats.inc_value(counts.DISCOVERY_FAILED)
            self.logger.warning("not read (%s): %s", reason[:120], url)

    def _robots_of(self, response: Response) -> tuple[str, ...]:
        middleware = self.crawler.get_downloader_middleware(RobotsMiddleware)
        robots = middleware.known(str(response.meta[ENDPOINT])) if middleware else None
        return robots.sitemaps if robots else ()
