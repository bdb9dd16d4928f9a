"""`aggregator build`: films from everything staged."""

from pathlib import Path
from typing import Annotated, Any

import typer

Data = Annotated[Path, typer.Option("--data", envvar="AGGREGATOR_DATA", help="Folder that holds everything.")]


def configured(context: typer.Context, parameter: typer.CallbackParam, given: Any) -> Any:
    """What is given, else what aggregator.toml says under the parameter's name; `data` and `config` come before it."""
    if given is not None:
        return given
    from aggregator.config import read_config

    told = read_config(context.params.get("data") or Path(), context.params.get("config"))
    return getattr(told, str(parameter.name))


StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store", envvar="AGGREGATOR_STORE", metavar="URL", help="Database, when it is not in the folder.",
        callback=configured,
    ),
]  # fmt: skip

JOBS = "Worker processes (as many as there are cores if not given)."

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="The aggregator.toml to read (beside us or in the data folder).")
]


def build(
    *,
    data: Data = Path("aggregator-data"),
    score: Annotated[
        str | None, typer.Option("--score", metavar="PROFILE", help="How scores are made, if not as configured.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help=JOBS)] = None,
    config: ConfigFile = None,
    store: StoreUrl = None,
) -> None:
    """Fold copies, recognise films, merge and score: makes the dataset anew from what is staged.

    Follows decisions.toml and ids.jsonl in the data folder. The same inputs give the same dataset. Scores are made
    by the profile of --score, else by `score` in aggregator.toml, else by linear-v1.

    Example: aggregator build --data aggregator-data --score median-v1
    """
    from aggregator.archive import FolderLock
    from aggregator.build import build as build_films
    from aggregator.config import read_config
    from aggregator.score.film import DEFAULT, profile_of
    from aggregator.store import open_store
    from aggregator.workers import cores

    told = read_config(data, config)
    profile = score or told.score or DEFAULT
    profile_of(profile)
    with open_store(store or told.store or data, create=False) as opened:
        lock = FolderLock(data)
        lock.acquire()
        try:
            run = opened.start_run("build")
            result = build_films(opened, data, profile=profile, workers=jobs or cores())
            counts = {"films": result.films, "reviews": result.reviews, "invalid": result.invalid}
            opened.finish_run(run, "finished", counts)
        finally:
            lock.release()
    if result.decisions_unused:
        typer.echo("aggregator: decisions.toml names reviews that are not staged (or pages with several)", err=True)
    typer.echo(result.line(), err=True)
    if result.invalid:
        raise typer.Exit(1)
