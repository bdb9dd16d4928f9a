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
    """Reviews of one film, id to facts. `open`: a single review that fits several films and decides nothing."""

    number: int
    members: dict[str, FilmFacts] = field(default_factory=dict)
    open: bool = False

    @property
    def kinds(self) -> list[FilmFacts]:
        """What the members say, each only once: many reviews say the same."""
        return list({id(facts): facts for facts in self.members.values()}.values())


def strength(found: Comparison) -> int:
    """How much speaks for a match."""
    return sum(WEIGHTS.get(reason, 0) for reason in found.reasons)


def order(found: Comparison) -> tuple[int, int, tuple[str, ...]]:
    """Comparisons from distinct over undecided to the strongest match."""
    return (_VERDICTS[found.verdict], strength(found), found.reasons)


def judge(group: Group, film: Film, forbidden: frozenset[frozenset[str]] = frozenset()) -> Comparison:
    """The verdict on reviews and a whole film: any distinct pair parts them, else the strongest pair speaks."""
    if forbidden and any(frozenset((one, other)) in forbidden for one in group for other in film.members):
        return Comparison("distinct", ("decided_different",))
    best = Comparison("undecided", ())
    theirs = film.kinds
    for facts in {id(facts): facts for facts in group.values()}.values():
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

    def found(self) -> Film:
        """A new film without members."""
        film = Film(self._next)
        self._films[film.number] = film
        self._next += 1
        return film

    def take(self, film: Film, members: Group) -> None:
        """Add reviews to a film."""
        film.members.update(members)
        for facts in {id(facts): facts for facts in members.values()}.values():
            for key, _ in keys_of(facts):
                self._by_key[key][film.number] = None

    def join(self, film: Film, other: Film) -> None:
        """Move every review of `other` to `film`."""
        for facts in other.kinds:
            for key, _ in keys_of(facts):
                self._by_key[key].pop(other.number, None)
        del self._films[other.number]
        self.take(film, other.members)

    def near(self, group: Iterable[FilmFacts]) -> list[Film]:
        """Films worth comparing with reviews, oldest first."""
        numbers: set[int] = set()
        for facts in group:
            for _, key in keys_of(facts):
                if key in self._by_key:
                    numbers.update(self._by_key[key])
        return [self._films[number] for number in sorted(numbers)]
