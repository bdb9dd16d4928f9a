"""From staged reviews to films: join, fold, resolve, give ids, merge, score; each step has its own package.

A build depends on what is staged, on decisions.toml and on ids.jsonl, and on nothing else: no clock, no order of
arrival. The same inputs give the same rows.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aggregator import __version__
from aggregator.catalogue import open_catalogue
from aggregator.catalogue.identify import Identifier
from aggregator.dedupe.fold import Folded, fold
from aggregator.dedupe.traits import Staged
from aggregator.dedupe.urls import address_key, site_key
from aggregator.merge.film import merge, titles_of
from aggregator.merge.parts import Paged, join_parts
from aggregator.merge.versions import versions_of
from aggregator.model import SCHEMA_VERSION, Film, Review
from aggregator.resolve import ledger
from aggregator.resolve.cluster import resolve
from aggregator.resolve.corrections import corrected
from aggregator.resolve.decisions import FILE_NAME, Decisions, read_decisions
from aggregator.resolve.facts import FilmFacts, facts_of
from aggregator.resolve.names import title_key
from aggregator.resolve.pairs import Names, Report, Wishes, mark_of, wishes_of
from aggregator.resolve.questions import questions_of
from aggregator.score.film import DEFAULT, film_score, prior_of, profile_of, with_score
from aggregator.score.history import histories, with_scale
from aggregator.store import Built, Note, StagedReview, Store


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


def build(store: Store, data_dir: str | Path, *, profile: str = DEFAULT) -> BuildResult:
    """Make the films of everything staged, write them to the store and new ids to ids.jsonl.

    ConfigError when decisions.toml cannot be followed, StoreError when store or ledger cannot be written; the
    last build then stands.
    """
    folder = Path(data_dir)
    decisions = read_decisions(folder / FILE_NAME)
    notes: list[Note] = []
    staged = _valid(list(store.iter_reviews()), notes)
    source = _generated_from(staged, folder)
    staged, reports = _corrected(staged, decisions)
    notes += [_report(report) for report in reports]
    joined = join_parts([Paged(_as_staged(one), one.part_of, one.next) for one in staged])
    notes += [Note("part_without_first_page", url, {}) for url in joined.loose]
    folded = fold(joined.reviews)
    reviews = _finished(folded, staged, profile, notes)
    prior = prior_of(review["rating"] for review in reviews.values())
    films = _films(folder, folded, reviews, decisions, notes)
    for film in films:
        film["score"] = film_score([review["rating"] for review in film["reviews"]], profile, prior)
    films = [Film.model_validate(film).model_dump(mode="json") for film in films]
    placed = {review["id"] for film in films for review in film["reviews"]}
    loose = [review for name, review in reviews.items() if name not in placed]
    notes += [Note("without_title", review["id"], {"url": review["url"]}) for review in loose]
    source = {"films": len(films), "reviews": len(reviews), **source}
    source["versions"] = {"aggregator": __version__, "schema": SCHEMA_VERSION, "score": profile}
    if profile_of(profile).figure == "bayesian":
        source["score_prior"] = prior
    store.save_build(Built(source, films, loose, notes))
    kinds = [note.kind for note in notes]
    return BuildResult(
        films=len(films),
        reviews=len(reviews),
        copies=len(joined.reviews) - len(folded),
        without_film=len(loose),
        invalid=kinds.count("invalid_review"),
        decisions_unused=kinds.count("decision_unused"),
        decisions_stale=kinds.count("decision_stale"),
        undecided=kinds.count("question"),
        generated_from=source,
    )


def _valid(staged: Sequence[StagedReview], notes: list[Note]) -> list[StagedReview]:
    """Reviews in the full form of the contract; what an older parser staged and the contract refuses is noted."""
    kept = []
    for one in staged:
        try:
            known = {"status": one.status, "source": one.data.get("source") or one.source}
            data = Review.model_validate({**one.data, **known}).model_dump(mode="json")
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            notes.append(Note("invalid_review", one.review_id, {"url": one.page_url, "field": where}))
            continue
        kept.append(_with_data(one, data))
    return kept


def _with_data(one: StagedReview, data: dict[str, Any]) -> StagedReview:
    facts = {name: getattr(one, name) for name in StagedReview.__slots__}
    return StagedReview(**facts | {"data": data})


def _corrected(staged: Sequence[StagedReview], decisions: Decisions) -> tuple[list[StagedReview], list[Report]]:
    """The reviews without the values that people have called wrong, and the decisions that found none to take."""
    names = Names(address_key)
    places: dict[str, list[int]] = {}
    for place, one in enumerate(staged):
        names.add(one.review_id, one.data)
        names.add(one.review_id, {"url": one.page_url})
        places.setdefault(one.review_id, []).append(place)
    changed = list(staged)
    reports: list[Report] = []
    for decision in decisions.of("value-is-wrong"):
        for name in names.meant(decision, reports):
            found = False
            for place in places[name]:
                data = corrected(changed[place].data, decision.field or "", decision.value, decision.instead)
                if data is not None:
                    found = True
                    changed[place] = _with_data(changed[place], data)
            if not found:
                why = f"{decision.field} is not {decision.value!r} any more; look again"
                reports.append(Report("decision_stale", name, decision, why))
    return changed, reports


def _report(report: Report) -> Note:
    return Note(report.kind, report.name, report.as_dict())


def _as_staged(one: StagedReview) -> Staged:
    return Staged(one.data, one.page_url, one.place, one.status)


def _finished(
    folded: Sequence[Folded], staged: Sequence[StagedReview], profile: str, notes: list[Note]
) -> dict[str, dict[str, Any]]:
    """Reviews by id with their score, on the scale of their source's history at need, and their older versions."""
    known = histories((_source_of(one.data), one.data["rating"]) for one in folded)
    notes += [Note("scale", f"{one.source} {one.unit}", asdict(one)) for _, one in sorted(known.items())]
    older = {(one.page_url, one.review_id): one.versions for one in staged if one.versions}
    finished = {}
    for one in folded:
        data = with_scale(one.data, known, _source_of(one.data))
        data["rating"] = with_score(data["rating"], profile)
        versions = older.get((one.source.page_url, one.source.data["id"]), ())
        data["versions"] = versions_of(versions, one.source.data)
        finished[data["id"]] = data
    return finished


