"""`aggregator export`: the last build as files."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.build import Data, StoreUrl


def export(
    out: Annotated[Path, typer.Argument(help="Folder for the export: new, empty, or an earlier export.")],
    *,
    data: Data = Path("aggregator-data"),
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="json|jsonl|csv|…", help="May be given several times.")
    ] = None,
    store: StoreUrl = None,
) -> None:
    """Write the dataset to a folder, all of it or nothing: films.json, reviews.jsonl and CSV tables.

    Example: aggregator export out --format json --format csv
    """
    from aggregator.export import DEFAULT_FORMATS
    from aggregator.export import export as write_export

    result = write_export(data, out, formats or DEFAULT_FORMATS, store=store)
    typer.echo(result.line(), err=True)
