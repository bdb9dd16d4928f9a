"""`aggregator store`: where the store is and whether it is sound."""

from pathlib import Path

import typer

from aggregator.cli.build import Data, StoreUrl

app = typer.Typer(no_args_is_help=True, help="Look after the store. Example: aggregator store check")


@app.command()
def path(*, data: Data = Path("aggregator-data"), store: StoreUrl = None) -> None:
    """Print where the store is.

    Example: aggregator store path --data aggregator-data
    """
    from aggregator.store.engine import display, store_url

    typer.echo(display(store_url(store or data)))


@app.command()
def check(*, data: Data = Path("aggregator-data"), store: StoreUrl = None) -> None:
    """Bring an older store up to date, look for damage and count what it holds.

    Example: aggregator store check --data aggregator-data
    """
    from aggregator.store import open_store
    from aggregator.store.schema import HEAD

    with open_store(store or data, create=False) as opened:
        damage, counts = opened.check(), opened.counts()
        typer.echo(f"{opened.name}: revision {HEAD}, {'damaged' if damage else 'sound'}")
    for finding in damage:
        typer.echo(f"aggregator: {finding}", err=True)
    typer.echo("  ".join(f"{name} {number}" for name, number in counts.items()), err=True)
    if damage:
        raise typer.Exit(1)
