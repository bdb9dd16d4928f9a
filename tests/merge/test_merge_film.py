import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.merge.film import merge
from aggregator.model import Film


def review(name: str, title: str = "Moon", **data: Any) -> dict[str, Any]:
    film = {"title": title} | {
        key: data.pop(key) for key in ("original_title", "alternative_titles", "year", "same_as") if key in data
    }
    return {"id": name, "film": film, **data}


def cast(*names: str) -> list[dict[str, Any]]:
    return [{"role": "cast", "name": name, "character": None} for name in names]


def test_the_title_of_most_reviews_wins_and_the_others_are_kept() -> None:
    film = merge("f", [
        review("1", "Spirited Away", original_title="千と千尋の神隠し"),
        review("2", "Spirited Away"),
        review("3", "Chihiros Reise ins Zauberland"),
        review("4", "SPIRITED AWAY"),
    ])  # fmt: skip
    assert film["title"] == "Spirited Away"
    assert film["original_title"] == "千と千尋の神隠し"
    assert film["alternative_titles"] == ["Chihiros Reise ins Zauberland"]
    assert film["disagreements"] == {}


def test_ties_go_to_the_earliest_then_to_the_alphabet() -> None:
    one, other = review("1", "Moon", published="2010"), review("2", "Mond", published="2009-07")
    assert merge("f", [one, other])["title"] == "Mond"
    assert merge("f", [review("1", "Moon"), review("2", "Mond")])["title"] == "Mond"


def test_disagreements_name_the_reviews() -> None:
    film = merge("f", [
        review("1", year=2009, runtime_minutes=97),
        review("2", year=2009, runtime_minutes=93),
        review("3", year=2010, runtime_minutes=97),
    ])  # fmt: skip
    assert (film["year"], film["runtime_minutes"]) == (2009, 97)
    assert film["disagreements"] == {
        "year": [{"value": 2009, "reviews": ["1", "2"]}, {"value": 2010, "reviews": ["3"]}],
        "runtime_minutes": [{"value": 97, "reviews": ["1", "3"]}, {"value": 93, "reviews": ["2"]}],
    }


def test_people_are_merged_across_spellings_and_counted_once_a_review() -> None:
    film = merge("f", [
        review("1", credits=[{"role": "director", "name": "Bong Joon-ho"}, *cast("Song Kang-ho", "Cho Yeo-jeong")]),
        review("2", credits=[{"role": "director", "name": "Joon-ho Bong"}, *cast("Song Kang-Ho", "song kang-ho")]),
        review("3", credits=[{"role": "director", "name": "BONG Joon Ho"}, {"role": "writer", "name": "Bong Joon-ho"}]),
        review("4", credits=[{"role": "cast", "name": "Song Kang-ho", "character": "Ki-taek"}]),
    ])  # fmt: skip
    assert film["credits"] == [
        {"role": "director", "name": "Bong Joon-ho", "character": None, "review_count": 3},
        {"role": "writer", "name": "Bong Joon-ho", "character": None, "review_count": 1},
        {"role": "cast", "name": "Song Kang-ho", "character": "Ki-taek", "review_count": 3},
        {"role": "cast", "name": "Cho Yeo-jeong", "character": None, "review_count": 1},
    ]


def test_the_spelling_with_its_accents_is_shown_when_votes_are_even() -> None:
    film = merge("f", [review("1", credits=cast("Ines Munoz")), review("2", credits=cast("Inés Muñoz"))])
    assert [credit["name"] for credit in film["credits"]] == ["Inés Muñoz"]


def test_unions() -> None:
    film = merge("f", [
        review("1", genres=["Sci-Fi", "drama"], countries=["UK"], same_as=["https://b", "https://a"],
               certificates=[{"raw": "Rated R", "code": "R", "systems": ["MPA"], "reason": "language"}],
               releases=[{"date": "2009-07-17", "territory": "GB", "kind": None, "distributor": None}]),
        review("2", genres=["Drama"], same_as=["https://a"],
               certificates=[{"raw": "R", "code": "R", "systems": ["MPA"]},
                             {"raw": "15", "code": "15", "systems": ["BBFC", "IFCO"]}],
               releases=[{"date": "2009-07-17", "territory": "GB", "kind": None, "distributor": "Sony"},
                         {"date": "2009-06", "territory": "US", "kind": None, "distributor": None}]),
    ])  # fmt: skip
    assert film["genres"] == ["Drama", "Sci-Fi"]
    assert film["countries"] == ["UK"]
    assert film["same_as"] == ["https://a", "https://b"]
    assert [(one["code"], one["systems"], one["raw"], one["reason"]) for one in film["certificates"]] == [
        ("15", ["BBFC", "IFCO"], "15", None),
        ("R", ["MPA"], "R", "language"),
    ]
    assert [(one["date"], one["distributor"]) for one in film["releases"]] == [
        ("2009-06", None),
        ("2009-07-17", "Sony"),
    ]


def test_what_nobody_says_stays_empty() -> None:
    film = Film.model_validate(merge("f", [review("1")]))
    empty = Film(id="f", title="Moon")
    assert film == empty


names = st.sampled_from(["Ann Lee", "Lee, Ann", "ANN LEE", "Bo Chú", "Bo Chu"])
reviews = st.lists(
    st.builds(
        lambda title, year, runtime, people, published, genres: (title, year, runtime, people, published, genres),
        st.sampled_from(["Moon", "Mond", "MOON"]),
        st.sampled_from([None, 2009, 2010]),
        st.sampled_from([None, 93, 97]),
        st.lists(st.tuples(st.sampled_from(["director", "cast"]), names), max_size=4),
        st.sampled_from([None, "2009", "2009-07-01"]),
        st.lists(st.sampled_from(["Drama", "drama", "Krimi"]), max_size=2),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=100)
@given(reviews, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_counts_add_up(found: list[Any], rng: random.Random) -> None:
    own = [
        review(f"r{n}", title, year=year, runtime_minutes=runtime, published=published, genres=genres,
               credits=[{"role": role, "name": name, "character": None} for role, name in people])
        for n, (title, year, runtime, people, published, genres) in enumerate(found)
    ]  # fmt: skip
    film = merge("f", own)
    shuffled = list(own)
    rng.shuffle(shuffled)
    assert merge("f", shuffled) == film
    Film.model_validate(film)
    for name, values in film["disagreements"].items():
        assert film[name] == values[0]["value"]
        stated = [one["id"] for one in own if (one.get(name) or one["film"].get(name)) is not None]
        assert sorted(name for value in values for name in value["reviews"]) == sorted(stated)
    assert all(1 <= credit["review_count"] <= len(own) for credit in film["credits"])


def test_a_film_without_any_title_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(StopIteration):
        merge("f", [{"id": "1", "film": {"title": None}}])
