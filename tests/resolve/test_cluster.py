import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.resolve.cluster import resolve
from aggregator.resolve.compare import EXCUSABLE, HINDRANCES, Comparison, compare
from aggregator.resolve.facts import FilmFacts, facts
from aggregator.resolve.groups import says


def film(title: str = "Suspiria", year: int | None = None, *directors: str, **more: object) -> FilmFacts:
    return facts(titles=[title], year=year, directors=directors, **more)  # type: ignore[arg-type]


OLD, NEW = film("Suspiria", 1977, "Dario Argento"), film("Suspiria", 2018, "Luca Guadagnino")


def test_a_remake_is_another_film() -> None:
    found = resolve({"a": OLD, "b": NEW, "c": film(year=1977), "d": film(year=2018)})
    assert found.films == (("a", "c"), ("b", "d"))


def test_a_neighbouring_year_is_enough_for_a_rare_title_or_a_film_of_several_reviews() -> None:
    late = film(year=1978)
    assert resolve({"a": OLD, "late": late}).resolutions["late"].how == "doubtful"
    several = {f"a{number}": OLD for number in range(5)}
    assert resolve(several | {"late": late}).resolutions["late"].how == "only_film_of_title"
    assert resolve({"a": film("Zabriskie Point", 1970, "M"), "late": film("Zabriskie Point", 1971)}).films == (
        ("a", "late"),
    )


def test_what_links_two_distinct_films_joins_only_one_and_chains_nothing() -> None:
    # year 2008 is near both 2007 and 2009, but those two name different directors
    link = film("The Host", 2008)
    found = resolve({"a": film("The Host", 2007, "Ann Lee"), "b": film("The Host", 2009, "Bo Chu"), "link": link})
    assert sorted(map(len, found.films)) == [1, 1, 1]
    assert found.resolutions["link"].how == "doubtful"
    nearer = resolve({"a": film("The Host", 2007, "Ann Lee"), "b": film("The Host", 2008, "Bo Chu"), "link": link})
    assert ("b", "link") in nearer.films


ENGLISH, GERMAN = film("Spirited Away", 2001), film("Chihiros Reise ins Zauberland", 2001)
BOTH = facts(titles=["Chihiros Reise ins Zauberland", "Spirited Away"], year=2001)


def test_a_review_with_both_titles_brings_two_languages_together() -> None:
    assert len(resolve({"en": ENGLISH, "de": GERMAN}).films) == 2
    assert len(resolve({"en": ENGLISH, "de": GERMAN, "x": BOTH}).films) == 1
    assert len(resolve({"en": ENGLISH, "de": GERMAN, "x": BOTH}, different=[("en", "de")]).films) == 3


def test_one_review_with_little_beside_its_titles_joins_no_two_films_of_several() -> None:
    reviews = {"en1": ENGLISH, "en2": ENGLISH, "de1": GERMAN, "de2": GERMAN}
    found = resolve(reviews | {"x": BOTH})
    assert found.films == (("de1", "de2"), ("en1", "en2"), ("x",))
    assert found.resolutions["x"].how == "ambiguous"
    assert len(resolve(reviews | {"x": BOTH, "y": BOTH}).films) == 1


def test_two_reviews_with_both_titles_join_films_of_several_but_not_when_one_thing_contradicts() -> None:
    reviews = {
        f"{language}{number}": film(title, 2001, "Hayao Miyazaki", runtime=125)
        for number in range(2)
        for language, title in (("en", "Spirited Away"), ("de", "Chihiros Reise ins Zauberland"))
    }
    assert len(resolve(reviews).films) == 2
    assert len(resolve(reviews | {"x": BOTH}).films) == 3
    assert len(resolve(reviews | {"x": BOTH, "y": BOTH}).films) == 1
    longer = reviews | {"de1": film("Chihiros Reise ins Zauberland", 2001, "Hayao Miyazaki", runtime=135)}
    assert len(resolve(longer | {"x": BOTH, "y": BOTH}).films) == 4


