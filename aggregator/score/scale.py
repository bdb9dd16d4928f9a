"""One rating on 0..100 under a named profile; letter tables stand in `data/letters.toml`, a new one is a new table."""

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from aggregator.errors import UsageError
from aggregator.model.review import Rating, Unit
from aggregator.notation.ratings import letter_of

LINEAR = "linear"
LETTERS = "metacritic"
"""The table for letters when the profile names none."""
_NUMERIC = (Unit.STARS, Unit.POINTS, Unit.PERCENT)


def score(rating: Rating, profile: str = LINEAR) -> tuple[float, str] | None:
    """The rating as (score 0..100, name of the conversion used), None when it has no known scale.

    Stars, points and percent are value / best * 100 ("linear"), whatever the profile; a stated `worst` is kept
    in the record but not used. A percent sign is its own scale of 100. Letters go by the profile's table,
    "linear" meaning "metacritic". A value outside its scale has no score: nothing is cut to fit. UsageError for
    a profile that does not exist.
    """
    if profile not in profiles():
        raise UsageError(f"no score profile {profile!r}: known are {' '.join(profiles())}")
    if rating.unit is Unit.LETTER:
        table = LETTERS if profile == LINEAR else profile
        grade = letter_of(rating)
        points = _tables()[table].get(grade) if grade else None
        return None if points is None else (points, table)
    if rating.unit not in _NUMERIC or rating.value is None:
        return None
    best = 100.0 if rating.unit is Unit.PERCENT and rating.best is None else rating.best
    return _linear(rating.value, best)


def profiles() -> tuple[str, ...]:
    """Names of all conversions, "linear" first."""
    return (LINEAR, *_tables())


def _linear(value: float, best: float | None) -> tuple[float, str] | None:
    if best is None or not math.isfinite(value) or not math.isfinite(best) or not 0 <= value <= best or best <= 0:
        return None
    # ratings have few digits; rounding hides the noise of the division
    return round(100 * value / best, 4), LINEAR


@cache
def _tables() -> Mapping[str, Mapping[str, float]]:
    text = files("aggregator.score").joinpath("data/letters.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return MappingProxyType({name: MappingProxyType({k: float(v) for k, v in t.items()}) for name, t in raw.items()})
