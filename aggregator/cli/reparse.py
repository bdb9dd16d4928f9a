"""`aggregator reparse`: read every archived page again with today's parser, without any network."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.build import JOBS, ConfigFile, Data, StoreUrl
from aggregator.cli.crawl import ArchiveFolder

if TYPE_CHECKING:
    from pipelines.folder import DataFolder


def reparse(
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
    store: StoreUrl = None,
    archive: ArchiveFolder = None,
    source: Annotated[str | None, typer.Option(help="Only pages of this source.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change and store nothing.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help=JOBS)] = None,
    build: Annotated[bool, typer.Option(help="Build the dataset at the end.")] = True,
) -> None:
    """Stage again what the archived pages say; pages read as before change nothing.

    A page that breaks the parser, or takes more than 30 s or 1 GB, is named and keeps what is stored of it.

    Example: aggregator reparse --data aggregator-data --diff
    """
    from aggregator.config import read_config
    from aggregator.errors import UsageError
    from aggregator.workers import cores
    from pipelines.folder import ARCHIVE, DataFolder, FolderOptions
    from pipelines.profiles import Profiles

    told = read_config(data, config)
    if not (archive or data / ARCHIVE).is_dir():
        raise UsageError(f"{data}: no archive there; crawl or import something first, or give another --data")
    problems: list[str] = []
    options = FolderOptions("reparse", store, archive)
    folder = DataFolder(data, options, Profiles(told.readings()))
    figures: Counter[str] = Counter()
    outcome = "failed"
    workers = jobs or cores()
    try:
        if source is not None and source not in {row["name"] for row in folder.store.sources()}:
            raise UsageError(f"--source {source}: no page of such a source is stored")
        figures = (_show if diff else _stage)(folder, problems, source, workers)
        if build and not diff:
            from aggregator.build import build as build_dataset
            from aggregator.score.film import DEFAULT

            build_dataset(folder.store, folder.root, profile=told.score or DEFAULT, workers=workers)
        outcome = "finished"
    finally:
        folder.close(outcome, dict(figures))
    for problem in problems:
        typer.echo(f"aggregator: {problem}", err=True)
    typer.echo(_line(figures, diff=diff), err=True)
    if problems or figures["broke"] or not figures["pages"]:
        raise typer.Exit(1)


def _stage(folder: "DataFolder", problems: list[str], source: str | None, workers: int) -> Counter[str]:
    from pipelines.rereading import read_again

    return read_again(folder, problems.append, source=source, workers=workers)


def _show(folder: "DataFolder", problems: list[str], source: str | None, workers: int) -> Counter[str]:
    from pipelines.differences import differences
    from pipelines.rereading import reread

    figures: Counter[str] = Counter()
    for line in differences(folder, reread(folder, problems.append, source=source, workers=workers), figures):
        typer.echo(line)
    for name, number in figures.most_common():
        if name.startswith("field "):
            typer.echo(f"{number:6} {name.removeprefix('field ')}", err=True)
    return figures


def _line(figures: Counter[str], *, diff: bool) -> str:
    if diff:
        return (
            f"{figures['pages']} pages read again, {figures['changed']} would change: {figures['found']} reviews more, "
            f"{figures['lost']} fewer, {figures['broke']} broke the parser; nothing was stored"
        )
    return (
        f"{figures['pages']} pages read again: {figures['new']} new, {figures['updated']} updated, "
        f"{figures['same']} the same, {figures['broke']} broke the parser; {figures['reviews']} reviews"
    )
