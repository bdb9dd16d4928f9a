"""Critics over the whole dataset: who they write for, how much, and how they mark beside others."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aggregator.resolve.names import person_key

Review = Mapping[str, Any]


@dataclass(slots=True)
class _Critic:
    spellings: dict[str, int] = field(default_factory=dict)
    outlets: dict[str, int] = field(default_factory=dict)
    reviews: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    apart: list[float] = field(default_factory=list)


def critics(placed: Iterable[tuple[str | None, Review]]) -> list[dict[str, Any]]:
    """One row a critic, from (film id, Review) pairs; most reviews first.

    {"name", "outlets": [most reviews first], "reviews", "scored", "mean", "against_others", "first", "last",
    "review_ids"}: `mean` of the scores given (0..100), `against_others` how far they lie above what other critics
    give the same films on average; both null when there is nothing to count. One name is one critic, whatever the
    outlet; a review by two counts for both.
    """
    every = list(placed)
    totals: dict[str, list[float]] = {}
    for film, review in every:
        score = _score(review)
        if film and score is not None:
            totals.setdefault(film, []).append(score)
    found: dict[str, _Critic] = {}
    for film, review in every:
        others = totals.get(film or "", [])
        for name in review.get("critics") or []:
            _count(found.setdefault(person_key(name), _Critic()), name, review, others)
    rows = [_row(critic) for _, critic in sorted(found.items())]
    return sorted(rows, key=lambda row: (-row["reviews"], person_key(row["name"])))


def _score(review: Review) -> float | None:
    return (review.get("rating") or {}).get("score")


def _count(critic: _Critic, name: str, review: Review, film_scores: list[float]) -> None:
    critic.spellings[name] = critic.spellings.get(name, 0) + 1
    outlet = review.get("outlet") or review.get("source")
    if outlet:
        critic.outlets[outlet] = critic.outlets.get(outlet, 0) + 1
    critic.reviews.append(str(review["id"]))
    if review.get("published"):
        critic.dates.append(str(review["published"])[:10])
    score = _score(review)
    if score is not None:
        critic.scores.append(score)
        if len(film_scores) > 1:
            rest = (math.fsum(film_scores) - score) / (len(film_scores) - 1)
            critic.apart.append(score - rest)


def _row(critic: _Critic) -> dict[str, Any]:
    return {
        "name": _most(critic.spellings)[0],
        "outlets": _most(critic.outlets),
        "reviews": len(critic.reviews),
        "scored": len(critic.scores),
        "mean": _mean(critic.scores),
        "against_others": _mean(critic.apart),
        "first": min(critic.dates, default=None),
        "last": max(critic.dates, default=None),
        "review_ids": sorted(critic.reviews),
    }


def _most(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def _mean(values: list[float]) -> float | None:
    return round(math.fsum(values) / len(values), 2) if values else None
