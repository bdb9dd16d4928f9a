"""Groups reviews into films without chaining: a film never holds two reviews judged distinct.

Reviews that name a director, actors or a catalogue number found the films; those with a title and a year follow,
then those with a title alone. The last two go where one film alone can be meant, and say how they got there. The
result depends on the set of reviews, never on their order. A new way of attaching a review belongs in `_attach`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aggregator.resolve.compare import Comparison
from aggregator.resolve.facts import FilmFacts
from aggregator.resolve.groups import Decided, decide, says
from aggregator.resolve.shelf import Film, Group, Shelf, judge, judge_kinds, strength

LATE = 2
"""Years between a film and a review that gives its title alone, from which it may mean another film.

Measured on 10,469 film records, half of them stripped to title and date: of reviews of the film's own years 19 in
20 were attached rightly, of later ones half.
"""

ATTESTED = 3
"""Reviews of a film from which a title alone means it even long after: another film of that title would show."""

TELLING_TITLE = 20
"""Letters of a title that hardly two films ever share, however long between them."""

LONE_VOICE = 10
"""So many times more reviews must a film have than a single review that names another, to be the one meant."""

_HINDRANCES = frozenset(["cast_disjoint", "runtime_apart", "year_apart"])


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a review came to its film.

    `how` is decided, match, only_film_of_title, most_reviewed, own, ambiguous (fits several: stays alone) or
    contradicts (the only film of its title cannot be meant).
    """

    how: str
    reasons: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON."""
        return {"how": self.how, "reasons": list(self.reasons), "others": list(self.others)}


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
    follow: Mapping[str, str] | None = None,
) -> Resolved:
    """Group reviews (id to facts) into films.

    `same`, `different` and `follow` are what people have decided, by id: two reviews of one film (whose films
    become one), two of different films (which wins), and a review that goes where another is, whatever it says;
    one that follows itself stands apart from all that no person puts with it.
    """
    once: dict[FilmFacts, FilmFacts] = {}
    shared = {name: _shared(facts, once) for name, facts in reviews.items()}
    decided = decide(shared, same, different, follow or {})
    work = _Work(decided)
    for said in (2, 1, 0):
        groups = sorted((group for group in decided.groups if says(group) == said), key=_rank)
        (work.found if said == 2 else work.attach)(groups)
        work.join_decided()
    work.place_followers(shared)
    films = sorted(tuple(sorted(film.members)) for film in work.shelf.films)
    return Resolved(tuple(films), work.resolutions)


def _shared(facts: FilmFacts, once: dict[FilmFacts, FilmFacts]) -> FilmFacts:
    """Equal facts as one object; the date of a review matters only where it does not state the film's year."""
    if facts.year is not None and facts.known_by is not None:
        facts = replace(facts, known_by=None)
    return once.setdefault(facts, facts)


def _rank(group: Group) -> tuple[Any, ...]:
    """Those that say most first; ids settle what is left."""
    return (-max(_weight_of(facts) for facts in group.values()), tuple(group))


def _weight_of(facts: FilmFacts) -> int:
    return 8 * bool(facts.identities) + 4 * bool(facts.directors) + 3 * (facts.year is not None) + 2 * bool(facts.cast)


Judged = list[tuple[Film, Comparison]]


