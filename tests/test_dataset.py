from pathlib import Path

import pytest

from aggregator import open_dataset
from aggregator.build import build
from aggregator.errors import StoreError
from aggregator.store import PageRecord, open_store


def stage(folder: Path, **films: dict[str, object]) -> None:
    with open_store(folder) as store:
        for name, film in films.items():
            page = PageRecord(f"https://a.example/{name}", "2026-03-02T06:00:00Z", name, source="a")
            store.stage_page(page, {"reviews": [{"id": f"r-{name}", "film": film}]})
        build(store, folder)


def test_films_and_reviews(tmp_path: Path) -> None:
    stage(tmp_path, moon={"title": "Moon", "year": 2009}, solaris={"title": "Solaris"}, none={"title": None})
    with open_dataset(tmp_path) as dataset:
        assert [film.title for film in dataset.films()] == ["Moon", "Solaris"]
        assert [review.id for review in dataset.reviews()] == ["r-moon", "r-solaris", "r-none"]
        (first, _) = dataset.films()
        assert dataset.film(first.id) == first
        assert dataset.film("f-none") is None
        assert dataset.generated_from["films"] == 2


def test_an_id_that_was_merged_leads_to_its_film(tmp_path: Path) -> None:
    stage(tmp_path, old={"title": "Moon", "year": 2009}, new={"title": "Moon", "year": 2019})
    with open_dataset(tmp_path) as dataset:
        ids = {film.id for film in dataset.films()}
    (tmp_path / "decisions.toml").write_text('[[same]]\nreviews = ["r-old", "r-new"]\n')
    stage(tmp_path)
    with open_dataset(tmp_path) as dataset:
        (film,) = dataset.films()
        assert [found.id for name in sorted(ids) if (found := dataset.film(name))] == [film.id, film.id]


def test_nothing_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        open_dataset(tmp_path / "none")
    open_store(tmp_path).close()
    with open_dataset(tmp_path) as dataset:
        assert list(dataset.films()) == []
        with pytest.raises(StoreError, match="nothing is built yet"):
            _ = dataset.generated_from
