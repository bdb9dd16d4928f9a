"""The rows of each CSV table, as dicts by column name; the columns themselves are listed in data/tables.toml."""

from collections.abc import Iterator, Mapping
from typing import Any

from aggregator.resolve.names import person_key

Row = dict[str, Any]
Record = Mapping[str, Any]


def film_row(film: Record) -> Row:
    """The row of table films."""
    score = film["score"] or {}
    low, high = score.get("interval") or (None, None)
    row = {name: film[name] for name in _FILM_FIELDS}
    row |= {f"score_{name}": score.get(name) for name in _SCORE_FIELDS}
    return row | {
        "directors": [credit["name"] for credit in film["credits"] if credit["role"] == "director"],
        "certificates": _certificates(film),
        "disagreements": sorted(film["disagreements"]),
        "review_count": len(film["reviews"]),
        "score_interval_low": low,
        "score_interval_high": high,
    }


_FILM_FIELDS = (
    "id", "title", "original_title", "alternative_titles", "year", "runtime_minutes", "genres", "countries",
    "same_as", "redirects_from",
)  # fmt: skip
_SCORE_FIELDS = ("profile", "mean", "median", "n", "n_unscored", "positive_share", "spread")


def _certificates(record: Record) -> list[str]:
    return [
        f"{one['code']} ({'/'.join(one['systems'])})" if one["systems"] else one["code"]
        for one in record["certificates"]
    ]


def review_row(review: Record, film_id: str | None) -> Row:
    """The row of table reviews."""
    film = review["film"]
    row = {name: review[name] for name in _REVIEW_FIELDS}
    return row | {
        "film_id": film_id,
        "film_title": film["title"],
        "film_original_title": film["original_title"],
        "film_year": film["year"],
        "score": (review["rating"] or {}).get("score"),
        "certificates": _certificates(review),
        "comments_count": len(review["comments"]),
        "copies": [copy["url"] for copy in review["copies"]],
        "versions": len(review["versions"]),
    }


_REVIEW_FIELDS = (
    "id", "url", "canonical_url", "source", "outlet", "headline", "critics", "published", "modified", "fetched_at",
    "language", "access", "status", "rating_status", "runtime_minutes", "genres", "countries", "spoilers", "excerpt",
    "body", "comments_declared",
)  # fmt: skip


def credit_rows(review: Record, film: Record | None) -> Iterator[Row]:
    """The rows of table credits; `person` is the spelling of the film's merged credits."""
    spellings = {(one["role"], person_key(one["name"])): one["name"] for one in (film or {}).get("credits", ())}
    for place, credit in enumerate(review["credits"], 1):
        person = spellings.get((credit["role"], person_key(credit["name"])), credit["name"])
        yield {**_keys(f"credit-{place}", review, film), **credit, "person": person}


def comment_rows(review: Record, film: Record | None) -> Iterator[Row]:
    """The rows of table comments; a page's own ids are made unique by the review's."""
    known = {comment["id"] for comment in review["comments"]}
    used: set[str] = set()
    for place, comment in enumerate(review["comments"], 1):
        name = comment["id"] if comment["id"] not in used else f"{comment['id']}~{place}"
        used.add(name)
        parent = comment["parent"] if comment["parent"] in known else None
        yield {
            **comment,
            **_keys(f"comment-{name}", review, film),
            "parent": f"{review['id']}.comment-{parent}" if parent is not None else None,
        }


def rating_rows(review: Record, film: Record | None) -> Iterator[Row]:
    """The rows of table ratings."""
    if review["rating"]:
        yield {**_NO_RATING, **review["rating"], **_keys("critic", review, film), "kind": "critic"}
    for place, other in enumerate(review["other_ratings"], 1):
        yield {**_NO_RATING, **other, **_keys(f"other-{place}", review, film), "kind": "other"}
    if review["audience_rating"]:
        yield {**_NO_RATING, **review["audience_rating"], **_keys("audience", review, film), "kind": "audience"}


_NO_RATING = dict.fromkeys(
    ("name", "raw", "value", "worst", "best", "unit", "count", "scale_from", "score", "score_profile")
)


def _keys(part: str, review: Record, film: Record | None) -> Row:
    return {"id": f"{review['id']}.{part}", "film_id": film["id"] if film else None, "review_id": review["id"]}
