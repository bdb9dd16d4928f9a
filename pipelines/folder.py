"""The data folder of a run as a Scrapy extension: lock, archive and store, opened once and shared by the pipelines."""

import dataclasses
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from aggregator.archive import ArchiveWriter, FetchedPage, FolderLock, Place, iter_responses, mend, read, utc_now
from aggregator.errors import ArchiveError
from aggregator.store import Store, Validators, open_store
from pipelines import steps
from spiders import counts

ARCHIVE = "archive"
log = logging.getLogger(__name__)


class DataFolder:
    """One run on one data folder; `store` is a database address when the store is not in the folder."""

    def __init__(self, root: Path, kind: str = "crawl", store: str | None = None) -> None:
        self.root = root
        self._lock = FolderLock(root)
        self._lock.acquire()
        try:
            self.mended = mend(root / ARCHIVE)
            self.store: Store = open_store(store or root)
            self.archive = ArchiveWriter(root / ARCHIVE)
            self.run_id = self.store.start_run(kind)
            self.adopted = self._adopt()
        except BaseException:
            self._lock.release()
            raise

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one; it is closed after every pipeline has ended."""
        settings = crawler.settings
        folder = cls(
            Path(settings["AGGREGATOR_DATA"]), settings["AGGREGATOR_RUN_KIND"], settings.get("AGGREGATOR_STORE") or None
        )
        stats = crawler.stats
        assert stats is not None
        stats.inc_value(counts.MENDED_BYTES, sum(one.cut_bytes for one in folder.mended))
        stats.inc_value(counts.ADOPTED, folder.adopted.pop("pages", 0))
        for source, reviews in folder.adopted.items():
            stats.inc_value(counts.REVIEWS + source, reviews)

        def close(reason: str) -> None:
            kept = {key: value for key, value in stats.get_stats().items() if isinstance(value, int | str)}
            folder.close(reason, {key: value for key, value in kept.items() if key.split("/")[0] in _OURS})

        def lost(**_: object) -> None:
            stats.inc_value(counts.NOT_STORED)  # a pipeline failed in a way it does not count itself

        crawler.signals.connect(close, signals.spider_closed, weak=False)
        crawler.signals.connect(lost, signals.item_error, weak=False)
        return folder

    def close(self, outcome: str, figures: Mapping[str, int | str]) -> None:
        """End the run: the archive file loses its open mark, the run log gets its counts, the folder is free."""
        try:
            self.archive.close()
            self.store.finish_run(self.run_id, outcome, figures)
            self.store.close()
        finally:
            self._lock.release()

    # what spiders and pipelines ask
    def validators(self, url: str) -> Validators | None:
        """ETag and Last-Modified of a page we hold; None when it must be asked for whole."""
        known = self.store.get_page(url)
        if known is None or not known["archive_file"] or known["status"] != "live":
            return None
        return self.store.validators(url)

    def archived(self, url: str) -> FetchedPage | None:
        """The page as it was last archived, or None."""
        known = self.store.get_page(url)
        if known is None or not known["archive_file"]:
            return None
        try:
            return read(self.root / ARCHIVE, Place(known["archive_file"], known["archive_offset"]))
        except ArchiveError as error:
            log.warning("%s", error)
            return None

    def same_place(self, url: str, digest: str) -> Place | None:
        """Where the archive already holds exactly this body of the address, or None."""
        known = self.store.get_page(url)
        if known is None or known["digest"] != digest or not known["archive_file"]:
            return None
        return Place(known["archive_file"], known["archive_offset"])

    def stage(self, page: FetchedPage) -> str:
        """Store a parsed page and its reviews in one transaction: `new`, `updated` or `same`."""
        assert page.parsed is not None
        return self.store.stage_page(
            steps.page_record(page, page.parsed), steps.as_rows(page.parsed), run_id=self.run_id
        )

    def unmodified(self, url: str, source: str) -> None:
        """Note a 304."""
        self.store.page_unmodified(url, source=source, fetched_at=utc_now(), run_id=self.run_id)

    def gone(self, url: str, source: str, status: int) -> bool:
        """Note a 404 or 410; true when we hold the page."""
        held = self.store.get_page(url) is not None
        self.store.page_gone(url, source=source, http_status=status, fetched_at=utc_now(), run_id=self.run_id)
        return held

    def not_read(self, url: str, source: str, reason: str) -> None:
        """Note a page that was not read and why."""
        if reason == "robots":
            self.store.frontier_done(source, url)
        else:
            self.store.frontier_failed(source, url, reason)

    def _adopt(self) -> Counter[str]:
        """Stage pages that a killed run archived but did not store; counts `pages`, and reviews by source."""
        adopted: Counter[str] = Counter()
        for mended in self.mended:
            path = self.root / ARCHIVE / mended.file
            for page in iter_responses(path, log.warning) if path.exists() else ():
                known = self.store.get_page(page.final_url)
                if known is None or known["digest"] != steps.digest_of(page.body):
                    again = with_reading(page)
                    self.stage(again)
                    adopted["pages"] += 1
                    adopted[str(page.source)] += len(again.parsed.reviews if again.parsed else ())
        return adopted


def read_again(folder: DataFolder, tell: Callable[[str], None]) -> Counter[str]:
    """Parse and stage every archived page, in the order fetched; counts pages, outcomes, reviews, broken pages.

    `tell` gets a line for every record that cannot be read. Needs no network.
    """
    figures: Counter[str] = Counter()
    for page in iter_responses(folder.root / ARCHIVE, tell):
        again = with_reading(page)
        assert again.parsed is not None
        figures.update(["pages", folder.stage(again)])
        figures["reviews"] += len(again.parsed.reviews)
        if steps.broke(again.parsed):
            figures["broke"] += 1
            tell(f"broke the parser: {page.final_url}")
    return figures


def with_reading(page: FetchedPage) -> FetchedPage:
    """The page parsed and normalised."""
    return dataclasses.replace(page, parsed=steps.normalised(page, steps.parse_page(page)))


_OURS = {"pages", "staged", "reviews", "problems", "discovery", "budget", "archive", "build"}
