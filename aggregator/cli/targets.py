"""What a crawl is aimed at and how: options of the command line, filled up from aggregator.toml."""

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aggregator.cli.running import CrawlOptions
from aggregator.config import FILE_NAME, Config, Limits, Source, read_config
from aggregator.errors import UsageError
from aggregator.net.addresses import AddressRefusedError, allow_key
from spiders.base import Aim
from spiders.targets import source_name


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says; None and empty where it leaves a thing to the configuration."""

    data: Path
    config: Path | None = None
    store: str | None = None
    archive: Path | None = None
    contact: str = ""
    user_agent: str | None = None
    delay: float | None = None
    jobs: int | None = None
    max_pages: int | None = None
    allow: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    language: str | None = None
    profile: str | None = None
    build: bool = True
    due_only: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A crawl ready to run."""

    aims: list[Aim]
    options: CrawlOptions
    jobs: int
    config: Config = field(repr=False)


def plan(targets: list[str], given: Given) -> Plan:
    """Resolve targets (addresses or names of sources) and options.

    Raises UsageError for a name nobody configured and for values out of range, ConfigError for a bad file.
    """
    config = read_config(given.data, given.config)
    sources = [_overridden(_source(target, config), given) for target in targets]
    options = CrawlOptions(
        given.data,
        store=given.store,
        archive=given.archive,
        contact=given.contact or config.contact,
        user_agent=given.user_agent or config.user_agent,
        delay=config.delay if given.delay is None else given.delay,
        allow=[*config.allow, *(allow_key(entry) for entry in given.allow)],
        build=given.build,
        score=config.score,
        due_only=given.due_only,
        readings=Config(source=tuple({one.name: one for one in sources}.values())).readings(),
    )
    aims = [_aim(source, given) for source in sources]
    return Plan(aims, options, given.jobs or config.jobs, config)


def _source(target: str, config: Config) -> Source:
    if "://" not in target:
        known = config.named(target)
        if known is None:
            names = ", ".join(sorted(one.name for one in config.source)) or f"none; write a [[source]] into {FILE_NAME}"
            raise UsageError(f"{target}: neither an http(s) address nor a configured source (configured: {names})")
        return known
    try:
        return Source(name=source_name(target), start=target)
    except (AddressRefusedError, ValidationError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise UsageError(f"{target}: {reason.removeprefix('Value error, ')}") from error


def _overridden(source: Source, given: Given) -> Source:
    """The source with what the command line says of it."""
    told: dict[str, Any] = {"ways": given.ways, "language": given.language, "profile": given.profile}
    changed = source.model_dump() | {key: value for key, value in told.items() if value}
    limits = dict(_limit(text) for text in given.limits)
    changed["limits"] = source.limits.model_dump() | limits
    try:
        return Source.model_validate(changed)
    except ValidationError as error:
        first = error.errors()[0]
        key = {"ways": "--way", "limits": "--limit"}.get(str(first["loc"][0]), f"--{first['loc'][0]}")
        raise UsageError(f"{key} {first['input']}: {first['msg'].removeprefix('Value error, ')}") from error


def _limit(text: str) -> tuple[str, float | int]:
    name, _, number = text.partition("=")
    if name not in Limits.model_fields:
        raise UsageError(f"--limit {text}: give NAME=NUMBER, with a name out of {', '.join(Limits.model_fields)}")
    try:
        return name, float(number) if name == "delay" else int(number)
    except ValueError as error:
        raise UsageError(f"--limit {text}: {number!r} is no number") from error


def _aim(source: Source, given: Given) -> Aim:
    limits = {key: value for key, value in source.limits.model_dump().items() if value is not None}
    if given.delay is not None:
        limits.pop("delay", None)  # the command line wins
    pages = limits.pop("pages", None)
    return Aim(source.start, source.name, given.max_pages or pages, tuple(source.ways), limits)


def for_one(plan_: Plan, aims: list[Aim], **changed: Any) -> Plan:
    """The plan for some of its aims, with options changed."""
    return dataclasses.replace(plan_, aims=aims, options=dataclasses.replace(plan_.options, **changed))
