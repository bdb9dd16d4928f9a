"""Last: when the spider is done, the dataset is built once from everything staged."""

import logging
from typing import Any, Self

from scrapy.crawler import Crawler

from aggregator.errors import AggregatorError
from pipelines.folder import DataFolder
from spiders import counts

log = logging.getLogger(__name__)


class BuildPipeline:
    """Calls `aggregator.build` at the end of the crawl, unless AGGREGATOR_BUILD is off."""

    def __init__(self, folder: DataFolder, stats: Any, *, wanted: bool, score: str) -> None:
        self._folder = folder
        self._stats = stats
        self._wanted = wanted
        self._score = score

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one."""
        folder = crawler.get_extension(DataFolder)
        assert folder is not None
        return cls(
            folder,
            crawler.stats,
            wanted=crawler.settings.getbool("AGGREGATOR_BUILD"),
            score=crawler.settings.get("AGGREGATOR_SCORE"),
        )

    def close_spider(self) -> None:
        """Build; a build that fails is counted, what was staged stays."""
        if not self._wanted:
            return
        from aggregator.build import build
        from aggregator.score.film import DEFAULT

        try:
            build(self._folder.store, self._folder.root, profile=self._score or DEFAULT)
        except AggregatorError as error:
            self._stats.inc_value(counts.BUILD_FAILED)
            log.error("build failed: %s", error)  # noqa: TRY400 - the user's error, one line
        except Exception:
            # Scrapy would log it and call the crawl finished
            self._stats.inc_value(counts.BUILD_FAILED)
            log.exception("build failed")