class _Work:
    """The films so far and how each review came to its own."""

    def __init__(self, decided: Decided) -> None:
        self.shelf = Shelf()
        self.resolutions: dict[str, Resolution] = {}
        self._decided = decided
        self._forbidden = decided.forbidden
        self._film_of: dict[str, int] = {}

    def found(self, groups: Sequence[Group]) -> None:
        """Place groups that can found films; those that match several films wait until all others are placed."""
        waiting = []
        for group in groups:
            matches = self._matches(group)
            if len(matches) > 1:
                waiting.append(group)
            else:
                self._place(group, *matches[:1])
        self._bridge(waiting)

    def attach(self, groups: Sequence[Group]) -> None:
        """Place groups that say little beside films that are there; those that fit none may found films."""
        left: list[Group] = []
        waiting: list[Group] = []
        settled: list[tuple[Group, Film | None, Resolution]] = []
        answers: dict[FilmFacts, str | tuple[Film | None, Resolution] | None] = {}
        for group in groups:  # all see the same films, whichever comes first, and many say the same
            (facts, *more) = group.values()
            alike = not more and not self._forbidden
            answer = answers[facts] if alike and facts in answers else self._answer(group)
            if alike:
                answers[facts] = answer
            if isinstance(answer, str):
                waiting.append(group)
            elif answer is None:
                left.append(group)
            else:
                settled.append((group, *answer))
        for group, film, resolution in settled:
            if film is None:
                self._alone(group, resolution)
            elif judge(group, film, self._forbidden).verdict == "distinct":  # from one attached just before
                self._alone(group, Resolution("contradicts", others=film.some))
            else:
                self._take(group, film, resolution)
        self._bridge(waiting)
        self.found(left)

    def _answer(self, group: Group) -> str | tuple[Film | None, Resolution] | None:
        """Where a group goes, "several" when it matches more than one film, null when there is none for it."""
        matches = self._matches(group)
        if len(matches) > 1:
            return "several"
        if matches:
            return matches[0][0], _resolution("match", matches[0])
        return self._only_film(group)

    def _matches(self, group: Group) -> Judged:
        """The films that a group matches, the strongest first."""
        near = [film for film in self.shelf.near(group.values()) if not film.open]
        judged = [(film, judge(group, film, self._forbidden)) for film in near]
        matches = [(film, found) for film, found in judged if found.verdict == "match"]
        return sorted(matches, key=lambda match: (-strength(match[1]), -len(match[0]), match[0].some))

    def _only_film(self, group: Group) -> tuple[Film | None, Resolution] | None:
        """The one film of this title that can be meant, or why there is none; null when no film has the title."""
        # with its article: "Suicide Squad" alone never means "The Suicide Squad"
        names = {(form.key, form.article) for facts in group.values() for form in facts.forms}
        able: Judged = []
        unable: Judged = []
        for film in self.shelf.near(group.values()):
            if film.open or film.titles.isdisjoint(names):
                continue
            found = judge(group, film, self._forbidden)
            (able if _may_be_meant(group, film, found) else unable).append((film, found))
        if not able:
            return (None, _resolution("contradicts", unable[0])) if unable and not says(group) else None
        able.sort(key=lambda one: (-len(one[0]), one[0].some))
        if len(able) == 1:
            return able[0][0], _resolution("only_film_of_title", able[0])
        if _outnumbered(able[0][0], [film for film, _ in able[1:]]):
            return able[0][0], _resolution("most_reviewed", able[0])
        return None, Resolution("ambiguous", others=tuple(film.some[0] for film, _ in able))

    def _bridge(self, waiting: Sequence[Group]) -> None:
        """Place groups that match several films: these are one if nothing parts them and enough joins them.

        So a review that gives two titles brings together what was written under either. One such review with
        little beside its titles joins no two films that have several reviews each.
        """
        alike: dict[tuple[object, ...], tuple[int, ...]] = {}
        between: Counter[tuple[int, ...]] = Counter()
        for group in waiting:
            said = tuple(group if self._forbidden else group.values())
            if said not in alike:
                alike[said] = tuple(film.number for film, _ in self._matches(group))
            between[alike[said]] += 1
        for group in waiting:
            matches = self._matches(group)
            if len(matches) < 2:
                self._place(group, *matches[:1])
                continue
            often = between[tuple(film.number for film, _ in matches)] > 1
            film, found = matches[0]
            joined = [film]
            open_ = []
            for other, theirs in matches[1:]:
                if all(self._may_join(one, other, min(found, theirs, key=strength), often) for one in joined):
                    joined.append(other)
                elif strength(theirs) == strength(found):
                    open_.append(other)
            if open_ and not _outnumbered(film, open_):
                self._alone(group, Resolution("ambiguous", others=tuple(one.some[0] for one in (film, *open_))))
                continue
            how = _resolution("most_reviewed" if open_ else "match", matches[0])
            for other in joined[1:]:
                self.shelf.join(film, other)
                self._film_of.update(dict.fromkeys(other.members, film.number))
            self._take(group, film, how)

    def _between(self, film: Film, other: Film) -> Comparison:
        if self._forbidden:
            return judge(film.members, other, self._forbidden)
        return judge_kinds(film.kinds, other)

    def _may_join(self, film: Film, other: Film, weaker: Comparison, often: bool) -> bool:
        """Whether a review that matches both makes two films one; `weaker` is its weaker match."""
        between = self._between(film, other)
        if between.verdict == "distinct" or _HINDRANCES & set(between.reasons):
            return False
        if {"director_equal", "identity_equal"} & set(weaker.reasons) or "director_equal" in between.reasons:
            return True
        well = bool({"year_equal", "cast_equal", "director_similar"} & set(weaker.reasons))
        return well and (often or min(len(film), len(other)) == 1)

    def join_decided(self) -> None:
        """Make films one whose reviews a person calls reviews of one film."""
        for one, other in self._decided.joins:
            film, second = self._where(one), self._where(other)
            if film is None or second is None or film is second:
                continue
            if any(frozenset((a, b)) in self._forbidden for a in film.members for b in second.members):
                continue  # a decided difference wins
            film, second = sorted((film, second), key=lambda held: held.number)
            self.shelf.join(film, second, decided=True)
            film.open = False
            self._film_of.update(dict.fromkeys(second.members, film.number))
            self.resolutions |= {
                name: Resolution("decided", others=tuple(sorted((one, other)))) for name in (one, other)
            }

    def place_followers(self, reviews: Group) -> None:
        """Put reviews where a person says, those that stand apart first."""
        follow = self._decided.follow
        for name in sorted(follow, key=lambda follower: (follow[follower] != follower, follower)):
            film = self._where(follow[name]) if follow[name] != name else None
            if film is None or any(frozenset((name, other)) in self._forbidden for other in film.members):
                film = self.shelf.found()
                film.open = True
            self.shelf.follow(film, {name: reviews[name]})
            self._film_of[name] = film.number
            self.resolutions[name] = Resolution("decided", others=film.some)

    def _where(self, name: str) -> Film | None:
        number = self._film_of.get(name)
        return None if number is None else self.shelf.film(number)

    def _place(self, group: Group, match: tuple[Film, Comparison] | None = None) -> None:
        if match is None:
            self._take(group, self.shelf.found(), Resolution("own"))
        else:
            self._take(group, match[0], _resolution("match", match))

    def _alone(self, group: Group, resolution: Resolution) -> None:
        film = self.shelf.found()
        film.open = resolution.how == "ambiguous"
        self._take(group, film, resolution)

    def _take(self, group: Group, film: Film, resolution: Resolution) -> None:
        how = Resolution("decided", others=tuple(group)) if len(group) > 1 else resolution
        self.resolutions.update(dict.fromkeys(group, how))
        self.shelf.take(film, group)
        self._film_of.update(dict.fromkeys(group, film.number))


def _may_be_meant(group: Group, film: Film, found: Comparison) -> bool:
    """Whether nothing speaks against a film whose title a group has."""
    if found.verdict == "distinct" or _HINDRANCES & set(found.reasons):
        return False
    titles = {key for facts in group.values() for key in facts.titles}
    sure = len(film) >= ATTESTED or any(len(key) >= TELLING_TITLE for key in titles)
    return sure or not _out_of_time(group, film)


def _out_of_time(group: Group, film: Film) -> bool:
    """Whether a review was written so far from the film, or from its other reviews, that it may mean another."""
    dates = [facts.known_by for facts in group.values() if facts.known_by]
    said = [facts for piece in film.pieces for facts in piece.slim]
    years = [facts.year for facts in said if facts.year]
    known = years or [facts.known_by for facts in said if facts.known_by]
    if not dates or not known:
        return False
    return min(dates) > max(known) + LATE or (not years and max(dates) < min(known) - LATE)


def _outnumbered(film: Film, others: Sequence[Film]) -> bool:
    return all(len(other) == 1 for other in others) and len(film) >= LONE_VOICE * len(others)


def _resolution(how: str, match: tuple[Film, Comparison]) -> Resolution:
    return Resolution(how, match[1].reasons, match[0].some)
