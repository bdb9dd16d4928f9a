import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.merge.film import merge
from aggregator.merge.said import said
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


def directors(*names: str) -> dict[str, Any]:
    return {"credits": [{"role": "director", "name": name} for name in names]}


def test_spellings_that_keys_do_not_fold_are_one_person_too() -> None:
    film = merge("f", [
        review("1", **directors("Andrei Tarkovsky")),
        review("2", **directors("Andrey Tarkovskiy")),
        review("3", **directors("Andrei Tarkovsky")),
        review("4", **directors("Tarkovsky")),
        review("5", **directors("A. Tarkovsky")),
    ])  # fmt: skip
    assert [(one["name"], one["review_count"]) for one in film["credits"]] == [("Andrei Tarkovsky", 5)]
    assert film["disagreements"] == {}


def test_brothers_stay_two_and_a_surname_goes_to_neither() -> None:
    film = merge("f", [
        review("1", **directors("Joel Coen", "Ethan Coen")),
        review("2", **directors("Coen")),
        review("3", **directors("Joel Coen")),
    ])  # fmt: skip
    assert [(one["name"], one["review_count"]) for one in film["credits"]] == [
        ("Joel Coen", 2), ("Coen", 1), ("Ethan Coen", 1),
    ]  # fmt: skip


def test_two_whom_one_review_names_are_two() -> None:
    film = merge("f", [review("1", credits=cast("Jon Lee", "Jonn Lee")), review("2", credits=cast("Jon Lee"))])
    assert [one["review_count"] for one in film["credits"]] == [2, 1]


def test_who_directs_and_what_age_is_told_where_reviews_conflict() -> None:
    film = merge("f", [
        review("1", **directors("Tobe Hooper"), certificates=[{"raw": "PG", "code": "PG", "systems": ["us-mpa"]}]),
        review("2", **directors("Tobe Hooper"), certificates=[{"raw": "R", "code": "R", "systems": ["us-mpa"]}]),
        review("3", **directors("Steven Spielberg"), certificates=[{"raw": "15", "code": "15", "systems": []}]),
        review("4", **directors("Tobe Hooper", "Somebody Else")),
    ])  # fmt: skip
    assert film["disagreements"] == {
        "certificates.us-mpa": [{"value": "PG", "reviews": ["1"]}, {"value": "R", "reviews": ["2"]}],
        "credits.director": [
            {"value": "Tobe Hooper", "reviews": ["1", "2"]}, {"value": "Steven Spielberg", "reviews": ["3"]},
        ],
    }  # fmt: skip


def test_a_bare_code_counts_for_the_system_another_review_states() -> None:
    film = merge("f", [
        review("1", certificates=[{"raw": "15", "code": "15", "systems": ["gb-bbfc", "se-filmcensur"]}]),
        review("2", certificates=[{"raw": "Cert 15", "code": "15", "systems": ["gb-bbfc"]}]),
        review("3", certificates=[{"raw": "12", "code": "12", "systems": ["gb-bbfc", "nl-kijkwijzer"]}]),
    ])  # fmt: skip
    assert [(one["code"], one["systems"]) for one in film["certificates"]] == [
        ("12", ["gb-bbfc", "nl-kijkwijzer"]), ("15", ["gb-bbfc"]),
    ]  # fmt: skip


def test_who_says_what() -> None:
    own = [
        review("1", year=2009, runtime_minutes=97, genres=["Drama"], **directors("Duncan Jones")),
        review("2", year=2009, runtime_minutes=93, genres=["drama"], **directors("D. Jones")),
    ]
    found = said(own)
    assert found["title"] == [{"value": "Moon", "reviews": ["1", "2"]}]
    assert found["runtime_minutes"] == [{"value": 93, "reviews": ["2"]}, {"value": 97, "reviews": ["1"]}]
    assert [one["reviews"] for one in found["genres"]] == [["1", "2"]]
    assert [one["reviews"] for one in found["credits.director"]] == [["1", "2"]]


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
        if name not in film:
            continue  # credits.director: held to who is named below
        assert film[name] == values[0]["value"]
        stated = [one["id"] for one in own if (one.get(name) or one["film"].get(name)) is not None]
        assert sorted(name for value in values for name in value["reviews"]) == sorted(stated)
    assert all(1 <= credit["review_count"] <= len(own) for credit in film["credits"])


def test_a_film_without_any_title_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(StopIteration):
        merge("f", [{"id": "1", "film": {"title": None}}])
