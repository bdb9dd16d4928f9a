"""Made-up films that clash as real ones do: namesakes, remakes, sequels, translated titles, titles that are years."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.corpus_text import words

_FORMS = (
    "{0}", "The {0}", "The {0} {1}", "{0} {1}", "{0} of {1}", "A {0} {1}", "{0} and {1}", "{0} {1} {2}", "{0}: {1} {2}",
    "The {0} of the {1}", "{0} in the {1} {2}", "{0} {1}: The {2}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeFilm:
    """What is true of a film; its reviews say some of it. `abroad` is the title it has in another language."""

    title: str
    abroad: str | None
    year: int
    directors: tuple[str, ...]
    cast: tuple[str, ...]
    runtime: int
    certificate: str
    genre: str


class Films:
    """Films in the order in which they are thought of; later ones may go back to earlier ones."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._vocabulary = [word.capitalize() for word in words(6_000, rng)[200:]]
        self._first, self._last = self._vocabulary[:600], self._vocabulary[600:5_000]
        self._people = [self._name() for _ in range(4_000)]

    def make(self, count: int) -> list[MadeFilm]:
        """That many films: of a hundred six share a title, three are remakes, five sequels, one is called by a year."""
        found: list[MadeFilm] = []
        kinds: list[tuple[float, Callable[[MadeFilm], MadeFilm]]] = [
            (0.06, self._namesake), (0.09, self._remake), (0.14, self._sequel),
        ]  # fmt: skip
        while len(found) < count:
            drawn = self._rng.random()
            kind = next((make for below, make in kinds if drawn < below), None)
            found.append(kind(self._rng.choice(found)) if kind and found else self._new())
        return found

    def _name(self) -> str:
        names = [self._rng.choice(self._first), self._rng.choice(self._last)]
        if self._rng.random() < 0.1:
            names.insert(1, self._rng.choice("ABCDEFGHJKLMNPRST") + ".")
        return " ".join(names)

    def _title(self) -> str:
        if self._rng.random() < 0.01:
            return str(self._rng.randint(1900, 2049))
        return self._rng.choice(_FORMS).format(*self._rng.sample(self._vocabulary, 3))

    def _new(self, title: str | None = None, abroad: str | None = None, year: int | None = None) -> MadeFilm:
        rng = self._rng
        return MadeFilm(
            title=title or self._title(),
            abroad=abroad or (self._title() if rng.random() < 0.2 else None),
            year=year or min(2026, 2027 - int(rng.expovariate(1 / 14)) % 110),
            directors=tuple(rng.sample(self._people, 2 if rng.random() < 0.06 else 1)),
            cast=tuple(rng.sample(self._people, rng.randint(3, 8))),
            runtime=int(rng.gauss(107, 18)) if rng.random() < 0.97 else rng.randint(150, 240),
            certificate=rng.choice(("PG", "PG-13", "R", "12A", "15", "18")),
            genre=rng.choice(("Drama", "Comedy", "Horror", "Thriller", "Science Fiction", "Documentary")),
        )

    def _namesake(self, other: MadeFilm) -> MadeFilm:
        """Another film of the same title, at times of the same year."""
        return self._new(other.title, year=other.year if self._rng.random() < 0.2 else None)

    def _remake(self, other: MadeFilm) -> MadeFilm:
        return self._new(other.title, other.abroad, min(2026, other.year + self._rng.randint(8, 45)))

    def _sequel(self, other: MadeFilm) -> MadeFilm:
        """By the same people a few years on."""
        suffix = self._rng.choice((" 2", " II", ": Part Two", f": {self._rng.choice(self._vocabulary)}"))
        made = self._new(other.title + suffix, year=min(2026, other.year + self._rng.randint(1, 4)))
        return MadeFilm(
            made.title, made.abroad, made.year, other.directors, other.cast, made.runtime, other.certificate,
            other.genre,
        )  # fmt: skip
