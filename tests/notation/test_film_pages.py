"""Addresses of pages about one film: known by one table, wherever a page or a build looks at them."""

import pytest

from aggregator.notation.film_pages import film_numbers, is_film_page


@pytest.mark.parametrize(
    ("url", "numbers"),
    [
        ("https://www.imdb.com/title/tt0114709/?ref_=nv", [("imdb", "tt0114709")]),
        ("https://www.imdb.de/title/tt0114709/", [("imdb", "tt0114709")]),
        ("https://m.imdb.com/it/title/tt0114709", [("imdb", "tt0114709")]),
        ("https://www.wikidata.org/entity/Q171048", [("wikidata", "Q171048")]),
        ("https://www.themoviedb.org/movie/862-toy-story", [("tmdb", "862")]),
        ("https://letterboxd.com/film/toy-story/", [("letterboxd", "toy-story")]),
        ("https://www.rottentomatoes.com/m/toy_story", []),
        ("https://www.filmweb.pl/film/Toy+Story-1995-1049", []),
    ],
)
def test_a_page_about_one_film(url, numbers):
    assert is_film_page(url)
    assert film_numbers(url) == numbers


@pytest.mark.parametrize(
    "url",
    [
        "https://www.imdb.com/name/nm0000158/",
        "https://letterboxd.com/anna/list/trains/",
        "https://www.themoviedb.org/person/31",
        "https://corner.example/title/tt0114709/",
    ],
)
def test_another_page(url):
    assert not is_film_page(url)
    assert film_numbers(url) == []
