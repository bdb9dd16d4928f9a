"""Application state in scripts: the page's own review is read, in every form, and nobody else's."""

import json

import pytest

from aggregator.parse.document import Document
from aggregator.parse.structured import read

URL = "https://lantern.example/reviews/kelp"
FILM = {"__typename": "Film", "title": "Kelp", "releaseYear": 2019, "directors": [{"name": "Mara Quist"}]}
REVIEW = {
    "__typename": "FilmReview",
    "slug": "kelp",
    "title": "Salt of the sea",
    "critic": {"firstName": "Ida", "lastName": "Holm"},
    "publishedAt": "2020-01-02T08:00:00Z",
    "rating": {"value": 3.5, "max": 5},
    "body": "<p>Wet, and <b>cold</b>.</p>",
    "film": FILM,
}
OTHER = REVIEW | {"slug": "moss", "title": "Green", "critic": "Tove Ek", "rating": 1, "film": {"title": "Moss"}}
APOLLO = {
    "ROOT_QUERY": {"__typename": "Query", "review": {"__ref": "Review:1"}},
    "Review:1": REVIEW | {"critic": {"__ref": "Person:2"}, "film": {"__ref": "Film:3"}, "rating": 3.5, "maxRating": 5},
    "Review:4": OTHER,
    "Person:2": {"__typename": "Person", "name": "Ida Holm"},
    "Film:3": FILM,
}
TREE = {"props": {"pageProps": {"review": REVIEW, "related": [OTHER, OTHER]}}}


def flat(tree):
    """A tree as Nuxt 3 sends it: every value once, named by its place; objects wrapped as reactive."""
    values = []

    def put(value):
        place = len(values)
        values.append(None)
        if isinstance(value, dict):
            inner = {key: put(held) for key, held in value.items()}
            values[place] = ["Reactive", len(values)]
            values.append(inner)
        elif isinstance(value, list):
            values[place] = [put(held) for held in value]
        else:
            values[place] = value
        return place

    put(tree)
    return json.dumps(values)


FORMS = {
    "Nuxt 3": f'<script type="application/json" id="__NUXT_DATA__">{flat(TREE)}</script>',
    "Next": f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(TREE)}</script>',
    "a name": f"<script>window.__INITIAL_STATE__ = {json.dumps(TREE)};(function(){{}})()</script>",
    "a name in brackets": f'<script>window["__PRELOADED_STATE__"]={json.dumps(TREE)}</script>',
    "a text": f"<script>window.__DATA_STATE__ = JSON.parse({json.dumps(json.dumps(TREE))})</script>",
    "Nuxt": f"<script>window.__NUXT__={json.dumps({'data': [TREE]})}</script>",
    "Apollo": f"<script>window.__APOLLO_STATE__={json.dumps(APOLLO)}</script>",
}


def page(body, url=URL, title="Salt of the sea | Lantern"):
    return read(Document(f"<html><head><title>{title}</title></head><body>{body}</body></html>", url))


@pytest.mark.parametrize("form", FORMS)
def test_the_own_review_is_read_in_every_form(form):
    (review,) = page(FORMS[form]).reviews
    assert (review.movie.title.value, review.movie.year.value) == ("Kelp", "2019")
    assert [person.name.value for person in review.movie.directors] == ["Mara Quist"]
    assert [person.name.value for person in review.critics] == ["Ida Holm"]
    assert review.published.value == "2020-01-02T08:00:00Z"
    assert (review.rating_value.value, review.rating_best.value) == ("3.5", "5")
    assert review.body.value == "Wet, and cold."
    assert (review.syntax, review.body.locator) == ("state", "/html/body/script")


def test_without_an_address_the_headline_tells():
    reviews = page(FORMS["Next"], url=None).reviews
    assert [review.headline.value for review in reviews] == ["Salt of the sea"]


@pytest.mark.parametrize(
    ("url", "title"),
    [("https://lantern.example/reviews/", "Reviews"), ("https://lantern.example/", "Salt"), (None, "Fern | Lantern")],
)
def test_a_page_that_only_lists_reviews_has_none_of_its_own(url, title):
    found = page(FORMS["Next"], url=url, title=title)
    assert (found.reviews, found.movies, found.articles) == ((), (), ())


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.__NUXT__=(function(a){return {slug:a}})('kelp')</script>",
        '<script>window.__INITIAL_STATE__={"__typename":"Review","slug":"kelp","rating":</script>',
        '<script type="application/json" id="__NUXT_DATA__">[["Reactive", 0]]</script>',
        '<script type="application/json" id="__NUXT_DATA__">[{"a": 0, "b": 9, "c": -1}]</script>',
        '<script type="application/json">["__typename", "Review", {"slug": "kelp"}, 1, null]</script>',
        '<script>var a = {"__typename": "Review", "slug": "kelp", "rating": 1}</script>',
        '<script type="application/json">' + "[" * 5000 + "</script>",
    ],
)
def test_a_program_or_a_broken_state_states_nothing(script):
    assert page(script).reviews == ()
