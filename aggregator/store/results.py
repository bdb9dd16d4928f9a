"""What the last build made, written whole and read back; the build decides what is in it."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_json

from aggregator.store.engine import Encoded
from aggregator.store.schema import build_notes, builds, film_reviews, films

_GROUP = 10
"""Rows read at once: each may hold a long text or a thousand comments."""
_WRITTEN = 1_000_000
"""Characters of JSON that are written at once."""


@dataclass(frozen=True, slots=True)
class Note:
    """Why the build did something with a review or film: `kind` is a word, `data` is JSON."""

    kind: str
    subject: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Built:
    """A whole build: Films of the contract as dicts with their reviews, and reviews whose film is not known.

    Each of them is gone through once, in this order, and never held as a whole.
    """

    generated_from: Mapping[str, Any]
    films: Iterable[Mapping[str, Any]]
    without_film: Iterable[Mapping[str, Any]]
    notes: Iterable[Note]


def save(connection: sa.Connection, built: Built) -> None:
    """Replace the last build. Row ids are places, so that the same build twice is the same rows."""
    for table in (build_notes, film_reviews, films, builds):
        connection.execute(sa.delete(table))
    connection.execute(sa.insert(builds).values(id=1, generated_from=dict(built.generated_from)))
    into_films, into_reviews = _Rows(connection, films), _Rows(connection, film_reviews)
    into_reviews.after = into_films
    for film in built.films:
        into_films.add({"film_id": film["id"], "title": film["title"], "year": film["year"]}, {**film, "reviews": []})
        for review in film["reviews"]:
            into_reviews.add({"film_id": film["id"], "review_id": review["id"]}, review)
    for review in built.without_film:
        into_reviews.add({"film_id": None, "review_id": review["id"]}, review)
    into_films.write()
    into_reviews.write()
    into_notes = _Rows(connection, build_notes)
    for note in built.notes:
        into_notes.add({"kind": note.kind, "subject": note.subject}, note.data)
    into_notes.write()


class _Rows:
    """Rows on their way into a table, in groups; `after` is the table whose rows they refer to."""

    def __init__(self, connection: sa.Connection, table: sa.Table) -> None:
        self._connection = connection
        self._insert = sa.insert(table)
        self._waiting: list[dict[str, Any]] = []
        self._size = 0
        self._count = 0
        self.after: _Rows | None = None

    def add(self, columns: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        self._count += 1
        text = Encoded(to_json(data).decode())
        self._waiting.append({"id": self._count, **columns, "data": text})
        self._size += len(text)
        if self._size >= _WRITTEN:
            self.write()

    def write(self) -> None:
        if self.after is not None:
            self.after.write()
        if self._waiting:
            self._connection.execute(self._insert, self._waiting)
            self._waiting, self._size = [], 0


def generated_from(connection: sa.Connection) -> dict[str, Any] | None:
    """What the last build was made from; null when nothing was built yet."""
    found = connection.execute(sa.select(builds.c.generated_from)).scalar()
    return None if found is None else dict(found)


def iter_films(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Films with their reviews, in the order of the build."""
    every = sa.select(films).order_by(films.c.id).execution_options(yield_per=_GROUP)
    with closing(iter_reviews(connection)) as waiting, connection.execute(every) as rows:
        pair = next(waiting, None)
        for row in rows:
            reviews = []
            while pair is not None and pair[0] == row.film_id:
                reviews.append(pair[1])
                pair = next(waiting, None)
            yield {**row.data, "reviews": reviews}


def iter_reviews(
    connection: sa.Connection, *, loose: bool = False
) -> Generator[tuple[str | None, dict[str, Any]], None, None]:
    """(film id or null, Review) in the order of the build: film by film, those without a film last.

    `loose`: only those without a film.
    """
    statement = sa.select(film_reviews.c.film_id, film_reviews.c.data).order_by(film_reviews.c.id)
    if loose:
        statement = statement.where(film_reviews.c.film_id.is_(None))
    with connection.execute(statement.execution_options(yield_per=_GROUP)) as rows:
        for row in rows:
            yield row.film_id, row.data


def get_film(connection: sa.Connection, film_id: str) -> dict[str, Any] | None:
    """One film with its reviews, or null."""
    data = connection.execute(sa.select(films.c.data).where(films.c.film_id == film_id)).scalar()
    if data is None:
        return None
    of_film = sa.select(film_reviews.c.data).where(film_reviews.c.film_id == film_id).order_by(film_reviews.c.id)
    return {**data, "reviews": list(connection.execute(of_film).scalars())}


def notes_on(connection: sa.Connection, subject: str) -> list[Note]:
    """What the build noted about a review or film."""
    rows = connection.execute(sa.select(build_notes).where(build_notes.c.subject == subject).order_by(build_notes.c.id))
    return [Note(row.kind, row.subject, row.data) for row in rows]
