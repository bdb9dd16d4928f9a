"""Which film each review belongs to and what id the film has: all that needs a look at every review at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.catalogue import open_catalogue
from aggregator.catalogue.identify import Identifier
from aggregator.dedupe.fold import Fold, folded
from aggregator.dedupe.urls import address_key
from aggregator.merge.film import title_and_year
from aggregator.resolve import ledger
from aggregator.resolve.cluster import Resolved, resolve
from aggregator.resolve.decisions import Decisions
from aggregator.resolve.facts import FilmFacts, facts_of
from aggregator.resolve.names import title_key
from aggregator.resolve.pairs import Names, Wishes, kept_apart, mark_of, wishes_of
from aggregator.resolve.questions import Question, questions_of
from aggregator.staged import Corpus, in_groups
from aggregator.store import Note

Elsewhere = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PlacedFilm:
    """A film before it is merged; `reviews` are ids, `same_as` addresses given by people and the catalogue."""

    id: str
    title: str
    year: int | None
    reviews: tuple[str, ...]
    same_as: frozenset[str]
    redirects_from: Sequence[str]


@dataclass(frozen=True, slots=True)
class Placing:
    """Every film in the order of title, year and id; the reviews that name none; and what people are to be asked."""

    films: list[PlacedFilm]
    nameless: list[str]
    asked: list[Question]
    wishes: Wishes
    catalogued: list[Note]
    resolved: Resolved
    marks: Mapping[str, str]

    def notes(self) -> Iterator[Note]:
        """How each review came to its film and what is left open."""
        for report in self.wishes.reports:
            yield Note(report.kind, report.name, report.as_dict())
        yield from self.catalogued
        for name, how in sorted(self.resolved.resolutions.items()):
            yield Note("resolution", name, {**how.as_dict(), "mark": self.marks[name]})
        for question in self.asked:
            yield Note("question", question.left, question.as_dict())


def place(corpus: Corpus, folds: Mapping[str, Fold], decisions: Decisions, folder: Path) -> Placing:
    """Place the reviews (folds by id), and append new film ids to the ledger in `folder`."""
    every, said = _witnesses(corpus, folds)
    facts = {name: every[name] for name in folds if every[name].titles}
    known = ledger.read_ledger(folder / ledger.FILE_NAME)
    names = Names(address_key)
    for name, fold in folds.items() if decisions.entries else ():
        names.add(name, _addresses(fold), fold.keys)
    wishes = wishes_of(decisions, names, facts, known)
    marks = {name: mark_of(own) for name, own in facts.items()}
    elsewhere, catalogued = _identified(folder, facts)
    resolved = resolve(facts, same=wishes.same, different=wishes.different, follow=wishes.follow)
    wishes.reports += kept_apart(decisions, names, resolved.films, wishes)
    asked = questions_of(resolved, facts, [*wishes.same, *wishes.different])
    wanted = [_new_film([said.get(name) or _naming(folds[name]) for name in ids], ids, folds, wishes)
              for ids in resolved.films]  # fmt: skip
    given, entries = ledger.give_ids(known, wanted)
    ledger.append_entries(folder / ledger.FILE_NAME, entries)
    redirects = ledger.redirects_from(known | {entry.id: entry for entry in entries})
    films = [
        PlacedFilm(film_id, film.title, film.year, ids, _same_as(ids, wishes, elsewhere), redirects.get(film_id, []))
        for film_id, film, ids in zip(given, wanted, resolved.films, strict=True)
    ]
    films.sort(key=lambda film: (title_key(film.title), film.year or 0, film.id))
    nameless = [name for name in folds if name not in facts]
    return Placing(films, nameless, asked, wishes, catalogued, resolved, marks)


def _witnesses(corpus: Corpus, folds: Mapping[str, Fold]) -> tuple[dict[str, FilmFacts], dict[str, dict[str, Any]]]:
    """What each review says of its film, and how those that have copies name it."""
    facts = {name: fold.kept.film for name, fold in folds.items()}
    said = {}
    for group in in_groups([fold for fold in folds.values() if len(fold.members) > 1], corpus.size_of):
        staged = corpus.load([review.number for fold in group for review in fold.members])
        for fold in group:
            witness = folded(fold, staged).witness
            facts[fold.id] = facts_of(witness)
            said[fold.id] = {key: witness[key] for key in ("id", "published", "film")}
    return facts, said


def _naming(fold: Fold) -> dict[str, Any]:
    """How a review without copies names its film, as far as `title_and_year` asks."""
    title, original, others = fold.kept.titles
    film = {"title": title, "original_title": original, "alternative_titles": others, "year": fold.kept.film.year}
    return {"id": fold.id, "published": fold.kept.published, "film": film}


def _addresses(fold: Fold) -> dict[str, Any]:
    copies = {*fold.kept.copied_to, *(review.url for review in fold.members)}
    return {
        "url": fold.kept.url,
        "canonical_url": fold.kept.canonical_url,
        "copies": [{"url": url} for url in sorted(copies)],
    }


def _identified(folder: Path, facts: dict[str, FilmFacts]) -> tuple[Elsewhere, list[Note]]:
    """Addresses of each review's film by the catalogue, if one is loaded; its numbers and titles join the facts."""
    catalogue = open_catalogue(folder)
    if catalogue is None:
        return {}, []
    found = {}
    notes = []
    with catalogue:
        identifier = Identifier(catalogue)
        for name in sorted(facts):
            answer = identifier.identify(facts[name])
            if answer is not None:
                facts[name] = answer.facts
                found[name] = answer.same_as
                notes.append(Note("catalogue", name, answer.as_dict()))
    return found, notes


def _new_film(
    said: Sequence[Mapping[str, Any]], ids: Sequence[str], folds: Mapping[str, Fold], wishes: Wishes
) -> ledger.NewFilm:
    title, year = title_and_year(said)
    own = next((wishes.ids[name] for name in ids if name in wishes.ids), None)
    keys = tuple(sorted({key for name in ids for key in folds[name].keys}))
    return ledger.NewFilm(title, title_key(title), year, keys, own)


def _same_as(ids: Sequence[str], wishes: Wishes, elsewhere: Elsewhere) -> frozenset[str]:
    given = [wishes.same_as[name] for name in ids if name in wishes.same_as]
    return frozenset([*given, *(address for name in ids for address in elsewhere.get(name, ()))])
