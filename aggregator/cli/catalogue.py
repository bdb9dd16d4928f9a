"""`aggregator catalogue`: an optional catalogue of films that gives them ids and aliases; off until one is loaded."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.build import Data

app = typer.Typer(
    no_args_is_help=True,
    help="Load a film catalogue (IMDb TSV, Wikidata JSON, CSV). Example: aggregator catalogue load title.basics.tsv.gz",
)


@app.command()
def load(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="IMDb TSV, Wikidata JSON or CSV; .gz too.")],
    *,
    data: Data = Path("aggregator-data"),
) -> None:
    """Load files into the catalogue beside the store; the next build uses it.

    Their licences bind you: IMDb's files are for personal and non-commercial use, Wikidata's are free (CC0).

    Example: aggregator catalogue load title.basics.tsv.gz title.akas.tsv.gz title.crew.tsv.gz name.basics.tsv.gz
    """
    from aggregator.catalogue import Catalogue
    from aggregator.catalogue.load import in_order
    from aggregator.catalogue.load import load as load_file
    from aggregator.catalogue.tables import FILE_NAME

    ordered = in_order(files)
    data.mkdir(parents=True, exist_ok=True)
    rows = kept = 0
    with Catalogue(data / FILE_NAME) as catalogue:
        for file in ordered:
            loaded = load_file(catalogue, file)
            typer.echo(f"{loaded.file}: {loaded.format}, {loaded.kept} of {loaded.rows} rows kept", err=True)
            rows, kept = rows + loaded.rows, kept + loaded.kept
    typer.echo(f"files {len(ordered)}  rows {rows}  kept {kept}", err=True)


@app.command()
def status(*, data: Data = Path("aggregator-data")) -> None:
    """Show what is loaded.

    Example: aggregator catalogue status
    """
    from aggregator.catalogue import open_catalogue
    from aggregator.cli.tables import show

    catalogue = open_catalogue(data)
    if catalogue is None:
        typer.echo("no catalogue is loaded", err=True)
        return
    with catalogue:
        header = ("file", "format", "rows", "kept")
        show(header, [tuple(load[name] for name in header) for load in catalogue.loads()])
        typer.echo("  ".join(f"{name} {number}" for name, number in catalogue.counts().items()), err=True)


@app.command()
def drop(*, data: Data = Path("aggregator-data")) -> None:
    """Delete the catalogue; films lose the ids it gave them with the next build.

    Example: aggregator catalogue drop
    """
    from aggregator.catalogue import FILE_NAME

    dropped = 0
    for ending in ("", "-wal", "-shm"):
        path = data / f"{FILE_NAME}{ending}"
        if path.exists():
            path.unlink()
            dropped += ending == ""
    typer.echo(f"catalogues dropped {dropped}", err=True)