def test_a_double_bill_joins_no_two_parts() -> None:
    parts = {
        name: film(f"Kill Bill: Vol. {name}", year, "Quentin Tarantino") for name, year in (("1", 2003), ("2", 2004))
    }
    double = facts(titles=["Kill Bill: Vol. 1", "Kill Bill: Vol. 2"], directors=["Quentin Tarantino"])
    assert len(resolve(parts | {"x": double, "y": double}).films) >= 3


def test_a_double_bill_of_one_director_and_year_joins_no_two_films() -> None:
    cast = ["Yves Montand", "Daniel Auteuil", "Gérard Depardieu"]
    first = film("Jean de Florette", 1986, "Claude Berri", cast=cast, runtime=120)
    second = film("Manon des sources", 1986, "Claude Berri", cast=cast, runtime=113)
    double = facts(titles=["Jean de Florette", "Manon des sources"], year=1986, directors=["Claude Berri"])
    found = resolve({"a": first, "b": second, "x": double, "y": double})
    assert not any({"a", "b"} <= set(ids) for ids in found.films)


def test_a_film_of_many_reviews_is_meant_rather_than_a_lone_voice() -> None:
    many = {f"m{number:02}": film("Emma", 1996, "Douglas McGrath") for number in range(10)}
    lone = {"lone": film("Emma", 1996, "Somebody Else")}
    for little in (film("Emma", 1996), film("Emma", known_by=1997)):
        found = resolve(many | lone | {"x": little})
        assert found.resolutions["x"].how == "most_reviewed"
        assert found.films == (("lone",), (*sorted(many), "x"))
        few = dict(list(many.items())[:9])
        assert resolve(few | lone | {"x": little}).resolutions["x"].how == "ambiguous"


def test_reviews_that_fit_several_films_are_no_films_to_others() -> None:
    rivals = {"a": film("Pinocchio", 2022, "Robert Zemeckis"), "b": film("Pinocchio", 2022, "Guillermo del Toro")}
    open_ = {"x": film("Pinocchio", 2022), "y": film("Pinocchio", 2022)}
    found = resolve(rivals | open_)
    assert len(found.films) == 4
    assert {found.resolutions[name].how for name in open_} == {"ambiguous"}


def test_an_article_is_not_left_out_by_a_review_with_a_title_alone() -> None:
    squad = film("Suicide Squad", 2016, "David Ayer")
    assert len(resolve({"a": squad, "bare": film("The Suicide Squad", known_by=2016)}).films) == 2
    assert len(resolve({"a": squad, "bare": film("Suicide Squad", known_by=2016)}).films) == 1


def test_nor_is_what_else_parts_titles_of_one_key() -> None:
    for other, bare in (("Mother", "mother!"), ("Nine", "9"), ("Black Water", "Blackwater")):
        assert len(resolve({"a": film(other, 2009, "B"), "bare": film(bare, known_by=2009)}).films) == 2
        assert len(resolve({"a": film(other, 2009, "B"), "bare": film(other.upper(), known_by=2009)}).films) == 1


def test_a_title_alone_long_after_the_film_may_mean_another() -> None:
    assert len(resolve({"a": OLD, "bare": film(known_by=1978)}).films) == 1
    assert resolve({"a": OLD, "bare": film(known_by=2019)}).resolutions["bare"].how == "doubtful"
    long = "Journey to the Center of the Earth"  # no title is too long to be filmed again
    several = {f"a{number}": film(long, 1959, "Henry Levin") for number in range(5)}
    for year in (1962, 2008):
        assert resolve(several | {"bare": film(long, known_by=year)}).resolutions["bare"].how == "doubtful"
    nearly = film(long, known_by=1961)
    assert len(resolve(several | {"bare": nearly}).films) == 1
    assert resolve({"a0": several["a0"], "bare": nearly}).resolutions["bare"].how == "doubtful"


def test_one_late_review_draws_no_others_of_its_time_to_a_film_whose_year_is_stated() -> None:
    long = "Journey to the Center of the Earth"
    late = film(long, None, "Henry Levin", known_by=2008)
    bare = film(long, known_by=2008)
    assert len(resolve({"a": film(long, 1959, "Henry Levin"), "late": late, "bare": bare}).films) == 2
    assert len(resolve({"late": late, "bare": bare}).films) == 1


