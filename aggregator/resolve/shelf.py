"""The films found so far, looked up by whatever two descriptions of one film can share; a key is added in `keys_of`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from aggregator.resolve.compare import Comparison, Verdict, compare
from aggregator.resolve.facts import FilmFacts

WEIGHTS = {
    "identity_equal": 8, "director_equal": 4, "cast_equal": 3, "cast_partly": 2, "year_equal": 2, "title_equal": 2,
    "title_article": 1, "year_near": 1, "runtime_equal": 1, "reviewed_when_new": 1,
}  # fmt: skip
"""How much a level of comparison counts when a review matches two films."""

Key = tuple[str, str]
Group = Mapping[str, FilmFacts]
_VERDICTS: dict[Verdict, int] = {"distinct": -1, "undecided": 0, "match": 1}


@dataclass(eq=False, slots=True)
class Film:
    """Reviews of one film, id to facts.

    `pieces`: reviews that rules brought together, several only where a person has joined what rules would part.
    `followers`: reviews that a person has put here; what they say draws no others. `open`: fits several films or
    was put apart by a person, so that no rule may add to it.
    """

    number: int
    pieces: list[dict[str, FilmFacts]] = field(default_factory=lambda: [{}])
    followers: dict[str, FilmFacts] = field(default_factory=dict)
    open: bool = False

    @property
    def members(self) -> dict[str, FilmFacts]:
        """Every review of the film."""
        return {name: facts for part in (*self.pieces, self.followers) for name, facts in part.items()}

    @property
    def kinds(self) -> list[FilmFacts]:
        """What the reviews of its pieces say, each only once: many reviews say the same."""
        return _once(facts for piece in self.pieces for facts in piece.values())

    def __len__(self) -> int:
        return sum(map(len, self.pieces)) + len(self.followers)


def _once(every: Iterable[FilmFacts]) -> list[FilmFacts]:
    return list({id(facts): facts for facts in every}.values())


def strength(found: Comparison) -> int:
    """How much speaks for a match."""
    return sum(WEIGHTS.get(reason, 0) for reason in found.reasons)


def order(found: Comparison) -> tuple[int, int, tuple[str, ...]]:
    """Comparisons from distinct over undecided to the strongest match."""
    return (_VERDICTS[found.verdict], strength(found), found.reasons)


def judge(group: Group, film: Film, forbidden: frozenset[frozenset[str]] = frozenset()) -> Comparison:
    """The verdict on reviews and a whole film: that of the piece they are nearest to."""
    if forbidden and any(frozenset((one, other)) in forbidden for one in group for other in film.members):
        return Comparison("distinct", ("decided_different",))
    mine = _once(group.values())
    return max((_judge_piece(mine, piece) for piece in film.pieces), key=order)


def _judge_piece(mine: Iterable[FilmFacts], piece: Group) -> Comparison:
    """Any distinct pair parts reviews and a piece, else the strongest pair speaks."""
    best = Comparison("undecided", ())
    theirs = _once(piece.values())
    for facts in mine:
        for other in theirs:
            found = compare(facts, other)
            if found.verdict == "distinct":
                return found
            best = max(best, found, key=order)
    return best


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
        mine = _once(members.values())
        pieces = film.pieces
        nearest = pieces[0] if len(pieces) == 1 else max(pieces, key=lambda piece: order(_judge_piece(mine, piece)))
        nearest.update(members)
        self._enter(film, mine)

    def follow(self, film: Film, members: Group) -> None:
        """Put reviews into a film because a person says so."""
        film.followers.update(members)

    def join(self, film: Film, other: Film, *, decided: bool = False) -> None:
        """Move every review of `other` to `film`; `decided` by a person, whatever speaks against it."""
        kinds = other.kinds
        for facts in kinds:
            for key, _ in keys_of(facts):
                self._by_key[key].pop(other.number, None)
        del self._films[other.number]
        if decided or len(film.pieces) > 1 or len(other.pieces) > 1:
            film.pieces.extend(other.pieces)
        else:
            film.pieces[0].update(other.pieces[0])
        film.followers.update(other.followers)
        self._enter(film, kinds)

    def _enter(self, film: Film, kinds: Iterable[FilmFacts]) -> None:
        for facts in kinds:
            for key, _ in keys_of(facts):
                self._by_key[key][film.number] = None

    def near(self, group: Iterable[FilmFacts]) -> list[Film]:
        """Films worth comparing with reviews, oldest first."""
        numbers: set[int] = set()
        for facts in group:
            for _, key in keys_of(facts):
                if key in self._by_key:
                    numbers.update(self._by_key[key])
        return [self._films[number] for number in sorted(numbers)]
