"""From staged reviews to films: join, fold, resolve, give ids, merge, score; each step has its own package.

A build depends on what is staged, on decisions.toml and on ids.jsonl, and on nothing else: no clock, no order of
arrival. The same inputs give the same rows.
"""

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from aggregator import __version__
from aggregator.catalogue import open_catalogue
from aggregator.dedupe.fold import Fold, fold, folded
from aggregator.dedupe.texts import Texts
from aggregator.merge.film import merge
from aggregator.merge.versions import versions_of
from aggregator.model import SCHEMA_VERSION, Film
from aggregator.placing import PlacedFilm, place
from aggregator.resolve.cluster import Resolution
from aggregator.resolve.decisions import FILE_NAME, read_decisions
from aggregator.resolve.evidence import with_mark
from aggregator.score.film import DEFAULT, film_score, prior_of, profile_of, with_score
from aggregator.score.history import histories, with_scale
from aggregator.seen import Held
from aggregator.staged import Corpus, in_groups
from aggregator.store import Built, Note, Store
from aggregator.workers import Workers


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: `copies` were folded into others, `without_film` name no film, `invalid` were left out.

    `decisions_unused` name reviews that are not there, `decisions_stale` stand on what has changed since, and
    `undecided` are the questions that `aggregator decide` asks.
    """

    films: int
    reviews: int
    copies: int
    without_film: int
    invalid: int
    decisions_unused: int
    decisions_stale: int
    undecided: int
    generated_from: Mapping[str, Any]

    def line(self) -> str:
        """The counts in one line."""
        counted = f"films {self.films}  reviews {self.reviews}  copies folded {self.copies}"
        rest = f"without a film {self.without_film}  invalid {self.invalid}  undecided {self.undecided}"
        decisions = f"unused decisions {self.decisions_unused}  stale decisions {self.decisions_stale}"
        return f"{counted}  {rest}  {decisions}"


def build(store: Store, data_dir: str | Path, *, profile: str = DEFAULT, workers: int = 1) -> BuildResult:
    """Make the films of everything staged, write them to the store and new ids to ids.jsonl.

    Reviews are gone through twice: once for the traits by which all are compared, then film by film, each written
    before the next is made. ConfigError when decisions.toml cannot be followed, StoreError when store or ledger
    cannot be written; the last build then stands.
    """
    rules = profile_of(profile)
    folder = Path(data_dir)
    decisions = read_decisions(folder / FILE_NAME)
    with _no_collections(), Workers(workers) as crew, store.reading() as connection:
        corpus = Corpus(connection, decisions, crew)
        folds = {one.id: one for one in fold(corpus.traits.values(), Texts(corpus.bodies), corpus.parted)}
        placing = place(corpus, folds, decisions, folder)
        makes = _Makes(corpus, folds, profile, placing.resolved.resolutions)
        source = {
            "films": len(placing.films),
            "reviews": len(folds),
            "reviews_staged": len(corpus),
            "inputs": _digest(corpus, folder),
            "versions": {"aggregator": __version__, "schema": SCHEMA_VERSION, "score": profile},
        }
        if rules.figure == "bayesian":
            source["score_prior"] = makes.prior
        nameless = [Note("without_title", name, {"url": folds[name].kept.url}) for name in placing.nameless]
        counts: Counter[str] = Counter()
        notes = _counted(chain(corpus.notes, makes.notes, placing.notes(), nameless), counts)
        store.save_build(Built(source, makes.films(placing.films), makes.loose(placing.nameless), notes))
    return BuildResult(
        films=len(placing.films),
        reviews=len(folds),
        copies=len(corpus.traits) - len(folds),
        without_film=len(nameless),
        invalid=counts["invalid_review"],
        decisions_unused=counts["decision_unused"],
        decisions_stale=counts["decision_stale"],
        undecided=counts["question"],
        generated_from=source,
    )


@contextmanager
def _no_collections() -> Iterator[None]:
    """No search for cycles meanwhile: what a build makes lives to its end, and going through it took a third of it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _counted(notes: Iterator[Note], counts: Counter[str]) -> Iterator[Note]:
    for note in notes:
        counts[note.kind] += 1
        yield note