def _source_of(data: Mapping[str, Any]) -> str:
    """Whose scale of ratings it is: that of the source, or of the site where no source is named."""
    return data["source"] or site_key(data["canonical_url"] or data["url"] or "")


def _films(
    folder: Path,
    folded: Sequence[Folded],
    reviews: Mapping[str, dict[str, Any]],
    decisions: Decisions,
    notes: list[Note],
) -> list[dict[str, Any]]:
    """Films with their reviews, sorted; the scores are still to come."""
    witnesses = {one.data["id"]: one.witness for one in folded if titles_of(one.witness)}
    keys = {one.data["id"]: one.keys for one in folded}
    known = ledger.read_ledger(folder / ledger.FILE_NAME)
    names = Names(address_key)
    for name, review in reviews.items():
        names.add(name, review, keys[name])
    facts = {name: facts_of(witness) for name, witness in witnesses.items()}
    wishes = wishes_of(decisions, names, facts, known)
    notes += [_report(report) for report in wishes.reports]
    marks = {name: mark_of(said) for name, said in facts.items()}
    elsewhere = _identified(folder, facts, notes)
    grouped = _grouped(facts, marks, wishes, notes)
    merged = [_merged([witnesses[name] for name in ids], wishes, elsewhere) for ids in grouped]
    wanted = [
        _new_film(film, ids, keys, next((wishes.ids[name] for name in ids if name in wishes.ids), None))
        for film, ids in zip(merged, grouped, strict=True)
    ]
    given, entries = ledger.give_ids(known, wanted)
    ledger.append_entries(folder / ledger.FILE_NAME, entries)
    redirects = ledger.redirects_from(known | {entry.id: entry for entry in entries})
    films = [
        _film(film | {"id": film_id, "redirects_from": redirects.get(film_id, [])}, ids, reviews)
        for film, film_id, ids in zip(merged, given, grouped, strict=True)
    ]
    return sorted(films, key=lambda film: (title_key(film["title"]), film["year"] or 0, film["id"]))


def _identified(folder: Path, facts: dict[str, FilmFacts], notes: list[Note]) -> dict[str, tuple[str, ...]]:
    """Addresses of each review's film by the catalogue, if one is loaded; its numbers and titles join the facts."""
    catalogue = open_catalogue(folder)
    if catalogue is None:
        return {}
    found = {}
    with catalogue:
        identifier = Identifier(catalogue)
        for name in sorted(facts):
            answer = identifier.identify(facts[name])
            if answer is not None:
                facts[name] = answer.facts
                found[name] = answer.same_as
                notes.append(Note("catalogue", name, answer.as_dict()))
    return found


def _grouped(
    facts: Mapping[str, FilmFacts], marks: Mapping[str, str], wishes: Wishes, notes: list[Note]
) -> tuple[tuple[str, ...], ...]:
    """The reviews of each film; why each is there and what is left open goes to the notes."""
    resolved = resolve(facts, same=wishes.same, different=wishes.different, follow=wishes.follow)
    for name, how in sorted(resolved.resolutions.items()):
        notes.append(Note("resolution", name, {**how.as_dict(), "mark": marks[name]}))
    asked = questions_of(resolved, facts, [*wishes.same, *wishes.different])
    notes += [Note("question", question.left, question.as_dict()) for question in asked]
    return resolved.films


def _merged(
    witnesses: Sequence[Mapping[str, Any]], wishes: Wishes, elsewhere: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """The film record, with the addresses elsewhere that people and the catalogue have given it."""
    film = merge("", witnesses)
    given = {wishes.same_as[one["id"]] for one in witnesses if one["id"] in wishes.same_as}
    found = {address for one in witnesses for address in elsewhere.get(one["id"], ())}
    film["same_as"] = sorted(given | found | set(film["same_as"]))
    return film


def _new_film(
    film: Mapping[str, Any], ids: Sequence[str], keys: Mapping[str, tuple[str, ...]], own: str | None
) -> ledger.NewFilm:
    return ledger.NewFilm(film["title"], title_key(film["title"]), film["year"], _keys_of(ids, keys), own)


def _keys_of(names: Sequence[str], keys: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({key for name in names for key in keys[name]}))


def _film(film: dict[str, Any], names: Sequence[str], reviews: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    film["reviews"] = sorted((reviews[name] for name in names), key=lambda one: (one["published"] or "9999", one["id"]))
    return film


def _generated_from(staged: Sequence[StagedReview], folder: Path) -> dict[str, Any]:
    """A digest of all inputs; no clock, so equal inputs give equal bytes."""
    decisions = folder / FILE_NAME
    digest = hashlib.sha256(decisions.read_bytes() if decisions.exists() else b"")
    if (catalogue := open_catalogue(folder)) is not None:
        with catalogue:
            digest.update(json.dumps([load["digest"] for load in catalogue.loads()]).encode())
    for one in staged:
        line = [one.page_url, one.part_of, one.next, one.data, one.versions]
        digest.update(json.dumps(line, sort_keys=True, ensure_ascii=False).encode("utf-8"))
    return {"reviews_staged": len(staged), "inputs": f"sha256:{digest.hexdigest()}"}
