from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.score.history import histories, with_scale


def rating(value: float | None, best: float | None = None, unit: str = "stars") -> dict[str, Any]:
    return {
        "raw": "x",
        "value": value,
        "worst": None,
        "best": best,
        "unit": unit,
        "scale_from": "page" if best else None,
    }


def given_by(source: str, *values: float, best: float | None = None, unit: str = "stars") -> list[tuple[str, Any]]:
    return [(source, rating(value, best, unit)) for value in values]


FIVE = [5, 5, 4.5, 4, 4, 3.5, 3, 3, 2.5, 2, 1] * 3
FOUR = [4, 4, 3.5, 3.5, 3, 3, 2.5, 2, 1.5, 1] * 10
TEN = [10, 9, 8.5, 8, 7, 7, 6, 5, 4, 3] * 6


def best_of(*ratings: tuple[str, Any], unit: str = "stars") -> float | None:
    found = histories(ratings).get(("s", unit))
    return found.best if found else None


def test_five_given_and_never_more() -> None:
    assert best_of(*given_by("s", *FIVE)) == 5
    assert best_of(*given_by("s", *FIVE[:29])) is None
    assert best_of(*given_by("s", *FIVE, 5.5)) is None
    assert best_of(*given_by("s", *FIVE, 8)) is None
    assert best_of(*given_by("s", *FIVE, 3.7)) is None  # no half steps: an average, or another scale
    assert best_of(*given_by("s", *(min(value, 4.5) for value in FIVE))) is None  # nobody gave the highest mark


def test_four_often_and_never_more_needs_more() -> None:
    assert best_of(*given_by("s", *FOUR)) == 4
    assert best_of(*given_by("s", *FOUR[:99])) is None
    assert best_of(*given_by("s", *FOUR, 4.5)) is None
    assert best_of(*given_by("s", *[3, 2.5, 2, 1] * 40, 4, 4)) is None


def test_ten_and_a_hundred() -> None:
    assert best_of(*given_by("s", *TEN)) == 10
    assert best_of(*given_by("s", *TEN, unit="points"), unit="points") == 10
    assert best_of(*given_by("s", *(10 * value for value in TEN), unit="points"), unit="points") == 100
    assert best_of(*given_by("s", *(2 * value for value in TEN), unit="points"), unit="points") is None


def test_what_the_source_writes_out_at_other_times() -> None:
    stated = given_by("s", 3, 4, 2, 5, 1, best=6)
    assert best_of(*stated, *given_by("s", 4)) == 6
    assert best_of(*stated[:4], *given_by("s", 4)) is None
    assert best_of(*stated, *given_by("s", 7)) is None
    assert best_of(*stated, *given_by("s", 3, best=5), *given_by("s", *FIVE)) is None  # it has had two scales
    assert best_of(*given_by("s", 1, 2, 3, 4, 5, best=6, unit="points"), *given_by("s", 4)) is None


def test_a_value_beyond_all_that_the_source_writes_out_leaves_the_scale_unknown() -> None:
    stated = given_by("s", *[80] * 20, best=100, unit="points")
    assert best_of(*stated, *given_by("s", 8.5, unit="points"), unit="points") is None
    assert best_of(*stated, *given_by("s", 80, 85, unit="points"), unit="points") is None
    assert best_of(*stated, *given_by("s", 80, unit="points"), unit="points") == 100


def test_sources_are_judged_one_by_one() -> None:
    found = histories([*given_by("s", *FIVE), *given_by("t", 8, 9), *given_by("", *FIVE), ("u", None)])
    assert set(found) == {("s", "stars")}


def test_a_rating_without_a_scale_gets_it_and_says_from_where() -> None:
    known = histories(given_by("s", *FIVE))
    review = {"id": "x", "rating": rating(3.5), "evidence": {"rating.value": {"rule": "r"}}}
    found = with_scale(review, known, "s")
    assert (found["rating"]["best"], found["rating"]["scale_from"]) == (5, "history")
    assert found["evidence"]["rating.best"]["raw"] == "33 ratings of this source end at 5, 6 from 5 on"
    assert review["rating"]["best"] is None
    for other in (rating(3.5, 4), rating(3.5, unit="points"), rating(None), None, rating(3.5) | {"worst": 1.0}):
        assert with_scale(review | {"rating": other}, known, "s")["rating"] == other
    assert with_scale(review, known, "t")["rating"]["best"] is None


@given(
    st.lists(
        st.tuples(st.sampled_from([0.5, 1, 2, 3.5, 4, 4.5, 5, 7, 10]), st.sampled_from([None, 5, 10])), max_size=150
    )
)
def test_no_scale_is_below_a_value_and_order_does_not_matter(values: list[tuple[float, float | None]]) -> None:
    ratings = [("s", rating(value, best)) for value, best in values]
    found = histories(ratings)
    assert histories(ratings[::-1]) == found
    for one in found.values():
        assert all(value <= one.best for value, best in values if best is None)
        assert {best for _, best in values if best is not None} <= {one.best}


@pytest.mark.parametrize("value", [-1, 0])
def test_below_nothing_there_is_no_scale(value: float) -> None:
    assert (best_of(*given_by("s", *FIVE, value)) == 5) is (value == 0)
