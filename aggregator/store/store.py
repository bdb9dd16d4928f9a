"""The store as every other part sees it: explicit steps, each one transaction; SQL lives in the modules beside."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from aggregator.errors import StoreError
from aggregator.store import crawls, frontier, reading, results, runlog, staging, upgrade
from aggregator.store.engine import ConflictError, display, make_engine, plain_errors, store_url
from aggregator.store.records import (
    Capture,
    CrawlState,
    Fetch,
    Link,
    PageRecord,
    Staged,
    StagedReview,
    Validators,
    Visit,
)
from aggregator.store.schema import sources


class Store:
    """Pages, reviews, frontier and run log; close it, or use it in `with`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._sources: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """Where the store is, without a password."""
        return display(self._engine.url)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view of the store: rows committed meanwhile do not show."""
        with plain_errors(self._engine.url), self._engine.connect() as opened:
            connection = opened
            if opened.dialect.name == "postgresql":
                connection = opened.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction: all of it is stored, or nothing."""
        with plain_errors(self._engine.url), self._engine.connect() as opened:
            connection = opened.execution_options(writes=True)
            with connection.begin():
                yield connection

    # pages and reviews
    def stage_page(
        self,
        record: PageRecord,
        parsed: Mapping[str, Any],
        *,
        run_id: int | None = None,
        visit: Visit | None = None,
        capture: Capture | None = None,
    ) -> Staged:
        """Store a fetched page, its reviews, what it means for the frontier, its place in the archive and its line
        in the run log, in one commit.

        `parsed` is a ParsedPage as dict. Staging the same content again changes nothing but the run log.
        Contents of one address must come in the order of `fetched_at` (ISO, UTC): an older one is passed over.
        """
        try:
            return self._stage_page(record, parsed, run_id, visit, capture)
        except ConflictError:  # PostgreSQL only; SQLite has one writer
            return self._stage_page(record, parsed, run_id, visit, capture)

    def _stage_page(
        self,
        record: PageRecord,
        parsed: Mapping[str, Any],
        run_id: int | None,
        visit: Visit | None,
        capture: Capture | None,
    ) -> Staged:
        with self.writing() as connection:
            self._know_source(connection, record.source)
            page_id, outcome = staging.stage(connection, record, parsed)
            self._visited(connection, visit, capture)
            if run_id is not None:
                fetch = Fetch(run_id, page_id, record.fetched_at, record.http_status, outcome)
                runlog.log_fetch(connection, fetch)
        if record.source:
            self._sources.add(record.source)
        return outcome

    def page_stands(
        self,
        url: str,
        *,
        fetched_at: str,
        http_status: int = 304,
        outcome: str = "unmodified",
        run_id: int | None = None,
        visit: Visit | None = None,
        capture: Capture | None = None,
    ) -> None:
        """Note an answer that leaves the page as it is (304, or a wall in front of it): frontier and run log move."""
        with self.writing() as connection:
            self._visited(connection, visit, capture)
            row = reading.page_row(connection, url)
            if row is not None and run_id is not None:
                runlog.log_fetch(connection, Fetch(run_id, row.id, fetched_at, http_status, outcome))

    def page_gone(
        self,
        url: str,
        *,
        http_status: int | None,
        fetched_at: str,
        run_id: int | None = None,
        visit: Visit | None = None,
    ) -> bool:
        """Mark a page and its reviews gone (404, 410), keeping their data; true when the page was live."""
        with self.writing() as connection:
            self._visited(connection, visit)
            row = reading.page_row(connection, url)
            if row is None:
                return False
            news = staging.mark_gone(connection, row.id, http_status, fetched_at)
            if run_id is not None:
                runlog.log_fetch(connection, Fetch(run_id, row.id, fetched_at, http_status, "gone"))
            return news

    def get_page(self, url: str) -> dict[str, Any] | None:
        """The page stored under this exact address, or null."""
        with self.reading() as connection:
            row = reading.page_row(connection, url)
            return None if row is None else reading.as_dict(row)

    def has_live_reviews(self, url: str) -> bool:
        """Whether the page of this address holds reviews that are not gone."""
        with self.reading() as connection:
            return reading.has_live_reviews(connection, url)

    def source_has_reviews(self, source: str) -> bool:
        """Whether any page of the source holds reviews that are not gone."""
        with self.reading() as connection:
            return reading.source_has_reviews(connection, source)

    def validators(self, url: str) -> Validators | None:
        """ETag, Last-Modified and digest for a conditional request; null for an address never stored."""
        with self.reading() as connection:
            row = reading.page_row(connection, url)
            return None if row is None else Validators(row.etag, row.last_modified, row.digest, row.fetched_at)

    def iter_pages(self) -> Iterator[dict[str, Any]]:
        """Every page, in the order first stored."""
        with self.reading() as connection:
            yield from reading.iter_pages(connection)

    def iter_reviews(self) -> Iterator[StagedReview]:
        """Every review of every page, gone ones too, in the order of address and place on the page."""
        with self.reading() as connection:
            yield from reading.iter_reviews(connection)

    # sources and frontier
    def add_source(self, name: str, start_url: str | None = None) -> None:
        """Make a source known; its start address is set or kept."""
        with self.writing() as connection:
            self._know_source(connection, name)
            if start_url is not None:
                differs = sa.and_(sources.c.name == name, sources.c.start_url.is_distinct_from(start_url))
                connection.execute(sa.update(sources).where(differs).values(start_url=start_url))
        self._sources.add(name)

    def frontier_add(self, source: str, links: Iterable[Link]) -> int:
        """Add links to visit; gives how many the source's frontier did not know."""
        with self.writing() as connection:
            self._know_source(connection, source)
            added = frontier.add(connection, source, links)
        self._sources.add(source)
        return added

    def frontier_pending(self, source: str) -> list[Link]:
        """Links not visited yet, nearest to the start first."""
        with self.reading() as connection:
            return frontier.pending(connection, source)

    def frontier_all(self, source: str) -> list[Link]:
        """Every address of the source's frontier, whatever became of it."""
        with self.reading() as connection:
            return frontier.pending(connection, source, None)

    def visited(self, visit: Visit, capture: Capture | None = None) -> None:
        """Note an answer that is no page (a sitemap, a refusal, an error) and what it means for the frontier."""
        with self.writing() as connection:
            self._visited(connection, visit, capture)

    def crawl_begin(self, source: str) -> CrawlState:
        """Go on with the crawl of a source that was broken off, or begin a new one."""
        with self.writing() as connection:
            self._know_source(connection, source)
            state = crawls.begin(connection, source)
        self._sources.add(source)
        return state

    def crawl_end(self, source: str) -> None:
        """Note that the crawl of a source came to its end."""
        with self.writing() as connection:
            crawls.end(connection, source)

    def crawl_times(self) -> dict[str, tuple[str, str | None]]:
        """When the last crawl of each source began and ended; null for one that was broken off or is under way."""
        with self.reading() as connection:
            return crawls.times(connection)

    def silent_sources(self, names: Iterable[str]) -> list[str]:
        """Those of the sources of which no address was visited with success in their last crawl."""
        with self.reading() as connection:
            return [name for name in names if not frontier.any_done(connection, name)]

    def pages_of(self, source: str) -> list[dict[str, Any]]:
        """What decides when a source's pages are asked again, see `aggregator.net.revisit`."""
        with self.reading() as connection:
            return reading.visits(connection, source)

    def robots(self, endpoint: str) -> tuple[str, int, bytes] | None:
        """When robots.txt of `scheme://host:port` was read, with status and body; null when it never was."""
        with self.reading() as connection:
            return crawls.get_robots(connection, endpoint)

    def keep_robots(self, endpoint: str, fetched_at: str, status: int, body: bytes) -> None:
        """Keep robots.txt as read now."""
        with self.writing() as connection:
            crawls.put_robots(connection, endpoint, fetched_at, status, body)

    def captured(self, found: Iterable[Capture]) -> None:
        """Enter answers into the index of the archive."""
        with self.writing() as connection:
            crawls.captured(connection, found)

    def iter_captures(self) -> Iterator[Capture]:
        """The index of the archive, oldest first."""
        with self.reading() as connection:
            yield from crawls.iter_captures(connection)

    # the last build
    def save_build(self, built: results.Built) -> None:
        """Replace the last build as a whole."""
        with self.writing() as connection:
            results.save(connection, built)

    def generated_from(self) -> dict[str, Any] | None:
        """What the last build was made from; null when nothing was built yet."""
        with self.reading() as connection:
            return results.generated_from(connection)

    def iter_films(self) -> Iterator[dict[str, Any]]:
        """Films of the last build with their reviews."""
        with self.reading() as connection:
            yield from results.iter_films(connection)

    def iter_built_reviews(self) -> Iterator[tuple[str | None, dict[str, Any]]]:
        """(film id or null, Review) of the last build, film by film."""
        with self.reading() as connection:
            yield from results.iter_reviews(connection)

    def get_film(self, film_id: str) -> dict[str, Any] | None:
        """One film of the last build with its reviews, or null."""
        with self.reading() as connection:
            return results.get_film(connection, film_id)

    def notes_on(self, subject: str) -> list[results.Note]:
        """What the last build noted about a review or film."""
        with self.reading() as connection:
            return results.notes_on(connection, subject)

    # run log and figures
    def start_run(self, kind: str, source: str | None = None, *, at: str | None = None) -> int:
        """Begin a run (crawl, reparse, import, build) and get its id."""
        with self.writing() as connection:
            return runlog.start(connection, kind, source, at)

    def finish_run(self, run_id: int, outcome: str, counts: Mapping[str, Any], *, at: str | None = None) -> None:
        """End a run; `counts` must be JSON."""
        with self.writing() as connection:
            runlog.finish(connection, run_id, outcome, counts, at)

    def runs(self, limit: int = 20) -> list[dict[str, Any]]:
        """The newest runs, newest first."""
        with self.reading() as connection:
            return runlog.latest(connection, limit)

    def counts(self) -> dict[str, int]:
        """How many rows of each kind: pages, reviews, gone reviews, films and so on."""
        with self.reading() as connection:
            return reading.counts(connection)

    def sources(self) -> list[dict[str, Any]]:
        """Every source with its figures: pages, reviews, problems, pages gone and addresses to visit."""
        with self.reading() as connection:
            return reading.source_table(connection)

    def problem_counts(self) -> dict[str, int]:
        """How many pages have each kind of problem, most frequent first."""
        with self.reading() as connection:
            return reading.problem_counts(connection)

    def check(self) -> list[str]:
        """What is wrong with the database file itself, in words; nothing for a sound one."""
        with self.reading() as connection:
            return reading.damage(connection)

    def _know_source(self, connection: sa.Connection, name: str | None) -> None:
        if name is None or name in self._sources:
            return
        if connection.execute(sa.select(sources.c.id).where(sources.c.name == name)).first() is None:
            connection.execute(sa.insert(sources).values(name=name, added_at=runlog.now()))

    def _visited(self, connection: sa.Connection, visit: Visit | None, capture: Capture | None = None) -> None:
        if visit is not None:
            self._know_source(connection, visit.source)
            frontier.visited(connection, visit)
            if visit.state is not None:
                crawls.note(connection, visit.source, visit.state)
        if capture is not None:
            crawls.captured(connection, [capture])


def open_store(target: str | Path, *, create: bool = True, read_only: bool = False, timeout_s: float = 10.0) -> Store:
    """Open the store at a database URL, an .sqlite file or in a data folder, making or upgrading its tables.

    StoreError when it is missing and not to be made, locked for longer than `timeout_s`, newer than this
    program, or not ours. `read_only` neither makes nor upgrades anything.
    """
    url = store_url(target)
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        if not path.exists() and (read_only or not create):
            raise StoreError(f"{path}: no store there; crawl something first, or give another --data folder")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path.parent}: cannot make this folder ({error.strerror})") from error
    engine = make_engine(url, timeout_s=timeout_s, read_only=read_only)
    try:
        with plain_errors(url):
            if read_only:
                upgrade.refuse_other_revision(engine)
            else:
                upgrade.bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
