"""robots.txt before anything else on every host:port, redirects and sitemaps included, read anew after 24 hours."""

import asyncio
import logging
from dataclasses import dataclass
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from aggregator.net.robots import Robots
from spiders.middleware.guard import ENDPOINT
from spiders.middleware.politeness import PolitenessMiddleware
from spiders.refusals import RefusedError, RobotsForbidError, RobotsUnreadableError

FRESH_FOR = 24 * 3600
"""Seconds after which a robots.txt is asked for again."""
FOR_ROBOTS = "aggregator_robots"
"""Marks a request for robots.txt itself in its meta."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    robots: Robots
    read_at: float


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
        """Refuse what robots.txt forbids."""
        if request.meta.get(FOR_ROBOTS):
            return
        robots = await self.robots_for(request.url, str(request.meta[ENDPOINT]))
        if robots.allowed(request.url, self._agent):
            return
        if robots.forbids_all:
            raise RobotsUnreadableError(f"robots.txt of {request.meta[ENDPOINT]} could not be read")
        raise RobotsForbidError(f"robots.txt forbids {request.url}")

    async def robots_for(self, url: str, key: str) -> Robots:
        """The robots.txt that holds for an address whose host:port is `key`; one request a host, however many ask."""
        async with self._locks.setdefault(key, asyncio.Lock()):
            known = self._known.get(key)
            if known is None or monotonic() - known.read_at > FRESH_FOR:
                known = self._known[key] = _Known(await self._fetch(url), monotonic())
                delay = known.robots.crawl_delay(self._agent)
                politeness = self._crawler.get_downloader_middleware(PolitenessMiddleware)
                if delay and politeness is not None:
                    politeness.site_delay(key, delay)
        return known.robots

    def known(self, key: str) -> Robots | None:
        """The robots.txt of a host:port already asked, without asking again."""
        found = self._known.get(key)
        return found.robots if found else None

    async def _fetch(self, url: str) -> Robots:
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
            return Robots.answer(None)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, no answer means no page
            log.warning("%s could not be read: %s", request.url, type(error).__name__)
            return Robots.answer(None)
        return Robots.answer(response.status, response.body)
