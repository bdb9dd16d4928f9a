"""Second: the page is read; one that breaks the parser is counted and kept, and ends nothing."""

import dataclasses
import logging
from typing import Any, Self

from scrapy.crawler import Crawler

from aggregator.archive import FetchedPage
from pipelines.folder import DataFolder
from pipelines.steps import broke, parse_page
from spiders import counts

log = logging.getLogger(__name__)


class ParsePipeline:
    """Hands the page to `aggregator.parse`."""

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
        """The page with what it says."""
        parsed = parse_page(item, self._folder.profiles.of(item))
        if broke(parsed):
            self._stats.inc_value(counts.PARSER_BROKE)
            log.warning("broke the parser: %s", item.final_url)
        return dataclasses.replace(item, parsed=parsed)
