"""A progress bar for a crawl, on a terminal only; where stderr is no terminal nothing is drawn."""

import sys
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from spiders import counts

_DONE = (
    counts.FETCHED,
    counts.UNMODIFIED,
    counts.GONE,
    counts.NOT_FOUND,
    counts.ROBOTS,
    counts.FAILED,
    counts.NOT_HTML,
    counts.NOINDEX,
)


def watch(crawler: Any) -> None:
    """Draw how many of the pages found so far are done, while the crawler runs."""
    if not sys.stderr.isatty():
        return
    from scrapy import signals

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("pages", total=None)

    def moved(*_: Any, **__: Any) -> None:
        get = crawler.stats.get_value
        bar.update(task, completed=sum(get(name, 0) for name in _DONE), total=get(counts.ASKED, 0) or None)

    def opened(*_: Any, **__: Any) -> None:
        bar.start()

    def closed(*_: Any, **__: Any) -> None:
        bar.stop()

    crawler.signals.connect(opened, signals.spider_opened, weak=False)
    crawler.signals.connect(moved, signals.response_received, weak=False)
    crawler.signals.connect(moved, signals.item_scraped, weak=False)
    crawler.signals.connect(closed, signals.spider_closed, weak=False)
