"""`aggregator status`: what is stored, how the last runs ended, what pages could not be read."""

from pathlib import Path
from typing import Any

import typer

from aggregator.cli.build import Data, StoreUrl


def status(*, data: Data = Path("aggregator-data"), store: StoreUrl = None) -> None:
    """Show sources, the last runs and the problems that pages have.

    Example: aggregator status --data aggregator-data
    """
    from aggregator.cli.tables import show
    from aggregator.store import open_store

    with open_store(store or data, read_only=True) as opened:
        sources, runs = opened.sources(), opened.runs(10)
        problems, counts = opened.problem_counts(), opened.counts()
    if sources:
        columns = ("name", "pages", "reviews", "pages_gone", "pages_with_problems", "to_visit", "failed")
        show([name.replace("_", " ") for name in columns], [[row[name] for name in columns] for row in sources])
        typer.echo()
    if runs:
        show(("run", "kind", "started", "ended", "outcome"), [_run(run) for run in runs])
        typer.echo()
    if problems:
        show(("problem", "pages"), list(problems.items()))
    figures = ("sources", "pages", "reviews", "films")
    typer.echo("  ".join(f"{name} {counts[name]}" for name in figures), err=True)


def _run(run: dict[str, Any]) -> tuple[Any, ...]:
    return run["id"], run["kind"], run["started_at"], run["finished_at"], run["outcome"] or "broken off or running"
