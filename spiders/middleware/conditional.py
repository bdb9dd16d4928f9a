"""Asks for pages we hold with If-None-Match and If-Modified-Since from our own table, after redirects too."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from pipelines.folder import DataFolder
from spiders.base import LINK

_HEADERS = ("If-None-Match", "If-Modified-Since")
_ASKED = {"page", "start", "comments"}


class ConditionalMiddleware:
    """Looks at the address really asked for: validators of one page are never sent for another."""

    def __init__(self, folder: DataFolder | None) -> None:
        self._folder = folder

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler.get_extension(DataFolder))

    def process_request(self, request: Request) -> None:
        """Set the conditions of a page we hold whole; take those of another address off."""
        for name in _HEADERS:
            request.headers.pop(name, None)
        link = request.meta.get(LINK)
        known = self._folder.validators(request.url) if self._folder and link and link.kind in _ASKED else None
        if known is None:
            return
        for name, value in zip(_HEADERS, (known.etag, known.last_modified), strict=True):
            if value:
                request.headers[name] = value
