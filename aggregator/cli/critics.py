"""`aggregator critics`: who writes, how much, and how they mark beside others."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.build import Data, StoreUrl


def critics(
    name: Annotated[str, typer.Argument(help="Part of a critic's or an outlet's name; all when left out.")] = "",
    *,
    data: Data = Path("aggregator-data"),
    least: Annotated[int, typer.Option("--least", min=1, help="Only critics with so many reviews.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a critic and line.")] = False,
    store: StoreUrl = None,
) -> None:
    """List critics with their outlets, number of reviews, mean score, and how far they mark above other critics.

    Example: aggregator critics --least 10
    """
    from aggregator.cli.tables import show
    from aggregator.export.films_json import strict_json
    from aggregator.merge.critics import critics as rows_of
    from aggregator.resolve.names import plain
    from aggregator.store import open_store

    with open_store(store or data, read_only=True) as opened:
        rows = rows_of(opened.iter_built_reviews())
    wanted = plain(name.strip())
    found = [
        row
        for row in rows
        if row["reviews"] >= least and any(wanted in plain(text) for text in (row["name"], *row["outlets"]))
    ]
    if as_json:
        for row in found:
            typer.echo(strict_json(row))
    elif found:
        header = ("critic", "outlets", "reviews", "scored", "mean", "against others", "first", "last")
        show(
            header,
            [
                (
                    row["name"], ", ".join(row["outlets"][:3]), row["reviews"], row["scored"], row["mean"],
                    row["against_others"], row["first"], row["last"],
                )
                for row in found
            ],
        )  # fmt: skip
    typer.echo(f"{len(found)} critics", err=True)
