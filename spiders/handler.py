"""Scrapy's HTTP handler without Twisted's own, hidden repetition of requests."""

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler


class PoliteHandler(HTTP11DownloadHandler):
    """A request whose kept-open connection breaks fails, and is asked again by our own retry, after its wait."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Twisted would ask at once for a second time, past every gap and limit of ours
        self._pool.retryAutomatically = False
