"""`scrapy crawl listing -a url=…`: the pages that a home page or archive links to, and what those link to."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy.http import Response

from spiders.discovery import DiscoveringSpider
from spiders.targets import Target


class ListingSpider(DiscoveringSpider):
    """Follows links on the same site, what looks like a review first, to a bounded depth and count."""

    name = "listing"

    async def discover(self, target: Target, response: Response) -> AsyncIterator[Any]:
        """The start page and what it links to."""
        target.follow = True
        if self.within_budget(target):
            async for thing in self.page(response):
                yield thing
