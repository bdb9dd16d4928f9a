"""`scrapy crawl feed -a url=…`: the pages that an RSS or Atom feed names."""

from spiders.discovery import DiscoveringSpider


class FeedSpider(DiscoveringSpider):
    """Takes the address of a feed, or of a page that links to its feeds."""

    name = "feed"
    ways = ("feed",)
