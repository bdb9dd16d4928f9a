"""decisions.toml: what people have decided about reviews; a new kind of decision is a class and a line in _READERS.

    [[same]]                            # one film, whatever the pages say; [[different]] likewise
    reviews = ["https://a.example/moon", "https://b.example/film/12"]
    why = "the second page has the wrong year"

    [[is]]                              # the film of that id of ours, or of that catalogue number
    reviews = ["https://b.example/suspiria"]
    film = "https://www.imdb.com/title/tt0076786/"

    [[value-is-wrong]]                  # what is read from the page is not so
    reviews = ["9f86d081884c7d65"]
    field = "film.year"
    value = 1987
    instead = 1978                      # may be left out: then the value is not known

A review is named by its id or by its address. Where decisions contradict each other, `different` wins. Every
decision may say `why`, `by`, `on`, and `seen`: what the reviews said when it was made (written by
`aggregator decide`), so that a change is reported.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from pathlib import Path
from typing import Any, NoReturn

from aggregator.errors import ConfigError
from aggregator.notation.film_pages import film_numbers
from aggregator.resolve.corrections import FIELDS, problem_of

FILE_NAME = "decisions.toml"
_NOTES = frozenset({"why", "by", "on", "seen"})
_HEADER = re.compile(r"""^[ \t]*\[\[\s*["']?([\w-]+)["']?\s*\]\]""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on reviews (ids or addresses); `line` is where it stands in the file, when that is known.

    `film` belongs to the kind "is"; `field`, `value` and `instead` (null: not known) to "value-is-wrong".
    """

    kind: str
    reviews: tuple[str, ...]
    why: str | None = None
    film: str | None = None
    field: str | None = None
    value: Any = None
    instead: Any = None
    seen: Mapping[str, str] = with_default(default_factory=dict)
    line: int | None = None

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{FILE_NAME} line {self.line}" if self.line else FILE_NAME


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions in the order of the file, kind by kind."""

    entries: tuple[Decision, ...] = ()

    def of(self, kind: str) -> tuple[Decision, ...]:
        """Those of one kind: same, different, is or value-is-wrong."""
        return tuple(entry for entry in self.entries if entry.kind == kind)


class _Entry:
    """One table of the file while it is read; every complaint names the line and the way out."""

    def __init__(self, path: Path, text: str, kind: str, place: int, table: Mapping[str, Any]) -> None:
        self._path, self._text = path, text
        self.kind, self.table = kind, table
        headers = [found for found in _HEADER.finditer(text) if found[1] == kind]
        self._start = headers[place].start() if place < len(headers) else None
        later = [found.start() for found in _HEADER.finditer(text)] if self._start is not None else []
        self._end = min((at for at in later if at > (self._start or 0)), default=len(text))

    def line(self, key: str | None = None) -> int | None:
        """The line of the entry, or of one of its keys; null when it is written in another form."""
        if self._start is None:
            return None
        at = self._start
        if key:
            found = re.compile(rf"""^[ \t]*["']?{re.escape(key)}["']?\s*[=.]""", re.MULTILINE)
            place = found.search(self._text, self._start, self._end)
            at = place.start() if place else at
        return self._text.count("\n", 0, at) + 1

    def refuse(self, message: str, key: str | None = None) -> NoReturn:
        """ConfigError for this entry."""
        line = self.line(key)
        where = f"{self._path}, line {line}" if line else str(self._path)
        raise ConfigError(f"{where}: [[{self.kind}]] {message}")

    def text(self, key: str) -> str | None:
        """A key that holds a text, or null when it is left out."""
        value = self.table.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self.refuse(f"{key} = {value!r} is no text", key)
        return value

    def reviews(self, least: int) -> tuple[str, ...]:
        """The reviews named, at least so many."""
        names = self.table.get("reviews")
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            self.refuse('needs reviews = ["…"] (review ids or addresses)', "reviews")
        if len(set(names)) < least:
            self.refuse(f"names fewer than {least} reviews: {names}", "reviews")
        return tuple(names)

    def known(self, *keys: str) -> None:
        """Refuse keys that this kind does not have."""
        allowed = {"reviews", *keys} | _NOTES
        for key in self.table:
            if key not in allowed:
                self.refuse(f"has the unknown key {key!r}; known: {' '.join(sorted(allowed))}", key)

    def seen(self) -> dict[str, str]:
        """What reviews said when the decision was made."""
        seen = self.table.get("seen", {})
        if not isinstance(seen, dict) or not all(isinstance(mark, str) for mark in seen.values()):
            self.refuse('seen = … must be a table: seen = { "REVIEW" = "MARK" }', "seen")
        return seen


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file; none when there is no file. ConfigError names the line and what is wrong there."""
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except FileNotFoundError:
        return Decisions()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML ({error}); mend the file") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    found = []
    for kind, entries in table.items():
        if kind not in _READERS:
            known = " ".join(f"[[{name}]]" for name in _READERS)
            raise ConfigError(f"{_place(path, text, kind)}: unknown section [{kind}]; write one of {known}")
        if not isinstance(entries, list):
            where = _place(path, text, kind)
            raise ConfigError(f"{where}: write [[{kind}]] with two brackets, once for each decision")
        for place, entry in enumerate(entries):
            if not isinstance(entry, dict):
                raise ConfigError(f"{path}: [[{kind}]] must be a table with reviews = […]")
            found.append(_READERS[kind](_Entry(path, text, kind, place, entry)))
    return Decisions(tuple(found))


def _place(path: Path, text: str, kind: str) -> str:
    """The file, and the line on which something of that name is first written, when it can be found."""
    found = re.search(rf"""^[ \t]*(?:\[\[?[ \t]*)?["']?{re.escape(kind)}["']?\s*[\]=.]""", text, re.MULTILINE)
    return f"{path}, line {text.count(chr(10), 0, found.start()) + 1}" if found else str(path)


def _pair(entry: _Entry) -> Decision:
    entry.known()
    return _decision(entry, least=2)


def _is(entry: _Entry) -> Decision:
    entry.known("film")
    film = entry.text("film")
    if film is None:
        entry.refuse('needs film = "…": an id of ours (f-…) or an address at IMDb, Wikidata, TMDB or Letterboxd')
    if not film.startswith("f-") and not film_numbers(film):
        entry.refuse(f"film = {film!r} is neither an id of ours (f-…) nor a known catalogue's address", "film")
    return _decision(entry, film=film)


def _wrong(entry: _Entry) -> Decision:
    entry.known("field", "value", "instead")
    name = entry.text("field")
    if name not in FIELDS:
        entry.refuse(f"needs field = one of {' '.join(sorted(FIELDS))}", "field")
    if "value" not in entry.table:
        entry.refuse("needs value = the value that is wrong", "value")
    instead = entry.table.get("instead")
    if instead is not None and (problem := problem_of(name, instead)):
        entry.refuse(f"instead = {instead!r} cannot be {name}: {problem}", "instead")
    return _decision(entry, field=name, value=entry.table["value"], instead=instead)


def _decision(entry: _Entry, least: int = 1, **more: Any) -> Decision:
    return Decision(
        entry.kind, entry.reviews(least), why=entry.text("why"), seen=entry.seen(), line=entry.line(), **more
    )


_READERS: dict[str, Callable[[_Entry], Decision]] = {
    "same": _pair,
    "different": _pair,
    "is": _is,
    "value-is-wrong": _wrong,
}
