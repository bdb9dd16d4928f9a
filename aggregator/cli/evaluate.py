"""`aggregator evaluate`: quality figures over labelled pages, rating strings and film pairs."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    no_args_is_help=True,
    help="Measure what is read against what people wrote down. Example: aggregator evaluate pages fixtures/sites",
)

Folder = Annotated[Path, typer.Argument(help="Folder of labelled pages, or the TSV or CSV file with the truth.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
Floors = Annotated[Path | None, typer.Option(help="JSON file with the least figures allowed; exit 1 below them.")]


@app.command("pages")
def pages(
    path: Folder,
    *,
    as_json: AsJson = False,
    floors: Floors = None,
    half: Annotated[str | None, typer.Option(help="Only the sites of one hash half: first or second.")] = None,
    worst: Annotated[int, typer.Option(help="How many pages with faults to list.")] = 10,
    profiles: Annotated[bool, typer.Option(help="Use the site profiles we ship.")] = True,
) -> None:
    """Per-field precision, recall and invented values over labelled pages, worst pages first.

    Example: aggregator evaluate pages fixtures/sites
    """
    from aggregator.errors import UsageError
    from aggregator.evaluate.labels import LabelledPage
    from aggregator.evaluate.pages import check_floors, evaluate_pages
    from aggregator.parse import parse

    if half not in (None, "first", "second"):
        raise UsageError(f"--half {half}: say first or second")

    def read(page: LabelledPage) -> dict[str, Any]:
        parsed = parse(
            page.path.read_bytes(), page.url, fetched_at=page.fetched_at, profile=None if profiles else False
        )
        return parsed.model_dump(mode="json")

    report = evaluate_pages(path, read, half)
    if as_json:
        typer.echo(json.dumps(report.to_dict(), ensure_ascii=False, indent=1))
    else:
        _print_pages(report.to_dict(), worst)
    broken = check_floors(report, floors) if floors else []
    for line in broken or report.crashes:
        typer.echo(line, err=True)
    typer.echo(f"{report.pages} pages, {len(report.faults)} with faults, {len(report.crashes)} crashes", err=True)
    if broken or report.crashes:
        raise typer.Exit(1)


def _print_pages(report: dict[str, Any], worst: int) -> None:
    typer.echo(f"{'field':26}{'precision':>10}{'recall':>8}{'right':>8}{'wrong':>8}{'missed':>8}{'invented':>9}")
    for name, row in report["fields"].items():
        ratios = [f"{row[key]:.3f}" if row[key] is not None else "-" for key in ("precision", "recall")]
        counts = "".join(f"{row[key]:>8g}" for key in ("right", "wrong", "missed"))
        typer.echo(f"{name:26}{ratios[0]:>10}{ratios[1]:>8}{counts}{row['invented']:>9g}")
    for entry in report["worst"][:worst]:
        typer.echo(f"\n{entry['page']}")
        for fault in entry["faults"]:
            mark = " (invented)" if fault["invented"] else ""
            typer.echo(f"  {fault['field']}: expected {fault['expected']!r}, found {fault['found']!r}{mark}")


@app.command("ratings")
def ratings(path: Folder, *, as_json: AsJson = False, floors: Floors = None) -> None:
    """Rating strings: right, rightly abstained, missed or wrong.

    Example: aggregator evaluate ratings fixtures/ratings.tsv
    """
    from aggregator.evaluate.ratings import evaluate_ratings

    report = evaluate_ratings(path)
    figures = report.to_dict()
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=1) if as_json else "\n".join(report.lines()))
    broken = _below(figures, floors) if floors else []
    for line in broken:
        typer.echo(line, err=True)
    typer.echo(f"{len(report.rows)} strings, {len(report.faults)} with faults", err=True)
    if broken:
        raise typer.Exit(1)


@app.command("films")
def films(
    path: Folder,
    *,
    as_json: AsJson = False,
    floors: Floors = None,
    hide: Annotated[
        str, typer.Option(help="Fields that records lose at the rates of real reviews: year,directors,cast,runtime.")
    ] = "",
    rounds: Annotated[int, typer.Option(min=1, help="How often to hide anew.")] = 20,
) -> None:
    """Pairs of film records: are they one film? Precision of what we match, recall, and what stays undecided.

    Example: aggregator evaluate films fixtures/films/pairs.csv --hide year,directors,cast=0.5
    """
    from aggregator.evaluate.films import check_floors, evaluate_films, parse_hide

    report = evaluate_films(path, parse_hide(hide), rounds=rounds)
    typer.echo(json.dumps(report.to_dict(), ensure_ascii=False, indent=1) if as_json else "\n".join(report.lines()))
    broken = check_floors(report, floors) if floors else []
    for line in broken:
        typer.echo(line, err=True)
    typer.echo(f"{report.pairs} pairs, {len(report.faults)} with faults", err=True)
    if broken:
        raise typer.Exit(1)


def _below(figures: dict[str, Any], floors: Path) -> list[str]:
    """One line for every share below its floor; the file is {strings or weighted: {precision, recall}}."""
    from aggregator.errors import UsageError

    try:
        wanted = json.loads(floors.read_text(encoding="utf-8"))
        limits = [(group, share, float(least)) for group, shares in wanted.items() for share, least in shares.items()]
        held = [(group, share, figures[group][share] or 0.0, least) for group, share, least in limits]
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise UsageError(
            f'{floors}: no floors of ratings ({error}); write {{"strings": {{"precision": 0.99}}}}'
        ) from error
    return [f"{group}: {share} {found:.3f} is below {least}" for group, share, found, least in held if found < least]
