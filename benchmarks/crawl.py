"""What crawling a page costs beside a Scrapy that does nothing with it: `python -m benchmarks.crawl [--pages N]`.

Both crawl the same sites in one run, each in a process of its own, and count CPU time: seconds on the clock say more
about the machine. A part of our crawl is a row of PARTS; what no part claims is fetching.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.crawl_site import SIZE, served

PARTS = {
    "archive": ("pipelines.folder:DataFolder.place", "pipelines.folder:DataFolder.keep"),
    "parse": (
        "pipelines.p2_parse:parse_page",
        "pipelines.p3_normalise:normalised",
        "pipelines.p3_normalise:missing_fields",
    ),
    "store": (
        "pipelines.folder:DataFolder.stage",
        "pipelines.folder:DataFolder.visited",
        "pipelines.folder:DataFolder.unmodified",
        "pipelines.folder:DataFolder.validators",
    ),
    "links": ("spiders.discovery:page_links", "spiders.discovery:asks_not_to_be_read"),
}


@dataclass(slots=True)
class Cost:
    """CPU and wall seconds of one crawl, whole and by part, and the pages it read."""

    pages: int
    cpu: float
    wall: float
    parts: dict[str, float] = field(default_factory=dict)

    def a_page(self, part: str | None = None) -> float:
        """Milliseconds of CPU a page, of one part or in all."""
        return 1000 * (self.cpu if part is None else self.parts.get(part, 0.0)) / max(1, self.pages)


class Clock:
    """CPU seconds of each part; a part inside another counts for itself alone."""

    def __init__(self) -> None:
        self.parts: Counter[str] = Counter()
        self._inner = [0.0]

    def timed(self, part: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """`real`, measured."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self._inner.append(0.0)
            begun = time.process_time()
            try:
                return real(*args, **kwargs)
            finally:
                spent = time.process_time() - begun
                self.parts[part] += spent - self._inner.pop()
                self._inner[-1] += spent

        return wrapped


def ours(origins: list[str], folder: Path, told: Connection) -> None:
    """Our crawl, in this process; sends its Cost."""
    from aggregator.cli.running import CrawlOptions, run_crawl
    from spiders.base import Aim

    clock = Clock()
    with ExitStack() as stack:
        for part, places in PARTS.items():
            for place in places:
                module, _, name = place.partition(":")
                owner, _, method = name.rpartition(".")
                holder = getattr(import_module(module), owner) if owner else import_module(module)
                stack.enter_context(patch.object(holder, method, clock.timed(part, getattr(holder, method))))
        allow = [origin.removeprefix("http://") for origin in origins]
        options = CrawlOptions(folder, delay=0, allow=allow, build=False)
        watch = _Watch()
        summary = run_crawl(
            "site", {"targets": [Aim(f"{origin}/") for origin in origins]}, options, on_crawler=watch.begin
        )
    pages = summary.counts.get("pages/fetched", 0) + summary.counts.get("pages/unmodified", 0)
    told.send(Cost(pages, watch.cpu, watch.wall, dict(clock.parts)))


def nothing(origins: list[str], number: int, told: Connection) -> None:
    """A Scrapy crawl of the same pages with Scrapy's own settings, as fast as ours may go, that drops what it gets."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess

    class NoOp(Spider):
        name = "noop"
        got = 0

        async def start(self):  # type: ignore[no-untyped-def]
            for path in ["/", "/sitemap.xml", *(f"/review/{n}" for n in range(number))]:
                for origin in origins:
                    yield Request(origin + path)

        def parse(self, _response):  # type: ignore[no-untyped-def]
            self.got += 1

    quiet = {"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0}
    process = AsyncCrawlerProcess(quiet | {"CONCURRENT_REQUESTS_PER_DOMAIN": len(origins)})
    crawler = process.create_crawler(NoOp)
    watch = _Watch()
    watch.begin(crawler)
    process.crawl(crawler)
    process.start()
    told.send(Cost(crawler.spider.got, watch.cpu, watch.wall))  # type: ignore[union-attr]


class _Watch:
    """Takes the time from the opening of a crawler's spider to its closing."""

    def begin(self, crawler: Any) -> None:
        from scrapy import signals

        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    def _opened(self) -> None:
        self._cpu, self._wall = time.process_time(), time.monotonic()

    def _closed(self) -> None:
        self.cpu, self.wall = time.process_time() - self._cpu, time.monotonic() - self._wall


def in_a_process(run: Callable[..., None], *arguments: Any) -> Cost:
    """What `run` sends from a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(*arguments, there))
    process.start()
    there.close()
    try:
        cost: Cost = here.recv()
    finally:
        process.join()
    return cost


def measure(hosts: int, number: int, size: int) -> dict[str, Cost]:
    """No-op, first crawl and re-crawl of the same pages, all of which answer 304."""
    with tempfile.TemporaryDirectory() as folder, served(hosts, number, size) as origins:
        return {
            "no-op Scrapy": in_a_process(nothing, origins, number),
            "first crawl": in_a_process(ours, origins, Path(folder) / "data"),
            "re-crawl": in_a_process(ours, origins, Path(folder) / "data"),
        }


def report(costs: dict[str, Cost]) -> Iterator[str]:
    """The lines of the table: milliseconds of CPU a page."""
    base = costs["no-op Scrapy"].a_page()
    names = [*PARTS, "fetch"]
    yield (
        f"{'':14}{'pages':>7}{'pages/s':>9}{'CPU ms':>9}"
        + "".join(f"{name:>9}" for name in names)
        + f"{'our part':>10}"
    )
    for name, cost in costs.items():
        fetch = cost.a_page() - sum(cost.a_page(part) for part in PARTS)
        row = f"{name:14}{cost.pages:7}{cost.pages / cost.wall:9.0f}{cost.a_page():9.2f}"
        if not cost.parts:
            yield row
            continue
        own = cost.a_page() - base - cost.a_page("parse") - cost.a_page("archive")
        yield row + "".join(f"{cost.a_page(part):9.2f}" for part in PARTS) + f"{fetch:9.2f}{own:10.2f}"
    yield "our part: all but parse and archive, beyond what the no-op crawl costs"


def main(arguments: list[str]) -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    options.add_argument("--pages", type=int, default=500, help="pages of each site")
    options.add_argument("--hosts", type=int, default=2, help="sites crawled at once")
    options.add_argument("--size", type=int, default=SIZE, help="bytes of a page")
    chosen = options.parse_args(arguments)
    for line in report(measure(chosen.hosts, chosen.pages, chosen.size)):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
