"""The gap between two requests to a host: own delay, Crawl-delay, Retry-After and backing off after errors."""

import random
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import monotonic
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from aggregator.archive import FolderLock
from aggregator.errors import StoreError
from spiders.middleware.guard import ENDPOINT
from spiders.refusals import HostBusyError, HostDeferredError, RefusedError, StoppedError

CRAWL_DELAY_CAP = 60.0
"""Seconds; a site that asks for longer gaps gets this one."""
RETRY_AFTER_CAP = 120.0
"""Seconds that a run waits for one host; asked for more, it leaves the rest of the host for another run."""
BACKOFF_CAP = 60.0
JITTER = 0.25
"""The gap is lengthened by up to this share, never shortened."""
_BUSY = {429, 503}
_TRY_AGAIN = {408, 429, 500, 502, 503, 504, 522, 524}


class PolitenessMiddleware:
    """One request at a time to a host:port, with the largest of the gaps asked for."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._own_delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._source_delay: dict[str, float] = {}
        self._site_delay: dict[str, float] = {}
        self._deferred: set[str] = set()
        self._longest_wait: dict[str, float] = {}
        shared = crawler.settings.getbool("AGGREGATOR_SHARED")
        self._locks = Path(crawler.settings["AGGREGATOR_DATA"]) / "hosts" if shared else None
        self._ours: set[str] = set()
        # this signal comes before Scrapy takes the next request of the host from its queue
        crawler.signals.connect(self._answered, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Give the request's slot its gap, or refuse when the host asked to be left alone."""
        key = request.meta[ENDPOINT]
        if key in self._deferred:
            raise HostDeferredError(f"{key} asked to be left alone for now")
        self._take_host(key)
        self._set_gap(key)

    def _take_host(self, key: str) -> None:
        """Where several processes crawl at once, a host belongs to the first that asks it, until its run ends."""
        host = key.removeprefix("www.")
        if self._locks is None or host in self._ours:
            return
        try:
            FolderLock(self._locks, re.sub(r"[^a-z0-9.-]", "_", host)).acquire()
        except StoreError as error:
            raise HostBusyError(f"{key} is crawled by another process of this run") from error
        self._ours.add(host)

    def own_delay(self, keys: Iterable[str], seconds: float) -> None:
        """Note the delay that the configuration of a source gives for its hosts."""
        self._source_delay |= dict.fromkeys(keys, seconds)

    def site_delay(self, key: str, seconds: float) -> None:
        """Note the Crawl-delay of a host:port."""
        self._site_delay[key] = min(seconds, CRAWL_DELAY_CAP)
        self._set_gap(key)

    def failed(self, request: Request) -> None:
        """Back off from a host whose connection broke."""
        self._hold(str(request.meta.get(ENDPOINT, "")), self._backoff(request))

    def _set_gap(self, key: str) -> None:
        gap = max(self._source_delay.get(key, self._own_delay), self._site_delay.get(key, 0.0))
        # Scrapy's jitter goes both ways: centred higher, its lower end is the gap itself
        delay, jitter = gap * (1 + JITTER / 2), (JITTER / 2) / (1 + JITTER / 2)
        downloader = self._downloader
        downloader.per_slot_settings[key] = {"concurrency": 1, "delay": delay, "jitter": jitter}
        slot = downloader.slots.get(key)
        if slot is not None:
            slot.delay, slot.jitter = delay, jitter

    def _answered(self, response: Response, request: Request) -> None:
        key = str(request.meta.get(ENDPOINT, ""))
        if response.status not in _TRY_AGAIN:
            self._longest_wait.pop(key, None)
            return
        asked = retry_after(response) if response.status in _BUSY else None
        if asked is not None and asked > RETRY_AFTER_CAP:
            self._leave_alone(key)
            return
        self._hold(key, max(asked or 0.0, self._backoff(request)))

    def _leave_alone(self, key: str) -> None:
        """Give up the host for this run: what waits in its slot fails now, later requests in process_request."""
        self._deferred.add(key)
        self._drop_waiting(key, HostDeferredError(f"{key} asked to be left alone for now"))

    def stop(self) -> None:
        """The user ends the run: what waits for its turn is not asked any more."""
        for key in list(self._downloader.slots):
            self._drop_waiting(key, StoppedError("the run was ended"))

    def _drop_waiting(self, key: str, refusal: RefusedError) -> None:
        slot = self._downloader.slots.get(key)
        while slot is not None and slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(refusal))  # type: ignore[no-untyped-call]

    def _backoff(self, request: Request) -> float:
        attempt = int(request.meta.get("retry_times", 0))
        base = max(self._own_delay, 0.05) * 2 ** (attempt + 1)
        return float(min(BACKOFF_CAP, base * random.uniform(1, 1 + JITTER)))

    def _hold(self, key: str, seconds: float) -> None:
        wait = self._longest_wait[key] = max(seconds, self._longest_wait.get(key, 0.0))
        slot = self._downloader.slots.get(key)
        if slot is not None:
            slot.lastseen = max(slot.lastseen, monotonic() + wait - slot.delay * (1 - slot.jitter))

    @property
    def _downloader(self) -> Any:
        engine = self._crawler.engine
        assert engine is not None
        return engine.downloader


def retry_after(response: Response) -> float | None:
    """Seconds a Retry-After header asks for, as a number or a date; None without one we understand."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
