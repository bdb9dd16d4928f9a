"""A template's rating, author, date or film that the visible page contradicts loses, and the page says so."""

import json

import pytest

from aggregator.parse import parse

BODY = """<p>The film opens with a train in the snow, and the director hardly lets us out of it for two hours. The
cast is excellent, above all the old conductor, and the camera finds room where there is none.</p><p>It
is a beautiful film, slow in the middle and very moving at the end. The screenplay trusts silence, the
score does not, and I would have liked one song less. Still, a film worth the ticket.</p>"""


def read(stated: dict, above: str = "", below: str = ""):
    film = {"@type": "Movie", "name": "Night Train"}
    review = {"@type": "Review", "itemReviewed": film} | stated
    result = parse(
        f"<html lang=en><head><title>Night Train (2011) review | Late Row</title>"
        f'<script type="application/ld+json">{json.dumps(review)}</script></head>'
        f"<body><header class=site-header><a href=/>Late Row</a></header>"
        f"<article><h1>Night Train (2011) review</h1>{above}{BODY}{below}</article></body></html>",
        "https://a.example/night",
    )
    (found,) = result.reviews
    return found, [problem.field for problem in result.problems if problem.code == "conflict"]


def rated(value, best=5):
    return {"reviewRating": {"@type": "Rating", "ratingValue": value, "bestRating": best}}


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("<p>Rating: 2/5</p>", (2, 5)),
        ("<p class=rating>★★☆☆☆</p>", (2, 5)),
        ("<p>7/10</p>", (7, 10)),
        ("<p>I give it 2 out of 5.</p>", (2, 5)),
    ],
)
def test_the_rating_that_is_shown_wins(shown, value):
    review, conflicts = read(rated(5), below=shown)
    assert (review.rating.value, review.rating.best) == value
    assert conflicts == ["rating"]


def test_a_rating_shown_on_another_scale_contradicts_nothing():
    review, conflicts = read(rated(8, 10), below="<p>4/5</p>")
    assert review.rating.value / review.rating.best == 0.8
    assert conflicts == []


@pytest.mark.parametrize(
    "shown",
    [
        "<p class=byline>By Ida Holm</p>",
        "<p>Reviewed by Ida Holm</p>",
        "<p><a rel=author href=/author/ida>Ida Holm</a></p>",
        "<p class=byline>Ida Holm</p>",
    ],
)
def test_the_author_that_is_shown_wins(shown):
    review, conflicts = read({"author": {"@type": "Person", "name": "Tom Baker"}}, above=shown)
    assert review.critics == ["Ida Holm"]
    assert conflicts == ["critics"]


def test_an_account_is_no_author_and_contradicts_nothing():
    review, conflicts = read({"author": "admin"}, above="<p class=byline>By Ida Holm</p>")
    assert (review.critics, conflicts) == (["Ida Holm"], [])


@pytest.mark.parametrize(
    "shown",
    [
        "<p class=date>March 5, 2012</p>",
        "<p><time datetime=2012-03-05>March 5, 2012</time></p>",
        "<p>Published: 5 March 2012</p>",
        "<p>5 March 2012</p>",
    ],
)
def test_the_day_that_is_shown_wins(shown):
    review, conflicts = read({"datePublished": "2020-01-01"}, above=shown)
    assert review.published == "2012-03-05"
    assert conflicts == ["published"]


def test_a_day_shown_that_is_the_last_change_is_not_the_first():
    dates = {"datePublished": "2012-03-05", "dateModified": "2014-06-07T10:00:00Z"}
    review, conflicts = read(dates, above="<p class=date>June 7, 2014</p>")
    assert (review.published, conflicts) == ("2012-03-05", [])


def test_a_stamp_is_the_day_beside_it_elsewhere():
    review, conflicts = read({"datePublished": "2012-03-04T23:30:00-05:00"}, above="<p class=date>March 5, 2012</p>")
    assert review.published[:10] in ("2012-03-04", "2012-03-05")
    assert conflicts == []


def test_a_film_the_page_never_names_is_not_the_one_reviewed():
    other = {"@type": "Movie", "name": "Heat", "dateCreated": "1995", "director": "Michael Mann"}
    review, conflicts = read({"itemReviewed": other})
    assert (review.film.title, review.film.year, review.credits) == ("Night Train", 2011, [])
    assert set(conflicts) == {"title", "film"}


def test_a_byline_set_apart_is_read_without_its_word():
    review, conflicts = read({"author": "Ida Holm"}, above="<p>By <b>Ida Holm</b></p><p>March 5, 2012</p>")
    assert review.critics == ["Ida Holm"]
    assert conflicts == []


def test_a_readers_review_beside_the_critics_is_none_of_the_page():
    readers = {"@type": "UserReview", "author": "Tom Baker", **rated(1)}
    critics = {"@type": "CriticReview", "author": "Ida Holm", **rated(4)}
    review, conflicts = read({"@type": "Movie", "name": "Night Train", "review": [readers, critics]})
    assert (review.critics, review.rating.value, conflicts) == (["Ida Holm"], 4, [])


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ({"ratingValue": "80%"}, (80, 100, "percent")),
        ({"alternateName": "B+"}, (None, None, "letter")),
        ({"ratingValue": "4,5", "bestRating": "5"}, (4.5, 5, "points")),
        ({"ratingValue": "4/5", "bestRating": "10"}, (4, 5, "points")),
    ],
)
def test_a_stated_rating_is_read_as_written(stated, value):
    review, _ = read({"reviewRating": stated})
    assert (review.rating.value, review.rating.best, review.rating.unit) == value


def test_a_rating_outside_its_scale_is_no_value_and_said():
    review, conflicts = read(rated(7))
    assert (review.rating.value, conflicts) == (None, ["rating"])
