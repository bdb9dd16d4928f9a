"""Who says what on one field of a film: values with the ids of the reviews that state them, most reviews first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aggregator.merge.people import Key, spellings
from aggregator.merge.votes import Review, count, disagreement
from aggregator.resolve.names import person_key, title_key

_OF_THE_FILM = ("title", "original_title", "year")
_OF_THE_REVIEW = ("runtime_minutes",)
_LISTS = ("genres", "countries")

Said = list[dict[str, Any]]


def said(reviews: Sequence[Review]) -> dict[str, Said]:
    """Field to [{"value", "reviews"}] for every field that any review states; people under `credits.ROLE`.

    Certificates stand under their system, `certificates.us-mpa`; those that may be of several under
    `certificates.?`.
    """
    votes: dict[str, list[tuple[Any, Any, Review]]] = {}
    same = spellings(reviews)
    for review in reviews:
        for name, key, value in _stated(review):
            one = same[name.removeprefix("credits."), key] if name.startswith("credits.") else key
            votes.setdefault(name, []).append((one, value, review))
    return {
        name: [{"value": group.value, "reviews": group.reviews} for group in count(stated).values()]
        for name, stated in sorted(votes.items())
    }


def _stated(review: Review) -> list[tuple[str, Any, Any]]:
    """(field, key under which spellings fall together, value) for each value that a review states."""
    film = review.get("film") or {}
    single = [(name, film.get(name)) for name in _OF_THE_FILM] + [(name, review.get(name)) for name in _OF_THE_REVIEW]
    found = [
        (name, title_key(value) if isinstance(value, str) else value, value)
        for name, value in single
        if value is not None
    ]
    found += [(name, word.casefold(), word) for name in _LISTS for word in review.get(name) or []]
    found += [
        (f"credits.{credit['role']}", person_key(credit["name"]), credit["name"])
        for credit in review.get("credits") or []
    ]
    return [*found, *_certified(review)]


def _certified(review: Review) -> Iterator[tuple[str, Any, Any]]:
    for one in review.get("certificates") or []:
        systems = one.get("systems") or []
        yield f"certificates.{systems[0] if len(systems) == 1 else '?'}", one["code"], one["code"]


def conflicts(reviews: Sequence[Review], same: Mapping[Key, Key]) -> dict[str, Said]:
    """Fields on which reviews cannot all be right: two certificates of one system, directors with nobody in common.

    `same` are the `spellings` of the reviews' people.
    """
    votes: dict[str, list[tuple[Any, Any, Review]]] = {}
    for review in reviews:
        for name, key, value in _certified(review):
            votes.setdefault(name, []).append((key, value, review))
    found = {
        name: disagreement(groups)
        for name, stated in sorted(votes.items())
        if not name.endswith("?") and len(groups := count(stated)) > 1
    }
    directed = _directors(reviews, same)
    if len(directed) > 1:
        found["credits.director"] = directed
    return found


def _directors(reviews: Sequence[Review], same: Mapping[Key, Key]) -> Said:
    """The directors as each review has them, when some reviews name nobody that most name; else nothing."""
    votes = []
    for review in reviews:
        named: Mapping[Any, str] = {
            same["director", person_key(credit["name"])]: credit["name"]
            for credit in review.get("credits") or []
            if credit["role"] == "director"
        }
        if named:
            votes.append((frozenset(named), ", ".join(named.values()), review))
    groups = count(votes)
    if not groups:
        return []
    first = next(iter(groups))
    apart = {key: group for key, group in groups.items() if key == first or not key & first}
    return disagreement(apart)
