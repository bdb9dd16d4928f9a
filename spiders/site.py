"""`scrapy crawl site -a url=…`: finds out by itself how a site's pages are to be found."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy.http import Response

from spiders.discovery import DiscoveringSpider
from spiders.documents import looks_like_feed, looks_like_sitemap
from spiders.targets import Target


class SiteSpider(DiscoveringSpider):
    """Sitemaps where there are any; else feeds and then links from the start page on."""

    name = "site"

    async def discover(self, target: Target, response: Response) -> AsyncIterator[Any]:
        """Whatever the start address turns out to be: a sitemap, a feed, or a page of the site."""
        if looks_like_sitemap(response.body):
            async for request in self.from_sitemap_body(target, response):
                yield request
        elif looks_like_feed(response.body):
            for request in self.from_feed_body(target, response):
                yield request
        elif self.within_budget(target):
            async for thing in self._from_page(target, response):
                yield thing

    async def _from_page(self, target: Target, response: Response) -> AsyncIterator[Any]:
        before = target.asked
        async for request in self.from_sitemaps(target, response):
            yield request
        if target.asked > before:
            for item in self.items(response):
                yield item
            return
        target.follow = True
        async for request in self.from_feeds(target, self.links(response).feeds, response.url):
            yield request
        async for thing in self.page(response):
            yield thing
