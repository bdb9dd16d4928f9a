"""From staged reviews to films: join, fold, resolve, give ids, merge, score; each step has its own package.

A build depends on what is staged, on decisions.toml and on ids.jsonl, and on nothing else: no clock, no order of
arrival. The same inputs give the same rows.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aggregator import __version__
from aggregator.dedupe.fold import Folded, fold
from aggregator.dedupe.traits import Staged
from aggregator.dedupe.urls import address_key
from aggregator.merge.film import merge, titles_of
from aggregator.merge.parts import Paged, join_parts
from aggregator.merge.versions import versions_of
from aggregator.model import SCHEMA_VERSION, Film, Review
from aggregator.resolve import ledger
from aggregator.resolve.cluster import resolve
from aggregator.resolve.decisions import FILE_NAME, Decisions, read_decisions
from aggregator.resolve.facts import facts_of
from aggregator.resolve.names import title_key
from aggregator.resolve.pairs import pairs_of
from aggregator.score.film import DEFAULT, film_score, with_score
from aggregator.store import Built, Note, StagedReview, Store


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made: `copies` were folded into others, `without_film` name no film, `invalid` were left out."""

    films: int
    reviews: int
    copies: int
    without_film: int
    invalid: int
    decisions_unused: int
    generated_from: Mapping[str, Any]

    def line(self) -> str:
        """The counts in one line."""
        counted = f"films {self.films}  reviews {self.reviews}  copies folded {self.copies}"
        rest = f"without a film {self.without_film}  invalid {self.invalid}  unused decisions {self.decisions_unused}"
        return f"{counted}  {rest}"


def build(store: Store, data_dir: str | Path, *, profile: str = DEFAULT) -> BuildResult:
    """Make the films of everything staged, write them to the store and new ids to ids.jsonl.

    ConfigError when decisions.toml cannot be followed, StoreError when store or ledger cannot be written; the
    last build then stands.
    """
    folder = Path(data_dir)
    decisions = read_decisions(folder / FILE_NAME)
    notes: list[Note] = []
    staged = _valid(list(store.iter_reviews()), notes)
    joined = join_parts([Paged(_as_staged(one), one.part_of, one.next) for one in staged])
    notes += [Note("part_without_first_page", url, {}) for url in joined.loose]
    folded = fold(joined.reviews)
    reviews = _finished(folded, staged, profile)
    films = _films(folder / ledger.FILE_NAME, folded, reviews, decisions, notes, profile)
    placed = {review["id"] for film in films for review in film["reviews"]}
    loose = [review for name, review in reviews.items() if name not in placed]
    notes += [Note("without_title", review["id"], {"url": review["url"]}) for review in loose]
    source = _generated_from(staged, folder / FILE_NAME, len(films), len(reviews), profile)
    store.save_build(Built(source, films, loose, notes))
    kinds = [note.kind for note in notes]
    return BuildResult(
        films=len(films),
        reviews=len(reviews),
        copies=len(joined.reviews) - len(folded),
        without_film=len(loose),
        invalid=kinds.count("invalid_review"),
        decisions_unused=kinds.count("decision_unused"),
        generated_from=source,
    )


def _valid(staged: Sequence[StagedReview], notes: list[Note]) -> list[StagedReview]:
    """Reviews in the full form of the contract; what an older parser staged and the contract refuses is noted."""
    kept = []
    for one in staged:
        try:
            data = Review.model_validate({**one.data, "status": one.status}).model_dump(mode="json")
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            notes.append(Note("invalid_review", one.review_id, {"url": one.page_url, "field": where}))
            continue
        kept.append(_with_data(one, data))
    return kept


def _with_data(one: StagedReview, data: dict[str, Any]) -> StagedReview:
    facts = {name: getattr(one, name) for name in StagedReview.__slots__}
    return StagedReview(**facts | {"data": data})


def _as_staged(one: StagedReview) -> Staged:
    return Staged(one.data, one.page_url, one.place, one.status)


def _finished(folded: Sequence[Folded], staged: Sequence[StagedReview], profile: str) -> dict[str, dict[str, Any]]:
    """Reviews by id with their score and their older versions."""
    older = {(one.page_url, one.review_id): one.versions for one in staged if one.versions}
    finished = {}
    for one in folded:
        data = dict(one.data)
        data["rating"] = with_score(data["rating"], profile)
        versions = older.get((one.source.page_url, one.source.data["id"]), ())
        data["versions"] = versions_of(versions, one.source.data)
        finished[data["id"]] = data
    return finished


def _films(
    ledger_path: Path,
    folded: Sequence[Folded],
    reviews: Mapping[str, dict[str, Any]],
    decisions: Decisions,
    notes: list[Note],
    profile: str,
) -> list[dict[str, Any]]:
    witnesses = {one.data["id"]: one.witness for one in folded if titles_of(one.witness)}
    facts = {name: facts_of(witness) for name, witness in witnesses.items()}
    keys = {one.data["id"]: one.keys for one in folded}
    pairs = pairs_of(decisions, {name: reviews[name] for name in facts}, keys, address_key)
    notes += [Note("decision_unused", name, {"why": why}) for name, why in pairs.unused]
    resolved = resolve(facts, same=pairs.same, different=pairs.different)
    notes += [Note("resolution", name, how.as_dict()) for name, how in sorted(resolved.resolutions.items())]
    merged = [merge("", [witnesses[name] for name in names]) for names in resolved.films]
    wanted = [
        ledger.NewFilm(film["title"], title_key(film["title"]), film["year"], _keys_of(names, keys))
        for film, names in zip(merged, resolved.films, strict=True)
    ]
    known = ledger.read_ledger(ledger_path)
    ids, entries = ledger.give_ids(known, wanted)
    ledger.append_entries(ledger_path, entries)
    redirects = ledger.redirects_from(known | {entry.id: entry for entry in entries})
    films = [
        _film(merged_film | {"id": film_id, "redirects_from": redirects.get(film_id, [])}, names, reviews, profile)
        for merged_film, film_id, names in zip(merged, ids, resolved.films, strict=True)
    ]
    return sorted(films, key=lambda film: (title_key(film["title"]), film["year"] or 0, film["id"]))


def _keys_of(names: Sequence[str], keys: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({key for name in names for key in keys[name]}))


def _film(
    film: dict[str, Any], names: Sequence[str], reviews: Mapping[str, dict[str, Any]], profile: str
) -> dict[str, Any]:
    """The whole film, checked against the contract."""
    own = sorted((reviews[name] for name in names), key=lambda one: (one["published"] or "9999", one["id"]))
    film["reviews"] = own
    film["score"] = film_score([review["rating"] for review in own], profile)
    return Film.model_validate(film).model_dump(mode="json")


def _generated_from(
    staged: Sequence[StagedReview], decisions: Path, films: int, reviews: int, profile: str
) -> dict[str, Any]:
    """What names this build: counts, a digest of all inputs, versions; no clock, so equal inputs give equal bytes."""
    digest = hashlib.sha256(decisions.read_bytes() if decisions.exists() else b"")
    for one in staged:
        line = [one.page_url, one.part_of, one.next, one.data, one.versions]
        digest.update(json.dumps(line, sort_keys=True, ensure_ascii=False).encode("utf-8"))
    return {
        "films": films,
        "reviews": reviews,
        "reviews_staged": len(staged),
        "inputs": f"sha256:{digest.hexdigest()}",
        "versions": {"aggregator": __version__, "schema": SCHEMA_VERSION, "score": profile},
    }
