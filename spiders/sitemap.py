"""`scrapy crawl sitemap -a url=…`: the pages that a site's sitemaps name."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy.http import Response

from spiders.discovery import DiscoveringSpider
from spiders.documents import looks_like_sitemap
from spiders.targets import Target


class SitemapSpider(DiscoveringSpider):
    """Takes the address of a sitemap, or of a site whose robots.txt names some."""

    name = "sitemap"

    async def discover(self, target: Target, response: Response) -> AsyncIterator[Any]:
        """Pages of the sitemap given, or of the site's."""
        given = looks_like_sitemap(response.body) or response.body.startswith(b"\x1f\x8b")
        found = self.from_sitemap_body(target, response) if given else self.from_sitemaps(target, response)
        async for request in found:
            yield request
