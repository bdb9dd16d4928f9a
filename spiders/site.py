"""`scrapy crawl site -a url=…`: finds out by itself how a site's pages are to be found."""

from spiders import ways
from spiders.discovery import DiscoveringSpider


class SiteSpider(DiscoveringSpider):
    """Sitemaps where there are any; else the WordPress interface; else feeds, and links from the start page on."""

    name = "site"
    ways = ways.WAYS