def test_long_titles_alone_meet_when_reviewed_together() -> None:
    long = "Everything Everywhere All at Once"
    assert len(resolve({"a": film(long, known_by=2022), "b": film(long, known_by=2022)}).films) == 1
    assert len(resolve({"a": film(long, known_by=2022), "b": film(long, known_by=2002)}).films) == 2


def test_neighbouring_years_alone_bring_no_films_together() -> None:
    found = resolve({"a": film("The Host", 2006), "b": film("The Host", 2008), "link": film("The Host", 2007)})
    assert len(found.films) == 3


def test_a_bare_title_joins_when_one_film_alone_has_it() -> None:
    found = resolve({"a": OLD, "bare": film(known_by=1978)})
    assert found.films == (("a", "bare"),)
    assert found.resolutions["bare"].how == "only_film_of_title"


def test_a_bare_title_without_a_date_joins_what_is_well_attested() -> None:
    assert resolve({"a": OLD, "bare": film()}).resolutions["bare"].how == "doubtful"
    several = {f"a{number}": OLD for number in range(5)}
    assert len(resolve(several | {"bare": film()}).films) == 1
    long = "The Discreet Charm of the Bourgeoisie"
    assert resolve({"a": film(long, 1972), "bare": film(long)}).resolutions["bare"].how == "doubtful"
    assert len(resolve({f"a{number}": film(long, 1972) for number in range(3)} | {"bare": film(long)}).films) == 1


def test_a_short_title_long_after_or_before_the_film_may_mean_another_however_many_attest_it() -> None:
    several = {f"a{number}": OLD for number in range(5)}
    for year in (1976, 1980, 2010):
        assert resolve(several | {"bare": film(known_by=year)}).resolutions["bare"].how == "doubtful"
    assert resolve(several | {"bare": film(known_by=1975)}).resolutions["bare"].how == "contradicts"


def test_a_film_of_very_many_reviews_is_meant_long_after_too_unless_another_was_new_then() -> None:
    many = {f"a{number:02}": OLD for number in range(20)}
    late = film(known_by=2018)
    assert resolve(many | {"late": late}).resolutions["late"].how == "most_reviewed"
    assert resolve(many | {"b": NEW, "late": late}).resolutions["late"].how == "ambiguous"
    lone = film(cast=["A Person", "Another Name"], known_by=2018)
    assert resolve(many | {"lone": lone, "late": late}).resolutions["late"].how == "most_reviewed"
    assert len(resolve(many | {"late": replace(late, shared=True)}).films) == 2


def test_other_actors_keep_a_review_out_of_a_film_unless_another_review_of_it_names_them() -> None:
    reviews = {
        "a": film("Suspiria", 1977, "Dario Argento", cast=["Jessica Harper", "Udo Kier", "Stefania Casini"]),
        "b": film("Suspiria", 1977, "Dario Argento", cast=["Alida Valli", "Joan Bennett", "Flavio Bucci"]),
    }
    known = film(year=1977, cast=["Alida Valli", "Joan Bennett", "Barbara Magnolfi"])
    other = film(year=1977, cast=["A Person", "Another Name", "Somebody Else"])
    assert resolve(reviews | {"x": known}).films == (("a", "b", "x"),)
    assert resolve(reviews | {"x": other}).films == (("a", "b"), ("x",))


def test_where_two_films_have_a_title_nothing_but_the_title_means_neither() -> None:
    # the old film is written about again when the new one comes
    found = resolve({"a": OLD, "b": NEW, "bare": film(known_by=2018)})
    assert found.films == (("a",), ("b",), ("bare",))
    assert found.resolutions["bare"].how == "ambiguous"
    assert set(found.resolutions["bare"].others) == {"a", "b"}
    assert ("a", "bare") in resolve({"a": OLD, "b": NEW, "bare": film(known_by=1978)}).films


