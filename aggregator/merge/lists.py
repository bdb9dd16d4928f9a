"""Fields that are unions over reviews: genres, countries, certificates, releases, addresses elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aggregator.merge.votes import Review, count


def words(reviews: Sequence[Review], name: str) -> list[str]:
    """Genres or countries, those that most reviews name first; case does not count."""
    votes = [(word.casefold(), word, review) for review in reviews for word in review.get(name) or []]
    return [str(group.value) for group in count(votes).values()]


def certificates(reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Every certificate by code and systems; raw text and reason are those most reviews give.

    A bare code that may be of several systems counts for the one of them that another review states with this code.
    """
    stated = [(one, review) for review in reviews for one in review.get("certificates") or []]
    keys = _certificate_keys(one for one, _ in stated)
    votes = [(keys[_certificate_key(one)], one["raw"], review) for one, review in stated]
    found = sorted(count(votes).items(), key=lambda item: item[0])
    reasons: dict[CertificateKey, str] = {}
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


CertificateKey = tuple[str, tuple[str, ...]]


def _certificate_key(one: Mapping[str, Any]) -> CertificateKey:
    return one["code"], tuple(sorted(one.get("systems") or []))


def _certificate_keys(every: Iterable[Mapping[str, Any]]) -> dict[CertificateKey, CertificateKey]:
    """Each code with its systems to those it counts under."""
    keys = {_certificate_key(one) for one in every}
    found = {}
    for code, systems in keys:
        sure = [key for key in keys if key[0] == code and len(key[1]) == 1 and key[1][0] in systems]
        found[code, systems] = sure[0] if len(sure) == 1 else (code, systems)
    return found


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
