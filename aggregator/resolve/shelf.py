"""The films found so far, looked up by whatever two descriptions of one film can share; a key is added in `keys_of`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from aggregator.resolve.compare import EXCUSABLE, HINDRANCES, LENGTHS, Comparison, Verdict, compare
from aggregator.resolve.facts import FilmFacts

WEIGHTS = {
    "identity_equal": 8, "director_equal": 4, "cast_equal": 3, "cast_partly": 2, "year_equal": 2, "title_equal": 2,
    "title_article": 1, "year_near": 1, "runtime_equal": 1, "reviewed_when_new": 1,
}  # fmt: skip
"""How much a level of comparison counts when a review matches two films."""

CONFIRMS = frozenset(["identity_equal", "director_equal", "cast_equal", "cast_partly", "runtime_equal"])
"""Levels that confirm more than a title and a year."""

Key = tuple[str, str]
Group = Mapping[str, FilmFacts]
_VERDICTS: dict[Verdict, int] = {"distinct": -1, "undecided": 0, "match": 1}


@dataclass(eq=False, slots=True)
class Piece:
    """Reviews that rules brought together.

    `kinds`: what they say, each only once (many say the same), with a review that says so; `slim`: the same without
    cast and length, for comparing with reviews that state neither.
    """

    members: dict[str, FilmFacts] = field(default_factory=dict)
    kinds: dict[FilmFacts, str] = field(default_factory=dict)
    slim: dict[FilmFacts, str] = field(default_factory=dict)

    def take(self, members: Group) -> None:
        """Add reviews."""
        self.members.update(members)
        for name, facts in members.items():
            self.kinds.setdefault(facts, name)
            self.slim.setdefault(_slim(facts), name)

    def beside(self, facts: FilmFacts) -> dict[FilmFacts, str]:
        """The kinds that a review must be compared with."""
        return self.kinds if facts.cast or facts.runtime else self.slim


@lru_cache(maxsize=65_536)
def _slim(facts: FilmFacts) -> FilmFacts:
    return replace(facts, cast=frozenset(), runtime=None) if facts.cast or facts.runtime else facts


@dataclass(eq=False, slots=True)
class Film:
    """Reviews of one film, id to facts.

    `pieces`: several only where a person has joined what rules would part. `followers`: reviews that a person has
    put here; what they say draws no others. `open`: fits several films or was put apart by a person, so that no
    rule may add to it. `titles`: as written; `some`: the first three ids.
    """

    number: int
    pieces: list[Piece] = field(default_factory=lambda: [Piece()])
    followers: dict[str, FilmFacts] = field(default_factory=dict)
    open: bool = False
    titles: set[str] = field(default_factory=set)
    some: tuple[str, ...] = ()

    @property
    def members(self) -> dict[str, FilmFacts]:
        """Every review of the film."""
        return {name: facts for part in (*self.placed, self.followers) for name, facts in part.items()}

    @property
    def placed(self) -> list[dict[str, FilmFacts]]:
        """The reviews of each piece."""
        return [piece.members for piece in self.pieces]

    @property
    def kinds(self) -> dict[FilmFacts, str]:
        """What the reviews of all pieces say, each once, with a review that says so."""
        return {facts: name for piece in self.pieces for facts, name in piece.kinds.items()}

    def __len__(self) -> int:
        return sum(map(len, self.placed)) + len(self.followers)


def strength(found: Comparison) -> int:
    """How much speaks for a match."""
    return sum(WEIGHTS.get(reason, 0) for reason in found.reasons)


@lru_cache(maxsize=8192)  # few combinations of levels occur, each over and over
def order(found: Comparison) -> tuple[int, int, tuple[str, ...]]:
    """Comparisons from distinct over undecided to the strongest match."""
    return (_VERDICTS[found.verdict], strength(found), found.reasons)


def judge(group: Group, film: Film, forbidden: frozenset[frozenset[str]] = frozenset()) -> Comparison:
    """The verdict on reviews and a whole film: that of the piece they are nearest to."""
    if forbidden and any(frozenset((one, other)) in forbidden for one in group for other in film.members):
        return Comparison("distinct", ("decided_different",))
    kinds = list(dict.fromkeys(group.values()))
    return max((_judge_piece(kinds, piece) for piece in film.pieces), key=order)


def _judge_piece(mine: Iterable[FilmFacts], piece: Piece) -> Comparison:
    """Any distinct pair parts reviews and a piece; a pair that something contradicts keeps them open.

    Else the strongest pair speaks. A contradiction counts for nothing where another review of the piece confirms by
    its people, or in the case of lengths by its length: reviews name different actors, and know different cuts.
    """
    best = worst = Comparison("undecided", ())
    confirmed: set[str] = set()
    for facts in mine:
        for other in piece.beside(facts):
            found = compare(facts, other)
            if found.verdict == "distinct":
                return found
            best = max(best, found, key=order)
            worst = max(worst, found, key=_gravity)
            confirmed |= CONFIRMS.intersection(found.reasons) if not found.against else set()
    excused = EXCUSABLE if confirmed - {"runtime_equal"} else LENGTHS if confirmed else frozenset()
    return worst if worst.against and HINDRANCES & set(worst.reasons) - excused else best


def _gravity(found: Comparison) -> tuple[object, ...]:
    """Pairs by what contradicts them: nothing, lengths alone, other things that have excuses, anything else."""
    hindrances = HINDRANCES & set(found.reasons)
    return found.against, bool(hindrances - EXCUSABLE), bool(hindrances - LENGTHS), order(found)


def keys_of(facts: FilmFacts) -> Iterator[tuple[Key, Key]]:
    """(key to be found under, key to look up): whole titles meet whole titles and parts, parts never meet parts."""
    for key in facts.titles:
        yield ("title", key), ("title", key)
        yield ("title", key), ("part", key)
    for form in facts.forms:
        if form.loose:
            yield ("loose", form.loose), ("loose", form.loose)
        if form.core and form.core != form.key:
            yield ("part", form.core), ("title", form.core)
        for key in (*form.mains, *form.parts, *form.versions, *form.formats, *form.unnumbered):
            yield ("part", key), ("title", key)
    for identity in facts.identities:
        yield identity, identity


class Shelf:
    """All films, each with a number in the order in which they were founded."""

    def __init__(self) -> None:
        self._films: dict[int, Film] = {}
        self._by_key: defaultdict[Key, dict[int, None]] = defaultdict(dict)
        self._next = 0

    @property
    def films(self) -> list[Film]:
        """Every film, oldest first."""
        return list(self._films.values())

    def film(self, number: int) -> Film:
        """The film of that number."""
        return self._films[number]

    def found(self) -> Film:
        """A new film without members."""
        film = Film(self._next)
        self._films[film.number] = film
        self._next += 1
        return film

    def take(self, film: Film, members: Group) -> None:
        """Add reviews to a film, to the piece of it that they are nearest to."""
        kinds = list(dict.fromkeys(members.values()))
        pieces = film.pieces
        nearest = pieces[0] if len(pieces) == 1 else max(pieces, key=lambda piece: order(_judge_piece(kinds, piece)))
        nearest.take(members)
        film.some = tuple(sorted((*film.some, *members))[:3])
        self._enter(film, kinds)

    def follow(self, film: Film, members: Group) -> None:
        """Put reviews into a film because a person says so."""
        film.followers.update(members)
        film.some = tuple(sorted((*film.some, *members))[:3])

    def join(self, film: Film, other: Film, *, decided: bool = False) -> None:
        """Move every review of `other` to `film`; `decided` by a person, whatever speaks against it."""
        self.hide(other)
        del self._films[other.number]
        if decided or len(film.pieces) > 1 or len(other.pieces) > 1:
            film.pieces.extend(other.pieces)
        else:
            film.pieces[0].take(other.pieces[0].members)
        film.followers.update(other.followers)
        film.some = tuple(sorted((*film.some, *other.some))[:3])
        self._enter(film, other.kinds)

    def _enter(self, film: Film, kinds: Iterable[FilmFacts]) -> None:
        for facts in kinds:
            film.titles.update(form.written for form in facts.forms)
            for key, _ in keys_of(facts):
                self._by_key[key][film.number] = None

    def hide(self, film: Film) -> None:
        """Let no lookup find a film any more."""
        for facts in film.kinds:
            for key, _ in keys_of(facts):
                self._by_key[key].pop(film.number, None)

    def near(self, group: Iterable[FilmFacts]) -> list[Film]:
        """Films worth comparing with reviews, oldest first."""
        numbers: set[int] = set()
        for facts in group:
            for _, key in keys_of(facts):
                if key in self._by_key:
                    numbers.update(self._by_key[key])
        return [self._films[number] for number in sorted(numbers)]
