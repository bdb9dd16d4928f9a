"""`aggregator why`: what speaks for and against two reviews or films being one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from aggregator.cli.build import Data, StoreUrl

Name = Annotated[str, typer.Argument(help="A review or a film: its id, or the review's address.")]


def why(
    one: Name,
    other: Name,
    *,
    data: Data = Path("aggregator-data"),
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    store: StoreUrl = None,
) -> None:
    """List what agrees and what conflicts between two reviews or films, and how they came to be one or two.

    Example: aggregator why https://oldreels.example/2009/07/19/moon/ f-1c0ffee123
    """
    from aggregator.export.films_json import strict_json
    from aggregator.resolve.evidence import in_words, most_telling, side_by_side
    from aggregator.store import open_store

    with open_store(store or data, read_only=True) as opened:
        placed = list(opened.iter_built_reviews())
        left, right = (_reviews(name, placed, opened, data) for name in (one, other))
        mine, theirs, found = most_telling(left, right)
        how = {review["id"]: _how(opened.notes_on(review["id"])) for review in (mine, theirs)}
    film_of = {review["id"]: film_id for film_id, review in placed}
    report = {
        "reviews": [mine["id"], theirs["id"]],
        "films": [film_of[mine["id"]], film_of[theirs["id"]]],
        "verdict": found.verdict,
        "levels": in_words(found.reasons),
        "how": how,
        "decisions": _decisions(data, mine, theirs),
    }
    if as_json:
        typer.echo(strict_json(report))
    else:
        _print(report, side_by_side(mine, theirs))


def _reviews(
    name: str, placed: list[tuple[str | None, dict[str, Any]]], store: Any, data: Path
) -> list[dict[str, Any]]:
    """The reviews that a name stands for: all of a film, or one."""
    from aggregator.dedupe.urls import address_key
    from aggregator.errors import UsageError
    from aggregator.resolve.ledger import FILE_NAME, onward, read_ledger

    film = onward(read_ledger(data / FILE_NAME), name)
    if of_film := [review for film_id, review in placed if film_id == film]:
        return of_film
    key = address_key(name)
    found = [review for _, review in placed if review["id"] == name] or [
        review for _, review in placed if key in {address_key(url) for url in _addresses(review)}
    ]
    if not found:
        raise UsageError(f"{name}: no film or review of that id or address in {store.name}; build first?")
    return found


def _addresses(review: Mapping[str, Any]) -> list[str]:
    urls = [review.get("url"), review.get("canonical_url"), *(copy["url"] for copy in review.get("copies") or [])]
    return [url for url in urls if url]


def _how(notes: list[Any]) -> dict[str, Any] | None:
    return next((dict(note.data) for note in notes if note.kind == "resolution"), None)


def _decisions(data: Path, *reviews: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Decisions that name one of the reviews, by id or address."""
    from aggregator.dedupe.urls import address_key
    from aggregator.resolve.decisions import FILE_NAME, read_decisions

    names = {review["id"] for review in reviews} | {address_key(url) for one in reviews for url in _addresses(one)}
    return [
        {"kind": entry.kind, "place": entry.place, "why": entry.why, "film": entry.film}
        for entry in read_decisions(data / FILE_NAME).entries
        if any(name in names or address_key(name) in names for name in entry.reviews)
    ]


def _print(report: Mapping[str, Any], rows: list[tuple[str, str, str]]) -> None:
    from aggregator.cli.tables import show

    films = report["films"]
    now = "one film" if films[0] == films[1] and films[0] else "two films"
    show(("", "one", "other"), [("film", *films), *rows])
    typer.echo("")
    for level in report["levels"]:
        typer.echo(f"{'+' if level['side'] == 'for' else '-'} {level['says']} ({level['level']})")
    typer.echo(f"the two alone: {report['verdict']}; in the dataset: {now}")
    for name, how in report["how"].items():
        if how:
            others = f" with {' '.join(how['others'])}" if how["others"] else ""
            typer.echo(f"{name}: {how['how']}{others}")
    for entry in report["decisions"]:
        typer.echo(f"decided: {entry['kind']} ({entry['place']}){': ' + entry['why'] if entry['why'] else ''}")
