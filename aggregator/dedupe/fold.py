"""Folds copies: each review once, its other addresses under `copies`; which pairs are copies is for judge.py.

The result does not depend on the order of arrival: reviews are taken by seniority, each joins the first group
with which it agrees and in which nothing contradicts it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aggregator.dedupe.judge import is_apart, is_copy, kind_of
from aggregator.dedupe.texts import candidate_pairs, sample
from aggregator.dedupe.traits import Staged, Traits


@dataclass(frozen=True, slots=True)
class Folded:
    """One review with its copies.

    `data` is the Review with `copies` filled; `keys` are the ids of all it was folded from; `source` is the
    one whose content was kept. `witness` is for naming the film: the Review, and where it is silent about the
    film what its copies say, so that all of them together have one vote.
    """

    data: dict[str, Any]
    keys: tuple[str, ...]
    source: Staged
    witness: Mapping[str, Any]


def fold(items: Iterable[Staged]) -> list[Folded]:
    """Fold copies together; sorted by id, ids unique."""
    reviews = sorted((Traits(item) for item in items), key=lambda review: review.seniority)
    partners = _partners(reviews)
    group_of: dict[str, list[Traits]] = {}
    groups: list[list[Traits]] = []
    for review in reviews:
        near = [group_of[name] for name in partners[review.name] if name in group_of]
        near.sort(key=lambda group: group[0].seniority)
        home = next((group for group in near if _belongs(review, group)), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(review)
        group_of[review.name] = home
    return _with_unique_ids([_folded(group) for group in groups])


def _partners(reviews: list[Traits]) -> dict[str, set[str]]:
    """For each review the names of those worth comparing: same page, or a shared sampled shingle."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    pages: defaultdict[str, set[str]] = defaultdict(set)
    for review in reviews:
        for key in (review.page_key, review.url_key):
            pages[key].add(review.name)
    for names in pages.values():
        for name in names:
            found[name] |= names - {name}
    for one, other in candidate_pairs([sample(review.shingles) for review in reviews]):
        found[reviews[one].name].add(reviews[other].name)
        found[reviews[other].name].add(reviews[one].name)
    return found


def _belongs(review: Traits, group: list[Traits]) -> bool:
    if any(is_apart(review, member) for member in group):
        return False
    return any(is_copy(review, member) for member in group)


def _folded(group: list[Traits]) -> Folded:
    senior = group[0]
    views = [review for review in group if kind_of(review, senior) == "variant"]
    live = [review for review in views if review.item.status == senior.item.status]
    kept = max(live, key=lambda review: review.freshness)
    data = dict(kept.item.data)
    copies = {copy["url"]: copy["kind"] for copy in data.get("copies") or []}
    copies |= {review.url: kind_of(review, kept) for review in group if review.url != kept.url}
    data["copies"] = [{"url": url, "kind": copies[url]} for url in sorted(copies)]
    data["status"] = kept.item.status
    _take_rating(data, group)
    keys = tuple(sorted({review.item.data["id"] for review in group}))
    return Folded(data, keys, kept.item, _witness(data, [review.item.data for review in group]))


def _take_rating(data: dict[str, Any], group: Iterable[Traits]) -> None:
    """An outlet that reprints a text often leaves out the stars: the critic's rating is that of the copy then."""
    if data.get("rating"):
        return
    rated = next((review for review in group if review.item.data.get("rating")), None)
    if rated is None:
        return
    own = rated.item.data
    data |= {"rating": own["rating"], "rating_status": own.get("rating_status", "rated")}
    proofs = {path: proof for path, proof in (own.get("evidence") or {}).items() if path.split(".")[0] == "rating"}
    named = {path: {**proof, "rule": f"{proof['rule']} @ {rated.url}"} for path, proof in proofs.items()}
    data["evidence"] = {**(data.get("evidence") or {}), **named}


_ABOUT_THE_FILM = ("credits", "certificates", "runtime_minutes", "releases", "genres", "countries")


def _witness(data: Mapping[str, Any], group: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The review with what only its copies say about the film, the senior copy first."""
    witness = {**data, "film": dict(data.get("film") or {})}
    for copy in group:
        for name in _ABOUT_THE_FILM:
            witness[name] = witness.get(name) or copy.get(name)
        for name, value in (copy.get("film") or {}).items():
            witness["film"][name] = witness["film"].get(name) or value
    return witness


def _with_unique_ids(folded: list[Folded]) -> list[Folded]:
    """A page that names a foreign canonical address shares its review's id with others: the rightful keeps it."""
    taken: dict[str, Folded] = {}
    for review in sorted(folded, key=_claim):
        name = review.data["id"]
        if name in taken:
            own = f"{review.source.page_url}#{review.source.place}"
            name = hashlib.sha1(own.encode("utf-8", "replace")).hexdigest()[: max(len(name), 16)]
            keys = tuple(sorted({name, *review.keys} - {review.data["id"]}))
            taken[name] = Folded(review.data | {"id": name}, keys, review.source, {**review.witness, "id": name})
        else:
            taken[name] = review
    return [taken[name] for name in sorted(taken)]


def _claim(review: Folded) -> tuple[bool, str, int]:
    stated = review.data.get("canonical_url")
    return (stated is not None and stated != review.source.page_url, review.source.page_url, review.source.place)
