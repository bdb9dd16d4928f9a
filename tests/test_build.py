import json
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.build import BuildResult, build
from aggregator.errors import ConfigError, StoreError
from aggregator.export import export
from aggregator.model import Dataset, Film
from aggregator.store import Store, open_store
from tests.built import CORPUS, built_rows, films, review, stage, stars, text


def test_reviews_become_films(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    result = build(store, tmp_path)
    assert result == BuildResult(
        films=3,
        reviews=6,
        copies=1,
        without_film=1,
        invalid=0,
        decisions_unused=0,
        decisions_stale=0,
        undecided=1,
        generated_from=result.generated_from,
    )
    found = films(store)
    assert set(found) == {("Suspiria", 1977), ("Suspiria", 2018), ("Moon", 2009)}
    old, moon = found["Suspiria", 1977], found["Moon", 2009]
    assert [one["url"] for one in old["reviews"]] == ["https://b.example/argento", "https://a.example/suspiria"]
    assert old["disagreements"]["year"] == [
        {"value": 1977, "reviews": ["r-suspiria"]},
        {"value": 1978, "reviews": ["r-argento"]},
    ]
    assert [one["rating"]["score"] for one in old["reviews"]] == [None, 80.0]
    assert old["score"] is None
    assert (moon["score"]["mean"], moon["score"]["n"]) == (77.5, 2)
    (main,) = [one for one in moon["reviews"] if one["copies"]]
    assert main["copies"] == [{"url": "https://d.example/moon", "kind": "syndicated"}]
    Dataset.model_validate({"generated_from": store.generated_from(), "films": list(found.values())})


def test_the_same_build_twice_is_the_same_bytes(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    first = build(store, tmp_path)
    rows, ledger = built_rows(store), (tmp_path / "ids.jsonl").read_bytes()
    assert build(store, tmp_path) == first
    assert (built_rows(store), (tmp_path / "ids.jsonl").read_bytes()) == (rows, ledger)


def test_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    outcomes = []
    for seed in range(3):
        folder = tmp_path / str(seed)
        reviews = random.Random(seed).sample(CORPUS, len(CORPUS))
        with open_store(folder) as store:
            stage(store, reviews)
            build(store, folder)
            outcomes.append((built_rows(store), (folder / "ids.jsonl").read_bytes()))
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_a_film_keeps_its_id_as_reviews_arrive(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS[:1])
    build(store, tmp_path)
    (before,) = [film["id"] for film in store.iter_films()]
    stage(store, CORPUS)
    build(store, tmp_path)
    assert films(store)["Suspiria", 1977]["id"] == before


def test_a_merge_leaves_a_redirect(store: Store, tmp_path: Path) -> None:
    stage(store, [CORPUS[0], CORPUS[2]])
    build(store, tmp_path)
    ids = {film["year"]: film["id"] for film in store.iter_films()}
    (tmp_path / "decisions.toml").write_text('[[same]]\nreviews = ["https://c.example/new", "r-suspiria"]\n')
    build(store, tmp_path)
    (one,) = store.iter_films()
    assert {one["id"], *one["redirects_from"]} == set(ids.values())
    assert len(one["redirects_from"]) == 1


def exported(folder: Path, reviews: list[dict[str, Any]], *, days: list[int] | None = None) -> dict[str, bytes]:
    """Every file of an export of reviews staged in this order, and the ledger."""
    with open_store(folder) as store:
        for place, one in enumerate(reviews):
            stage(store, [one], day=days[place] if days else 1)
        build(store, folder)
    export(folder, folder / "out")
    files = {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir()) if path.is_file()}
    return files | {"ids.jsonl": (folder / "ids.jsonl").read_bytes()}


@settings(max_examples=12)
@given(order=st.permutations(CORPUS), leave=st.integers(0, 2))
def test_exports_are_equal_bytes_whatever_the_order_of_arrival(order: list[dict[str, Any]], leave: int) -> None:
    kept = [one for one in CORPUS if one in order[leave:]]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        assert exported(Path(one), order[leave:]) == exported(Path(other), kept)


def test_an_unrelated_review_changes_no_other_film(tmp_path: Path) -> None:
    unrelated = review("https://z.example/zabriskie", "Zabriskie Point", 1970, body=text(9), **stars(1, 5))
    alone, among = (
        json.loads(exported(tmp_path / name, held)["films.json"])["films"]
        for name, held in (("alone", CORPUS), ("among", [unrelated, *CORPUS]))
    )
    assert [film for film in among if film["title"] != "Zabriskie Point"] == alone


def test_a_review_without_a_film_is_kept_beside_the_films(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    build(store, tmp_path)
    assert [note.kind for note in store.notes_on("r-unnamed")] == ["without_title"]
    assert not any(one["id"] == "r-unnamed" for film in store.iter_films() for one in film["reviews"])


def test_why_a_review_is_where_it_is_can_be_asked(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    build(store, tmp_path)
    bare, question = store.notes_on("r-moon-bare")
    assert (bare.kind, bare.data["how"]) == ("resolution", "only_film_of_title")
    assert (question.kind, question.data["kind"], question.data["right"]) == (
        "question", "attached", "r-moon-syndicated",
    )  # fmt: skip
    marked = {one["id"]: one["evidence"].get("film") for one in films(store)["Moon", 2009]["reviews"]}
    assert marked["r-moon-syndicated"] is None
    assert marked["r-moon-bare"] == {
        "rule": "only_film_of_title", "locator": "review r-moon-syndicated", "raw": "Moon", "tier": "resolved",
    }  # fmt: skip


def test_a_changed_review_shows_its_older_version(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS[:1])
    stage(store, [CORPUS[0] | stars(5, 5)], day=2)
    build(store, tmp_path)
    (film,) = store.iter_films()
    (one,) = film["reviews"]
    assert one["rating"]["value"] == 5
    assert [(version["seen_at"][:10], version["changed"]["rating"]["value"]) for version in one["versions"]] == [
        ("2026-03-01", 4)
    ]


def test_a_source_that_never_says_its_scale_shows_it(store: Store, tmp_path: Path) -> None:
    marks = [5, 5, 4.5, 4, 4, 3.5, 3, 3, 2.5, 2, 1] * 3
    stage(store, [review(f"https://a.example/{n}", f"Film {n}", 2000, **stars(mark)) for n, mark in enumerate(marks)])
    build(store, tmp_path)
    ratings = [one["rating"] for film in store.iter_films() for one in film["reviews"]]
    assert {(one["best"], one["scale_from"], one["score_profile"]) for one in ratings} == {(5, "history", "linear")}
    assert max(one["score"] for one in ratings) == 100
    (note,) = store.notes_on("critics stars")
    assert note.data["best"] == 5


@pytest.mark.parametrize("best", [4, None])
def test_a_reprints_rating_is_on_the_scale_of_its_own_outlet(store: Store, tmp_path: Path, best: float | None) -> None:
    by_a = [review(f"https://a.example/{n}", f"A{n}", 2000, source="a", **stars(4, 5)) for n in range(30)]
    marks = [2, 4, 3, 3.5, 1] * 6 if best else [4, 3, 2]
    by_b = [review(f"https://b.example/b{n}", f"B{n}", 2000, source="b", **stars(mark, best))
            for n, mark in enumerate(marks)]  # fmt: skip
    first = review("https://a.example/moon", "Moon", 2009, body=text(4), source="a", published="2009-01-01")
    again = review("https://b.example/luna", "Moon", 2009, body=text(4), source="b", published="2010", **stars(3))
    stage(store, [*by_a, *by_b, first, again])
    build(store, tmp_path, profile="bayesian-v1")
    ((one,),) = [film["reviews"] for film in store.iter_films() if film["title"] == "Moon"]
    assert one["url"] == first["url"]
    assert (one["rating"]["best"], one["rating"]["score"]) == ((4, 75) if best else (None, None))


def test_a_bayesian_build_names_its_prior(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    result = build(store, tmp_path, profile="bayesian-v1")
    assert result.generated_from["score_prior"] == 71.25  # 80, 50, 80 and 75; 3.5 without a scale has no score
    moon = films(store)["Moon", 2009]
    assert moon["score"]["mean"] == round((80 + 75 + 5 * 71.25) / 7, 2)


def test_a_gone_review_still_counts_and_says_so(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS[:1])
    store.page_gone(CORPUS[0]["url"], http_status=404, fetched_at="2026-03-05T06:00:00Z")
    build(store, tmp_path)
    (film,) = store.iter_films()
    assert [one["status"] for one in film["reviews"]] == ["gone"]


def test_pages_of_one_review_are_joined(store: Store, tmp_path: Path) -> None:
    first = review("https://a.example/moon", "Moon", 2009, body=text(1))
    second = review("https://a.example/moon-2", "Moon", body=text(2), **stars(4, 5))
    stage(store, [first], next=second["url"])
    stage(store, [second], part_of=first["url"])
    assert build(store, tmp_path).reviews == 1
    (film,) = store.iter_films()
    assert film["reviews"][0]["rating"]["score"] == 80.0
    assert film["reviews"][0]["body"] == f"{text(1)}\n\n{text(2)}"


def test_one_bad_review_does_not_stop_the_build(store: Store, tmp_path: Path) -> None:
    stage(store, [*CORPUS, {"id": "r-bad", "url": "https://z.example/bad", "runtime_minutes": -4}])
    assert build(store, tmp_path).invalid == 1
    (note,) = store.notes_on("r-bad")
    assert note.data == {"url": "https://z.example/bad", "field": "runtime_minutes"}


def test_a_build_that_cannot_go_on_leaves_the_last_one(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    build(store, tmp_path)
    before = built_rows(store)
    (tmp_path / "decisions.toml").write_text("[[wrong]]")
    with pytest.raises(ConfigError):
        build(store, tmp_path)
    (tmp_path / "decisions.toml").unlink()
    (tmp_path / "ids.jsonl").write_text("broken\n")
    with pytest.raises(StoreError):
        build(store, tmp_path)
    assert built_rows(store) == before


def test_an_empty_store_builds_an_empty_dataset(store: Store, tmp_path: Path) -> None:
    assert build(store, tmp_path).films == 0
    assert list(store.iter_films()) == []
    assert not (tmp_path / "ids.jsonl").exists()


def test_films_are_the_contract_in_its_order(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    build(store, tmp_path)
    for film in store.iter_films():
        assert list(film) == list(Film.model_fields)
        assert store.get_film(film["id"]) == film
    assert store.get_film("f-none") is None