def test_a_long_title_of_two_films_is_no_evidence_whoever_comes_first() -> None:
    long = "The Beauty of the Ordinary Days"
    films = {"a": film(long, 2017, "Ann Lee"), "b": film(long, 2024, "Bo Chu")}
    assert ("a", "bare") in resolve({"a": films["a"], "bare": film(long, known_by=2017)}).films
    for said in (film(long, known_by=2024), film(long, known_by=2026), film(long)):
        found = resolve(films | {"bare": said, "more": replace(said, runtime=101)})
        assert found.films == (("a",), ("b",), ("bare",), ("more",)), said
    stated = film(long, 2024)
    assert ("b", "stated") in resolve(films | {"stated": stated}).films


def test_a_year_stated_means_no_film_without_year_that_is_first_reviewed_later() -> None:
    several = {f"a{number}": film("Dark River", None, "Ann Lee", known_by=2010 + number) for number in range(5)}
    assert ("early",) in resolve(several | {"early": film("Dark River", 1995)}).films
    assert ("late",) in resolve(several | {"late": film("Dark River", known_by=2014)}).films
    assert len(resolve(several | {"new": film("Dark River", known_by=2010)}).films) == 1


def test_where_a_catalogue_knows_several_films_of_a_title_only_a_review_of_the_time_is_attached() -> None:
    long = "Murder on the Orient Express"
    old = film(long, 1974, "Sidney Lumet")
    for date, films in ((1974, 1), (1975, 1), (1973, 2), (1990, 2), (None, 2)):
        said = replace(film(long, known_by=date), shared=True)
        assert len(resolve({"a": old, "bare": said}).films) == films, date


def test_a_bare_title_stays_alone_beside_two_films_or_none() -> None:
    twins = {"a": film("Emma", 1996, "Douglas McGrath"), "b": film("Emma", 1996, "Diarmuid Lawrence")}
    found = resolve(twins | {"bare": film("Emma", known_by=1996)})
    assert ("bare",) in found.films
    assert found.resolutions["bare"].how == "ambiguous"
    assert resolve({"x": film(), "y": film()}).films == (("x",), ("y",))


def test_a_bare_review_older_than_the_film_stays_alone() -> None:
    found = resolve({"b": NEW, "bare": film(known_by=1980)})
    assert found.films == (("b",), ("bare",))
    assert found.resolutions["bare"].how == "contradicts"


def test_people_decide_and_a_difference_wins() -> None:
    reviews = {"a": OLD, "b": NEW, "bare": film(known_by=1977)}
    assert ("a", "bare") in resolve(reviews, same=[("bare", "a")]).films
    assert resolve(reviews, same=[("a", "b")]).films == (("a", "b", "bare"),)
    assert resolve(reviews, same=[("a", "b")], different=[("b", "a")]).films == (("a", "bare"), ("b",))
    chained = resolve(reviews, same=[("a", "bare"), ("bare", "b")], different=[("a", "b")])
    assert not any({"a", "b"} <= set(ids) for ids in chained.films)
    assert resolve({"a": OLD, "c": OLD}, different=[("a", "c")]).films == (("a",), ("c",))


some = st.builds(
    facts,
    titles=st.lists(st.sampled_from(["Moon", "Suspiria", "Host"]), min_size=1, max_size=2),
    year=st.one_of(st.none(), st.integers(2000, 2005)),
    directors=st.lists(st.sampled_from(["Ann Lee", "Bo Chu"]), max_size=2),
    cast=st.lists(st.sampled_from(["A A", "B B", "C C"]), max_size=3),
    runtime=st.sampled_from([None, None, 12, 90, 100, 130]),
    known_by=st.one_of(st.none(), st.integers(1999, 2006)),
)
corpora = st.lists(some, min_size=1, max_size=9).map(lambda found: {f"r{n}": one for n, one in enumerate(found)})


@settings(max_examples=150)
@given(corpora, st.randoms(use_true_random=False))
def test_order_does_not_matter(reviews: dict[str, FilmFacts], rng: random.Random) -> None:
    names = list(reviews)
    rng.shuffle(names)
    assert resolve({name: reviews[name] for name in names}) == resolve(reviews)


