"""`aggregator demo`: the whole way from crawl to export, against labelled sites served on this machine."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.crawl import Contact

if TYPE_CHECKING:
    from aggregator.cli.summary import Summary
    from aggregator.demo.server import Servers

DELAY = 0.05
"""Seconds between two requests to one of our own servers."""
FORMATS = ["json", "jsonl", "csv"]
NOTE = "demo.json"


def demo(
    *,
    data: Annotated[Path, typer.Option("--data", help="Folder that holds everything.")] = Path("demo-data"),
    out: Annotated[Path | None, typer.Option(help="Folder for the exports (DATA/export if not given).")] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65000, help="First of the ports to serve on; free ones if not given.")
    ] = 0,
    contact: Contact = "",
) -> None:
    """Crawl, read, build and export a handful of made-up review sites, and check the outcome against their labels.

    Nothing leaves this machine. A second run on the same folder finds everything unchanged.

    Example: aggregator demo --data demo-data
    """
    from aggregator.cli.progress import watch
    from aggregator.cli.running import CrawlOptions, run_crawl
    from aggregator.demo.server import Servers
    from aggregator.demo.sites import load_sites
    from aggregator.net.contact import contact_problem

    sites = load_sites()
    with Servers(sites, _ports([site.name for site in sites], port, data)) as servers:
        if problem := contact_problem(contact):
            typer.echo(f"aggregator: warning: {problem}; for the demo it will do", err=True)
        _remember(servers, data)
        allow = [server.origin.removeprefix("http://") for server in servers.all]
        targets = [(server.site.host, f"{server.origin}/") for server in servers.all]
        options = CrawlOptions(data, contact=contact, delay=DELAY, allow=allow, concurrency=len(sites) * 4)
        known = _robots_known(servers, data)
        summary = run_crawl("site", {"targets": targets}, options, on_crawler=watch)
        _finish(servers, summary, data, out or data / "export", known)


def _ports(names: list[str], first: int, data: Path) -> dict[str, int]:
    """Ports by site: from the first one on, else those of the last run on this folder, so that addresses stay."""
    if first:
        return {name: first + number for number, name in enumerate(names)}
    try:
        held = json.loads((data / NOTE).read_text(encoding="utf-8"))["ports"]
        return {name: int(held[name]) for name in names if name in held}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _remember(servers: "Servers", data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    ports = {server.site.name: server.port for server in servers.all}
    (data / NOTE).write_text(json.dumps({"ports": ports}, indent=1) + "\n", encoding="utf-8")


def _robots_known(servers: "Servers", data: Path) -> set[str]:
    """Origins whose robots.txt an earlier run on this folder has read within a day."""
    from aggregator.demo.server import HOST
    from aggregator.errors import StoreError
    from aggregator.store import open_store
    from spiders.middleware.robots import FRESH_FOR

    since = datetime.now(UTC) - timedelta(seconds=FRESH_FOR)
    try:
        with open_store(data, create=False, read_only=True) as store:
            read = {server.origin: store.robots(f"{HOST}:{server.port}") for server in servers.all}
    except StoreError:
        return set()  # the first run
    return {origin for origin, row in read.items() if row is not None and datetime.fromisoformat(row[0]) > since}


def _finish(servers: "Servers", summary: "Summary", data: Path, out: Path, robots_known: set[str]) -> None:
    """Export, show what came of it, and exit 1 when it is not what the labels say."""
    from aggregator.demo.outcome import differences, expected_reviews
    from aggregator.demo.report import Row, show
    from aggregator.export import export
    from aggregator.store import open_store

    export(data, out, FORMATS)
    with open_store(data, create=False, read_only=True) as store:
        pages = {str(page["url"]): page for page in store.iter_pages()}
        found = Counter(one.page_url for one in store.iter_reviews() if one.status == "live")
        figures = store.counts()
    rows = []
    for server in servers.all:
        own = [url for url in pages if url.startswith(f"{server.origin}/")]
        labelled = sum(expected_reviews(server).values())
        rows.append(Row(server.site.host, server.site.discovery, len(own), sum(found[url] for url in own), labelled))
    show(rows, _totals(figures, pages, summary), {"exports": out, "data": data, "archive": data / "archive"})
    wrong = differences(servers.all, found, set(pages), robots_known) + summary.reasons
    for line in wrong:
        typer.echo(f"aggregator: {line}", err=True)
    typer.echo(summary.line, err=True)
    if wrong:
        raise typer.Exit(1)


def _totals(figures: dict[str, int], pages: dict[str, Any], summary: "Summary") -> dict[str, int]:
    from spiders import counts

    get = summary.counts.get
    kept_out = get(counts.ROBOTS, 0) + get(counts.NOINDEX, 0)
    return {
        "films": figures["films"],
        "reviews": figures["reviews"],
        "sources": figures["sources"],
        "pages kept out by robots.txt or noindex": kept_out,
        "pages failed": get(counts.FAILED, 0) + get(counts.NOT_HTML, 0),
        "links to pages that the made-up sites do not have": get(counts.NOT_FOUND, 0),
        "problems noted on pages": sum(len(page["problems"] or ()) for page in pages.values()),
    }
