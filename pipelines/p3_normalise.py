"""Third: the reading is validated as a whole, bears its source's name, and what it lacks is counted."""

import dataclasses
import logging
from typing import Any, Self

from pydantic import ValidationError
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from aggregator.archive import FetchedPage
from pipelines.steps import broke, missing_fields, normalised
from spiders import counts

log = logging.getLogger(__name__)


class NormalisePipeline:
    """Lets no record pass that breaks the public contract."""

    def __init__(self, stats: Any) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        return cls(crawler.stats)

    def process_item(self, item: FetchedPage) -> FetchedPage:
        """The page with its reading made whole."""
        assert item.parsed is not None
        try:
            parsed = normalised(item, item.parsed)
        except ValidationError as error:
            self._stats.inc_value(counts.PARSER_BROKE)
            raise DropItem(f"{item.final_url}: reading breaks the contract: {error.errors()[:1]}", "ERROR") from error
        if parsed.partial and not broke(parsed):
            self._stats.inc_value(counts.PARTIAL)
        for field, number in missing_fields(parsed).items():
            self._stats.inc_value(f"{counts.MISSING}{item.source}/{field}", number)
        return dataclasses.replace(item, parsed=parsed)
