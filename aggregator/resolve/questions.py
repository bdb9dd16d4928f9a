"""What rules leave open and a person can settle: films that may be one, and reviews attached by their title alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from aggregator.resolve.cluster import BY_TITLE, Resolved
from aggregator.resolve.compare import Comparison, compare
from aggregator.resolve.facts import FilmFacts
from aggregator.resolve.shelf import Film, Shelf, order, strength

MOST = 3
"""Questions about one film: the likeliest first; of fifty films called Home not all pairs are worth asking about."""

ALONE = frozenset(["ambiguous", "doubtful"])
"""Ways of a review that stays alone although a film of its title is there."""

_TITLES = frozenset(["title_equal", "title_article", "title_spelling", "title_version", "title_format"])
_OTHER_TITLE = frozenset(["director_equal", "year_equal"])
_SILENT = _TITLES | {"title_long", "runtime_apart", "cast_disjoint", "year_apart"}


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask a person about two reviews.

    `apart`: their films are two; are they one? `attached`: the left review was put with the right one's film by its
    title alone; does it belong there? `reasons` are the levels of comparison that hold between the two,
    `strength` what they weigh together.
    """

    kind: Literal["apart", "attached"]
    left: str
    right: str
    reasons: tuple[str, ...]
    strength: int

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON."""
        return {**asdict(self), "reasons": list(self.reasons)}


def questions_of(
    resolved: Resolved, facts: Mapping[str, FilmFacts], decided: Iterable[tuple[str, str]] = ()
) -> list[Question]:
    """All that is open, what is likeliest to be one film first; pairs that people have `decided` are not asked."""
    shelf, films = Shelf(), []
    film_of: dict[str, int] = {}
    for names in resolved.films:
        films.append(shelf.found())
        shelf.take(films[-1], {name: facts[name] for name in names})
        if len(names) == 1 and resolved.resolutions[names[0]].how in ALONE:
            shelf.hide(films[-1])
        film_of.update(dict.fromkeys(names, films[-1].number))
    decisions = list(decided)
    settled = {frozenset((film_of[one], film_of[other])) for one, other in decisions}
    same_hands = _by_hand_and_year(films)
    found: list[Question] = []
    for film in films:
        how = resolved.resolutions[film.some[0]] if len(film) == 1 else None
        alone = how is not None and how.how in ALONE
        if how is not None and alone:  # one of those it fits, not all that fit none
            near = [films[film_of[other]] for other in how.others]
        else:
            near = [*shelf.near(film.kinds), *same_hands[film.number]]
        pairs = {frozenset((film.number, other.number)): other for other in near if other is not film}
        open_ = [other for pair, other in pairs.items() if pair not in settled]
        settled.update(pairs)
        found += sorted(filter(None, (_apart(film, other, alone) for other in open_)), key=_first)[:MOST]
    found += _attached(resolved, facts, {frozenset(pair) for pair in decisions})
    return sorted(found, key=_first)


def _first(question: Question) -> tuple[Any, ...]:
    return (question.kind, -question.strength, question.left, question.right)


def _by_hand_and_year(films: Sequence[Film]) -> dict[int, list[Film]]:
    """Number of a film to others of one of its directors and years, whatever their titles."""
    held: defaultdict[tuple[str, int], dict[int, Film]] = defaultdict(dict)
    keys: defaultdict[int, set[tuple[str, int]]] = defaultdict(set)
    for film in films:
        for facts in film.kinds:
            for director in facts.directors if facts.year else ():
                held[director, facts.year or 0][film.number] = film
                keys[film.number].add((director, facts.year or 0))
    return defaultdict(
        list, {number: [one for key in own for one in held[key].values()] for number, own in keys.items()}
    )


def _apart(film: Film, other: Film, alone: bool) -> Question | None:
    """The question whether two films are one; null when rules say no or nothing much speaks for it.

    `alone`: the first is a review that was left out of the second's film only for want of proof.
    """
    best: tuple[Comparison, str, str] | None = None
    for mine, one in film.kinds.items():
        for theirs, two in ((theirs, two) for piece in other.pieces for theirs, two in piece.beside(mine).items()):
            found = compare(mine, theirs)
            if found.verdict == "distinct":
                return None
            if best is None or order(found) > order(best[0]):
                best = (found, one, two)
    if best is None or not (alone or _worth_asking(best[0])):
        return None
    return Question("apart", best[1], best[2], best[0].reasons, strength(best[0]))


def _worth_asking(found: Comparison) -> bool:
    levels = set(found.reasons)
    if levels & _TITLES:
        return bool(levels - _SILENT)
    return levels >= _OTHER_TITLE and bool(levels & {"cast_equal", "cast_partly", "runtime_equal"})


def _attached(resolved: Resolved, facts: Mapping[str, FilmFacts], settled: set[frozenset[str]]) -> Iterable[Question]:
    for name, how in resolved.resolutions.items():
        if how.how in BY_TITLE and how.others:
            found = compare(facts[name], facts[how.others[0]])
            if frozenset((name, how.others[0])) not in settled:
                yield Question("attached", name, how.others[0], found.reasons, strength(found))
