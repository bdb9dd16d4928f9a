"""First: the page goes into the archive before anything is made of it."""

import asyncio
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
        self._ending: asyncio.Task[None] | None = None

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
            self._end_crawl()
            raise DropItem(str(error), "ERROR") from error
        return dataclasses.replace(item, place=place)

    def _end_crawl(self) -> None:
        # beside this item, not before it ends: closing waits for the items under way
        if self._ending is None and self._crawler.engine is not None:
            self._ending = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="archive_error"))
