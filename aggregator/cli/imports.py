"""`aggregator import`: take saved pages, WARC and WACZ files into archive and store, without any network."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.build import ConfigFile, Data, StoreUrl
from aggregator.cli.crawl import ArchiveFolder


def import_pages(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Saved pages, folders, .warc(.gz) or .wacz.")],
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
    store: StoreUrl = None,
    archive: ArchiveFolder = None,
    source: Annotated[str | None, typer.Option(help="Source the pages belong to (their host if not given).")] = None,
    build: Annotated[bool, typer.Option(help="Build the dataset at the end.")] = True,
) -> None:
    """Read saved pages as if they had been crawled.

    A source of aggregator.toml lends them its profile and language, as it does in a crawl.

    Example: aggregator import fixtures/sites/hreview --data aggregator-data
    """
    from aggregator.cli.running import CrawlOptions, finish, run_crawl
    from aggregator.config import read_config
    from aggregator.errors import UsageError
    from spiders.targets import source_name

    for file in files:
        if not file.exists():
            raise UsageError(f"{file}: no such file or folder")
    told = read_config(data, config)
    options = CrawlOptions(data, store=store, archive=archive, build=build, score=told.score, readings=told.readings())
    names = {source_name(one.start): one.name for one in told.source}
    arguments = {"paths": tuple(str(file) for file in files), "source": source, "names": names}
    summary = run_crawl("saved", arguments, options, kind="import")
    if not any(key.startswith("staged/") for key in summary.counts):
        summary.reasons.append("no page found to import")
    finish(summary)
