"""`aggregator build`: films from everything staged."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path, typer.Option("--data", envvar="AGGREGATOR_DATA", help="Folder that holds everything.")]
StoreUrl = Annotated[
    str | None,
    typer.Option("--store", envvar="AGGREGATOR_STORE", metavar="URL", help="Database, when it is not in the folder."),
]


def build(*, data: Data = Path("aggregator-data"), store: StoreUrl = None) -> None:
    """Fold copies, recognise films, merge and score: makes the dataset anew from what is staged.

    Follows decisions.toml and ids.jsonl in the data folder. The same inputs give the same dataset.

    Example: aggregator build --data aggregator-data
    """
    from aggregator.archive import FolderLock
    from aggregator.build import build as build_films
    from aggregator.store import open_store

    with open_store(store or data, create=False) as opened:
        lock = FolderLock(data)
        lock.acquire()
        try:
            run = opened.start_run("build")
            result = build_films(opened, data)
            counts = {"films": result.films, "reviews": result.reviews, "invalid": result.invalid}
            opened.finish_run(run, "finished", counts)
        finally:
            lock.release()
    if result.decisions_unused:
        typer.echo("aggregator: decisions.toml names reviews that are not staged (or pages with several)", err=True)
    typer.echo(result.line(), err=True)
    if result.invalid:
        raise typer.Exit(1)
