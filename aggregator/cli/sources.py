"""Sources named in aggregator.toml; a further key of a [[source]] table is read here."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError, UsageError

FILE_NAME = "aggregator.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A named place to crawl."""

    name: str
    start: str


def read_config(data: Path) -> tuple[Path | None, dict[str, Any]]:
    """The configuration beside us or in the data folder, and its path; empty when there is none."""
    for path in (Path(FILE_NAME), data / FILE_NAME):
        if path.is_file():
            try:
                return path, tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise ConfigError(f"{path}: {error}") from error
    return None, {}


def configured(data: Path) -> dict[str, Source]:
    """Every [[source]] of the configuration by its name."""
    path, table = read_config(data)
    found: dict[str, Source] = {}
    entries = table.get("source", [])
    if not isinstance(entries, list):
        raise ConfigError(f"{path}: write [[source]] with two brackets")
    for entry in entries:
        name, start = entry.get("name"), entry.get("start")
        if not (isinstance(name, str) and name.strip() and isinstance(start, str) and start.strip()):
            raise ConfigError(f"{path}: every [[source]] needs a name and a start address, not {entry}")
        if name in found:
            raise ConfigError(f"{path}: two sources are named {name}")
        found[name] = Source(name, start)
    return found


def resolve_targets(targets: list[str], data: Path) -> list[tuple[str | None, str]]:
    """Each target as (source name or None, start address). Raises UsageError for a name nobody configured."""
    known: dict[str, Source] | None = None
    resolved: list[tuple[str | None, str]] = []
    for target in targets:
        if "://" in target:
            resolved.append((None, target))
            continue
        known = configured(data) if known is None else known
        if target not in known:
            names = ", ".join(sorted(known)) or f"none; write a [[source]] into {FILE_NAME}"
            raise UsageError(f"{target}: neither an http(s) address nor a configured source (configured: {names})")
        resolved.append((target, known[target].start))
    return resolved


def settled(data: Path, contact: str, delay: float | None) -> tuple[str, float | None]:
    """Options that the command line left open, filled from `contact` and `delay` of the configuration."""
    path, table = read_config(data)
    contact = contact or table.get("contact", "")
    delay = table.get("delay") if delay is None else delay
    if not isinstance(contact, str):
        raise ConfigError(f"{path}: contact must be text")
    if delay is not None and (isinstance(delay, bool) or not isinstance(delay, int | float) or delay < 0):
        raise ConfigError(f"{path}: delay must be a number of seconds, not {delay}")
    return contact, delay
