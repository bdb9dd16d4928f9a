"""The data folder of a run as a Scrapy extension: lock, archive and store, opened once and shared by the pipelines."""

import asyncio
import dataclasses
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from aggregator.archive import ArchiveWriter, FetchedPage, FolderLock, Place, iter_responses, mend, read, utc_now
from aggregator.errors import AggregatorError, ArchiveError
from aggregator.net.revisit import next_visit
from aggregator.store import Capture, Link, Store, StoreDownError, Validators, Visit, open_store
from pipelines import steps, threads
from pipelines.profiles import Profiles
from spiders import counts

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

ARCHIVE = "archive"
_OURS = {"pages", "staged", "reviews", "problems", "discovery", "budget", "archive", "build"}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FolderOptions:
    """How a run uses its folder. `store` is a database address when the store is not in the folder, `archive` the
    folder of WARC files when that is not; `shared` says
    that another process of ours holds the lock and has mended the archive; `due_only` leaves out known pages
    whose time has not come.
    """

    kind: str = "crawl"
    store: str | None = None
    archive: Path | None = None
    shared: bool = False
    due_only: bool = False


class DataFolder:
    """One run on one data folder."""

    def __init__(self, root: Path, options: FolderOptions | None = None, profiles: Profiles | None = None) -> None:
        self.root = root
        self.options = options or FolderOptions()
        self.archive_folder = self.options.archive or root / ARCHIVE
        self.profiles = profiles or Profiles({})
        self._lock = None if self.options.shared else FolderLock(root)
        self._visits: dict[str, Visit] = {}
        self.disk_failed: Callable[[str], None] = lambda _: None
        """Called when archive or store cannot be written: nothing more must be fetched then."""
        self.ending: asyncio.Future[None] | None = None
        self.found: Callable[[str, list[Link]], list[Link]] | None = None
        """Takes links that only reading a page shows, for a source; gives those that are new to it."""
        self._not_due: dict[str, set[str]] = {}
        if self._lock is not None:
            self._lock.acquire()
        try:
            self.store: Store = open_store(self.options.store or root)
            self.archive = ArchiveWriter(self.archive_folder)
            self.run_id = self.store.start_run(self.options.kind)
            self.adopted: Counter[str] = Counter()
            self.mended = [] if self.options.shared else mend(self.archive_folder, self._adopt)
        except BaseException:
            self._release()
            raise

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Scrapy's way to make one; it is closed after every pipeline has ended."""
        from scrapy import signals

        settings = crawler.settings
        options = FolderOptions(
            settings["AGGREGATOR_RUN_KIND"],
            settings.get("AGGREGATOR_STORE") or None,
            Path(settings["AGGREGATOR_ARCHIVE"]) if settings.get("AGGREGATOR_ARCHIVE") else None,
            settings.getbool("AGGREGATOR_SHARED"),
            settings.get("AGGREGATOR_REVISIT") == "due",
        )
        folder = cls(Path(settings["AGGREGATOR_DATA"]), options, Profiles(settings.getdict("AGGREGATOR_PROFILES")))
        stats = crawler.stats
        assert stats is not None
        stats.inc_value(counts.MENDED_BYTES, sum(one.cut_bytes for one in folder.mended))
        stats.inc_value(counts.ADOPTED, folder.adopted.pop("pages", 0))
        for source, reviews in folder.adopted.items():
            stats.inc_value(counts.REVIEWS + source, reviews)

        def disk_failed(reason: str) -> None:
            stats.inc_value(counts.NOT_STORED)
            if crawler.engine is not None and folder.ending is None:
                # beside the answer in hand, not before it ends: closing waits for what is under way
                folder.ending = asyncio.ensure_future(crawler.engine.close_spider_async(reason=reason))

        folder.disk_failed = disk_failed

        def close(reason: str) -> None:
            kept = {key: value for key, value in stats.get_stats().items() if isinstance(value, int | str)}
            folder.close(reason, {key: value for key, value in kept.items() if key.split("/")[0] in _OURS})

        def lost(**_: object) -> None:
            stats.inc_value(counts.NOT_STORED)  # a pipeline failed in a way it does not count itself

        crawler.signals.connect(close, signals.spider_closed, weak=False)
        crawler.signals.connect(lost, signals.item_error, weak=False)
        return folder

    def close(self, outcome: str, figures: Mapping[str, int | str]) -> None:
        """End the run: the archive file loses its open mark, the run log gets its counts, the folder is free.

        A run whose end cannot be written down counts as killed; what it stored is whole.
        """
        try:
            self.archive.close()
            self.store.finish_run(self.run_id, outcome, figures)
        except (AggregatorError, OSError) as error:
            log.error("the run's end is not written down: %s", error)  # noqa: TRY400 - one line for the user
        finally:
            self.store.close()
            self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    # what spiders ask
    def validators(self, url: str) -> Validators | None:
        """ETag and Last-Modified of a page we hold; None when it must be asked for whole."""
        known = self.store.get_page(url)
        if known is None or not known["archive_file"] or known["status"] != "live" or known["partial"]:
            return None
        if not self._archive_file(known["archive_file"]).exists():
            return None
        return Validators(known["etag"], known["last_modified"], known["digest"], known["fetched_at"])

    def _archive_file(self, name: str) -> Path:
        path = self.archive_folder / name
        return path if path.exists() else path.with_name(path.name + ".open")

    def archived(self, url: str) -> FetchedPage | None:
        """The page as it was last archived, or None."""
        known = self.store.get_page(url)
        if known is None or not known["archive_file"]:
            return None
        try:
            return read(self.archive_folder, Place(known["archive_file"], known["archive_offset"]))
        except ArchiveError as error:
            log.warning("%s", error)
            return None

    def known(self, source: str) -> list[str]:
        """Pages of a source that are asked again even when nothing names them any more."""
        pages = self.store.pages_of(source)
        if self.options.due_only:
            return [page["url"] for page in pages if self.due(source, page["url"])]
        return [page["url"] for page in pages if page["status"] == "live"]

    def due(self, source: str, url: str) -> bool:
        """Whether a page is to be asked in this run; one never seen always is."""
        if not self.options.due_only:
            return True
        if source not in self._not_due:
            now = datetime.now(UTC)
            pages = self.store.pages_of(source)
            self._not_due[source] = {page["url"] for page in pages if next_visit(page) > now}
        return url not in self._not_due[source]

    # what came of an answer
    def visited(self, visit: Visit, capture: Capture | None = None) -> None:
        """Note an answer that is no page."""
        with self._writing():
            self.store.visited(visit, capture)

    def expect(self, page: FetchedPage, visit: Visit) -> None:
        """Keep what a page means for the frontier until the page is stored: both go in one transaction."""
        self._visits[page.final_url] = visit

    def place(self, page: FetchedPage) -> Place:
        """Where the page lies in the archive; a body already held for that address is noted as a revisit."""
        known = self.store.get_page(page.final_url)
        with self._writing():
            if known is not None and known["digest"] == steps.digest_of(page.body) and known["archive_file"]:
                self.archive.append_revisit(page, known["digest"], known["fetched_at"])
                return Place(known["archive_file"], known["archive_offset"])
            return self.archive.append(page)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except ArchiveError:
            self.disk_failed("archive_error")
            raise
        except StoreDownError:
            self.disk_failed("store_error")
            raise

    def keep(self, page: FetchedPage) -> Capture:
        """Archive something that lists pages; gives its line in the index."""
        with self._writing():
            return steps.capture_of(page, self.archive.append(page))

    def stage(self, page: FetchedPage) -> str:
        """Store a parsed page and its reviews in one transaction: `new`, `updated`, `same`, or `stands/WHY` where what
        came is no reason to give up the reviews we hold.
        """
        assert page.parsed is not None
        visit = self._visits.pop(page.final_url, None)
        capture = steps.capture_of(page, page.place) if page.place else None
        wall = steps.wall(page, self.store)
        if wall is not None:
            with self._writing():
                self.store.page_stands(
                    page.final_url, fetched_at=page.fetched_at, http_status=page.status, outcome=wall,
                    run_id=self.run_id, visit=visit, capture=capture,
                )  # fmt: skip
            return f"stands/{wall}"
        if visit is not None and self.found is not None:
            further = threads.links(page)
            visit = dataclasses.replace(visit, links=(*visit.links, *self.found(visit.source, further)))
        record, rows = steps.page_record(page, page.parsed), steps.as_rows(page.parsed)
        with self._writing():
            return self.store.stage_page(record, rows, run_id=self.run_id, visit=visit, capture=capture)

    def unmodified(self, url: str, visit: Visit) -> None:
        """Note a 304."""
        known, now = self.store.get_page(url), utc_now()
        with self._writing():
            if known is not None:
                page = FetchedPage(url, url, 304, (), b"", now, visit.source)
                self.archive.append_revisit(page, known["digest"], known["fetched_at"])
            self.store.page_stands(url, fetched_at=now, run_id=self.run_id, visit=visit)

    def gone(self, url: str, status: int, visit: Visit) -> bool:
        """Note a 404 or 410; true when we hold the page."""
        held = self.store.get_page(url) is not None
        with self._writing():
            self.store.page_gone(url, http_status=status, fetched_at=utc_now(), run_id=self.run_id, visit=visit)
        return held

    def _adopt(self, file: Path) -> None:
        """Stage pages that a killed run archived but did not store; counts `pages`, and reviews by source.

        The frontier does not move: the page in hand is asked again, which costs a 304, and its links are found.
        """
        for page in iter_responses(file, log.warning):
            known = self.store.get_page(page.final_url)
            if known is None or known["digest"] != steps.digest_of(page.body):
                again = steps.with_reading(page, self.profiles.of(page))
                self.stage(again)
                self.adopted["pages"] += 1
                self.adopted[str(page.source)] += len(again.parsed.reviews if again.parsed else ())
