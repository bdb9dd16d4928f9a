"""A built dataset for use as a library, read-only; questions that programs ask of it become methods here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from aggregator.errors import StoreError
from aggregator.model import Film, Review
from aggregator.resolve.ledger import FILE_NAME, read_ledger
from aggregator.store import Store, open_store


class Dataset:
    """The last build in a data folder; close it, or use it in `with`."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    @property
    def generated_from(self) -> dict[str, Any]:
        """What the dataset was made from: counts, a digest of the inputs, versions."""
        found = self._store.generated_from()
        if found is None:
            raise StoreError(f"{self._store.name}: nothing is built yet; run `aggregator build` first")
        return found

    def films(self) -> Iterator[Film]:
        """Every film with its reviews, by title, year and id."""
        return (Film.model_validate(film) for film in self._store.iter_films())

    def reviews(self) -> Iterator[Review]:
        """Every review, film by film; those whose film is not known come last."""
        return (Review.model_validate(review) for _, review in self._store.iter_built_reviews())

    def film(self, film_id: str) -> Film | None:
        """The film of that id, an id that was merged into another included; null for an unknown one."""
        data = self._store.get_film(film_id)
        if data is None and (onward := self._redirect(film_id)):
            data = self._store.get_film(onward)
        return None if data is None else Film.model_validate(data)

    def _redirect(self, film_id: str) -> str | None:
        """Where the ledger sends an id that no film has."""
        entries = read_ledger(self._folder / FILE_NAME)
        seen: set[str] = set()
        while film_id in entries and film_id not in seen:
            seen.add(film_id)
            onward = entries[film_id].redirect_to
            if onward is None:
                break
            film_id = onward
        return film_id if film_id in entries else None


def open_dataset(folder: str | Path = "aggregator-data", *, store: str | None = None) -> Dataset:
    """Open the dataset built in a data folder; `store` is a database URL when the store is elsewhere.

    StoreError when there is no store, or it is of another version. Example:

        with open_dataset("aggregator-data") as dataset:
            for film in dataset.films():
                print(film.title, film.score.mean if film.score else "no score")
    """
    return Dataset(open_store(store or folder, read_only=True), Path(folder))
