"""Ratings in prose, in names of files and classes, in widths and in rows of icons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.review import Unit
from aggregator.notation.hint import Hint
from aggregator.notation.ratings import count_icons, find_ratings, letter_of, rating_from_name, rating_from_width


def found(text, hint=None):
    return [(r.raw, r.value, r.best) for _, _, r in find_ratings(text, hint)]


@pytest.mark.parametrize(
    ("text", "raw", "value", "best"),
    [
        ("I give it 7 out of 10.", "7 out of 10", 7, 10),
        ("In short: I'd give this three and a half stars.", "three and a half stars", 3.5, None),
        ("Rating 5/10.", "5/10", 5, 10),
        ("Verdict: 7 out of 10", "7 out of 10", 7, 10),
        ("My rating for this one – 4.5/5 – go and see it!", "4.5/5", 4.5, 5),
        ("A fine piece of work. 8/10.", "8/10", 8, 10),
        ("2.5 out of 5 for a very loud second half.", "2.5 out of 5", 2.5, 5),
        ("The score is 8.5/10 and well earned.", "8.5/10", 8.5, 10),
        ("A small wonder (4.5/5)", "4.5/5", 4.5, 5),
        ("A small wonder ★★★★☆", "★★★★☆", 4, 5),
        ("★★★½ A small wonder", "★★★½", 3.5, None),
        ("All in all, three stars out of four.", "three stars out of four", 3, 4),
        ("Ich gebe dem Film 4 von 5 Sternen.", "4 von 5 Sternen", 4, 5),
        ("Wertung: 7 von 10 Punkten", "7 von 10 Punkten", 7, 10),
        ("Je lui donne 3,5/5.", "3,5/5", 3.5, 5),
        ("I give it a 7.", "7", 7, None),
        ("From me, 9 out of 10.", "9 out of 10", 9, 10),
        ("My rating for the film: 4/5", "4/5", 4, 5),
        ("It drags.\nRating: 3/5\nNext week: more", "3/5", 3, 5),
    ],
)
def test_clear_statements_are_found(text, raw, value, best):
    assert found(text) == [(raw, value, best)]


@pytest.mark.parametrize(
    ("text", "grade"),
    [("Grade: B+", "B+"), ("I'd give it a B- for effort.", "B-"), ("The film gets a C.", "C"), ("Final grade: A", "A")],
)
def test_grades_are_found_behind_their_label(text, grade):
    assert [letter_of(r) for _, _, r in find_ratings(text)] == [grade]


@pytest.mark.parametrize(
    "text",
    [
        "It is 5.5 at best.",
        "I give it -2 out of 5.",
        "Rating: –1/10",
        "On 9/11 we sat through it, and 24/7 news followed.",
        "3/4 of the film is a chase.",
        "Nine out of ten dentists agree.",
        "He is in 1 of 5 films this year.",
        "1 of 5",
        "3/7",
        "12/10/2019",
        "Updated 8/10: a new cut",
        "Part 1/2",
        "87%",
        "100% pure",
        "Shot in 2.35:1, shown at 8:30.",
        "It took the film from a 10/10 down to a 9/10 for me.",
        "I would have given it 8/10 without the ending.",
        "The critics gave it 73 out of 100 based on 38 reviews.",
        "It has an average rating of 7.6/10.",
        "User rating: 8/10",
        "It holds 8/10 on IMDb.",
        "Story 8/10, sound 7/10",
        "The film stars four stars of the stage.",
        "This is a 5-star hotel.",
        "* * *",
        "★ Menu",
        "Made with ❤ by a friend",
        "❤❤❤ so good",
        "Recommended",
        "Plan B- the sequel",
        "She got an A in maths.",
        "Rated R for violence",
        "Rating: PG-13",
        "Rating: 15",
        "Score by Clint Mansell",
        "Top 10 of the year",
        "Episode 4/10 was strong",
        "I give it 3 more years.",
        "I give it 2, maybe 3 weeks before it leaves cinemas.",
        "I give it a 5 for effort, but a 2 for the plot.",
        "I give it a 9 for gore.",
        "I give it a 4, and not a point more, out of 5.",
        "From me, 9 out of 10 people would get it.",
        "Overall gore: 9/10.",
        "Verdict: 9/10, says my wife.",
        "Fazit: 9/10, sagt meine Frau.",
        "Score: not a 9/10.",
        "Wertung: kein 9/10.",
        "I give it a 2 minute head start.",
        "I give it a 50/50 chance.",
        "I give it 15.",
    ],
)
def test_nothing_is_found_where_nothing_is_given(text):
    assert found(text) == []


def test_a_text_known_to_be_a_rating_gives_the_one_it_holds():
    text = "Our film of the week, a solid 4 stars"
    assert found(text) == []
    assert found(text, Hint(label="rating")) == [("4 stars", 4, None)]


@pytest.mark.parametrize(
    ("name", "value", "best", "unit"),
    [
        ("stars35.gif", 3.5, None, Unit.STARS),
        ("https://www.films.example/img/stars35.gif?v=2", 3.5, None, Unit.STARS),
        ("stars stars-35", 3.5, None, Unit.STARS),
        ("rating-4_5", 4.5, None, Unit.POINTS),
        ("rating45", 4.5, None, Unit.POINTS),
        ("rating-10", 10, None, Unit.POINTS),
        ("star_4.5.png", 4.5, None, Unit.STARS),
        ("4stars", 4, None, Unit.STARS),
        ("four-stars", 4, None, Unit.STARS),
        ("three-and-a-half-stars.png", 3.5, None, Unit.STARS),
        ("starRating4", 4, None, Unit.STARS),
        ("3-of-5-stars", 3, 5, Unit.STARS),
        ("zero-stars.gif", 0, None, Unit.STARS),
    ],
)
def test_names_that_say_one_thing(name, value, best, unit):
    rating = rating_from_name(name)
    assert (rating.value, rating.best, rating.unit) == (value, best, unit)
    assert rating.raw in name


@pytest.mark.parametrize(
    "name",
    [
        "star10.png",
        "star5.png",
        "stars-40",
        "stars-0",
        "rating-0",
        "rating75",
        "rating-4-5",
        "stars",
        "rating",
        "star-wars-4.jpg",
        "five-star-hotel.jpg",
        "6-of-5-stars",
        "stars-3 stars-4",
        "a-b-plus.png",
        "étoiles-4",
        "",
        "/",
    ],
)
def test_names_that_may_mean_two_things(name):
    assert rating_from_name(name) is None


def test_grades_in_names():
    assert letter_of(rating_from_name("/img/grade-b-plus.png")) == "B+"
    assert letter_of(rating_from_name("grade_A.gif")) == "A"
    assert rating_from_name("grade-5.png") is None


@pytest.mark.parametrize(("style", "value"), [("width:70%", 70), ("display:block; width: 87.5% ;color:red", 87.5)])
def test_bars(style, value):
    rating = rating_from_width(style)
    assert (rating.value, rating.best, rating.unit) == (value, 100, Unit.PERCENT)
    assert rating.raw in style


@pytest.mark.parametrize("style", ["width:0%", "width:120%", "width:70px", "max-width:70%", "width:70%;width:20%", ""])
def test_bars_that_say_nothing(style):
    assert rating_from_width(style) is None


@pytest.mark.parametrize(
    ("states", "value", "best"),
    [
        (["star-full", "star-full", "star-half", "star-empty"], 2.5, 4),
        (["fa fa-star", "fa fa-star", "fa fa-star-o"], 2, 3),
        (["fas fa-star", "fas fa-star", "far fa-star"], 2, 3),
        (["/i/star_on.gif", "/i/star_on.gif", "/i/star_off.gif"], 2, 3),
        (["#star-full", "#star-full", "#star-full"], 3, None),
        (["star-gold", "star-gold", "star-half-empty"], 2.5, None),
    ],
)
def test_icons(states, value, best):
    rating = count_icons(states)
    assert (rating.value, rating.best, rating.unit) == (value, best, Unit.STARS)


@pytest.mark.parametrize(
    "states",
    [
        [],
        ["star-full"],
        ["star", "star", "star"],
        ["star-off"] * 5,
        ["star-off", "star-on"],
        ["star-half", "star-half"],
        ["star-full", "star-quarter", "star-empty"],
        ["star-full", "star", "star-empty"],
        ["star-on-off", "star-off"],
        ["star-full"] * 40,
    ],
)
def test_icons_that_say_nothing(states):
    assert count_icons(states) is None


def test_icons_of_hearts_are_no_stars():
    assert count_icons(["heart-full", "heart-empty"]).unit is Unit.OTHER


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=6))
def test_any_name_is_read_or_left(text, states):
    for rating in (rating_from_name(text), rating_from_width(text), count_icons(states)):
        assert rating is None or rating.value is None or 0 <= rating.value <= (rating.best or 100)
