import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import UsageError
from aggregator.model import Score
from aggregator.score.film import film_score, headline, prior_of, profiles, student_t, with_score


def rated(*scores: float | None) -> list[dict[str, float | None] | None]:
    return [{"score": score} for score in scores]


def test_figures_by_hand() -> None:
    found = film_score([*rated(80, 60, 100, 40), None, {"score": None}])
    assert found == {
        "profile": "linear-v1",
        "mean": 70.0,
        "median": 70.0,
        "n": 4,
        "n_unscored": 2,
        "positive_share": 0.75,
        "spread": 22.36,
        "interval": [28.92, 100.0],  # 70 ± 3.182 * 25.82 / 2, cut at 100
        "distribution": {"0-19": 0, "20-39": 0, "40-59": 1, "60-79": 1, "80-100": 2},
    }


@pytest.mark.parametrize("scores", [(), (80,), (None, None), (80, None)])
def test_too_few_scores_are_no_score(scores: tuple[float | None, ...]) -> None:
    assert film_score(rated(*scores)) is None


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=2, max_size=40))
def test_any_scores_give_a_valid_record_that_adds_up(scores: list[float | None]) -> None:
    found = film_score(rated(*scores))
    known = [score for score in scores if score is not None]
    if len(known) < 2:
        assert found is None
        return
    assert found is not None
    Score.model_validate(found)
    assert sum(found["distribution"].values()) == found["n"] == len(known)
    assert found["n"] + found["n_unscored"] == len(scores)
    assert math.isclose(found["mean"], statistics.fmean(known), abs_tol=0.006)
    low, high = found["interval"]
    assert 0 <= low <= found["mean"] + 0.01
    assert found["mean"] - 0.01 <= high <= 100
    assert film_score(rated(*reversed(scores))) == found


def test_bins_take_their_lower_end() -> None:
    found = film_score(rated(19.99, 20, 79.99, 80, 100))
    assert found is not None
    assert found["distribution"] == {"0-19": 1, "20-39": 1, "40-59": 0, "60-79": 1, "80-100": 2}


def test_student_t_falls_towards_the_normal() -> None:
    points = [student_t(df) for df in range(1, 400)]
    assert points == sorted(points, reverse=True)
    assert points[0] == 12.706
    assert math.isclose(points[-1], statistics.NormalDist().inv_cdf(0.975), abs_tol=0.01)
    assert math.isclose(student_t(60), 2.000, abs_tol=0.001)
    assert math.isclose(student_t(120), 1.980, abs_tol=0.001)


def test_with_score_recomputes() -> None:
    known = {"raw": "3/4", "value": 3, "best": 4, "unit": "points", "score": 1.0, "score_profile": "old"}
    assert with_score(known) == known | {"score": 75.0, "score_profile": "linear"}
    unscaled = {"raw": "★★★½", "value": 3.5, "unit": "stars", "score": 70.0, "score_profile": "guess"}
    assert with_score(unscaled) == unscaled | {"score": None, "score_profile": None}
    assert with_score(None) is None


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(UsageError, match="'fancy': known are bayesian-v1 linear-v1"):
        film_score([], "fancy")


def test_every_profile_can_be_made_again() -> None:
    graded = [
        {"raw": letter, "value": None, "best": None, "unit": "letter", "score": None, "score_profile": None}
        for letter in ("A", "B-", "C+", "B", "A-")
    ]
    figures = {}
    for name in profiles():
        ratings = [with_score(rating, name) for rating in graded]
        found = film_score(ratings, name, prior_of(ratings))
        assert found is not None
        Score.model_validate(found)
        figures[name] = headline(found)
    assert figures == {
        "linear-v1": 78.4,  # (100 + 67 + 58 + 75 + 92) / 5
        "median-v1": 75.0,
        "positive-v1": 80.0,
        "metacritic-v1": 78.4,
        "school-v1": 81.4,  # (90 + 77 + 73 + 80 + 87) / 5
        "bayesian-v1": 78.4,
    }
    assert headline(None) is None


def test_a_bayesian_score_is_drawn_to_the_mean_of_all() -> None:
    found = film_score(rated(100, 90), "bayesian-v1", 60.0)
    assert found is not None
    assert (found["mean"], found["n"]) == (70.0, 2)  # (190 + 5 * 60) / 7
    alone = film_score(rated(100, 90), "bayesian-v1", None)
    assert alone is not None
    assert alone["mean"] == 95.0
    assert prior_of([None, {"score": None}]) is None


def test_each_profile_has_its_own_too_few() -> None:
    for name, profile in profiles().items():
        assert film_score(rated(*[50] * (profile.min_scored - 1)), name) is None
        assert film_score(rated(*[50] * profile.min_scored), name) is not None
