"""A source's own scale, from all the ratings it has given: only where they leave no doubt.

"3½ stars" says not out of how many. A source that elsewhere writes "4/5" every time, or whose hundreds of ratings
go up to 5 in half steps and never beyond, has told. A rule is a line in data/history.toml; sources are judged one
by one and unit by unit, and every doubt leaves the scale unknown.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_UNITS = ("stars", "points")


@dataclass(frozen=True, slots=True)
class Rule:
    """When a source's unscaled ratings are out of `best`.

    At least `ratings` of them, all multiples of `step`, none above `best`, and at least the share `top_share` (and
    at least two) from `top` on.
    """

    unit: str
    best: float
    step: float
    ratings: int
    top: float
    top_share: float


@dataclass(frozen=True, slots=True)
class History:
    """The scale of a source for one unit, and in words what shows it."""

    source: str
    unit: str
    best: float
    because: str


@cache
def _table() -> tuple[int, tuple[Rule, ...]]:
    table = tomllib.loads(files("aggregator.score").joinpath("data/history.toml").read_text(encoding="utf-8"))
    return int(table["stated"]["ratings"]), tuple(Rule(**rule) for rule in table["rule"])


def histories(ratings: Iterable[tuple[str, Mapping[str, Any] | None]]) -> dict[tuple[str, str], History]:
    """(source, unit) to its scale, from (source, rating) of every review; those in doubt are left out."""
    unscaled: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    stated: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for source, rating in ratings:
        if not source or not rating or rating.get("unit") not in _UNITS or rating.get("value") is None:
            continue
        key = (source, str(rating["unit"]))
        if rating.get("best") is None:
            unscaled[key].append(float(rating["value"]))
        else:
            stated[key].append((float(rating["value"]), float(rating["best"])))
    found = {}
    for key, values in unscaled.items():
        judged = _stated(stated[key], values) if stated[key] else _seen(key[1], values)
        if judged is not None:
            found[key] = History(*key, *judged)
    return found


def _stated(stated: list[tuple[float, float]], values: list[float]) -> tuple[float, str] | None:
    """The scale that the source writes out at other times, when it is always the same one.

    No value may be lower or higher than those that it writes out: 8.5 beside 70 and 90 of 100 is out of ten.
    """
    marks, bests = zip(*stated, strict=True)
    least, most = max(0, min(marks)), min(max(marks), bests[0])
    if len(set(bests)) != 1 or len(stated) < _table()[0] or not all(least <= value <= most for value in values):
        return None
    best, times = bests[0], len(stated)
    return best, f"{times} other ratings of this source say out of {best:g}, none says otherwise"


def _seen(unit: str, values: list[float]) -> tuple[float, str] | None:
    able = [rule for rule in _table()[1] if rule.unit == unit and _fits(rule, values)]
    if len(able) != 1:
        return None
    (rule,) = able
    tops = sum(1 for value in values if value >= rule.top)
    return rule.best, f"{len(values)} ratings of this source end at {max(values):g}, {tops} from {rule.top:g} on"


def _fits(rule: Rule, values: list[float]) -> bool:
    if len(values) < rule.ratings or not all(0 <= value <= rule.best for value in values):
        return False
    if any(abs(value / rule.step - round(value / rule.step)) > 1e-9 for value in values):
        return False
    tops = sum(1 for value in values if value >= rule.top)
    return tops >= max(2, rule.top_share * len(values))


def with_scale(data: Mapping[str, Any], known: Mapping[tuple[str, str], History], source: str) -> dict[str, Any]:
    """A copy of a Review whose rating has the scale of its source's history, where the page states none."""
    rating = data.get("rating")
    changed = dict(data)
    if not rating or rating.get("value") is None or rating.get("best") is not None or rating.get("worst") is not None:
        return changed
    history = known.get((source, str(rating.get("unit"))))
    if history is None:
        return changed
    changed["rating"] = {**rating, "best": float(history.best), "scale_from": "history"}
    proof = {"rule": "history", "locator": f"source:{source}", "raw": history.because, "tier": "history"}
    changed["evidence"] = {**(data.get("evidence") or {}), "rating.best": proof}
    return changed
