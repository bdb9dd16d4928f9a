"""What all spiders share: targets, budgets, conditional requests for pages, and an honest count of every outcome."""

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from aggregator.archive import FetchedPage, utc_now
from aggregator.errors import UsageError
from aggregator.net.addresses import AddressRefusedError, endpoint
from pipelines.folder import DataFolder
from spiders import counts
from spiders.links import PageLinks, likeness, may_be_page, page_links
from spiders.refusals import RefusedError
from spiders.targets import Target, absolute, source_name

TARGET = "aggregator_target"
FOUND_BY = "aggregator_found_by"
DEPTH = "aggregator_depth"

MAX_PAGES_PER_SOURCE = 20_000
"""Pages of one source in one run; reaching it is told as a failure, unlike a --max-pages the user gave."""
MAX_DEPTH = 50
"""Clicks from the start page: deep enough for an archive that only has "older posts" links."""
MAX_ADDRESS = 2000
"""Characters; longer links are left out, as most of the web's own software does."""
MAX_DOCUMENTS = 200
"""Sitemaps and feeds of one source in one run."""
_HTML = {"text/html", "application/xhtml+xml", ""}


class ReviewSpider(Spider):
    """Turns addresses into FetchedPage items; a subclass says in `discover` where a target's addresses come from.

    Arguments (`-a`): `url` one or several addresses with commas between, `source` a name for them,
    `max_pages` the most pages to ask for of each.
    """

    def __init__(
        self,
        url: str = "",
        source: str | None = None,
        max_pages: str | int | None = None,
        targets: Iterable[tuple[str | None, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.user_limit = _positive(max_pages)
        wanted: list[tuple[str | None, str]] = list(targets) or [
            (source, start) for start in url.split(",") if start.strip()
        ]
        self.targets = [self._target(name, start.strip()) for name, start in wanted]

    @property
    def stats(self) -> Any:
        """The crawl's counts."""
        return self.crawler.stats

    @property
    def folder(self) -> DataFolder | None:
        """The run's data folder; None when the extension is switched off."""
        return self.crawler.get_extension(DataFolder)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each target's start page."""
        if not self.targets:
            raise UsageError(f"spider {self.name}: give it -a url=ADDRESS")
        for target in self.targets:
            yield self.request(target, target.start, self.started, found_by="start", priority=50)

    async def started(self, response: Response) -> AsyncIterator[Any]:
        """Read a start page; the host it was redirected to belongs to the source too."""
        target = self.target_of(response)
        target.adopt(response.url)
        target.is_new(response.url)
        async for thing in self.discover(target, response):
            yield thing

    async def discover(self, target: Target, response: Response) -> AsyncIterator[Any]:  # noqa: ARG002
        """Requests and items that follow from a target's start page."""
        raise NotImplementedError
        yield  # makes this an async generator

    # requests
    def request(
        self, target: Target, url: str, callback: Any, *, found_by: str, depth: int = 0, priority: int = 0
    ) -> Request:
        """A request that knows its target and tells its failures."""
        # the slot is set here too, so that the scheduler serves all hosts evenly
        meta = {TARGET: target, FOUND_BY: found_by, DEPTH: depth, "download_slot": endpoint(url).key}
        return Request(url, callback, errback=self.failed, meta=meta, priority=priority - depth, dont_filter=True)

    def page_request(
        self, target: Target, link: str, *, base: str, found_by: str, depth: int = 0, text: str = ""
    ) -> Request | None:
        """A request for a page of the target; None when it is no page, another site's, known, or over budget."""
        url = absolute(base, link)
        if url is None or len(url) > MAX_ADDRESS or not may_be_page(url):
            return None
        if not target.owns(url):
            self.stats.inc_value(counts.OFFSITE)
            return None
        if not target.is_new(url):
            return None
        if not self.within_budget(target):
            return None
        request = self.request(
            target, url, self.page, found_by=found_by, depth=depth, priority=10 * likeness(url, text)
        )
        self._make_conditional(request)
        return request

    def within_budget(self, target: Target) -> bool:
        """Take one page off the target's budget; False, and counted, when nothing is left of it."""
        if target.asked >= target.max_pages:
            own = self.user_limit is not None
            self.stats.inc_value(counts.BUDGET + ("max_pages" if own else "pages_per_source"))
            return False
        target.asked += 1
        self.stats.inc_value(counts.ASKED)
        return True

    def _make_conditional(self, request: Request) -> None:
        known = self.folder.validators(request.url) if self.folder else None
        if known is None:
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    # answers
    async def page(self, response: Response) -> AsyncIterator[Any]:
        """Yield a page as an item and, where links are followed, what it links to."""
        for item in self.items(response):
            yield item
        target = self.target_of(response)
        if target.follow:
            for request in self.followed(target, self.links(response), response.url, response.meta[DEPTH]):
                yield request

    def followed(self, target: Target, found: PageLinks, base: str, depth: int) -> Iterator[Request]:
        """Requests for what a page links to, what looks most like a review first."""
        if found.nofollow:
            return
        if depth >= MAX_DEPTH:
            self.stats.inc_value(counts.BUDGET + "depth")
            return
        for link in sorted(found.links, key=lambda link: -likeness(link.url, link.text)):
            request = self.page_request(
                target, link.url, base=base, found_by=f"link {base}", depth=depth + 1, text=link.text
            )
            if request is not None:
                yield request

    def items(self, response: Response) -> Iterator[FetchedPage]:
        """The page as an item, unless it is none: another kind of file, another site, or marked noindex."""
        target = self.target_of(response)
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1").partition(";")[0].strip().lower()
        if kind not in _HTML or (not kind and not response.body.lstrip().startswith(b"<")):
            self.stats.inc_value(counts.NOT_HTML)
        elif not target.owns(response.url):
            self.stats.inc_value(counts.OFFSITE)
        elif self.links(response).noindex:
            self.stats.inc_value(counts.NOINDEX)
        else:
            target.is_new(response.url)  # after a redirect: do not ask for it again under this address
            self.stats.inc_value(counts.FETCHED)
            yield self.fetched(response)

    def links(self, response: Response) -> PageLinks:
        """The page's links, read once."""
        if "aggregator_links" not in response.meta:
            header = (response.headers.get("X-Robots-Tag") or b"").decode("latin-1")
            response.meta["aggregator_links"] = page_links(response.body, response.url, header)
        links: PageLinks = response.meta["aggregator_links"]
        return links

    def fetched(self, response: Response) -> FetchedPage:
        """The response as what the pipelines take."""
        request = response.request
        assert request is not None
        return FetchedPage(
            url=(request.meta.get("redirect_urls") or [response.url])[0],
            final_url=response.url,
            status=response.status,
            headers=_pairs(response.headers),
            body=response.body,
            fetched_at=utc_now(),
            source=self.target_of(response).name,
            found_by=request.meta.get(FOUND_BY),
            request_headers=_pairs(request.headers),
        )

    def failed(self, failure: Failure) -> Iterator[Any]:
        """Count why a page was not read; robots.txt, 304 and 404 are no failures."""
        request: Request = failure.request  # type: ignore[attr-defined]
        target: Target = request.meta[TARGET]
        status = failure.value.response.status if isinstance(failure.value, HttpError) else None
        if status == 304:
            self.stats.inc_value(counts.UNMODIFIED)
            yield from self._unmodified(request, target)
        elif status in {404, 410}:
            known = self.folder is not None and self.folder.gone(request.url, target.name, status)
            self.stats.inc_value(counts.GONE if known else counts.NOT_FOUND)
        else:
            self._not_read(request, target, reason_of(failure.value))

    def _unmodified(self, request: Request, target: Target) -> Iterator[Request]:
        if not self.folder:
            return
        self.folder.unmodified(request.url, target.name)
        page = self.folder.archived(request.url) if target.follow else None
        if page is not None:  # the links of a listing that did not change still lead somewhere
            found = page_links(page.body, page.final_url, page.header("X-Robots-Tag"))
            yield from self.followed(target, found, page.final_url, request.meta[DEPTH])

    def _not_read(self, request: Request, target: Target, reason: str) -> None:
        if reason == "robots":
            self.stats.inc_value(counts.ROBOTS)
        else:
            self.stats.inc_value(counts.FAILED)
            self.stats.inc_value(f"{counts.FAILED}/{reason}")
            self.logger.warning("not read (%s): %s", reason, request.url)
        if self.folder:
            self.folder.not_read(request.url, target.name, reason)

    def target_of(self, response: Response) -> Target:
        """The target a response belongs to."""
        target: Target = response.meta[TARGET]
        return target

    def _target(self, name: str | None, start: str) -> Target:
        try:
            return Target(name or source_name(start), start, self.user_limit or MAX_PAGES_PER_SOURCE)
        except AddressRefusedError as error:
            raise UsageError(f"{start}: {error}") from error


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (DownloadCancelledError, "too_large"),
    (CannotResolveHostError, "unresolved"),
)


def reason_of(error: BaseException | None) -> str:
    """One word for what kept a page from being read, like `http_503`, `timeout`, `robots` or `address`."""
    if isinstance(error, RefusedError):
        return error.reason
    if isinstance(error, HttpError):
        return f"http_{error.response.status}"
    for kind, word in _REASONS:
        if isinstance(error, kind):
            return word
    return "redirects" if isinstance(error, IgnoreRequest) else "connection"


def _pairs(headers: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )


def _positive(value: str | int | None) -> int | None:
    if value in (None, ""):
        return None
    try:
        number = int(value)
    except ValueError as error:
        raise UsageError(f"max_pages {value!r}: give a whole number") from error
    if number < 1:
        raise UsageError(f"max_pages {number}: give a number of 1 or more")
    return number
