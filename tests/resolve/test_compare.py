import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.resolve.compare import compare
from aggregator.resolve.facts import FilmFacts, facts, facts_of
from aggregator.resolve.levels import may_be_one_person

IMDB = "https://www.imdb.com/title/tt{}/"


def film(title: str = "Suspiria", year: int | None = None, director: str = "", **more: object) -> FilmFacts:
    return facts(titles=[title], year=year, directors=[director] if director else [], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "verdict", "reason"),
    [
        (film(year=1977), film(year=1977), "match", "year_equal"),
        (film(year=1977), film(year=1978), "undecided", "year_near"),
        (film("Raiders of the Lost Ark", 1981), film("Raiders of the Lost Ark", 1982), "match", "title_long"),
        (film(year=1977, runtime=98), film(year=1978, runtime=98), "match", "runtime_equal"),
        (film(year=1977, runtime=98), film(year=1977, runtime=152), "undecided", "runtime_apart"),
        (film(year=1977), film(year=1979), "undecided", "year_apart"),
        (film(year=1977), film(year=2018), "distinct", "year_conflict"),
        (film(director="Dario Argento"), film(director="Argento, Dario"), "match", "director_equal"),
        (film(director="Dario Argento"), film(director="Luca Guadagnino"), "distinct", "director_conflict"),
        # remakes by one director, and two films of a year
        (film("Funny Games", 1997, "Michael Haneke"), film("Funny Games", 2007, "Michael Haneke"), "distinct", ""),
        (film(year=2018, director="A Person"), film(year=2018, director="Other Name"), "distinct", ""),
        (film("Revolver", 2007, "Guy Ritchie"), film("Revolver", 2005, "Guy Ritchie"), "match", "year_apart"),
        (film(director="Tarsem"), film(director="Tarsem Singh"), "undecided", "director_similar"),
        (film(director="Hayao Miyazaki"), film(director="宮崎駿"), "undecided", "director_similar"),
        (film(year=1977, director="Dario Argent"), film(year=1977, director="Dario Argento"), "match", ""),
        (film(), film(), "undecided", "title_equal"),
        (film(year=1977), film(), "undecided", ""),
        (film("Moon", 2009), film("Moonfall", 2009), "undecided", "title_differs"),
        (film(cast=["Al Bo", "Cy Do"]), film(cast=["Cy Do", "Al Bo", "Ed Fo"]), "undecided", "cast_equal"),
        (film(cast=["Al Bo", "Cy Do"], year=1977), film(cast=["Cy Do", "Al Bo"], year=1979), "match", "cast_equal"),
        (film(cast=["A B"]), film(cast=["A B"]), "undecided", ""),
        (film(year=2014, cast=["A", "B", "C"]), film(year=2014, cast=["D", "E", "F"]), "undecided", "cast_disjoint"),
        (film(year=2019, cast=["A B", "C", "D"]), film(year=2019, cast=["ソン", "イ", "チョ"]), "match", "year_equal"),
        (film(known_by=1990), film(year=2018), "distinct", "reviewed_before_film"),
        (film(known_by=2017), film(year=2018), "undecided", ""),
        (film(same_as=[IMDB.format("0076786")]), film(same_as=[IMDB.format("0076786")]), "match", "identity_equal"),
        (film(same_as=[IMDB.format("0076786")]), film(same_as=[IMDB.format("1034415")]), "distinct", ""),
        (film("A", same_as=[IMDB.format("0076786")]), film("B", same_as=[IMDB.format("0076786")]), "undecided", ""),
        (
            film("Låt den rätte komma in", 2008, same_as=[IMDB.format("1139797")]),
            film("Let the Right One In", 2008, same_as=[IMDB.format("1139797")]),
            "match",
            "title_differs",
        ),
    ],
)
def test_verdicts(a: FilmFacts, b: FilmFacts, verdict: str, reason: str) -> None:
    found = compare(a, b)
    assert found.verdict == verdict, found
    assert not reason or reason in found.reasons
    assert compare(b, a) == found


def test_any_title_may_agree() -> None:
    swedish = facts(titles=["So finster die Nacht", "Låt den rätte komma in"], year=2008)
    assert (
        compare(swedish, facts(titles=["Let the Right One In", "Lat den ratte komma in"], year=2008)).verdict == "match"
    )


def test_facts_of_a_review() -> None:
    review = {
        "film": {"title": "Moon", "original_title": None, "alternative_titles": ["Moon (2009)"], "year": 2009,
                 "same_as": ["https://www.imdb.com/title/tt1182345/?ref_=x", "https://www.themoviedb.org/movie/17431"]},
        "credits": [{"role": "director", "name": "Duncan Jones"}, {"role": "cast", "name": "Sam Rockwell"},
                    {"role": "writer", "name": "Nathan Parker"}],
        "published": "2009-07-17T10:00:00Z",
    }  # fmt: skip
    found = facts_of(review)
    assert found.titles == {"moon"}
    assert (found.year, found.known_by) == (2009, 2009)
    assert (found.directors, found.cast) == ({"duncan jones"}, {"rockwell sam"})
    assert found.identities == {("imdb", "tt1182345"), ("tmdb", "17431")}
    assert not found.bare
    assert facts_of({}).bare


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [("bong ho joon", "bong joonho", True), ("argent dario", "argento dario", True),
     ("gary mc", "gary mckendry", True), ("loach ken", "kenneth loach", True), ("r scott", "ridley scott", True),
     ("andrei tarkovsky", "andrey tarkovskiy", True), ("parajanov sergei", "paradzhanov sergey", True),
     ("coen joel", "coen ethan", False), ("a b", "a c", False),
     ("john smith", "jane smith", False), ("宮崎駿", "宮﨑駿", True), ("宮崎駿", "黒澤明", False)],
)  # fmt: skip
def test_may_be_one_person(one: str, other: str, may: bool) -> None:
    assert may_be_one_person(one, other) is may


some_facts = st.builds(
    facts,
    titles=st.lists(st.sampled_from(["Moon", "Suspiria", "Host"]), min_size=1, max_size=2),
    year=st.one_of(st.none(), st.integers(2000, 2006)),
    directors=st.lists(st.sampled_from(["Ann Lee", "Bo Chu"]), max_size=2),
    cast=st.lists(st.sampled_from(["A A", "B B", "C C", "D D", "E E", "F F"]), max_size=3),
)


@given(some_facts, some_facts)
def test_comparing_is_symmetric(a: FilmFacts, b: FilmFacts) -> None:
    assert compare(a, b) == compare(b, a)


@given(some_facts)
def test_nothing_contradicts_itself(a: FilmFacts) -> None:
    assert compare(a, a).verdict != "distinct"
