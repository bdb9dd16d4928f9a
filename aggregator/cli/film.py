"""`aggregator film`: one film with everything its reviews say, who disagrees, and its score made anew."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from aggregator.cli.build import Data, StoreUrl

Scoring = Annotated[
    str | None, typer.Option("--score", metavar="PROFILE", help="Make scores by another profile than the build's.")
]


def film(
    name: Annotated[str, typer.Argument(metavar="NAME_OR_ID", help="A film's id, or (part of) one of its titles.")],
    *,
    data: Data = Path("aggregator-data"),
    score: Scoring = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole film as one JSON object.")] = False,
    store: StoreUrl = None,
) -> None:
    """Show one film: credits and facts with the number of reviews that say so, conflicts, score and reviews.

    Example: aggregator film "Let the Right One In" --score median-v1
    """
    from aggregator.export.films_json import strict_json
    from aggregator.store import open_store

    with open_store(store or data, read_only=True) as opened:
        found = _find(opened, name, data)
        if score:
            found = scored_anew([found], score, opened)[0]
    if as_json:
        typer.echo(strict_json(found))
    else:
        _print(found)
    typer.echo(f"reviews {len(found['reviews'])}", err=True)


def scored_anew(films: list[dict[str, Any]], profile: str, store: Any) -> list[dict[str, Any]]:
    """Films with the scores of their reviews and their own made by another profile."""
    from aggregator.score.film import film_score, prior_of, with_score

    every = (with_score(review["rating"], profile) for _, review in store.iter_built_reviews())
    prior = prior_of(every)
    made = []
    for one in films:
        reviews = [{**review, "rating": with_score(review["rating"], profile)} for review in one["reviews"]]
        ratings = [review["rating"] for review in reviews]
        made.append({**one, "reviews": reviews, "score": film_score(ratings, profile, prior)})
    return made


def _find(store: Any, name: str, data: Path) -> dict[str, Any]:
    """The one film that a name can mean: by id, by its whole title, or by a part of a title."""
    from aggregator.errors import UsageError
    from aggregator.resolve.ledger import FILE_NAME, onward, read_ledger
    from aggregator.resolve.names import plain, title_key

    by_id: dict[str, Any] | None = store.get_film(onward(read_ledger(data / FILE_NAME), name))
    if by_id is not None:
        return by_id
    whole, part = [], []
    for one in store.iter_films():
        titles = [title for title in (one["title"], one["original_title"], *one["alternative_titles"]) if title]
        if any(title_key(title) == title_key(name) for title in titles):
            whole.append(one)
        elif any(plain(name.strip()) in plain(title) for title in titles):
            part.append(one)
    found = whole or part
    if len(found) == 1:
        return dict(found[0])
    if not found:
        raise UsageError(f"{name}: no film of that id or title in {store.name}; look with `aggregator films`")
    some = ", ".join(f"{one['id']} {one['title']} ({one['year'] or 'no year'})" for one in found[:5])
    raise UsageError(f"{name}: {len(found)} films, name one by its id: {some}{' …' if len(found) > 5 else ''}")


def _print(film: Mapping[str, Any]) -> None:
    from aggregator.cli.tables import harmless, show
    from aggregator.merge.said import said

    typer.echo(harmless(f"{film['title']} ({film['year'] or 'year not known'})  {film['id']}"))
    if film["redirects_from"]:
        typer.echo(f"formerly {' '.join(film['redirects_from'])}")
    typer.echo("")
    rows = [
        (field, one["value"], len(one["reviews"]))
        for field, values in said(film["reviews"]).items()
        for one in values
        if one["value"] != film["title"] or field != "title" or len(values) > 1
    ]
    if rows:
        show(("field", "value", "reviews"), rows)
    for address in film["same_as"]:
        typer.echo(harmless(address))
    for field, values in film["disagreements"].items():
        told = "; ".join(f"{one['value']} ({len(one['reviews'])})" for one in values)
        typer.echo(harmless(f"reviews disagree on {field}: {told}"))
    typer.echo("")
    _print_score(film["score"])
    show(("published", "critic", "outlet", "rating", "score", "scale from", "by", "address"), _reviews(film))


def _reviews(film: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Reviews and, below each, the other addresses it stands at."""
    rows: list[tuple[Any, ...]] = []
    for review in film["reviews"]:
        rating = review["rating"] or {}
        rows.append(
            (
                review["published"],
                ", ".join(review["critics"]) or None,
                review["outlet"] or review["source"],
                rating.get("raw") or review["rating_status"],
                rating.get("score"),
                rating.get("scale_from"),
                rating.get("score_profile"),
                review["url"] or review["id"],
            )
        )
        rows += [(None, None, None, None, None, None, copy["kind"], copy["url"]) for copy in review["copies"]]
    return rows


def _print_score(score: Mapping[str, Any] | None) -> None:
    from aggregator.score.film import headline

    if score is None:
        typer.echo("too few scored reviews for a score\n")
        return
    figures = f"mean {score['mean']:.1f}  median {score['median']:.1f}  positive {100 * score['positive_share']:.0f}%"
    typer.echo(f"score {headline(score):.1f} ({score['profile']})  {figures}")
    spread = "" if score["spread"] is None else f"  spread {score['spread']:.1f}"
    between = "" if score["interval"] is None else "  95% between {:.1f} and {:.1f}".format(*score["interval"])
    typer.echo(f"scored {score['n']}  unscored {score['n_unscored']}{spread}{between}")
    typer.echo("  ".join(f"{name}: {number}" for name, number in score["distribution"].items()) + "\n")
