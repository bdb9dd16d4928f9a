"""Runs one crawl in this process and judges it; every command that fetches or imports pages goes through here."""

import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from aggregator import __version__
from aggregator.cli.summary import Summary, summarise
from aggregator.errors import AggregatorError, StoreError, UsageError
from aggregator.net.addresses import AddressGuard, AddressRefusedError
from aggregator.net.contact import AGENT_NAME, contact_problem, user_agent

OnCrawler = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What a crawl is told. `delay` in seconds; `allow` holds exact host:port entries; `readings` names profile and
    language by source; `shared` says that the process that started this one holds the data folder.
    """

    data: Path
    store: str | None = None
    archive: Path | None = None
    contact: str = ""
    user_agent: str | None = None
    delay: float | None = None
    allow: list[str] = field(default_factory=list)
    build: bool = True
    score: str | None = None
    concurrency: int = 16
    due_only: bool = False
    shared: bool = False
    readings: dict[str, dict[str, str]] = field(default_factory=dict)

    def settings(self) -> dict[str, Any]:
        """As Scrapy settings."""
        changed: dict[str, Any] = {
            "AGGREGATOR_DATA": str(self.data),
            "AGGREGATOR_STORE": self.store or "",
            "AGGREGATOR_CONTACT": self.contact,
            "AGGREGATOR_ALLOW": self.allow,
            "AGGREGATOR_BUILD": self.build,
            "AGGREGATOR_SCORE": self.score or "",
            "AGGREGATOR_ARCHIVE": str(self.archive or ""),
            "AGGREGATOR_REVISIT": "due" if self.due_only else "all",
            "AGGREGATOR_SHARED": self.shared,
            "AGGREGATOR_PROFILES": self.readings,
            "USER_AGENT": user_agent(self.contact, __version__, self.user_agent or AGENT_NAME),
            "CONCURRENT_REQUESTS": self.concurrency,
        }
        if self.delay is not None:
            changed["DOWNLOAD_DELAY"] = self.delay
        return changed


def check_targets(starts: Iterable[str], options: CrawlOptions) -> None:
    """Refuse a crawl that could only fail. Raises UsageError naming the target and the way out."""
    guard = AddressGuard(set(options.allow))
    for url in starts:
        try:
            where = guard.check_url(url)
        except AddressRefusedError as error:
            raise UsageError(f"{url}: {error}") from error
        problem = contact_problem(options.contact)
        if problem and not guard.allows_by_name(where):
            raise UsageError(problem)
    if options.contact and (problem := contact_problem(options.contact)):
        typer.echo(f"aggregator: warning: {problem}", err=True)


def run_crawl(
    spider: str,
    arguments: dict[str, Any],
    options: CrawlOptions,
    *,
    kind: str = "crawl",
    on_crawler: OnCrawler | None = None,
) -> Summary:
    """Run one spider to its end and judge what came of it.

    `on_crawler` gets the crawler before it starts, to watch its signals. Raises AggregatorError for what the
    user can mend, such as a data folder in use.
    """
    from scrapy.settings import Settings

    from aggregator.cli.stopping import StoppableProcess

    settings = Settings()
    settings.setmodule("aggregator.settings", priority="project")
    settings.setdict(options.settings(), priority="cmdline")
    settings.setdict(
        {"AGGREGATOR_RUN_KIND": kind, "STATS_DUMP": False, "LOG_LEVEL": "WARNING", "LOG_INSTALL_ROOT_HANDLER": False},
        priority="cmdline",
    )
    log_to_stderr()
    known = sources_with_pages(options.store or options.data)
    process = StoppableProcess(settings)
    crawler = process.create_crawler(spider)
    if on_crawler is not None:
        on_crawler(crawler)
    task = process.crawl(crawler, **arguments)
    process.start()
    if not task.done():
        raise AggregatorError("the crawl was stopped before it could end")
    error = None if task.cancelled() else task.exception()
    if error is not None:
        raise error
    assert crawler.stats is not None
    names = [target.name for target in getattr(crawler.spider, "targets", ())]
    return summarise(crawler.stats.get_stats(), [name for name in dict.fromkeys(names) if name not in known])


def sources_with_pages(data: str | Path) -> set[str]:
    """Names of the sources that a store already holds pages of."""
    from aggregator.store import open_store

    try:
        with open_store(data, create=False, read_only=True) as store:
            return {source["name"] for source in store.sources() if source["pages"]}
    except StoreError:
        return set()  # no store yet, or one that the crawl itself will bring up to date


def log_to_stderr() -> None:
    """Warnings as plain lines on stderr; a line break in fetched text cannot begin a line of its own."""
    root = logging.getLogger()
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_OneLine("%(levelname)s: %(message)s"))
        handler.setLevel(logging.WARNING)
        root.addHandler(handler)
    for name in ("scrapy", "twisted", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        line = "".join(char if char.isprintable() else " " for char in text)
        return f"{record.levelname.lower()}: {line}" + (
            f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        )


def finish(summary: Summary) -> None:
    """Say why the run is no success, then the counts as the last line of stderr; raises the exit code."""
    for reason in summary.reasons:
        typer.echo(f"aggregator: {reason}", err=True)
    typer.echo(summary.line, err=True)
    if summary.exit_code:
        raise typer.Exit(summary.exit_code)
