"""What a review, or a catalogue row, says about which film is meant; a new clue becomes a field here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aggregator.notation.film_pages import film_numbers
from aggregator.resolve.names import person_key, plain
from aggregator.resolve.titles import Forms, forms_of


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """The clues of one review: keys to compare by; empty or null where the review does not say.

    `titles` are the keys of `forms`, which say how else the film may be called; `families` are the last words of
    directors' names; `runtime` is in minutes; `identities` are pairs like ("imdb", "tt0114709"); `known_by` is a year
    in which the film was already reviewed, so that it cannot be much younger. `shared`: a catalogue knows several
    films of these titles.
    """

    titles: frozenset[str] = frozenset()
    forms: tuple[Forms, ...] = field(default=(), hash=False)
    year: int | None = None
    directors: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    cast: frozenset[str] = frozenset()
    runtime: int | None = None
    identities: frozenset[tuple[str, str]] = frozenset()
    known_by: int | None = None
    shared: bool = False

    @property
    def bare(self) -> bool:
        """No more than a title."""
        return self.year is None and not self.directors and not self.identities


def facts(
    *,
    titles: Iterable[str | None],
    year: int | None = None,
    directors: Iterable[str] = (),
    cast: Iterable[str] = (),
    runtime: int | None = None,
    same_as: Iterable[str] = (),
    known_by: int | None = None,
) -> FilmFacts:
    """Facts from values as written: any spelling of titles and names, addresses of the film elsewhere."""
    found = {forms_of(title) for title in titles if title and title.strip()}
    named = [name for name in directors if name.strip()]
    return FilmFacts(
        titles=frozenset(form.key for form in found),
        forms=tuple(sorted(found, key=lambda form: (form.key, form.article, sorted(form.parts)))),
        year=year,
        directors=frozenset(person_key(name) for name in named),
        families=frozenset(plain(name).split()[-1] for name in named),
        cast=frozenset(person_key(name) for name in cast if name.strip()),
        runtime=runtime,
        identities=frozenset(identity for url in same_as for identity in film_numbers(url)),
        known_by=known_by,
    )


def facts_of(review: Mapping[str, Any]) -> FilmFacts:
    """Facts of a Review of the contract, given as dict."""
    film = review.get("film") or {}
    people = review.get("credits") or []
    published = review.get("published") or ""
    return facts(
        titles=[film.get("title"), film.get("original_title"), *(film.get("alternative_titles") or [])],
        year=film.get("year"),
        directors=[credit["name"] for credit in people if credit["role"] == "director"],
        cast=[credit["name"] for credit in people if credit["role"] == "cast"],
        runtime=review.get("runtime_minutes"),
        same_as=film.get("same_as") or [],
        known_by=int(published[:4]) if published[:4].isdigit() else None,
    )
