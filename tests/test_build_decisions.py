"""What people decide about films and reviews, followed by a build or reported."""

import json
from pathlib import Path

import pytest

from aggregator.build import build
from aggregator.store import PageRecord, Store
from tests.built import CORPUS, films, review, stage, text


def test_decisions_part_what_rules_would_join(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    decision = '[[different]]\nreviews = ["r-suspiria", "http://www.b.example/argento/"]\n'
    (tmp_path / "decisions.toml").write_text(decision + '[[same]]\nreviews = ["r-none", "r-suspiria"]\n')
    assert build(store, tmp_path).decisions_unused == 1
    assert {key for key in films(store) if key[0] == "Suspiria"} == {
        ("Suspiria", 1977), ("Suspiria", 1978), ("Suspiria", 2018),
    }  # fmt: skip
    assert [note.kind for note in store.notes_on("r-none")] == ["decision_unused"]


def test_a_same_that_a_difference_stands_in_the_way_of_is_told(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    one, other, third = "r-suspiria", "http://www.b.example/argento/", "https://c.example/new"
    same = "".join(f"[[same]]\nreviews = {json.dumps(pair)}\n" for pair in ((one, third), (third, other)))
    decide(tmp_path, same)
    assert build(store, tmp_path).decisions_unused == 0
    decide(tmp_path, f"{same}[[different]]\nreviews = {json.dumps((one, other))}\n")
    assert build(store, tmp_path).decisions_unused == 1


@pytest.mark.parametrize("says_so", [False, True], ids=["text", "canonical"])
def test_what_people_call_two_films_is_no_copy(store: Store, tmp_path: Path, *, says_so: bool) -> None:
    first, copy = CORPUS[3], CORPUS[4]
    copy = copy | {"id": first["id"], "canonical_url": first["url"]} if says_so else copy
    stage(store, [*CORPUS[:4], copy])
    assert build(store, tmp_path).copies == 1
    pair = json.dumps([first["url"], copy["url"]])
    (tmp_path / "decisions.toml").write_text(f"[[different]]\nreviews = {pair}\n")
    result = build(store, tmp_path)
    assert (result.copies, result.decisions_unused) == (0, 0)
    moons = [[one["url"] for one in film["reviews"]] for film in store.iter_films() if film["title"] == "Moon"]
    assert sorted(moons) == [[first["url"]], [copy["url"]]]


def test_the_page_that_names_one_of_two_films_reviews_as_its_own_is_not_folded_into_the_other(
    store: Store, tmp_path: Path
) -> None:
    first, copy = CORPUS[3] | {"published": "2008-01-01"}, CORPUS[4]
    dated = {"canonical_url": copy["url"], "published": "2009-01-01"}  # is looked at before the page that it names
    view = copy | {"id": "r-view", "url": "https://h.example/view", **dated}
    stage(store, [first, copy, view])
    (tmp_path / "decisions.toml").write_text(f"[[different]]\nreviews = {json.dumps([first['url'], copy['url']])}\n")
    assert build(store, tmp_path).copies == 1
    copies = {one["url"]: len(one["copies"]) for film in store.iter_films() for one in film["reviews"]}
    assert copies.pop(first["url"]) == 0
    assert list(copies.values()) == [1]


def test_a_decision_that_names_whole_pages_of_several_reviews_unfolds_nothing(store: Store, tmp_path: Path) -> None:
    for url in ("https://a.example/best", "https://b.example/best"):
        films = [(url.replace("/best", "-moon"), "Moon", 4), (url.replace("/best", "-solaris"), "Solaris", 5)]
        both = [review(name, title, body=text(seed)) | {"url": url} for name, title, seed in films]
        record = PageRecord(url, "2026-03-01T06:00:00Z", url, source="critics")
        store.stage_page(record, {"page_type": "reviews", "reviews": both})
    decide(tmp_path, '[[different]]\nreviews = ["https://a.example/best", "https://b.example/best"]\n')
    result = build(store, tmp_path)
    assert (result.copies, result.decisions_unused) == (2, 2)


def decide(folder: Path, text: str) -> None:
    (folder / "decisions.toml").write_text(text, encoding="utf-8")


def test_a_value_called_wrong_counts_nowhere(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    wrong = '[[value-is-wrong]]\nreviews = ["https://b.example/argento"]\nfield = "film.year"\nvalue = 1978\n'
    decide(tmp_path, wrong + "instead = 1977\n")
    assert build(store, tmp_path).decisions_stale == 0
    old = films(store)["Suspiria", 1977]
    assert old["disagreements"] == {}
    (one,) = [one for one in old["reviews"] if one["id"] == "r-argento"]
    assert one["evidence"]["film.year"]["rule"] == "decision"
    decide(tmp_path, wrong.replace("1978", "1979"))
    assert build(store, tmp_path).decisions_stale == 1
    assert films(store)["Suspiria", 1977]["disagreements"] != {}
    (stale,) = [note for note in store.notes_on("r-argento") if note.kind == "decision_stale"]
    assert stale.data["place"] == "decisions.toml line 1"


def test_a_review_goes_to_the_film_a_person_names(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    build(store, tmp_path)
    new = films(store)["Suspiria", 2018]
    decide(tmp_path, f'[[is]]\nreviews = ["r-argento"]\nfilm = "{new["id"]}"\n')
    for _ in range(2):  # and stays there
        build(store, tmp_path)
        found = store.get_film(new["id"])
        assert found is not None
        assert [one["id"] for one in found["reviews"]] == ["r-argento", "r-new"]
    (how,) = [note.data for note in store.notes_on("r-argento") if note.kind == "resolution"]
    assert how["how"] == "decided"


def test_a_review_of_a_film_that_no_other_is_about_stands_apart(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    address = "https://www.imdb.com/title/tt0123456/"
    decide(tmp_path, f'[[is]]\nreviews = ["r-moon-bare"]\nfilm = "{address}"\n')
    build(store, tmp_path)
    apart = [film for film in store.iter_films() if film["same_as"]]
    assert [(film["same_as"], [one["id"] for one in film["reviews"]]) for film in apart] == [
        ([address], ["r-moon-bare"])
    ]


def test_what_people_join_draws_reviews_of_either_side(store: Store, tmp_path: Path) -> None:
    more = [review("https://h.example/late", "Suspiria", 2018, "Luca Guadagnino", body=text(7))]
    stage(store, [*CORPUS, *more])
    decide(tmp_path, '[[same]]\nreviews = ["r-suspiria", "r-new"]\n')
    build(store, tmp_path)
    (film,) = [film for film in store.iter_films() if film["title"] == "Suspiria"]
    assert len(film["reviews"]) == 4


def test_a_decision_made_on_what_has_changed_is_reported(store: Store, tmp_path: Path) -> None:
    stage(store, CORPUS)
    build(store, tmp_path)
    (how,) = [note.data for note in store.notes_on("r-new") if note.kind == "resolution"]
    decide(tmp_path, f'[[different]]\nreviews = ["r-suspiria", "r-new"]\nseen = {{ r-new = "{how["mark"]}" }}\n')
    assert build(store, tmp_path).decisions_stale == 0
    stage(store, [CORPUS[2] | {"film": {"title": "Suspiria", "year": 1977}}], day=2)
    assert build(store, tmp_path).decisions_stale == 1


def test_decisions_of_every_kind_survive_a_new_crawl_under_other_addresses(store: Store, tmp_path: Path) -> None:
    imdb = "https://www.imdb.com/title/tt1182345/"
    decide(
        tmp_path,
        '[[same]]\nreviews = ["https://a.example/suspiria", "https://c.example/new"]\n'
        '[[different]]\nreviews = ["https://d.example/moon", "https://f.example/moon-bare"]\n'
        f'[[is]]\nreviews = ["https://g.example/luna"]\nfilm = "{imdb}"\n'
        '[[value-is-wrong]]\nreviews = ["https://b.example/argento"]\nfield = "film.year"\nvalue = 1978\n',
    )
    luna = review("https://g.example/luna", "Luna", body=text(11))
    stage(store, [*CORPUS, luna])

    def outcome() -> list[tuple[list[str], int | None, list[str]]]:
        result = build(store, tmp_path)
        assert (result.decisions_unused, result.decisions_stale) == (0, 0)
        films = list(store.iter_films())
        return [(sorted({one["id"] for one in film["reviews"]}), film["year"], film["same_as"]) for film in films]

    first = outcome()
    assert (["r-luna"], None, [imdb]) in first
    again = [one | {"body": f"{one['body']} Corrected."} for one in [*CORPUS, luna]]
    moved = [{**one, "url": f"{one['url']}/amp/?utm_source=feed", "canonical_url": one["url"]} for one in again]
    stage(store, again, day=2)
    stage(store, moved, day=3)
    assert outcome() == first
