"""From a rating to 0..100, or to nothing where the scale is not known."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import UsageError
from aggregator.model.review import Rating, Unit
from aggregator.notation.ratings import parse_rating
from aggregator.score.scale import profiles, score


def rating(value=None, best=None, unit=Unit.STARS, raw="x", worst=None):
    return Rating(raw=raw, value=value, best=best, worst=worst, unit=unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3/5", 60),
        ("3.5/4", 87.5),
        ("0/5", 0),
        ("10/10", 100),
        ("2.5/3", 83.3333),
        ("★★★☆☆", 60),
        ("16/20", 80),
        ("87 %", 87),
        ("7 on a scale of 1 to 10", 70),
    ],
)
def test_numbers_are_linear(text, expected):
    assert score(parse_rating(text)) == (expected, "linear")


@pytest.mark.parametrize("text", ["3½ Stars - Good", "★★★★★", "5.5/5", "Two thumbs up", "❤❤❤💛"])
def test_no_scale_no_score(text):
    assert score(parse_rating(text)) is None


@pytest.mark.parametrize(
    ("raw", "metacritic", "school"),
    [("A+", 100, 97), ("A minus", 92, 87), ("C", 50, 70), ("D-", 17, 57), ("F", 0, 40)],
)
def test_letters_by_named_table(raw, metacritic, school):
    grade = rating(unit=Unit.LETTER, raw=raw)
    assert score(grade) == (metacritic, "metacritic")
    assert score(grade, "metacritic") == (metacritic, "metacritic")
    assert score(grade, "school") == (school, "school")


def test_a_grade_no_table_names_has_no_score():
    assert score(rating(unit=Unit.LETTER, raw="F+")) is None


def test_numbers_are_linear_under_every_profile():
    assert {score(rating(3, 5), profile) for profile in profiles()} == {(60, "linear")}


def test_a_stated_worst_is_not_used():
    assert score(rating(1, 5, worst=1)) == (20, "linear")


def test_house_units_words_and_thumbs_have_no_score():
    for unit in (Unit.OTHER, Unit.WORD, Unit.THUMB):
        assert score(rating(3, 5, unit)) is None


def test_outside_the_scale_is_not_cut_to_fit():
    assert score(rating(5.5, 5)) is None
    assert score(rating(-1, 5)) is None
    assert score(rating(3, 0)) is None


def test_an_unknown_profile_is_named():
    with pytest.raises(UsageError, match=r"'stars'.*linear metacritic school"):
        score(rating(3, 5), "stars")


ENDS = st.one_of(st.none(), st.floats(-200, 2000), st.floats(allow_nan=False, allow_infinity=False))


@given(st.one_of(st.none(), st.floats(-100, 1000)), ENDS, ENDS, st.sampled_from(Unit), st.sampled_from(profiles()))
def test_a_score_is_finite_and_in_range(value, best, worst, unit, profile):
    found = score(rating(value, best, unit, "B+", worst), profile)
    assert found is None or (math.isfinite(found[0]) and 0 <= found[0] <= 100)


@given(st.sampled_from([4.0, 5.0, 6.0, 10.0, 100.0]), st.data())
def test_a_higher_value_has_a_higher_score(best, data):
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, int(best * 2))] * 2)))
    assert score(rating(low / 2, best))[0] <= score(rating(high / 2, best))[0]
