"""`aggregator films`: the films of the dataset as a table."""

from pathlib import Path
from typing import Annotated, Any

import typer

from aggregator.cli.build import Data, StoreUrl
from aggregator.cli.film import Scoring


def films(
    query: Annotated[str, typer.Argument(help="Part of a title, or a film id; all films when left out.")] = "",
    *,
    data: Data = Path("aggregator-data"),
    score: Scoring = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a film and line, without reviews.")] = False,
    store: StoreUrl = None,
) -> None:
    """List films with their year, number of reviews and score.

    Example: aggregator films suspiria
    """
    from aggregator.cli.film import scored_anew
    from aggregator.cli.tables import show
    from aggregator.export.films_json import strict_json
    from aggregator.store import open_store

    with open_store(store or data, read_only=True) as opened:
        found = [film for film in opened.iter_films() if _matches(film, query)]
        if score:
            found = scored_anew(found, score, opened)
    if as_json:
        for film in found:
            typer.echo(strict_json({key: value for key, value in film.items() if key != "reviews"}))
    elif found:
        show(("id", "year", "title", "reviews", "score", "scored"), [_row(film) for film in found])
    typer.echo(f"{len(found)} films", err=True)


def _matches(film: dict[str, Any], query: str) -> bool:
    from aggregator.resolve.names import plain

    if query in (film["id"], *film["redirects_from"]):
        return True
    titles = [film["title"], film["original_title"] or "", *film["alternative_titles"]]
    return any(plain(query.strip()) in plain(title) for title in titles)


def _row(film: dict[str, Any]) -> tuple[Any, ...]:
    from aggregator.score.film import headline

    score = film["score"]
    return film["id"], film["year"], film["title"], len(film["reviews"]), headline(score), (score or {}).get("n")
