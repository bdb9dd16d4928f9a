"""catalogue.sqlite: films, every title they have, people and numbers in other catalogues; a column is added here."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from aggregator.errors import StoreError
from aggregator.resolve.names import title_key

FILE_NAME = "catalogue.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS films (
    id INTEGER PRIMARY KEY, system TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, original_title TEXT,
    year INTEGER, runtime INTEGER, UNIQUE (system, number));
CREATE TABLE IF NOT EXISTS titles (
    film INTEGER NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (key, film, title)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS titles_of_film ON titles (film);
CREATE TABLE IF NOT EXISTS credits (
    film INTEGER NOT NULL, role TEXT NOT NULL, place INTEGER NOT NULL, person TEXT NOT NULL,
    PRIMARY KEY (film, role, place, person)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS credits_of_person ON credits (person);
CREATE TABLE IF NOT EXISTS names (person TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS numbers (
    film INTEGER NOT NULL, system TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (system, number, film))
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS numbers_of_film ON numbers (film);
CREATE TABLE IF NOT EXISTS loads (
    file TEXT NOT NULL, format TEXT NOT NULL, digest TEXT NOT NULL, rows INTEGER NOT NULL, kept INTEGER NOT NULL,
    PRIMARY KEY (file, digest)) WITHOUT ROWID;
"""
_CAST = 12
"""Actors of a film that are looked at: the first-billed, whom reviews name."""


@dataclass(frozen=True, slots=True)
class Record:
    """One film as a file has it; `directors` and `cast` are names, or numbers of people in that catalogue."""

    system: str
    number: str
    title: str
    original_title: str | None = None
    year: int | None = None
    runtime: int | None = None
    other_titles: Sequence[str] = ()
    directors: Sequence[str] = ()
    cast: Sequence[str] = ()
    numbers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A film of the catalogue, with names for people."""

    title: str
    original_title: str | None
    year: int | None
    runtime: int | None
    titles: tuple[str, ...]
    directors: tuple[str, ...]
    cast: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...] = field(default=())


class Catalogue:
    """The catalogue of one data folder; close it, or use it in `with`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._plain_errors():
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {_SCHEMA}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: a file is loaded whole, or not at all."""
        with self._plain_errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.path}: {error}; drop it with `aggregator catalogue drop` and load again"
            ) from error

    def add(self, record: Record) -> int:
        """Enter a film, or bring it up to date; gives its row id."""
        row = self._db.execute(
            "INSERT INTO films (system, number, title, original_title, year, runtime) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (system, number) DO UPDATE SET title = excluded.title, year = excluded.year, "
            "original_title = excluded.original_title, runtime = excluded.runtime RETURNING id",
            (record.system, record.number, record.title, record.original_title, record.year, record.runtime),
        ).fetchone()
        film = int(row[0])
        self.add_titles(film, [record.title, record.original_title or "", *record.other_titles])
        self.add_credits(film, "director", enumerate(record.directors))
        self.add_credits(film, "cast", enumerate(record.cast))
        numbers = [(film, system, number) for system, number in ((record.system, record.number), *record.numbers)]
        self._db.executemany("INSERT OR IGNORE INTO numbers VALUES (?, ?, ?)", numbers)
        return film

    def add_titles(self, film: int, titles: Iterable[str]) -> None:
        """Further titles of a film."""
        rows = [(film, title_key(title), title) for title in titles if title.strip()]
        self._db.executemany("INSERT OR IGNORE INTO titles VALUES (?, ?, ?)", rows)

    def add_credits(self, film: int, role: str, people: Iterable[tuple[int, str]]) -> None:
        """People in one role, each with a place in the billing."""
        rows = [(film, role, place, person) for place, person in people if person.strip()]
        self._db.executemany("INSERT OR IGNORE INTO credits VALUES (?, ?, ?, ?)", rows)

    def add_names(self, names: Iterable[tuple[str, str]]) -> None:
        """Names of people that credits give by number."""
        self._db.executemany("INSERT OR REPLACE INTO names VALUES (?, ?)", names)

    def add_names_of_credited(self, names: Sequence[tuple[str, str]]) -> int:
        """Names of those of these people whom a credit gives; gives how many."""
        before = self._db.total_changes
        self._db.executemany(
            "INSERT OR REPLACE INTO names SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM credits WHERE person = ?1)", names
        )
        return self._db.total_changes - before

    def note_load(self, file: str, kind: str, digest: str, rows: int, kept: int) -> None:
        """Write down that a file was loaded."""
        self._db.execute("INSERT OR REPLACE INTO loads VALUES (?, ?, ?, ?, ?)", (file, kind, digest, rows, kept))

    def row_of(self, system: str, number: str) -> int | None:
        """Row id of a film entered under that number of its own catalogue."""
        row = self._db.execute("SELECT id FROM films WHERE system = ? AND number = ?", (system, number)).fetchone()
        return None if row is None else int(row[0])

    def loads(self) -> list[dict[str, Any]]:
        """What was loaded: file, format, digest, rows, kept."""
        rows = self._db.execute("SELECT file, format, digest, rows, kept FROM loads ORDER BY file, digest")
        return [dict(zip(("file", "format", "digest", "rows", "kept"), row, strict=True)) for row in rows]

    def counts(self) -> dict[str, int]:
        """Rows of each kind."""
        tables = ("films", "titles", "credits", "names", "numbers")
        return {name: int(self._db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in tables}  # noqa: S608  our own names

    def by_title(self, key: str) -> list[int]:
        """Row ids of all films that have a title of this key."""
        return [
            row[0] for row in self._db.execute("SELECT DISTINCT film FROM titles WHERE key = ? ORDER BY film", (key,))
        ]

    def by_number(self, system: str, number: str) -> list[int]:
        """Row ids of all films with that number in a catalogue."""
        rows = self._db.execute(
            "SELECT film FROM numbers WHERE system = ? AND number = ? ORDER BY film", (system, number)
        )
        return [row[0] for row in rows]

    def film(self, row_id: int) -> Found:
        """Everything on one film."""
        row = self._db.execute(
            "SELECT title, original_title, year, runtime FROM films WHERE id = ?", (row_id,)
        ).fetchone()
        titles = self._db.execute("SELECT title FROM titles WHERE film = ? ORDER BY title", (row_id,))
        numbers = self._db.execute("SELECT system, number FROM numbers WHERE film = ? ORDER BY 1, 2", (row_id,))
        title, original_title, year, runtime = row
        return Found(
            title,
            original_title,
            year,
            runtime,
            titles=tuple(one[0] for one in titles),
            directors=self._named(row_id, "director", -1),
            cast=self._named(row_id, "cast", _CAST),
            numbers=tuple((one[0], one[1]) for one in numbers),
        )

    def _named(self, film: int, role: str, most: int) -> tuple[str, ...]:
        """Names in the order of billing; a person whose name was not loaded is left out."""
        rows = self._db.execute(
            "SELECT coalesce(name, CASE WHEN person NOT GLOB 'nm[0-9]*' AND person NOT GLOB 'Q[0-9]*' THEN person END) "
            "FROM credits LEFT JOIN names USING (person) WHERE film = ? AND role = ? ORDER BY place, person LIMIT ?",
            (film, role, most),
        )
        return tuple(row[0] for row in rows if row[0])


def open_catalogue(folder: Path, *, create: bool = False) -> Catalogue | None:
    """The catalogue of a data folder; null when none was loaded and it is not to be made."""
    path = folder / FILE_NAME
    if not create and not path.exists():
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    return Catalogue(path)