def _digest(corpus: Corpus, folder: Path) -> str:
    """A digest of all inputs; no clock, so equal inputs give equal bytes."""
    decisions = folder / FILE_NAME
    digest = hashlib.sha256(decisions.read_bytes() if decisions.exists() else b"")
    if (catalogue := open_catalogue(folder)) is not None:
        with catalogue:
            digest.update(json.dumps([load["digest"] for load in catalogue.loads()]).encode())
    digest.update(corpus.digest.encode())
    return f"sha256:{digest.hexdigest()}"


class _Makes:
    """Makes films and reviews whole, a few at a time."""

    def __init__(
        self, corpus: Corpus, folds: Mapping[str, Fold], profile: str, placed: Mapping[str, Resolution]
    ) -> None:
        self._corpus = corpus
        self._folds = folds
        self._profile = profile
        self._placed = placed
        rated = map(self._rated, folds.values())  # every rating that is shown, each once and for its own source
        self._scales = histories((held.rated_by, held.rating) for held in rated)
        scales = sorted(self._scales.items())
        self.notes = [Note("scale", f"{one.source} {one.unit}", asdict(one)) for _, one in scales]
        bayesian = profile_of(profile).figure == "bayesian"
        self.prior = prior_of(map(self._scored, folds.values())) if bayesian else None

    def _rated(self, one: Fold) -> Held:
        return self._corpus.held[one.rated.number]

    def _scored(self, one: Fold) -> Mapping[str, Any] | None:
        held = self._rated(one)
        scaled = with_scale({"rating": held.rating}, self._scales, held.rated_by)
        return with_score(scaled["rating"], self._profile)

    def films(self, placed: Sequence[PlacedFilm]) -> Iterator[dict[str, Any]]:
        """These Films of the contract with reviews and score."""

        def size(film: PlacedFilm) -> int:
            return sum(self._corpus.size_of(self._folds[name]) for name in film.reviews)

        for group in in_groups(placed, size):
            reviews, witnesses = self._whole([name for film in group for name in film.reviews])
            for film in group:
                made = merge(film.id, [witnesses[name] for name in film.reviews], film.redirects_from)
                made["same_as"] = sorted({*film.same_as, *made["same_as"]})
                own = [reviews[name] for name in film.reviews]
                own.sort(key=lambda one: (one["published"] or "9999", one["id"]))
                made["score"] = film_score([one["rating"] for one in own], self._profile, self.prior)
                yield Film.model_validate(made).model_dump(mode="json") | {"reviews": own}

    def loose(self, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """These Reviews alone, in their order."""
        for group in in_groups(names, lambda name: self._corpus.size_of(self._folds[name])):
            yield from self._whole(group)[0].values()

    def _whole(self, names: Sequence[str]) -> tuple[dict[str, dict[str, Any]], dict[str, Mapping[str, Any]]]:
        """Reviews by id with score and older versions, and what each says of its film together with its copies."""
        folds = [self._folds[name] for name in names]
        staged = self._corpus.load([review.number for one in folds for review in one.members])
        older = self._corpus.versions(one.kept.number for one in folds)
        reviews, witnesses = {}, {}
        for one in folds:
            found = folded(one, staged)
            data = with_scale(found.data, self._scales, self._rated(one).rated_by)
            data["rating"] = with_score(data["rating"], self._profile)
            data["versions"] = versions_of(older.get(one.kept.number, ()), staged[one.kept.number].data)
            reviews[one.id] = with_mark(data, self._placed[one.id]) if one.id in self._placed else data
            witnesses[one.id] = found.witness
        return reviews, witnesses
