"""Groups reviews into films without chaining: a group never holds two reviews judged distinct.

Reviews that say most come first, each joins the film it matches best, and a review with only a title joins when
one film alone has that title. The result depends on the set of reviews, never on their order. A new way of
attaching a review belongs in `_place`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aggregator.resolve.compare import Comparison, Verdict, compare
from aggregator.resolve.facts import FilmFacts

WEIGHTS = {"identity_equal": 8, "director_equal": 4, "year_equal": 2, "cast_shared": 2, "year_near": 1}
"""How much a level of comparison counts when a review matches two films."""

WELL = 2
"""Strength from which a match may bring two films together; neighbouring years alone do not."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a review came to its film: decided, match, only_film_of_title, own, ambiguous or contradicts."""

    how: str
    reasons: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON."""
        return {"how": self.how, "reasons": list(self.reasons), "others": list(self.others)}


@dataclass(slots=True)
class _Film:
    members: dict[str, FilmFacts] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return any(not facts.bare for facts in self.members.values())


@dataclass(frozen=True, slots=True)
class Resolved:
    """Films as sorted tuples of review ids, sorted, and the way each review came there."""

    films: tuple[tuple[str, ...], ...]
    resolutions: Mapping[str, Resolution]


def resolve(
    reviews: Mapping[str, FilmFacts],
    *,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> Resolved:
    """Group reviews (id to facts) into films; `same` and `different` are human decisions on pairs of ids."""
    forbidden = {frozenset(pair) for pair in different}
    groups = _forced_groups(reviews, same, forbidden)
    work = _Work(forbidden)
    for group in sorted(groups, key=lambda ids: _rank(ids, reviews)):
        work.add({name: reviews[name] for name in group})
    films = sorted(tuple(sorted(film.members)) for film in work.films)
    return Resolved(tuple(films), work.resolutions)


def _rank(ids: tuple[str, ...], reviews: Mapping[str, FilmFacts]) -> tuple[Any, ...]:
    """Those that say most first; ids settle what is left."""
    said = max(_weight_of(reviews[name]) for name in ids)
    bare = all(reviews[name].bare for name in ids)
    return (bare, -said, ids)


def _weight_of(facts: FilmFacts) -> int:
    return 8 * bool(facts.identities) + 4 * bool(facts.directors) + 3 * (facts.year is not None) + 2 * bool(facts.cast)


def _forced_groups(
    reviews: Mapping[str, FilmFacts], same: Iterable[tuple[str, str]], forbidden: set[frozenset[str]]
) -> list[tuple[str, ...]]:
    group_of: dict[str, tuple[str, ...]] = {name: (name,) for name in reviews}
    for one, other in sorted(tuple(sorted(pair)) for pair in same):
        left, right = group_of[one], group_of[other]
        if left == right or any(frozenset((a, b)) in forbidden for a in left for b in right):
            continue  # a decided difference wins
        joined = tuple(sorted(left + right))
        group_of.update(dict.fromkeys(joined, joined))
    return sorted(set(group_of.values()))


class _Work:
    """The films so far, found by title and catalogue number."""

    def __init__(self, forbidden: set[frozenset[str]]) -> None:
        self.films: list[_Film] = []
        self.resolutions: dict[str, Resolution] = {}
        self._forbidden = forbidden
        self._by_key: defaultdict[Any, list[_Film]] = defaultdict(list)

    def add(self, group: dict[str, FilmFacts]) -> None:
        """Put a review (or reviews a person has joined) into the film it belongs to."""
        film, resolution = self._place(group)
        if film is None:
            film = _Film()
            self.films.append(film)
        self._take(film, group)
        how = Resolution("decided", others=tuple(group)) if len(group) > 1 else resolution
        self.resolutions.update(dict.fromkeys(group, how))

    def _place(self, group: dict[str, FilmFacts]) -> tuple[_Film | None, Resolution]:
        near = self._near(group)
        judged = [(film, self._judge(group, film)) for film in near]
        matches = [(film, found) for film, found in judged if found.verdict == "match"]
        if matches:
            return self._best(matches)
        known = [(film, found) for film, found in judged if film.known]
        if not all(facts.bare for facts in group.values()) or not known:
            return None, Resolution("own")
        if len(known) > 1:
            return None, Resolution("ambiguous", others=tuple(_some(film)[0] for film, _ in known))
        film, found = known[0]
        if found.verdict == "distinct" or "cast_disjoint" in found.reasons:
            return None, Resolution("contradicts", found.reasons, _some(film))
        return film, Resolution("only_film_of_title", found.reasons, _some(film))

    def _best(self, matches: list[tuple[_Film, Comparison]]) -> tuple[_Film | None, Resolution]:
        """The film matched best; others matched well are one with it if nothing in them contradicts it.

        So a review that gives two titles brings together what was written under either.
        """
        matches.sort(key=lambda match: (-_strength(match[1]), _some(match[0])))
        film, found = matches[0]
        resolution = Resolution("match", found.reasons, _some(film))
        joined: list[_Film] = []
        for other, theirs in matches[1:]:
            if _strength(theirs) >= WELL and all(self._may_be_one(one, other) for one in (film, *joined)):
                joined.append(other)
            elif _strength(theirs) == _strength(found):
                return None, Resolution("ambiguous", others=(*_some(film)[:1], *_some(other)[:1]))
        for other in joined:
            self._join(film, other)
        return film, resolution

    def _may_be_one(self, film: _Film, other: _Film) -> bool:
        for one, facts in film.members.items():
            for two, theirs in other.members.items():
                found = compare(facts, theirs)
                if found.verdict == "distinct" or "cast_disjoint" in found.reasons:
                    return False
                if frozenset((one, two)) in self._forbidden:
                    return False
        return True

    def _join(self, film: _Film, other: _Film) -> None:
        self.films = [kept for kept in self.films if kept is not other]
        for facts in other.members.values():
            for key in facts.titles | facts.identities:
                self._by_key[key] = [kept for kept in self._by_key[key] if kept is not other]
        self._take(film, other.members)

    def _take(self, film: _Film, members: Mapping[str, FilmFacts]) -> None:
        film.members.update(members)
        for facts in members.values():
            for key in facts.titles | facts.identities:
                if not any(known is film for known in self._by_key[key]):
                    self._by_key[key].append(film)

    def _near(self, group: dict[str, FilmFacts]) -> list[_Film]:
        found: list[_Film] = []
        for key in sorted({key for facts in group.values() for key in facts.titles | facts.identities}, key=repr):
            found += [film for film in self._by_key[key] if not any(known is film for known in found)]
        return found

    def _judge(self, group: dict[str, FilmFacts], film: _Film) -> Comparison:
        """The verdict on a whole film: any distinct pair parts them, else the strongest match speaks."""
        best = Comparison("undecided", ())
        for name, facts in group.items():
            for other, theirs in film.members.items():
                if frozenset((name, other)) in self._forbidden:
                    return Comparison("distinct", ("decided_different",))
                found = compare(facts, theirs)
                if found.verdict == "distinct":
                    return found
                if _order(found) > _order(best):
                    best = found
        return best


_VERDICTS: dict[Verdict, int] = {"distinct": -1, "undecided": 0, "match": 1}


def _order(found: Comparison) -> tuple[int, int, tuple[str, ...]]:
    return (_VERDICTS[found.verdict], _strength(found), found.reasons)


def _strength(found: Comparison) -> int:
    return sum(WEIGHTS.get(reason, 0) for reason in found.reasons)


def _some(film: _Film) -> tuple[str, ...]:
    return tuple(sorted(film.members)[:3])
