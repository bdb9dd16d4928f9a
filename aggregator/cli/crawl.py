"""`aggregator crawl`: fetch a site's reviews politely, keep every page, stage what they say, build the dataset."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from aggregator.cli.build import ConfigFile, Data, StoreUrl, configured

ArchiveFolder = Annotated[
    Path | None,
    typer.Option(
        "--archive", envvar="AGGREGATOR_ARCHIVE", help="Folder of the raw pages, when not in the data folder.",
        callback=lambda context, parameter, given: (at := configured(context, parameter, given)) and Path(at),
    ),
]  # fmt: skip
Contact = Annotated[
    str, typer.Option(envvar="AGGREGATOR_CONTACT", help="E-mail address or web page at which you can be reached.")
]
UserAgent = Annotated[
    str | None, typer.Option(metavar="NAME", help="Word by which sites and robots.txt know the crawl.")
]
Delay = Annotated[
    float | None, typer.Option(min=0, help="Least seconds between two requests to a host (2 if not given).")
]
Allow = Annotated[
    list[str] | None, typer.Option(metavar="HOST:PORT", help="Reach exactly this host and port although not public.")
]
Jobs = Annotated[
    int | None, typer.Option(min=1, help="Crawl so many sources at once, each in a process of its own, no host in two.")
]
Ways = Annotated[
    list[str] | None,
    typer.Option("--way", metavar="WAY", help="Find pages so, and not otherwise: sitemap, wordpress, feed or links."),
]
Limit = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=NUMBER", help="Budget of a source: pages, depth, shape, fruitless, delay."),
]


def crawl(
    targets: Annotated[
        list[str], typer.Argument(metavar="TARGET...", help="An address, or a source of aggregator.toml.")
    ],
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
    store: StoreUrl = None,
    archive: ArchiveFolder = None,
    delay: Delay = None,
    max_pages: Annotated[int | None, typer.Option(min=1, help="Ask for at most so many pages of each target.")] = None,
    contact: Contact = "",
    user_agent: UserAgent = None,
    allow: Allow = None,
    jobs: Jobs = None,
    way: Ways = None,
    limit: Limit = None,
    language: Annotated[str | None, typer.Option(help="Language of the pages, where detection is wrong.")] = None,
    profile: Annotated[str | None, typer.Option(help="Site profile to read the pages with: a name or .toml.")] = None,
    revisit: Annotated[
        Literal["all", "due"], typer.Option(help="Ask for every known page again, or only for those that are due.")
    ] = "all",
    build: Annotated[bool, typer.Option(help="Build the dataset at the end.")] = True,
) -> None:
    """Fetch reviews from addresses or configured sources.

    robots.txt is obeyed, one request at a time goes to a host, and what a site refuses is counted, not tried
    another way. A crawl that was broken off goes on where it stopped.

    Example: aggregator crawl https://reviews.site/ --contact you@your.site --max-pages 50
    """
    from aggregator.cli.progress import watch
    from aggregator.cli.running import check_targets, finish, run_crawl
    from aggregator.cli.targets import Given, plan

    given = Given(
        data, config, store, archive, contact, user_agent, delay, jobs, max_pages, tuple(allow or ()), tuple(way or ()),
        tuple(limit or ()), language, profile, build, revisit == "due",
    )  # fmt: skip
    ready = plan(targets, given)
    check_targets([aim.start for aim in ready.aims], ready.options)
    if ready.jobs > 1 and len(ready.aims) > 1:
        from aggregator.cli.jobs import run_parallel

        finish(run_parallel(ready))
        return
    finish(run_crawl("site", {"targets": ready.aims}, ready.options, on_crawler=watch))
