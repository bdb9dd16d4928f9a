"""Fourth: page and reviews go into the store in one transaction: new, updated or the same as before."""

import logging
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from aggregator.archive import FetchedPage
from aggregator.errors import StoreError
from aggregator.store import StoreDownError
from pipelines.folder import DataFolder
from spiders import counts

log = logging.getLogger(__name__)


class StagePipeline:
    """Writes what was read."""

    def __init__(self, folder: DataFolder, stats: Any) -> None:
        self._folder = folder
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        folder = crawler.get_extension(DataFolder)
        assert folder is not None
        return cls(folder, crawler.stats)

    def process_item(self, item: FetchedPage) -> FetchedPage:
        """The page, stored. It stays in the archive when the store refuses it."""
        assert item.parsed is not None
        try:
            outcome = self._folder.stage(item)
        except StoreError as error:
            if not isinstance(error, StoreDownError):  # which the folder has counted, and ends the crawl
                self._stats.inc_value(counts.NOT_STORED)
            raise DropItem(f"{item.final_url}: {error}", "ERROR") from error
        if outcome.startswith("stands/"):
            reason = outcome.removeprefix("stands/")
            self._stats.inc_value(counts.OBSTRUCTED)
            self._stats.inc_value(f"{counts.OBSTRUCTED}/{reason}")
            log.warning("not taken over (%s), what we hold stays: %s", reason, item.final_url)
            return item
        if item.kind != "page":
            return item  # a thread is part of a review that is counted already
        self._stats.inc_value(f"staged/{outcome}")
        self._stats.inc_value(f"{counts.REVIEWS}{item.source}", len(item.parsed.reviews))
        return item
