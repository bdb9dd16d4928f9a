"""`scrapy crawl listing -a url=…`: the pages that a home page or archive links to, and what those link to."""

from spiders.discovery import DiscoveringSpider


class ListingSpider(DiscoveringSpider):
    """Follows links on the same site, what looks like a review first, to a bounded depth and count."""

    name = "listing"
    ways = ("links",)
