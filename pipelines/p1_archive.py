"""First: the page goes into the archive before anything is made of it."""

import dataclasses
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from aggregator.archive import FetchedPage
from aggregator.errors import ArchiveError
from pipelines.folder import DataFolder


class ArchivePipeline:
    """Gives every page its place; a body the archive already holds for that address is not written twice."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        folder = crawler.get_extension(DataFolder)
        assert folder is not None
        return cls(folder)

    async def process_item(self, item: FetchedPage) -> FetchedPage:
        """The page with its place. A disk that cannot be written ends the crawl."""
        try:
            place = item.place or self._folder.place(item)
        except ArchiveError as error:
            raise DropItem(str(error), "ERROR") from error
        return dataclasses.replace(item, place=place)
