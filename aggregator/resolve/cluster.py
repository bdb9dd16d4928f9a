"""Groups reviews into films without chaining: a film never holds two reviews judged distinct.

Reviews that name a director, actors or a catalogue number found the films; those with a title and a year follow,
then those with a title alone. The last two go where one film alone can be meant, and say how they got there. The
result depends on the set of reviews, never on their order. A new way of attaching a review belongs in `_attach`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from aggregator.resolve.bare import Judged, Likelihood, dated_together, how_likely, outnumbered, popular_of, tells
from aggregator.resolve.compare import HINDRANCES, Comparison
from aggregator.resolve.facts import FilmFacts
from aggregator.resolve.groups import Decided, decide, says
from aggregator.resolve.levels import RUNTIME_EQUAL
from aggregator.resolve.shelf import Film, Group, Shelf, judge, strength

BY_TITLE = frozenset(["only_film_of_title", "most_reviewed"])
"""Ways of a review that was put to its film by little more than its title."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a review came to its film.

    `how` is decided, match, only_film_of_title, most_reviewed, own, ambiguous (fits several: stays alone), doubtful
    (another film of its title may be meant: stays alone) or contradicts (no film of its title can be meant).
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
                self._place(group, *(matches if self._may_match(group, matches) else ()))
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
        stay = self._settle(settled)
        self._bridge(waiting)
        self.found(sorted([*left, *(group for group, _ in stay)], key=_rank))
        for group, resolution in stay:
            if self.shelf.film(self._film_of[min(group)]).some == tuple(sorted(group)[:3]):
                self.resolutions.update(dict.fromkeys(group, resolution))

    def _settle(self, settled: Sequence[tuple[Group, Film | None, Resolution]]) -> list[tuple[Group, Resolution]]:
        """Place groups as answered; those that go to no film there is come back, and why."""
        stay = []
        torn = self._torn(settled)
        for group, film, resolution in settled:
            if film is not None and not torn.isdisjoint(group):
                self._alone(group, Resolution("ambiguous", others=film.some))
            elif film is None and resolution.how == "ambiguous":
                self._alone(group, resolution)
            elif film is None:
                stay.append((group, resolution))
            elif _parted(judge(group, film, self._forbidden)):  # from one attached just before
                stay.append((group, Resolution("contradicts", others=film.some)))
            else:
                self._take(group, film, resolution)
        return stay

    def _torn(self, settled: Iterable[tuple[Group, Film | None, Resolution]]) -> set[str]:
        """Reviews that a person parted and that would go to one film by its title alone: neither is known to be of it.

        There is another film of that title then, and which review came first must not matter.
        """
        alone: dict[int, set[str]] = {}
        for group, film, resolution in settled if self._forbidden else ():
            if film is not None and resolution.how in BY_TITLE:
                alone.setdefault(film.number, set()).update(group)
        return {name for pair in self._forbidden for names in alone.values() if pair <= names for name in pair}

    def _answer(self, group: Group) -> str | tuple[Film | None, Resolution] | None:
        """Where a group goes, "several" when it matches more than one film, null when there is none for it."""
        matches = self._matches(group)
        if says(group) < 2 and not any(tells(found) for _, found in matches):
            return self._only_film(group)
        if len(matches) > 1:
            return "several"
        if matches:
            return matches[0][0], _resolution("match", matches[0])
        return self._only_film(group)

    def _matches(self, group: Group) -> Judged:
        """The films that a group matches, the strongest first."""
        near = [film for film in self.shelf.near(group.values()) if not film.open]
        judged = [(film, judge(group, film, self._forbidden)) for film in near]
        matches = [one for one in judged if one[1].verdict == "match" and not dated_together(*one)]
        return sorted(matches, key=lambda match: (-strength(match[1]), -len(match[0]), match[0].some))

    def _of_title(self, group: Group) -> Judged:
        """The films of the very title of a group, and those that it matches under another spelling of it."""
        # as written: "Suicide Squad" alone never means "The Suicide Squad", nor "mother!" "Mother"
        names = {form.written for facts in group.values() for form in facts.forms}
        near = [film for film in self.shelf.near(group.values()) if not film.open]
        judged = [(film, judge(group, film, self._forbidden)) for film in near]
        return [one for one in judged if one[1].verdict == "match" or not one[0].titles.isdisjoint(names)]

    def _may_match(self, group: Group, matches: Judged) -> bool:
        """Whether matches hold: those by title and dates do not where another film has the title."""
        if says(group) == 2 or any(tells(found) for _, found in matches):
            return True
        return sum(found.verdict != "distinct" for _, found in self._of_title(group)) == 1

    def _only_film(self, group: Group) -> tuple[Film | None, Resolution] | None:
        """The one film of this title that can be meant, or why there is none; null when no film has the title."""
        kinds: dict[Likelihood, Judged] = {"likely": [], "perhaps": [], "no": []}
        for film, found in self._of_title(group):
            kinds[how_likely(group, film, found)].append((film, found))
        if not kinds["likely"] and not kinds["perhaps"]:
            return (None, _resolution("contradicts", kinds["no"][0])) if kinds["no"] and not says(group) else None
        unlike = [film for film, found in kinds["no"] if found.verdict != "distinct"]
        if (popular := popular_of(group, kinds["likely"], kinds["perhaps"], unlike)) is not None:
            return popular[0], _resolution("most_reviewed", popular)
        meant: Judged = sorted(kinds["likely"] or kinds["perhaps"], key=lambda one: (-len(one[0]), one[0].some))
        (film, found), others = meant[0], tuple(film.some[0] for film, _ in meant)
        if not kinds["likely"]:
            return None, Resolution("doubtful", found.reasons, others)
        rivals = [*unlike, *(other for other, _ in (*kinds["likely"], *kinds["perhaps"]) if other is not film)]
        if not rivals:
            return film, _resolution("match" if found.verdict == "match" else "only_film_of_title", meant[0])
        if outnumbered(film, rivals):
            return film, _resolution("most_reviewed", meant[0])
        return None, Resolution("ambiguous", others=tuple(other.some[0] for other in (film, *rivals)))

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
            if open_ and not outnumbered(film, open_):
                self._alone(group, Resolution("ambiguous", others=tuple(one.some[0] for one in (film, *open_))))
                continue
            how = _resolution("most_reviewed" if open_ else "match", matches[0])
            for other in joined[1:]:
                self.shelf.join(film, other)
                self._film_of.update(dict.fromkeys(other.members, film.number))
            self._take(group, film, how)

    def _may_join(self, film: Film, other: Film, weaker: Comparison, often: bool) -> bool:
        """Whether reviews that match both make two films one; `weaker` is the weaker match of one of them.

        One such review joins no two films that have several each, `often` does: double bills and wrong titles come
        alone. Nor does anything where the films contradict each other, or have two titles and two lengths.
        """
        if not often and min(len(film), len(other)) > 1:
            return False
        between = judge(film.members, other, self._forbidden)
        if _parted(between) or HINDRANCES & set(between.reasons):
            return False
        one_title = {"title_equal", "title_article"} & set(between.reasons)
        if not one_title and any(_lengths_differ(*pair) for pair in product(film.kinds, other.kinds)):
            return False
        levels = {"identity_equal", "year_equal", "cast_equal", "director_similar", "director_equal"}
        return "director_equal" in between.reasons or bool(levels & set(weaker.reasons))

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
        film.open = True
        self._take(group, film, resolution)

    def _take(self, group: Group, film: Film, resolution: Resolution) -> None:
        how = Resolution("decided", others=tuple(group)) if len(group) > 1 else resolution
        self.resolutions.update(dict.fromkeys(group, how))
        self.shelf.take(film, group)
        self._film_of.update(dict.fromkeys(group, film.number))


def _lengths_differ(a: FilmFacts, b: FilmFacts) -> bool:
    return a.runtime is not None and b.runtime is not None and abs(a.runtime - b.runtime) > RUNTIME_EQUAL


def _parted(found: Comparison) -> bool:
    return found.verdict == "distinct" or found.against


def _resolution(how: str, match: tuple[Film, Comparison]) -> Resolution:
    return Resolution(how, match[1].reasons, match[0].some)
