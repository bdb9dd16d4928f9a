"""`scrapy crawl sitemap -a url=…`: the pages that a site's sitemaps name."""

from spiders.discovery import DiscoveringSpider


class SitemapSpider(DiscoveringSpider):
    """Takes the address of a sitemap, or of a site whose robots.txt names some."""

    name = "sitemap"
    ways = ("sitemap",)
