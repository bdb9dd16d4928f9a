"""`aggregator reparse`: read every archived page again with today's parser, without any network."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.build import Data, StoreUrl


def reparse(
    *,
    data: Data = Path("aggregator-data"),
    store: StoreUrl = None,
    build: Annotated[bool, typer.Option(help="Build the dataset at the end.")] = True,
) -> None:
    """Stage again what the archived pages say; pages read as before change nothing.

    Example: aggregator reparse --data aggregator-data
    """
    from aggregator.errors import UsageError
    from pipelines.folder import ARCHIVE, DataFolder, FolderOptions
    from pipelines.rereading import read_again

    if not (data / ARCHIVE).is_dir():
        raise UsageError(f"{data}: no archive there; crawl or import something first, or give another --data")
    problems: list[str] = []
    folder = DataFolder(data, FolderOptions("reparse", store))
    figures: Counter[str] = Counter()
    outcome = "failed"
    try:
        figures = read_again(folder, problems.append)
        if build:
            from aggregator.build import build as build_dataset

            build_dataset(folder.store, folder.root)
        outcome = "finished"
    finally:
        folder.close(outcome, dict(figures))
    for problem in problems:
        typer.echo(f"aggregator: {problem}", err=True)
    typer.echo(
        f"{figures['pages']} pages read again: {figures['new']} new, {figures['updated']} updated, "
        f"{figures['same']} the same, {figures['broke']} broke the parser; {figures['reviews']} reviews",
        err=True,
    )
    if problems or figures["broke"] or not figures["pages"]:
        raise typer.Exit(1)
