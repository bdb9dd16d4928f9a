"""robots.txt before anything else on every host:port, redirects and sitemaps included, read anew after 24 hours."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from aggregator.archive import FetchedPage, utc_now
from aggregator.errors import ArchiveError
from aggregator.net.robots import SIZE_LIMIT, Robots
from pipelines.folder import DataFolder
from spiders.base import PERMIT
from spiders.middleware.guard import ENDPOINT
from spiders.middleware.politeness import PolitenessMiddleware
from spiders.refusals import RefusedError, RobotsForbidError, RobotsUnreadableError

FRESH_FOR = 24 * 3600
"""Seconds after which a robots.txt is asked for again, in this run or in a later one."""
FOR_ROBOTS = "aggregator_robots"
"""Marks a request for robots.txt itself in its meta."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    robots: Robots
    read_at: str
    status: int | None

    @property
    def fresh(self) -> bool:
        age = datetime.now(UTC) - datetime.fromisoformat(self.read_at)
        # a clock that was set back must not keep an old answer alive
        return 0 <= age.total_seconds() < FRESH_FOR


class RobotsMiddleware:
    """Holds back every request until the host's robots.txt is read, and refuses what it forbids."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = str(crawler.settings["USER_AGENT"])
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Refuse what robots.txt forbids; note what permitted the rest."""
        if request.meta.get(FOR_ROBOTS):
            return
        key = str(request.meta[ENDPOINT])
        known = await self._robots_for(request.url, key)
        if known.robots.allowed(request.url, self._agent):
            rule = known.robots.rule_for(request.url, self._agent)
            request.meta[PERMIT] = f"robots.txt of {key} (HTTP {known.status}, {known.read_at}): {rule or 'no rule'}"
            return
        if known.robots.forbids_all:
            raise RobotsUnreadableError(f"robots.txt of {key} could not be read")
        raise RobotsForbidError(f"robots.txt forbids {request.url}")

    async def _robots_for(self, url: str, key: str) -> _Known:
        """The robots.txt that holds for an address whose host:port is `key`; one request a host, however many ask."""
        async with self._locks.setdefault(key, asyncio.Lock()):
            known = self._known.get(key)
            if known is None or not known.fresh:
                known = self._known[key] = self._kept(key) or await self._fetch(url, key)
                delay = known.robots.crawl_delay(self._agent)
                politeness = self._crawler.get_downloader_middleware(PolitenessMiddleware)
                if delay and politeness is not None:
                    politeness.site_delay(key, delay)
        return known

    def sitemaps(self, key: str) -> tuple[str, ...]:
        """The sitemaps named by the robots.txt of a host:port, as far as it was read; nothing is asked."""
        known = self._known.get(key) or self._kept(key)
        return known.robots.sitemaps if known else ()

    def _kept(self, key: str) -> _Known | None:
        folder = self._crawler.get_extension(DataFolder)
        row = folder.store.robots(key) if folder else None
        if row is None:
            return None
        read_at, status, body = row
        known = _Known(Robots.answer(status, body), read_at, status)
        return known if known.fresh else None

    async def _fetch(self, url: str, key: str) -> _Known:
        parts = urlsplit(url)
        request = Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt", meta={FOR_ROBOTS: True}, callback=NO_CALLBACK, priority=1000
        )
        engine = self._crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except RefusedError as error:
            log.warning("%s: %s", request.url, error)
            return _Known(Robots.answer(None), utc_now(), None)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, no answer means no page
            log.warning("%s could not be read: %s", request.url, type(error).__name__)
            return _Known(Robots.answer(None), utc_now(), None)
        self._keep(key, response)
        return _Known(Robots.answer(response.status, response.body), utc_now(), response.status)

    def _keep(self, key: str, response: Response) -> None:
        """For later runs and for the record, unless the answer only says that nobody can tell."""
        folder = self._crawler.get_extension(DataFolder)
        if folder is None or response.status == 429 or not 200 <= response.status < 500:
            return
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        page = FetchedPage(
            response.url, response.url, response.status, headers, response.body, utc_now(), kind="robots"
        )
        with contextlib.suppress(ArchiveError):  # the folder ends the crawl then
            folder.store.captured([folder.keep(page)])
        folder.store.keep_robots(key, page.fetched_at, response.status, response.body[: SIZE_LIMIT + 1])
