"""What an export is made from: the last build, read in one consistent view of the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from aggregator.errors import ExportError
from aggregator.store import Store, results


class Snapshot:
    """Films with their reviews, and reviews without a film; both may be gone through more than once."""

    def __init__(self, connection: sa.Connection, generated_from: dict[str, Any]) -> None:
        self._connection = connection
        self.generated_from = generated_from

    def films(self) -> Iterator[dict[str, Any]]:
        """Films of the contract in the order of the build: by title, year, id."""
        return results.iter_films(self._connection)

    def reviews(self) -> Iterator[tuple[str | None, dict[str, Any]]]:
        """(film id, Review), film by film; those without a film last, with null."""
        return results.iter_reviews(self._connection)

    def reviews_without_film(self) -> Iterator[dict[str, Any]]:
        """Reviews whose page names no film."""
        return (review for _, review in results.iter_reviews(self._connection, loose=True))


@contextmanager
def snapshot_of(store: Store) -> Iterator[Snapshot]:
    """The last build of `store`; ExportError when there is none."""
    with store.reading() as connection:
        generated_from = results.generated_from(connection)
        if generated_from is None:
            raise ExportError(f"{store.name}: nothing is built yet; run `aggregator build` first")
        yield Snapshot(connection, generated_from)
