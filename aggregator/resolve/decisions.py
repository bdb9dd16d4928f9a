"""decisions.toml: what a person has decided about pairs of reviews; a new kind of decision is read here.

    [[same]]
    reviews = ["https://a.example/moon", "https://b.example/film/12"]
    why = "one film, the second page has the wrong year"

    [[different]]
    reviews = ["9f86d081884c7d65", "https://b.example/suspiria"]

A review is named by its id or by its address. Where decisions contradict each other, `different` wins.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError

FILE_NAME = "decisions.toml"
_NOTES = {"why", "by", "on"}


@dataclass(frozen=True, slots=True)
class Decision:
    """Two or more reviews (ids or addresses) that are, or are not, about one film."""

    reviews: tuple[str, ...]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions in the order of the file."""

    same: tuple[Decision, ...] = ()
    different: tuple[Decision, ...] = ()


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file; none when there is no file. ConfigError names what cannot be followed."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Decisions()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML ({error}); mend the file") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    unknown = set(table) - {"same", "different"}
    if unknown:
        raise ConfigError(f"{path}: unknown section [{min(unknown)}]; write [[same]] or [[different]]")
    return Decisions(
        same=tuple(_decision(path, "same", entry) for entry in _entries(path, table, "same")),
        different=tuple(_decision(path, "different", entry) for entry in _entries(path, table, "different")),
    )


def _entries(path: Path, table: dict[str, Any], kind: str) -> list[Any]:
    entries = table.get(kind, [])
    if not isinstance(entries, list):
        raise ConfigError(f"{path}: write [[{kind}]] with two brackets, once for each decision")
    return entries


def _decision(path: Path, kind: str, entry: Any) -> Decision:
    reviews = entry.get("reviews") if isinstance(entry, dict) else None
    if not isinstance(reviews, list) or not all(isinstance(name, str) and name for name in reviews):
        raise ConfigError(f'{path}: a [[{kind}]] needs reviews = ["…", "…"] (review ids or addresses)')
    if len(set(reviews)) < 2:
        raise ConfigError(f"{path}: a [[{kind}]] names fewer than two reviews: {reviews}")
    unknown = set(entry) - {"reviews"} - _NOTES
    if unknown:
        raise ConfigError(f"{path}: a [[{kind}]] has the unknown key {min(unknown)!r}; known: reviews, why, by, on")
    return Decision(tuple(reviews), entry.get("why"))
