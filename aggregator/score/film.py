"""What critics together make of a film: a named profile of plain statistics; add a profile to data/profiles.toml."""

import math
import statistics
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from aggregator.errors import UsageError
from aggregator.model import Rating
from aggregator.score import scale

BINS = ((0, "0-19"), (20, "20-39"), (40, "40-59"), (60, "60-79"), (80, "80-100"))
"""Lower ends of the bins of the distribution; a score belongs to the last bin that it reaches."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a film's score is made; the fields are explained in data/profiles.toml."""

    figure: Literal["mean", "median", "positive", "bayesian"]
    letters: str
    min_scored: int
    positive_from: float
    weight: float = 0.0


DEFAULT = "linear-v1"


@cache
def profiles() -> Mapping[str, Profile]:
    """Every profile by name."""
    text = files("aggregator.score").joinpath("data/profiles.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: Profile(**table) for name, table in tomllib.loads(text).items()})


def profile_of(name: str) -> Profile:
    """The profile of that name; UsageError lists the known ones."""
    try:
        return profiles()[name]
    except KeyError:
        raise UsageError(f"no score profile {name!r}: known are {' '.join(sorted(profiles()))}") from None


def prior_of(ratings: Iterable[Mapping[str, Any] | None]) -> float | None:
    """The mean of all scores given to any film, which a bayesian profile gives every film beforehand; or null."""
    scores = [rating["score"] for rating in ratings if rating and rating.get("score") is not None]
    return round(math.fsum(scores) / len(scores), 4) if scores else None


def headline(score: Mapping[str, Any] | None) -> float | None:
    """The one figure (0..100) that a Score's profile is about; null for a film with too few scored reviews."""
    if score is None:
        return None
    figure = profile_of(score["profile"]).figure
    if figure == "positive":
        return round(100 * float(score["positive_share"]), 2)
    return float(score["median" if figure == "median" else "mean"])


def with_score(rating: Mapping[str, Any] | None, profile: str = DEFAULT) -> dict[str, Any] | None:
    """A copy of a rating with `score` and `score_profile` filled, both null when its scale is not known."""
    if rating is None:
        return None
    letters = profile_of(profile).letters
    found = scale.score(Rating.model_validate(rating), scale.LINEAR if letters == scale.LETTERS else letters)
    points, name = found or (None, None)
    return {**rating, "score": points, "score_profile": name}


def film_score(
    ratings: Iterable[Mapping[str, Any] | None], profile: str = DEFAULT, prior: float | None = None
) -> dict[str, Any] | None:
    """A Score of the contract, as dict, from the ratings of all reviews (null where a review has none).

    Reviews that are gone from their page count: the critic gave that rating. Copies are folded before.

    mean and median on 0..100; positive_share on 0..1; spread is the population's standard deviation; interval
    is the 95% confidence interval of the mean by Student's t, cut to 0..100. Figures have two decimals,
    positive_share four. The mean of a bayesian profile is drawn towards `prior` (`prior_of` all ratings):
    (sum + weight * prior) / (n + weight). Null when fewer than `min_scored` ratings have a score.
    """
    rules = profile_of(profile)
    every = list(ratings)
    scores = sorted(rating["score"] for rating in every if rating and rating.get("score") is not None)
    if len(scores) < rules.min_scored:
        return None
    positive = sum(1 for points in scores if points >= rules.positive_from)
    return {
        "profile": profile,
        "mean": round(_mean(scores, rules, prior), 2),
        "median": round(statistics.median(scores), 2),
        "n": len(scores),
        "n_unscored": len(every) - len(scores),
        "positive_share": round(positive / len(scores), 4),
        "spread": round(statistics.pstdev(scores), 2) if len(scores) > 1 else None,
        "interval": _interval(scores),
        "distribution": _distribution(scores),
    }


def _mean(scores: Sequence[float], rules: Profile, prior: float | None) -> float:
    weight = 0.0 if prior is None or rules.figure != "bayesian" else rules.weight
    return (math.fsum(scores) + weight * (prior or 0.0)) / (len(scores) + weight)


def _interval(scores: Sequence[float]) -> list[float] | None:
    if len(scores) < 2:
        return None
    mean = math.fsum(scores) / len(scores)
    reach = student_t(len(scores) - 1) * statistics.stdev(scores) / math.sqrt(len(scores))
    return [round(max(0.0, mean - reach), 2), round(min(100.0, mean + reach), 2)]


def student_t(df: int) -> float:
    """The two-sided 95% point of Student's t for `df` degrees of freedom."""
    return _t_table().get(df) or 1.960 + 2.40 / df


@cache
def _t_table() -> dict[int, float]:
    text = files("aggregator.score").joinpath("data/student_t.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {int(df): float(point) for df, point in rows}


def _distribution(scores: Iterable[float]) -> dict[str, int]:
    counts = {name: 0 for _, name in BINS}
    for points in scores:
        name = next(name for start, name in reversed(BINS) if points >= start)
        counts[name] += 1
    return counts
