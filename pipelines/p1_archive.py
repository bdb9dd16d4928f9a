"""First: the page goes into the archive before anything is made of it."""

import dataclasses
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from aggregator.archive import FetchedPage
from aggregator.errors import ArchiveError
from pipelines.folder import DataFolder
from pipelines.steps import digest_of
from spiders import counts


class ArchivePipeline:
    """Gives every page its place; a body the archive already holds for that address is not written twice."""

    def __init__(self, folder: DataFolder, stats: Any, crawler: Crawler) -> None:
        self._folder = folder
        self._stats = stats
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        folder = crawler.get_extension(DataFolder)
        assert folder is not None
        return cls(folder, crawler.stats, crawler)

    async def process_item(self, item: FetchedPage) -> FetchedPage:
        """The page with its place. A disk that cannot be written ends the crawl."""
        place = item.place or self._folder.same_place(item.final_url, digest_of(item.body))
        try:
            place = place or self._folder.archive.append(item)
        except ArchiveError as error:
            self._stats.inc_value(counts.NOT_STORED)
            if self._crawler.engine is not None:
                await self._crawler.engine.close_spider_async(reason="archive_error")
            raise DropItem(str(error), "ERROR") from error
        return dataclasses.replace(item, place=place)
