"""`aggregator decide`: walks what rules left open, two reviews at a time, and writes answers to decisions.toml."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from aggregator.cli.build import Data, StoreUrl

_ANSWERS = {"s": "same", "d": "different", "k": "skip", "q": "quit"}


def decide(
    *,
    data: Data = Path("aggregator-data"),
    attached: Annotated[bool, typer.Option(help="Ask about reviews attached by their title alone, too.")] = False,
    show_list: Annotated[bool, typer.Option("--list", help="Only list what is open, as JSON lines.")] = False,
    by: Annotated[str | None, typer.Option(help="Name to write beside each decision.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many questions.")] = None,
    store: StoreUrl = None,
) -> None:
    """Settle film by film what the last build left undecided, with the evidence side by side.

    Answer s (same film), d (different films), k (skip) or q (quit), with a reason behind it if you like. Answers
    are read from standard input, so that a file of them works too. Run `aggregator build` afterwards.

    Example: aggregator decide --by ann
    """
    from aggregator.export.films_json import strict_json
    from aggregator.store import open_store

    with open_store(store or data, read_only=True) as opened:
        reviews = {review["id"]: review for _, review in opened.iter_built_reviews()}
        marks = {name: data["mark"] for name, data in _notes(opened, "resolution")}
        asked = [note for _, note in _notes(opened, "question") if attached or note["kind"] == "apart"]
    decided = _decided(data)
    open_ = [question for question in asked if not _settled(question, reviews, decided)][:limit]
    if show_list:
        for question in open_:
            typer.echo(strict_json(question))
        typer.echo(f"{len(open_)} open", err=True)
        return
    counts = _walk(open_, reviews, marks, data, by)
    if counts["same"] + counts["different"]:
        typer.echo("aggregator: run `aggregator build` to follow these decisions", err=True)
    typer.echo("  ".join(f"{name} {number}" for name, number in counts.items()), err=True)


def _notes(store: Any, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    import sqlalchemy as sa

    from aggregator.store.schema import build_notes

    rows = sa.select(build_notes.c.subject, build_notes.c.data).where(build_notes.c.kind == kind)
    with store.reading() as connection:
        for row in connection.execute(rows.order_by(build_notes.c.id)).all():
            yield row.subject, row.data


def _settled(question: Mapping[str, Any], reviews: Mapping[str, dict[str, Any]], decided: list[set[str]]) -> bool:
    """Whether a decision made since the build answers a question."""
    left, right = (_names(reviews[question[side]]) for side in ("left", "right"))
    return any(left & named and right & named for named in decided)


def _decided(data: Path) -> list[set[str]]:
    """What each decision on pairs names."""
    from aggregator.dedupe.urls import address_key
    from aggregator.resolve.decisions import FILE_NAME, read_decisions

    pairs = [entry for entry in read_decisions(data / FILE_NAME).entries if entry.kind in ("same", "different")]
    return [{key for name in entry.reviews for key in (name, address_key(name))} for entry in pairs]


def _names(review: Mapping[str, Any]) -> set[str]:
    from aggregator.dedupe.urls import address_key

    return {review["id"], *(address_key(url) for url in (review.get("url"), review.get("canonical_url")) if url)}


def _walk(
    questions: list[dict[str, Any]],
    reviews: Mapping[str, dict[str, Any]],
    marks: Mapping[str, str],
    data: Path,
    by: str | None,
) -> dict[str, int]:
    from aggregator.cli.decisions_file import append_decision, name_of

    counts = dict.fromkeys(("asked", "same", "different", "skipped"), 0)
    for place, question in enumerate(questions, 1):
        left, right = reviews[question["left"]], reviews[question["right"]]
        _show(f"{place} of {len(questions)}", question, left, right)
        answer, reason = _ask()
        if answer == "quit":
            break
        counts["asked"] += 1
        if answer == "skip":
            counts["skipped"] += 1
            continue
        names = [name_of(review, reviews) for review in (left, right)]
        seen = {name: marks[review["id"]] for name, review in zip(names, (left, right), strict=True)}
        append_decision(data, answer, names, why=reason, by=by, seen=seen)
        counts[answer] += 1
    counts["left"] = len(questions) - counts["asked"] + counts["skipped"]
    return counts


def _show(place: str, question: Mapping[str, Any], left: Mapping[str, Any], right: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from aggregator.cli.tables import harmless
    from aggregator.resolve.evidence import in_words, side_by_side

    asks = (
        "Are these two about one film?"
        if question["kind"] == "apart"
        else "Is the left one about the right one's film?"
    )
    table = Table(title=f"{place}: {asks}", title_justify="left", show_header=False, expand=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    table.add_column(overflow="fold", ratio=1)
    for what, mine, theirs in side_by_side(left, right):
        table.add_row(what, Text(harmless(mine)), Text(harmless(theirs)))
    console = Console()
    console.print(table)
    for level in in_words(question["reasons"]):
        console.print(Text(f"{'+' if level['side'] == 'for' else '-'} {level['says']}"))


def _ask() -> tuple[str, str | None]:
    """The next answer that can be understood, and the reason given with it; the end of the input is quit."""
    while True:
        typer.echo("[s]ame  [d]ifferent  s[k]ip  [q]uit, and why: ", nl=False)
        try:
            line = input().strip()
        except EOFError:
            return "quit", None
        word, _, reason = line.partition(" ")
        for letter, answer in _ANSWERS.items():
            if word.casefold() in (letter, answer):
                return answer, reason.strip() or None
        typer.echo(f"not understood: {line!r}")
