"""Trying again after errors that may pass, with growing gaps; which errors those are is in the settings."""

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from spiders.middleware.politeness import PolitenessMiddleware

_MAX_AFTER_TIMEOUT = 1
"""A server that was silent for a whole time-out gets one more chance, not four."""


class PoliteRetryMiddleware(RetryMiddleware):
    """Scrapy's own, which also makes the host's queue wait after a broken connection."""

    def process_exception(  # type: ignore[override]  # Scrapy 2.19 no longer passes the spider
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Ask again later, when the error is one of those that may pass."""
        if isinstance(exception, self.exceptions_to_retry):
            politeness = self.crawler.get_downloader_middleware(PolitenessMiddleware)
            if politeness is not None:
                politeness.failed(request)
        if isinstance(exception, DownloadTimeoutError):
            request.meta.setdefault("max_retry_times", _MAX_AFTER_TIMEOUT)
        again: Request | Response | None = super().process_exception(request, exception)
        return again
