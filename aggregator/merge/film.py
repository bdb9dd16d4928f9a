"""The film record: titles, year, runtime by majority, everything else from its module; a new field is added here."""

from collections.abc import Sequence
from typing import Any

from aggregator.merge.lists import addresses, certificates, releases, words
from aggregator.merge.people import credits_of, spellings
from aggregator.merge.said import conflicts
from aggregator.merge.votes import Review, count, disagreement
from aggregator.resolve.names import title_key


def merge(film_id: str, reviews: Sequence[Review], redirects_from: Sequence[str] = ()) -> dict[str, Any]:
    """A Film of the contract as dict, `reviews` and `score` still empty, from reviews without their copies.

    The order of the reviews does not matter. At least one review must have a title.
    """
    disagreements: dict[str, list[dict[str, Any]]] = {}
    title, others = _titles(reviews)
    original = _majority(reviews, "original_title", disagreements)
    runtime = _majority(reviews, "runtime_minutes", disagreements)
    year = _majority(reviews, "year", disagreements)
    people = spellings(reviews)
    shown = {title_key(title), title_key(original) if original else ""}
    return {
        "id": film_id,
        "title": title,
        "original_title": original,
        "alternative_titles": [other for key, other in sorted(others.items()) if key not in shown],
        "year": year,
        "credits": credits_of(reviews, people),
        "runtime_minutes": runtime,
        "certificates": certificates(reviews),
        "releases": releases(reviews),
        "genres": words(reviews, "genres"),
        "countries": words(reviews, "countries"),
        "same_as": addresses(reviews),
        "redirects_from": list(redirects_from),
        "disagreements": disagreements | conflicts(reviews, people),
        "reviews": [],
        "score": None,
    }


def title_and_year(reviews: Sequence[Review]) -> tuple[str, int | None]:
    """Title and year as `merge` chooses them; of each review `id`, `published` and `film` are looked at."""
    return _titles(reviews)[0], _majority(reviews, "year", {})


def titles_of(review: Review) -> list[str]:
    """Every title that a review gives the film, its own first."""
    film = review.get("film") or {}
    titles = [film.get("title"), film.get("original_title"), *(film.get("alternative_titles") or [])]
    return [title for title in titles if title and title.strip()]


def _titles(reviews: Sequence[Review]) -> tuple[str, dict[str, str]]:
    """The title that most reviews use, whatever its language, and every title by key."""
    first = [(title_key(titles[0]), titles[0], review) for review in reviews if (titles := titles_of(review))]
    every = [(title_key(title), title, review) for review in reviews for title in titles_of(review)]
    title = next(iter(count(first).values())).value
    return title, {str(key): group.value for key, group in count(every).items()}


def _majority(reviews: Sequence[Review], name: str, disagreements: dict[str, list[dict[str, Any]]]) -> Any:
    """The value of a field that most reviews state; several values are written down."""
    votes = []
    for review in reviews:
        value = review.get(name) if name in review else (review.get("film") or {}).get(name)
        if value is not None:
            votes.append((title_key(value) if isinstance(value, str) else value, value, review))
    groups = count(votes)
    if found := disagreement(groups):
        disagreements[name] = found
    return next(iter(groups.values())).value if groups else None
