"""What the last build made, written whole and read back; the build decides what is in it."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from aggregator.store.schema import build_notes, builds, film_reviews, films

_GROUP = 500


@dataclass(frozen=True, slots=True)
class Note:
    """Why the build did something with a review or film: `kind` is a word, `data` is JSON."""

    kind: str
    subject: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Built:
    """A whole build: Films of the contract as dicts with their reviews, and reviews whose film is not known."""

    generated_from: Mapping[str, Any]
    films: Sequence[Mapping[str, Any]]
    without_film: Sequence[Mapping[str, Any]]
    notes: Sequence[Note]


def save(connection: sa.Connection, built: Built) -> None:
    """Replace the last build. Row ids are places, so that the same build twice is the same rows."""
    for table in (build_notes, film_reviews, films, builds):
        connection.execute(sa.delete(table))
    connection.execute(sa.insert(builds).values(id=1, generated_from=dict(built.generated_from)))
    _insert(connection, films, (_film_row(film) for film in built.films))
    _insert(connection, film_reviews, _review_rows(built))
    notes = ({"kind": note.kind, "subject": note.subject, "data": dict(note.data)} for note in built.notes)
    _insert(connection, build_notes, notes)


def _film_row(film: Mapping[str, Any]) -> dict[str, Any]:
    data = {**film, "reviews": []}
    return {"film_id": film["id"], "title": film["title"], "year": film["year"], "data": data}


def _review_rows(built: Built) -> Iterator[dict[str, Any]]:
    for film in built.films:
        for review in film["reviews"]:
            yield {"film_id": film["id"], "review_id": review["id"], "data": dict(review)}
    for review in built.without_film:
        yield {"film_id": None, "review_id": review["id"], "data": dict(review)}


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    group: list[dict[str, Any]] = []
    for place, row in enumerate(rows, 1):
        group.append({"id": place, **row})
        if len(group) == _GROUP:
            connection.execute(sa.insert(table), group)
            group = []
    if group:
        connection.execute(sa.insert(table), group)


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


def iter_reviews(connection: sa.Connection) -> Generator[tuple[str | None, dict[str, Any]], None, None]:
    """(film id or null, Review) in the order of the build: film by film, those without a film last."""
    statement = sa.select(film_reviews.c.film_id, film_reviews.c.data).order_by(film_reviews.c.id)
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