@settings(max_examples=150)
@given(corpora, st.data())
def test_every_review_has_one_film_and_no_film_holds_a_distinct_or_forbidden_pair(
    reviews: dict[str, FilmFacts], data: st.DataObject
) -> None:
    pairs = list(combinations(sorted(reviews), 2))
    different = data.draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else []
    same = data.draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else []
    found = resolve(reviews, same=same, different=different)
    assert sorted(name for ids in found.films for name in ids) == sorted(reviews)
    for ids in found.films:
        for one, other in combinations(ids, 2):
            assert (one, other) not in different
            if not same:
                pair = compare(reviews[one], reviews[other])
                assert pair.verdict != "distinct"
                assert not pair.against or HINDRANCES & set(pair.reasons) <= EXCUSABLE
    together = {frozenset(pair) for ids in found.films for pair in combinations(ids, 2)}
    if not different:
        assert all(frozenset(pair) in together for pair in same)


@settings(max_examples=300)
@given(corpora, some)
def test_one_more_review_that_names_nobody_joins_no_two_films_of_several_reviews(
    reviews: dict[str, FilmFacts], one: FilmFacts
) -> None:
    reviews = {f"{name}{copy}": facts for name, facts in reviews.items() for copy in "ab"}
    nobody: frozenset[str] = frozenset()
    little = replace(one, directors=nobody, families=nobody, cast=nobody)
    before, after = resolve(reviews), resolve(reviews | {"x": little})
    (its,) = (set(ids) for ids in after.films if "x" in ids)
    several = [ids for ids in before.films if says({name: reviews[name] for name in ids}) == 2]
    for ids, others in combinations(several, 2):
        assert not {ids[0], others[0]} <= its


def renamed(facts: FilmFacts) -> FilmFacts:
    """The same under titles that share nothing with those of `some`."""
    return film("Zabriskie Point", facts.year, *facts.directors, known_by=facts.known_by)


@settings(max_examples=100)
@given(corpora, corpora)
def test_unrelated_reviews_change_nothing(reviews: dict[str, FilmFacts], others: dict[str, FilmFacts]) -> None:
    unrelated = {f"u{name}": renamed(facts) for name, facts in others.items()}
    alone, among = resolve(reviews), resolve(reviews | unrelated)
    assert [ids for ids in among.films if ids[0] in reviews] == list(alone.films)
    assert {name: among.resolutions[name] for name in reviews} == dict(alone.resolutions)


@settings(max_examples=100)
@given(corpora, st.data())
def test_a_copy_of_a_review_stands_where_the_review_stands_or_alone(
    reviews: dict[str, FilmFacts], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(sorted(reviews)))
    found = resolve(reviews | {"copy": reviews[one]}, same=[("copy", one)])
    assert any({"copy", one} <= set(ids) for ids in found.films)


def test_no_step_compares_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reviews of a popular film say few different things; two thousand of them are not two million comparisons."""
    calls = 0

    def counted(a: FilmFacts, b: FilmFacts) -> Comparison:
        nonlocal calls
        calls += 1
        return compare(a, b)

    monkeypatch.setattr("aggregator.resolve.shelf.compare", counted)
    rng = random.Random(1)
    titles = ["Moon", *(f"Film number {word}" for word in "alpha beta gamma delta".split())]
    reviews = {
        f"r{number:04}": film(
            rng.choice(titles),
            rng.choice([None, 2009, 2010]),
            *rng.choice([[], ["Duncan Jones"]]),
            known_by=rng.choice([2009, 2010]),
        )
        for number in range(2000)
    }
    assert len(resolve(reviews).films) == 5
    assert calls < 20 * len(reviews)


@pytest.mark.parametrize("other", ["x", "z"])
def test_of_two_bare_reviews_that_a_person_parted_neither_joins_the_film(other: str) -> None:
    known = {f"k{number}": film("Weekend", 2011, "Andrew Haigh") for number in range(6)}
    bare = {"y": film("Weekend", 2012), other: film("Weekend", 2012)}
    found = resolve(known | bare)
    assert {found.resolutions[name].how for name in bare} == {"only_film_of_title"}
    parted = resolve(known | bare, different=[("y", other)])
    assert {parted.resolutions[name].how for name in bare} == {"ambiguous"}
    assert ("y",) in parted.films
    assert (other,) in parted.films
