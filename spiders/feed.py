"""`scrapy crawl feed -a url=…`: the pages that an RSS or Atom feed names."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy.http import Response

from spiders.discovery import DiscoveringSpider
from spiders.documents import looks_like_feed
from spiders.targets import Target


class FeedSpider(DiscoveringSpider):
    """Takes the address of a feed, or of a page that links to its feeds."""

    name = "feed"

    async def discover(self, target: Target, response: Response) -> AsyncIterator[Any]:
        """Pages of the feed given, or of those the page links to."""
        if looks_like_feed(response.body):
            for request in self.from_feed_body(target, response):
                yield request
            return
        async for request in self.from_feeds(target, self.links(response).feeds, response.url):
            yield request
