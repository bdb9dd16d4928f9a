from typing import Any

from aggregator.store import Built, Note, Store
from tests.store.store_rows import rows


def film(name: str, *reviews: str) -> dict[str, Any]:
    return {"id": name, "title": name, "year": 2009, "reviews": [{"id": review, "body": name} for review in reviews]}


BUILT = Built(
    generated_from={"films": 3},
    films=[film("f-b", "r2", "r1"), film("f-empty"), film("f-a", *(f"x{n}" for n in range(700)))],
    without_film=[{"id": "loose"}],
    notes=[Note("resolution", "r1", {"how": "own"}), Note("other", "r1", {})],
)


def test_a_build_comes_back_in_its_order(store: Store) -> None:
    assert store.generated_from() is None
    store.save_build(BUILT)
    assert list(store.iter_films()) == list(BUILT.films)
    assert list(store.iter_films()) == list(BUILT.films)  # more than once
    assert store.get_film("f-b") == BUILT.films[0]
    assert store.get_film("f-none") is None
    found = list(store.iter_built_reviews())
    assert found[0] == ("f-b", {"id": "r2", "body": "f-b"})
    assert found[-1] == (None, {"id": "loose"})
    assert [note.kind for note in store.notes_on("r1")] == ["resolution", "other"]
    assert store.generated_from() == {"films": 3}
    assert store.counts()["films"] == 3


def test_a_build_replaces_the_last_one_and_twice_is_the_same_rows(store: Store) -> None:
    store.save_build(Built({}, [film("f-old", "gone")], [], []))
    store.save_build(BUILT)
    before = rows(store)
    store.save_build(BUILT)
    assert rows(store) == before
    assert store.get_film("f-old") is None


def test_problems_are_counted_by_page(store: Store) -> None:
    from aggregator.store import PageRecord

    for name, codes in {"a": ["no_rating", "no_rating", "no_date"], "b": ["no_rating"], "c": []}.items():
        page = PageRecord(f"https://a.example/{name}", "2026-03-02T06:00:00Z", name)
        store.stage_page(page, {"problems": [{"code": code, "message": ""} for code in codes]})
    assert store.problem_counts() == {"no_rating": 2, "no_date": 1}
    assert store.check() == []
