"""`aggregator parse`: pages in, one JSON object a page out."""

import gc
import json
import sys
from typing import Annotated

import typer


def parse(
    paths: Annotated[list[str], typer.Argument(help="Saved pages, folders, WARC files, or - for standard input.")],
    *,
    url: Annotated[str | None, typer.Option(help="Address the page was saved from.")] = None,
    profile: Annotated[str | None, typer.Option(help="Site profile: a shipped one, or a .toml file.")] = None,
    fetched_at: Annotated[str | None, typer.Option(help="When it was fetched (ISO), for relative dates.")] = None,
) -> None:
    """Print what each page says as one JSON object a line.

    Example: aggregator parse fixtures/sites/hreview/moon/page.html
    """
    from aggregator.inputs import read_inputs
    from aggregator.parse import parse as parse_page

    read = failed = partial = 0
    for item in read_inputs(paths):
        if item.error:
            typer.echo(f"aggregator: {item.error}", err=True)
            failed += 1
            continue
        page = parse_page(item.body, url or item.url, fetched_at=fetched_at or item.fetched_at, profile=profile)
        record = page.model_dump(mode="json")
        record["path"] = item.path
        sys.stdout.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
        read += 1
        if read == 1:
            gc.freeze()  # the tables are loaded and stay: not to be gone through again and again
        failed += any(problem["code"] == "crash" for problem in record["problems"])
        partial += page.partial
    typer.echo(f"{read} pages read, {failed} not" + (f", {partial} only in part" if partial else ""), err=True)
    if failed or partial or not read:
        raise typer.Exit(1)
