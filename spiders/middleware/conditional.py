"""Asks for pages we hold with If-None-Match and If-Modified-Since from our own table, after redirects too.

Where a server gave neither ETag nor Last-Modified, the day before we first saw the content serves as the date: clocks
that differ by hours make us read a page once more, and never take a change for none.
"""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
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
        date = known.last_modified or (None if known.etag else _day_before(known.fetched_at))
        for name, value in zip(_HEADERS, (known.etag, date), strict=True):
            if value:
                request.headers[name] = value


def _day_before(moment: str) -> str | None:
    try:
        seen = datetime.fromisoformat(moment).astimezone(UTC)
    except ValueError:  # a page taken over from elsewhere, whose date is none
        return None
    return format_datetime(seen - timedelta(days=1), usegmt=True)
