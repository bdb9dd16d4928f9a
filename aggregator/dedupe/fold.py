"""Folds copies: each review once, its other addresses under `copies`; which pairs are copies is for judge.py.

The result does not depend on the order of arrival: reviews are taken by seniority, each joins the first group
with which it agrees and in which nothing contradicts it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from aggregator.dedupe.judge import is_apart, is_copy, kind_of, may_be_copies
from aggregator.dedupe.texts import Texts, candidate_pairs
from aggregator.dedupe.traits import Staged, Traits

Parted = frozenset[frozenset[int]]

CROWD = 100
"""More reviews than this that name one canonical page, or say the same few words, say nothing by it."""


@dataclass(frozen=True, slots=True)
class Fold:
    """One review with its copies, the senior first.

    `id` is the review's from now on, `keys` are the ids of all it was folded from; `kept` is the one whose content
    is kept.
    """

    id: str
    keys: tuple[str, ...]
    members: tuple[Traits, ...]
    kept: Traits

    @property
    def rated(self) -> Traits:
        """The one whose rating the review has, on the scale of its source: a copy only where `kept` says nothing.

        An outlet that reprints a text often leaves out the stars: the critic's rating is that of the copy then.
        """
        if self.kept.rated or self.kept.refuses:
            return self.kept
        return next((review for review in self.members if review.rated), self.kept)


@dataclass(frozen=True, slots=True)
class Folded:
    """A fold as data: `data` is the Review with `copies` filled.

    `witness` is for naming the film: the Review, and where it is silent about the film what its copies say, so that
    all of them together have one vote.
    """

    data: dict[str, Any]
    witness: Mapping[str, Any]


def fold(reviews: Iterable[Traits], texts: Texts, parted: Parted = frozenset()) -> list[Fold]:
    """Fold copies together; sorted by id, ids unique. `parted` are pairs of numbers that people tell apart."""
    seniors = sorted(reviews, key=lambda review: review.seniority)
    partners = _partners(seniors)
    texts.prepare(sorted(seniors[place].number for place in partners))
    group_of: dict[int, list[Traits]] = {}
    groups: list[list[Traits]] = []
    for place, review in enumerate(seniors):
        near: dict[int, list[Traits]] = {}
        for partner in sorted(partners.get(place, ())):
            if partner in group_of:
                near.setdefault(id(group_of[partner]), group_of[partner])
        # a group's senior came first of all its members, so that groups stand in the order of their seniors
        ordered = sorted(near.values(), key=lambda group: group[0].seniority)
        home = next((group for group in ordered if _belongs(review, group, texts, parted)), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(review)
        if place in partners:
            group_of[place] = home
    return _with_unique_ids([_fold(group) for group in groups])


def _partners(reviews: Sequence[Traits]) -> Mapping[int, set[int]]:
    """For the place of each review those of others to compare: same page, same few words, shared shingles."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    first: dict[str, int] = {}
    pages: defaultdict[str, list[int]] = defaultdict(list)
    for place, review in enumerate(reviews):
        for key in {review.page_key, review.url_key, *_capsules(review)}:
            if first.setdefault(key, place) != place:  # most pages are alone, and need no list
                pages[key].append(place)
    for key, others in pages.items():
        places = {first[key], *others}
        if len(places) > CROWD:  # a site that names its home page canonical of all its pages
            places = {place for place in places if reviews[place].url_key == key}
        for place in places:
            found[place] |= places - {place}
    sampled = candidate_pairs([review.sketch.sample for review in reviews])
    short = candidate_pairs([review.sketch.whole for review in reviews])
    for one, other in chain(sampled, short):
        found[one].add(other)
        found[other].add(one)
    kept = {place: {other for other in others if may_be_copies(reviews[place], reviews[other])}
            for place, others in found.items()}  # fmt: skip
    return {place: others for place, others in kept.items() if others}


def _capsules(review: Traits) -> Iterable[str]:
    """Under what a review with a text too short for shingles is found: its words and its critics."""
    capsule = review.sketch.capsule
    return [] if capsule is None else [f"{capsule} {critic}" for critic in review.critics]


def _belongs(review: Traits, group: Sequence[Traits], texts: Texts, parted: Parted) -> bool:
    if parted and any(frozenset((review.number, member.number)) in parted for member in group):
        return False
    if any(is_apart(review, member, texts) for member in group):
        return False
    return any(is_copy(review, member, texts) for member in group)


def _fold(group: Sequence[Traits]) -> Fold:
    senior = group[0]
    if len(group) == 1:
        return Fold(senior.id, (senior.id,), (senior,), senior)
    views = [review for review in group if kind_of(review, senior) == "variant"]
    live = [review for review in views if review.status == senior.status]
    kept = max(live, key=lambda review: review.freshness)
    return Fold(kept.id, tuple(sorted({review.id for review in group})), tuple(group), kept)


def folded(fold: Fold, staged: Mapping[int, Staged]) -> Folded:
    """A fold as data, from its members' reviews by number."""
    kept = fold.kept
    data = {**staged[kept.number].data, "id": fold.id}
    copies = {copy["url"]: copy["kind"] for copy in data.get("copies") or []}
    copies |= {review.url: kind_of(review, kept) for review in fold.members if review.url != kept.url}
    data["copies"] = [{"url": url, "kind": copies[url]} for url in sorted(copies)]
    data["status"] = kept.status
    if fold.rated is not kept:
        _take_rating(data, fold.rated.url, staged[fold.rated.number].data)
    return Folded(data, _witness(data, [staged[review.number].data for review in fold.members]))


def _take_rating(data: dict[str, Any], url: str, copy: Mapping[str, Any]) -> None:
    """Fill in the rating of a copy, and that it is from there."""
    data |= {"rating": copy["rating"], "rating_status": copy.get("rating_status", "rated")}
    proofs = {path: proof for path, proof in (copy.get("evidence") or {}).items() if path.split(".")[0] == "rating"}
    named = {path: {**proof, "rule": f"{proof['rule']} @ {url}"} for path, proof in proofs.items()}
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


def _with_unique_ids(folds: Iterable[Fold]) -> list[Fold]:
    """A page that names a foreign canonical address shares its review's id with others: the rightful keeps it."""
    taken: dict[str, Fold] = {}
    for fold in sorted(folds, key=_claim):
        if fold.id not in taken:
            taken[fold.id] = fold
            continue
        own = f"{fold.kept.page_url}#{fold.kept.place}"
        name = hashlib.sha1(own.encode("utf-8", "replace")).hexdigest()[: max(len(fold.id), 16)]
        taken[name] = replace(fold, id=name, keys=tuple(sorted({name, *fold.keys} - {fold.id})))
    return [taken[name] for name in sorted(taken)]


def _claim(fold: Fold) -> tuple[bool, str, int]:
    kept = fold.kept
    return (kept.canonical_url is not None and kept.canonical_url != kept.page_url, kept.page_url, kept.place)
