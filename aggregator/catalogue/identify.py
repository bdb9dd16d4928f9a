"""Which film of the catalogue a review means; so reviews under two titles meet, and two films of one title part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aggregator.catalogue.tables import Catalogue, Found
from aggregator.resolve.compare import HINDRANCES, compare
from aggregator.resolve.facts import FilmFacts, facts
from aggregator.resolve.shelf import strength
from aggregator.resolve.titles import forms_of

ADDRESSES = {
    "imdb": "https://www.imdb.com/title/{}/",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "tmdb": "https://www.themoviedb.org/movie/{}",
    "letterboxd": "https://letterboxd.com/film/{}/",
}
_CROWD = 200
"""Films of one title beyond which a title says nothing, and comparing costs too much."""
_HINDRANCES = HINDRANCES | {"title_article"}
_TIMELY = frozenset(["reviewed_when_new", "title_long", "year_near", "runtime_equal"])


@dataclass(frozen=True, slots=True)
class Identified:
    """A review's film in the catalogue, or that it has several which a bare title may mean.

    `how` is match, only_film_of_title (in the whole catalogue) or several_of_title, then without addresses.
    """

    facts: FilmFacts
    same_as: tuple[str, ...]
    how: str
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON, without the facts."""
        return {"how": self.how, "reasons": list(self.reasons), "same_as": list(self.same_as)}


class Identifier:
    """Looks reviews up in a catalogue; equal reviews are looked up once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._answers: dict[FilmFacts, Identified | None] = {}
        self._films: dict[int, tuple[Found, FilmFacts]] = {}

    def identify(self, said: FilmFacts) -> Identified | None:
        """The film that a review means, and the review's facts with its numbers and titles; null when in doubt.

        Of a title alone that several films of the catalogue have, the facts say so.

        A match must be stronger than any other; a title alone (or with a neighbouring year) says enough only where
        one film of the catalogue has it, and the review's date fits.
        """
        if said not in self._answers:
            self._answers[said] = self._look(said)
        return self._answers[said]

    def _look(self, said: FilmFacts) -> Identified | None:
        rows = {row for system, number in said.identities for row in self._catalogue.by_number(system, number)}
        for key in said.titles:
            rows.update(self._catalogue.by_title(key))
        if len(rows) > _CROWD:
            return Identified(replace(said, shared=True), (), "several_of_title", ()) if said.bare else None
        judged = [(row, compare(said, self._entry(row)[1])) for row in sorted(rows)]
        able = [(row, found) for row, found in judged if found.verdict != "distinct"]
        able.sort(key=lambda one: (one[1].verdict != "match", -strength(one[1])))
        if not able:
            return None
        row, best = able[0]
        rivals = [found for other, found in able[1:] if not self._is_one(row, other)]
        if best.verdict == "match":
            if any(found.verdict == "match" and strength(found) == strength(best) for found in rivals):
                return None
            return self._answer(said, row, "match", best.reasons)
        alone = not rivals and "title_equal" in best.reasons
        if alone and _TIMELY & set(best.reasons) and not _HINDRANCES & set(best.reasons):
            return self._answer(said, row, "only_film_of_title", best.reasons)
        if said.bare and rivals:
            return Identified(replace(said, shared=True), (), "several_of_title", ())
        return None

    def _entry(self, row: int) -> tuple[Found, FilmFacts]:
        if row not in self._films:
            film = self._catalogue.film(row)
            said = facts(
                titles=film.titles,
                year=film.year,
                directors=film.directors,
                cast=film.cast,
                runtime=film.runtime,
            )
            self._films[row] = film, replace(said, identities=frozenset(film.numbers))
        return self._films[row]

    def _is_one(self, row: int, other: int) -> bool:
        """Whether two entries, from two files perhaps, share a number."""
        return bool(set(self._entry(row)[0].numbers) & set(self._entry(other)[0].numbers))

    def _answer(self, said: FilmFacts, row: int, how: str, reasons: tuple[str, ...]) -> Identified:
        film = self._entry(row)[0]
        numbers = dict(film.numbers) | dict(said.identities)
        forms = {forms_of(title) for title in (film.title, film.original_title) if title} | set(said.forms)
        richer = replace(
            said,
            titles=frozenset(form.key for form in forms),
            forms=tuple(sorted(forms, key=lambda form: (form.key, form.article, sorted(form.parts)))),
            identities=frozenset(numbers.items()),
        )
        return Identified(richer, addresses(dict(film.numbers)), how, reasons)


def addresses(numbers: Mapping[str, str]) -> tuple[str, ...]:
    """Addresses of a film by its numbers in public catalogues, sorted."""
    return tuple(sorted(ADDRESSES[system].format(number) for system, number in numbers.items() if system in ADDRESSES))
