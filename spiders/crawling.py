"""Works off a target's frontier: what is asked next, what an answer means for it, and when a source is done with."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from aggregator.errors import AggregatorError, UsageError
from aggregator.net.addresses import endpoint
from aggregator.store import Link, Visit
from spiders import counts, ways
from spiders.base import LINK, TARGET, ReviewSpider, reason_of
from spiders.links import likeness
from spiders.middleware.politeness import PolitenessMiddleware
from spiders.targets import Target

FAILURES_IN_A_ROW = 10
"""A site that fails so often is left alone for this run; the next run goes on there."""
_ANSWERED = {"address", "body", "redirects", "too_large"}
"""Reasons that speak against a page and not against its site, which did answer."""
_WHOLE = {200, 203}
"""Good answers that are a page; 206 is a part of one, 202 and 204 announce that there is none."""
_GOES_ON = {"retry_after", "failures_in_a_row", "stopped", "disk"}
"""What ends a run and not its crawl: the next run goes on there."""
_KNOWN_PRIORITY = -100
"""Known pages that nothing links to any more are asked last."""


class CrawlingSpider(ReviewSpider):
    """Takes links from the frontier, best first, and gives every answer to `take`."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make one."""
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signals.spider_idle)
        for done in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.item_done, done)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Go on with what was broken off, or ask for each target's start page."""
        if not self.targets:
            raise UsageError(f"spider {self.name}: give it -a url=ADDRESS")
        if self.folder is not None:
            self.folder.found = self._found_by_reading
        for target in self.targets:
            self._begin(target)
            for request in self.next_requests(target):
                yield request

    def _begin(self, target: Target) -> None:
        politeness = self.crawler.get_downloader_middleware(PolitenessMiddleware)
        if politeness is not None and "delay" in target.limits:
            politeness.own_delay(target.hosts, float(target.limits["delay"]))
        if self.folder is not None:
            crawl = self.folder.store.crawl_begin(target.name)
            target.restore(crawl.state)
            if crawl.resumed:
                self.stats.inc_value(counts.RESUMED)
                self.logger.info("%s: going on with a broken-off crawl", target.name)
            for url in crawl.met:
                target.is_new(url)
            target.queue.push(crawl.pending)
            target.left = crawl.left
        starts = [link for start in target.starts for link in ways.document(target, start, "start", "start")]
        self.note(target, links=starts)

    def _found_by_reading(self, source: str, links: list[Link]) -> list[Link]:
        """Take links that only reading a page shows (comments on an address of their own)."""
        target = next(one for one in self.targets if one.name == source)
        fresh = [link for link in links if target.owns(link.url) and target.is_new(link.url)]
        target.queue.push(fresh)
        return fresh

    # what comes next
    def next_requests(self, target: Target) -> Iterator[Request]:
        """The next request, unless one is in hand: an answer is stored before the next page is asked for, so that
        a killed run has at most one to ask for again.
        """
        if self.folder is not None and self.folder.ending is not None:
            return  # nothing more could be kept
        if not target.under_way and (link := self._next(target)) is not None:
            target.under_way = link
            yield self.request(target, link)

    def item_done(self, item: Any, response: Response | None) -> None:
        """An item has left the pipelines: go on."""
        if response is None or TARGET not in response.meta:
            return
        target = target_of(response)
        target.under_way = None
        self.read(target, response.meta[LINK], item)
        engine = self.crawler.engine
        if engine is None or not engine.running:
            return
        for request in self.next_requests(target):
            engine.crawl(request)

    def _next(self, target: Target) -> Link | None:
        if target.ended_by:
            return None
        first = target.queue.first()
        if first is not None and first.kind in ways.DOCUMENTS:
            return self._next_document(target)
        if not target.through:
            self._next_way(target)
            return self._next(target)
        if first is None:
            if self._reviews_held(target) or not ways.take_up_left_out(target):
                return None
            self.logger.info("%s: none of the pages found held a review; trying the other ways", target.name)
            return self._next(target)
        if (limit := self.limit(target)) is not None:
            self._leave(target, limit)
            return None
        if target.asked >= target.max_pages:
            self._over_budget(target)
            return None
        target.asked += 1
        self.stats.inc_value(counts.ASKED)
        return target.queue.pop()

    def _reviews_held(self, target: Target) -> bool:
        return self.folder is None or self.folder.store.source_has_reviews(target.name)

    def _next_document(self, target: Target) -> Link | None:
        link = target.queue.pop()
        if ways.wanted(target, link):
            return link
        self.note(target, link)
        return self._next(target)

    def _next_way(self, target: Target) -> None:
        self.prepare(target)
        links = ways.next_way(target)
        if target.through:
            links = links + self._known(target)
        self.note(target, links=links)

    def prepare(self, target: Target) -> None:
        """Look up what the next way needs to know."""

    def _over_budget(self, target: Target) -> None:
        target.ended_by = "max_pages" if self.own_limit(target) else "pages_per_source"
        self.stats.inc_value(counts.BUDGET + target.ended_by, len(target.queue))

    def _known(self, target: Target) -> list[Link]:
        """Pages that we hold, or met in an earlier crawl and did not come to, and that nothing names any more."""
        known = [(url, "known page") for url in (self.folder.known(target.name) if self.folder else ())]
        known += [(link.url, link.found_by or "earlier crawl") for link in target.left if link.kind == "page"]
        return [
            target.link(url, found_by, priority=_KNOWN_PRIORITY + 10 * likeness(url))
            for url, found_by in known
            if target.owns(url) and target.is_new(url)
        ]

    def request(self, target: Target, link: Link) -> Request:
        """A request that knows its target and its link."""
        # the slot is set here too, so that the scheduler serves all hosts evenly
        meta = {TARGET: target, LINK: link, "download_slot": endpoint(link.url).key}
        return Request(
            link.url, self.answered, errback=self.failed, meta=meta, priority=link.priority, dont_filter=True
        )

    def read(self, target: Target, link: Link, item: Any) -> None:
        """Learn from what the pipelines read of a page."""

    def limit(self, target: Target) -> str | None:  # noqa: ARG002
        """The limit that a target has come to, besides its pages; None while it may go on."""
        return None

    # what an answer means
    async def answered(self, response: Response) -> AsyncIterator[Any]:
        """Take an answer, then ask for what comes next."""
        target, link = target_of(response), response.meta[LINK]
        if response.status not in _WHOLE:
            self._unread(target, link, response.url, response.status, f"http_{response.status}")
            for request in self.next_requests(target):
                yield request
            return
        target.failures = 0
        items = 0
        try:
            async for item in self.take(target, link, response):
                items += 1
                yield item
        except AggregatorError as error:
            self._not_kept(target, error)
        except Exception:
            self.note(target, link, outcome="failed", reason="error")
            raise
        if items:
            return  # `item_done` goes on
        target.under_way = None
        for request in self.next_requests(target):
            yield request

    async def take(self, target: Target, link: Link, response: Response) -> AsyncIterator[Any]:  # noqa: ARG002
        """Items of an answer; links go into the frontier through `note`."""
        raise NotImplementedError
        yield  # makes this an async generator

    def note(
        self,
        target: Target,
        link: Link | None = None,
        *,
        also: str | None = None,
        links: Sequence[Link] = (),
        outcome: str = "done",
        reason: str | None = None,
        capture: Any = None,
    ) -> None:
        """Put links into the frontier and mark `link` (and where it was redirected to) as dealt with, in one step."""
        target.queue.push(links)
        if self.folder is not None:
            self.folder.visited(self.visit(target, link, also, links, outcome, reason), capture)

    def visit(
        self,
        target: Target,
        link: Link | None,
        also: str | None = None,
        links: Iterable[Link] = (),
        outcome: str = "done",
        reason: str | None = None,
    ) -> Visit:
        """What an answer means for the frontier."""
        urls = tuple(url for url in (link.url if link else None, also) if url)
        return Visit(target.name, urls, tuple(links), target.state(), outcome, reason)

    def failed(self, failure: Failure) -> Iterator[Any]:
        """Count why a page was not read; robots.txt, 304 and 404 are no failures."""
        request: Request = failure.request  # type: ignore[attr-defined]
        target: Target = request.meta[TARGET]
        link: Link = request.meta[LINK]
        status = failure.value.response.status if isinstance(failure.value, HttpError) else None
        if status == 304:
            try:
                yield from self.unmodified(target, link, request)
            except AggregatorError as error:
                self._not_kept(target, error)
            finally:
                target.under_way = None
        else:
            self._unread(target, link, request.url, status, reason_of(failure.value))
        yield from self.next_requests(target)

    def _unread(self, target: Target, link: Link, url: str, status: int | None, reason: str) -> None:
        try:
            if link.kind.startswith("guessed_") or _harmless(link, status):
                self.note(target, link)
            elif status in {404, 410}:
                self._gone(target, link, url, status)
            else:
                self._not_read(target, link, reason, url)
        except AggregatorError as error:
            self._not_kept(target, error)
        finally:
            target.under_way = None

    def unmodified(self, target: Target, link: Link, request: Request) -> Iterator[Any]:
        """A 304: the page stands as it is."""
        raise NotImplementedError

    def _gone(self, target: Target, link: Link, url: str, status: int) -> None:
        visit = self.visit(target, link, url)
        known = self.folder is not None and self.folder.gone(url, status, visit)
        self.stats.inc_value(counts.GONE if known else counts.NOT_FOUND)

    def _not_read(self, target: Target, link: Link, reason: str, url: str) -> None:
        if reason == "stopped":
            target.ended_by = reason
            return
        if reason in {"robots", "known"}:
            self._not_asked(target, link, reason, url)
            return
        if link.kind in ways.DOCUMENTS - {"start"}:
            self.no_document(link.url, reason)
            self.note(target, link, outcome="failed", reason=reason)
            return
        self._count_failure(reason, link.url)
        if reason == "retry_after":
            self._leave(target, reason)
            return
        self.note(target, link, outcome="failed", reason=reason)
        target.failures += reason not in _ANSWERED
        if link.kind == "start":
            target.ended_by = "start"
        elif target.failures >= FAILURES_IN_A_ROW:
            self._leave(target, "failures_in_a_row")

    def _not_kept(self, target: Target, error: AggregatorError) -> None:
        """An answer that cannot be written down: its page stays to be visited, by the next run."""
        self.logger.error("%s", error)
        target.ended_by = "disk"

    def _not_asked(self, target: Target, link: Link, reason: str, url: str) -> None:
        """No failure; but a page that we hold and that now leads to one without a review stays, and is counted."""
        store = self.folder.store if self.folder is not None else None
        if reason == "robots":
            self.stats.inc_value(counts.ROBOTS)
        elif store is not None and store.has_live_reviews(link.url) and not store.has_live_reviews(url):
            self.stats.inc_value(counts.OBSTRUCTED)
            self.stats.inc_value(f"{counts.OBSTRUCTED}/redirected")
            self.logger.warning("not taken over (redirected), what we hold stays: %s", link.url)
        self.note(target, link)

    def _leave(self, target: Target, why: str) -> None:
        """Leave the rest of a target for another run, which goes on where this one stopped."""
        if target.ended_by:
            return
        target.ended_by = why
        if why == "retry_after":
            self.stats.inc_value(counts.FAILED, len(target.queue))
            self.stats.inc_value(f"{counts.FAILED}/{why}", len(target.queue))
        else:
            self.stats.inc_value(counts.BUDGET + why, len(target.queue) or 1)

    def _count_failure(self, reason: str, url: str) -> None:
        self.stats.inc_value(counts.FAILED)
        self.stats.inc_value(f"{counts.FAILED}/{reason}")
        self.logger.warning("not read (%s): %s", reason, url)

    def no_document(self, url: str, reason: str) -> None:
        """Count a sitemap or feed that should have been there and could not be read."""
        self.stats.inc_value(counts.DISCOVERY_FAILED)
        self.logger.warning("not read (%s): %s", reason[:120], url)

    # the end
    def idle(self) -> None:
        """When nothing is in hand: go on where an error broke the chain, or end the crawls of all targets."""
        engine = self.crawler.engine
        assert engine is not None
        more = False
        for target in self.targets:
            if target.under_way is not None:  # its callback never came to its end
                target.under_way = None
            for request in self.next_requests(target):
                engine.crawl(request)
                more = True
        if more:
            raise DontCloseSpider
        for target in self.targets:
            if self.folder is not None and target.ended_by not in _GOES_ON and self.folder.ending is None:
                self.folder.store.crawl_end(target.name)


def _harmless(link: Link, status: int | None) -> bool:
    """Sites often name a sitemap that is long gone, close their interface, and answer 400 after its last page."""
    if link.kind in {"types", "posts", "comments"}:
        return status is not None and 400 <= status < 500 and status not in {408, 429}
    return link.kind in ways.DOCUMENTS - {"start"} and status in {404, 410}


def target_of(response: Response) -> Target:
    """The target a response belongs to."""
    target: Target = response.meta[TARGET]
    return target
