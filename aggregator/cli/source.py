"""`aggregator source`: the sources of aggregator.toml, added after a look at the site, listed, imported, removed."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.build import ConfigFile, Data, StoreUrl
from aggregator.cli.crawl import Allow, Contact, Delay, Limit, UserAgent, Ways

app = typer.Typer(no_args_is_help=True, help="Sources of aggregator.toml.")
Schedule = Annotated[str | None, typer.Option(help="How often to crawl: hourly, daily, weekly, monthly, 6h, 3d, 2w.")]


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Any address of the site; its home page is best.")],
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
    name: Annotated[str | None, typer.Option(help="What to call it (its host if not given).")] = None,
    schedule: Schedule = None,
    way: Ways = None,
    limit: Limit = None,
    language: Annotated[str | None, typer.Option(help="Language of the pages, where detection is wrong.")] = None,
    profile: Annotated[str | None, typer.Option(help="Site profile to read the pages with: a name or .toml.")] = None,
    delay: Delay = None,
    contact: Contact = "",
    user_agent: UserAgent = None,
    allow: Allow = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Add it although no review was found.")] = False,
) -> None:
    """Look at a site, show what is found, and write it into aggregator.toml.

    Asks for six pages at most, as politely as a crawl; nothing is written when none of them holds a review.

    Example: aggregator source add https://reviews.site/ --contact you@your.site
    """
    from aggregator.cli.probing import probe
    from aggregator.cli.running import check_targets
    from aggregator.cli.targets import Given, plan
    from aggregator.config import Limits, Source, with_source
    from aggregator.errors import UsageError

    given = Given(
        data, config, contact=contact, user_agent=user_agent, delay=delay, allow=tuple(allow or ()),
        ways=tuple(way or ()), limits=tuple(limit or ()), language=language, profile=profile,
    )  # fmt: skip
    ready = plan([url], given)
    (aim,) = ready.aims
    told = {"name": name or aim.name, "start": url, "ways": aim.ways, "schedule": schedule, "language": language}
    limits = Limits.model_validate(aim.limits | ({"pages": aim.max_pages} if aim.max_pages else {}))
    try:
        source = Source.model_validate(told | {"profile": profile, "limits": limits.model_dump()})
    except ValueError as error:
        raise UsageError(f"{url}: {str(error).splitlines()[-2].strip()}") from error
    if ready.config.named(source.name):
        raise UsageError(f"{source.name}: is a source already; give another --name")
    check_targets([url], ready.options)
    found = probe(ready)
    for line in found.lines():
        typer.echo(line)
    if not found.reviews and not anyway:
        typer.echo("aggregator: no review found, nothing written; give a better address, or --anyway", err=True)
        raise typer.Exit(1)
    path = _write(data, config, [source])
    typer.echo(f"written to {path}:\n{with_source('', source).rstrip()}")
    typer.echo(f"source {source.name} added", err=True)


@app.command("import")
def import_opml(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="Subscriptions exported from a feed reader.")],
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
    schedule: Schedule = None,
) -> None:
    """Write the subscriptions of a feed reader into aggregator.toml; nothing is asked of the sites yet.

    Example: aggregator source import subscriptions.opml
    """
    from aggregator.cli.opml import read_opml
    from aggregator.config import read_config

    known = read_config(data, config)
    held = {source.name for source in known.source} | {source.start for source in known.source}
    named = read_opml(file, schedule)
    fresh = [one for one in named if one.name not in held and one.start not in held]
    if fresh:
        _write(data, config, fresh)
    typer.echo(f"{len(fresh)} sources added, {len(named) - len(fresh)} there already", err=True)


@app.command("list")
def list_sources(*, data: Data = Path("aggregator-data"), config: ConfigFile = None, store: StoreUrl = None) -> None:
    """Show the configured sources, and what was crawled of them.

    Example: aggregator source list
    """
    from aggregator.cli.tables import show
    from aggregator.config import read_config
    from aggregator.errors import StoreError
    from aggregator.store import open_store

    told = read_config(data, config)
    figures, times = {}, {}
    try:
        with open_store(store or data, create=False, read_only=True) as opened:
            figures = {row["name"]: row for row in opened.sources()}
            times = opened.crawl_times()
    except StoreError:
        pass  # nothing crawled yet
    rows = [
        (
            one.name, one.start, one.schedule or "daily", figures.get(one.name, {}).get("pages"),
            figures.get(one.name, {}).get("reviews"), times.get(one.name, (None, None))[0],
        )
        for one in told.source
    ]  # fmt: skip
    show(("name", "start", "schedule", "pages", "reviews", "last crawl"), rows)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The source's name.")],
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
) -> None:
    """Take a source out of aggregator.toml; what was crawled of it stays.

    Example: aggregator source remove lantern
    """
    from aggregator.config import config_path, read_config, without_source, write_config
    from aggregator.errors import UsageError

    told, path = read_config(data, config), config_path(data, config)
    if told.named(name) is None:
        raise UsageError(f"{name}: no such source (configured: {', '.join(one.name for one in told.source) or 'none'})")
    write_config(path, without_source(path.read_text(encoding="utf-8"), name, path))
    typer.echo(f"{path}: source {name} removed", err=True)


def _write(data: Path, config: Path | None, sources: list) -> Path:  # type: ignore[type-arg]
    from aggregator.config import config_path, with_source, write_config

    path = config_path(data, config)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for source in sources:
        text = with_source(text, source)
    write_config(path, text)
    return path
