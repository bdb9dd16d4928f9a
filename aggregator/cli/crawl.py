"""`aggregator crawl`: fetch a site's reviews politely, keep every page, stage what they say, build the dataset."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.build import Data, StoreUrl


def crawl(
    targets: Annotated[
        list[str], typer.Argument(metavar="TARGET...", help="An address, or a source of aggregator.toml.")
    ],
    *,
    data: Data = Path("aggregator-data"),
    store: StoreUrl = None,
    delay: Annotated[
        float | None, typer.Option(min=0, help="Least seconds between two requests to a host (2 if not given).")
    ] = None,
    max_pages: Annotated[int | None, typer.Option(min=1, help="Ask for at most so many pages of each target.")] = None,
    contact: Annotated[
        str, typer.Option(envvar="AGGREGATOR_CONTACT", help="E-mail address or web page at which you can be reached.")
    ] = "",
    allow: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST:PORT", help="Reach exactly this host and port although not public."),
    ] = None,
    build: Annotated[bool, typer.Option(help="Build the dataset at the end.")] = True,
) -> None:
    """Fetch reviews from addresses or configured sources.

    robots.txt is obeyed, one request at a time goes to a host, and what a site refuses is counted, not tried
    another way.

    Example: aggregator crawl https://www.lanternmagazine.example/ --contact you@your.site --max-pages 50
    """
    from aggregator.cli.progress import watch
    from aggregator.cli.running import CrawlOptions, check_targets, finish, run_crawl
    from aggregator.cli.sources import resolve_targets, settled
    from aggregator.net.addresses import allow_key

    contact, delay = settled(data, contact, delay)
    options = CrawlOptions(
        data,
        store=store,
        contact=contact,
        delay=delay,
        allow=[allow_key(entry) for entry in allow or []],
        build=build,
    )
    wanted = resolve_targets(targets, options.data)
    check_targets(wanted, options)
    finish(run_crawl("site", {"targets": wanted, "max_pages": max_pages}, options, on_crawler=watch))
