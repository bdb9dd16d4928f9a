"""Builds of made-up corpora that clash as real ones do: order, memory, ids through years of changes."""

import json
import os
import random
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.build import build
from aggregator.export import export
from aggregator.resolve.ledger import FILE_NAME, onward, read_ledger
from aggregator.score.film import film_score, profiles, with_score
from aggregator.store import PageRecord, open_store
from aggregator.store.staging import stage
from benchmarks.corpus import Corpus, Page

PAGES = list(Corpus(150).pages())


def staged(folder: Path, pages: Sequence[Page]) -> None:
    with open_store(folder) as store:
        for name in {str(page.record.source) for page in pages}:
            store.add_source(name)
        with store.writing() as connection:
            for page in pages:
                parsed = {"page_type": "review", "reviews": [page.review], "part_of": page.part_of, "next": page.next}
                stage(connection, page.record, parsed)


def built(folder: Path) -> dict[str, Any]:
    with open_store(folder) as store:
        build(store, folder)
        return {film["id"]: film for film in store.iter_films()}


def test_the_corpus_has_what_real_ones_have() -> None:
    urls = [page.record.url for page in PAGES]
    assert len(urls) > len(set(urls)) > 140  # some were changed since
    assert any(page.review["canonical_url"] != page.review["url"] for page in PAGES)
    assert any("First published by" in page.review["body"] for page in PAGES)
    with tempfile.TemporaryDirectory() as folder:
        staged(Path(folder), PAGES)
        films = built(Path(folder))
    titles = [film["title"] for film in films.values()]
    assert len(titles) > len(set(titles))  # namesakes and remakes
    reviews = [review for film in films.values() for review in film["reviews"]]
    assert {copy["kind"] for review in reviews for copy in review["copies"]} >= {"variant", "syndicated"}
    assert any(review["versions"] for review in reviews)


def in_order_of_time(pages: Sequence[Page], rng: random.Random) -> list[Page]:
    """Shuffled, but the two contents of one address as they were fetched."""
    mixed = rng.sample(pages, len(pages))
    contents = {page.record.url: iter(sorted((one for one in pages if one.record.url == page.record.url),
                                             key=lambda one: one.record.fetched_at)) for page in pages}  # fmt: skip
    return [next(contents[page.record.url]) for page in mixed]


def exported(folder: Path, pages: Sequence[Page]) -> dict[str, bytes]:
    staged(folder, pages)
    built(folder)
    export(folder, folder / "out")
    files = {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}
    return files | {FILE_NAME: (folder / FILE_NAME).read_bytes()}


@settings(max_examples=4)
@given(st.integers(0, 10_000))
def test_any_order_of_arrival_exports_the_same_bytes(seed: int) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        shuffled = in_order_of_time(PAGES, random.Random(seed))
        assert exported(Path(one), PAGES) == exported(Path(other), shuffled)


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """Sets are gone through in another order in each process: nothing may follow it."""
    outcomes = []
    for seed in ("1", "2"):
        staged(tmp_path / seed, PAGES)
        for command in (["build"], ["export", str(tmp_path / f"out{seed}")]):
            subprocess.run(
                [sys.executable, "-m", "aggregator", *command, "--data", str(tmp_path / seed)],
                check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed},
            )  # fmt: skip
        files = [*sorted((tmp_path / f"out{seed}").iterdir()), tmp_path / seed / FILE_NAME]
        outcomes.append({path.name: path.read_bytes() for path in files})
    assert outcomes[0] == outcomes[1]


changes = st.lists(
    st.tuples(st.sampled_from(["same", "different", "arrive", "undo"]), st.integers(0, 10**6), st.integers(0, 10**6)),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=10)
@given(changes)
def test_every_id_ever_given_leads_to_a_film_that_holds_its_reviews(history: list[tuple[str, int, int]]) -> None:
    """Films merge and split as people decide and reviews arrive; ids survive, and redirects lead on."""
    pages = PAGES[:40]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arrived, decided = 20, list[str]()
        staged(folder, pages[:arrived])
        films = built(folder)
        for kind, one, other in history:
            before, known = films, set(read_ledger(folder / FILE_NAME))
            if kind == "arrive":
                staged(folder, pages[arrived : arrived + 10])
                arrived += 10
            elif kind == "undo":
                decided = decided[:-1]
            else:
                ids = sorted(review["id"] for film in films.values() for review in film["reviews"])
                pair = [ids[one % len(ids)], ids[other % len(ids)]]
                decided.append(f"[[{kind}]]\nreviews = {json.dumps(pair)}\n" if pair[0] != pair[1] else "")
            (folder / "decisions.toml").write_text("".join(decided), encoding="utf-8")
            films = built(folder)
            ledger = read_ledger(folder / FILE_NAME)
            assert known <= set(ledger)
            assert {onward(ledger, film_id) for film_id in ledger} <= set(films)
            for film_id, film in films.items():
                assert all(onward(ledger, old) == film_id for old in film["redirects_from"])
            held = {review["id"]: film_id for film_id, film in films.items() for review in film["reviews"]}
            for film_id, film in before.items():
                own = {review["id"] for review in film["reviews"]}
                now = {held[review] for review in own if review in held}
                assert onward(ledger, film_id) in now or kind == "arrive"
                if len(now) == 1 and own == {review for review in held if held[review] in now}:
                    assert now == {film_id}  # the same reviews, the same id


def test_long_reviews_are_never_held_all_at_once(tmp_path: Path) -> None:
    """Texts of 20 MB are built and exported in half of that, the shingles of one text included."""
    rng = random.Random(1)
    words = ["".join(rng.choices("abcdefghijklmnop", k=8)) for _ in range(20_000)]
    with open_store(tmp_path) as store:
        for number in range(80):
            url = f"https://a.example/{number}"
            one = {"id": f"r{number}", "url": url, "film": {"title": f"Film {number}"}}
            one["body"] = " ".join(rng.choices(words, k=28_000))
            store.stage_page(PageRecord(url, "2026-03-01T06:00:00Z", url), {"reviews": [one]})
        tracemalloc.start()
        try:
            build(store, tmp_path)
            _, peak = tracemalloc.get_traced_memory()
            export(tmp_path, tmp_path / "out")
            _, exporting = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert max(peak, exporting) < 10_000_000


def test_the_benchmark_of_builds_runs(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks import build as benchmark

    assert benchmark.main(["30", "60"]) == 0
    header, *rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert header[-1] == "growth"
    assert [row[0] for row in rows] == ["30"] * 2 + ["60"] * 2
    assert rows[2][1] == "build"
    assert float(rows[2][5]) > 0


@pytest.mark.parametrize("profile", profiles())
def test_every_score_can_be_made_again_from_what_is_exported(profile: str, tmp_path: Path) -> None:
    staged(tmp_path, PAGES)
    with open_store(tmp_path) as store:
        build(store, tmp_path, profile=profile)
    export(tmp_path, tmp_path / "out", ["json"])
    found = json.loads((tmp_path / "out" / "films.json").read_text(encoding="utf-8"))
    scored = 0
    for film in found["films"]:
        for review in film["reviews"]:
            rating = review["rating"]
            assert with_score(rating, profile) == rating
            assert rating is None or rating["score"] is None or rating["score_profile"]
            assert rating is None or rating["best"] is None or rating["scale_from"] in {"page", "history"}
        ratings = [review["rating"] for review in film["reviews"]]
        assert film["score"] == film_score(ratings, profile, found["generated_from"].get("score_prior"))
        scored += film["score"] is not None
    assert found["generated_from"]["versions"]["score"] == profile
    assert scored > 0
