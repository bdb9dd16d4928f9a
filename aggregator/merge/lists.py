"""Fields that are unions over reviews: genres, countries, certificates, releases, addresses elsewhere."""

from collections.abc import Sequence
from typing import Any

from aggregator.merge.votes import Review, count


def words(reviews: Sequence[Review], name: str) -> list[str]:
    """Genres or countries, those that most reviews name first; case does not count."""
    votes = [(word.casefold(), word, review) for review in reviews for word in review.get(name) or []]
    return [str(group.value) for group in count(votes).values()]


def certificates(reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Every certificate by code and systems; raw text and reason are those most reviews give."""
    stated = [(one, review) for review in reviews for one in review.get("certificates") or []]
    votes = [((one["code"], tuple(sorted(one.get("systems") or []))), one["raw"], review) for one, review in stated]
    found = sorted(count(votes).items(), key=lambda item: item[0])
    reasons: dict[tuple[str, tuple[str, ...]], str] = {}
    for (key, _), group in count(
        ((key, one["reason"].casefold()), one["reason"], review)
        for (one, review), (key, _, _) in zip(stated, votes, strict=True)
        if one.get("reason")
    ).items():
        reasons.setdefault(key, group.value)
    return [
        {"raw": group.value, "code": key[0], "systems": list(key[1]), "reason": reasons.get(key)}
        for key, group in found
    ]


def releases(reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Every release by date, territory and kind, earliest first; a distributor is taken from whoever names one."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for review in sorted(reviews, key=lambda one: one["id"]):
        for release in review.get("releases") or []:
            key = (str(release.get("date") or ""), str(release.get("territory") or ""), str(release.get("kind") or ""))
            held = found.setdefault(key, dict(release))
            for name, value in release.items():
                if held.get(name) is None:
                    held[name] = value
    return [found[key] for key in sorted(found)]


def addresses(reviews: Sequence[Review]) -> list[str]:
    """Where else the film has a page, sorted."""
    return sorted({url for review in reviews for url in (review.get("film") or {}).get("same_as") or []})
