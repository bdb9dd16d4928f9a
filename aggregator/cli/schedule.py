"""`aggregator schedule`: crawl what is due, build, export and exit, for cron, systemd timers and CI."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.build import ConfigFile, Data, StoreUrl
from aggregator.cli.crawl import Allow, ArchiveFolder, Contact, Delay, Jobs, UserAgent

if TYPE_CHECKING:
    from aggregator.cli.summary import Summary
    from aggregator.cli.targets import Given, Plan
    from aggregator.config import Config

app = typer.Typer(no_args_is_help=True, help="Crawls at fixed times.")
_DEFAULT = "daily"
_SLACK = 0.95
"""A run that comes a little early counts: timers drift."""


@app.command()
def run(
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
    store: StoreUrl = None,
    archive: ArchiveFolder = None,
    contact: Contact = "",
    user_agent: UserAgent = None,
    delay: Delay = None,
    allow: Allow = None,
    jobs: Jobs = None,
    out: Annotated[Path | None, typer.Option("--export", help="Folder to export to when all is built.")] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="Export format; all when none is named.")
    ] = None,
    everything: Annotated[bool, typer.Option("--everything", help="Crawl every source, due or not.")] = False,
) -> None:
    """Crawl the sources that are due, ask again for the pages that are due, build, export, and exit.

    A source that fails never stops the others. Two runs at once exclude each other.

    Example: aggregator schedule run --data aggregator-data
    """
    from aggregator.archive import FolderLock
    from aggregator.cli.running import finish
    from aggregator.cli.targets import Given
    from aggregator.config import read_config
    from aggregator.errors import UsageError

    told = read_config(data, config)
    if not told.source:
        raise UsageError("no [[source]] in aggregator.toml; add one with: aggregator source add URL")
    given = Given(
        data, config, store, archive, contact, user_agent, delay, jobs, allow=tuple(allow or ()), due_only=True
    )
    with FolderLock(data):  # from the look at what is due to the end of the export
        summary = _crawled(told, given, everything=everything)
        if out is not None:
            summary.reasons.extend(_exported(data, out, formats, store))
    finish(summary)


def _crawled(told: "Config", given: "Given", *, everything: bool) -> "Summary":
    """Crawl what is due, say what was missed, and judge the whole."""
    from aggregator.cli.jobs import run_parallel
    from aggregator.cli.running import sources_with_pages
    from aggregator.cli.summary import Summary
    from aggregator.cli.targets import plan

    place = given.store or given.data
    times = _times(place)
    due = [one.name for one in told.source if everything or is_due(one.schedule, times.get(one.name))]
    for one in told.source:
        if (missed := missed_runs(one.schedule, times.get(one.name))) > 0:
            typer.echo(f"aggregator: {one.name}: {missed} runs were missed since {times[one.name][0]}", err=True)
    if not due:
        typer.echo("aggregator: nothing is due", err=True)
        return Summary({})
    ready = plan(due, given)
    refused = _refused(ready)
    ready.aims[:] = [aim for aim in ready.aims if aim.start not in refused]
    known = sources_with_pages(place)
    summary = run_parallel(ready) if ready.aims else Summary({})
    summary.reasons.extend(refused.values())
    summary.reasons.extend(_empty(place, [str(aim.name) for aim in ready.aims], known))
    return summary


def _exported(data: Path, out: Path, formats: list[str] | None, store: str | None) -> list[str]:
    """Why the export failed, which leaves the last one as it is; nothing when it did not."""
    from aggregator.errors import AggregatorError
    from aggregator.export import FORMATS, export

    try:
        export(data, out, formats or sorted(FORMATS), store=store)
    except AggregatorError as error:
        return [f"export failed: {error}"]
    return []


def _times(store: str | Path) -> dict[str, tuple[str, str | None]]:
    from aggregator.errors import StoreError
    from aggregator.store import open_store

    try:
        with open_store(store, create=False, read_only=True) as opened:
            return opened.crawl_times()
    except StoreError:
        return {}


def is_due(schedule: str | None, last: tuple[str, str | None] | None, now: datetime | None = None) -> bool:
    """Whether a source with this schedule, last crawled from `last[0]` to `last[1]`, is to be crawled now."""
    from aggregator.config import interval

    if last is None or last[1] is None:
        return True  # never crawled, or broken off
    gone = (now or datetime.now(UTC)) - datetime.fromisoformat(last[0])
    return gone >= interval(schedule or _DEFAULT) * _SLACK


def missed_runs(schedule: str | None, last: tuple[str, str | None] | None, now: datetime | None = None) -> int:
    """How many whole intervals have gone by without a crawl, besides the one that is due now."""
    from aggregator.config import interval

    if last is None:
        return 0
    gone = (now or datetime.now(UTC)) - datetime.fromisoformat(last[0])
    return max(0, int(gone / interval(schedule or _DEFAULT)) - 1)


def _refused(ready: "Plan") -> dict[str, str]:
    """Start address -> why it cannot be crawled; one wrong entry must not stop the others."""
    from aggregator.cli.running import check_targets
    from aggregator.errors import UsageError

    refused = {}
    for aim in ready.aims:
        try:
            check_targets([aim.start], ready.options)
        except UsageError as error:
            refused[aim.start] = f"{aim.name}: {error}"
    return refused


def _empty(store: str | Path, names: list[str], known: set[str]) -> list[str]:
    """Sources that had pages before and whose crawl gave no answer at all about any."""
    from aggregator.store import open_store

    with open_store(store) as opened:
        silent = opened.silent_sources(names)
    return [f"{name}: the run was empty, no page answered" for name in silent if name in known]


@app.command()
def install(
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
    out: Annotated[Path | None, typer.Option("--export", help="Folder to export to after each run.")] = None,
    write: Annotated[Path | None, typer.Option(help="Write the units into this folder as well.")] = None,
) -> None:
    """Print a cron line and systemd units that run `schedule run`; they are checked where systemd-analyze is.

    Nothing is installed: copy what suits, or have the units written with --write.

    Example: aggregator schedule install --data aggregator-data
    """
    from aggregator.cli.units import checked, command_line, cron_line, units
    from aggregator.config import interval, read_config

    told = read_config(data, config)
    shortest = min((interval(one.schedule or _DEFAULT) for one in told.source), default=timedelta(days=1))
    command = command_line(data, config, out)
    typer.echo(f"# crontab -e\n{cron_line(command, shortest)}\n")
    made = units(command, shortest)
    for name, text in made.items():
        typer.echo(f"# ~/.config/systemd/user/{name}\n{text}")
    problem = checked(made)
    if write is not None:
        write.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (write / name).write_text(text, encoding="utf-8")
        typer.echo(f"{len(made)} units written to {write}", err=True)
    typer.echo(f"aggregator: {problem}" if problem else "the units pass systemd-analyze verify", err=True)
