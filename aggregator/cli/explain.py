"""`aggregator explain`: why each value of a page was chosen."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def explain(
    path: Annotated[str, typer.Argument(help="A saved page, or - for standard input.")],
    *,
    url: Annotated[str | None, typer.Option(help="Address the page was saved from.")] = None,
    profile: Annotated[str | None, typer.Option(help="Site profile: a shipped one, or a .toml file.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the page with its evidence marked to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the candidates as JSON, one a line.")] = False,
) -> None:
    """Every candidate of every field, winner and losers, with rule, place and weight.

    Example: aggregator explain fixtures/sites/hreview/moon/page.html --html moon.html
    """
    from aggregator.errors import UnreadableInputError
    from aggregator.explain.html import render
    from aggregator.explain.table import lines, rows
    from aggregator.inputs import read_inputs
    from aggregator.parse import explain as explain_page

    for item in read_inputs([path]):
        if item.error:
            raise UnreadableInputError(item.error)
        explained = explain_page(item.body, url or item.url, fetched_at=item.fetched_at, profile=profile)
        if html is not None:
            try:
                html.write_text(render(explained), encoding="utf-8")
            except OSError as error:
                raise UnreadableInputError(f"{html}: {error.strerror}; name a file that can be written") from error
            typer.echo(f"{html} written", err=True)
        elif as_json:
            for row in rows(explained):
                typer.echo(json.dumps(asdict(row), ensure_ascii=False))
        else:
            for line in lines(explained):
                typer.echo(line)
