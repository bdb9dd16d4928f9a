"""Turns human decisions, which name reviews by id or address, into what the resolving of films understands."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from aggregator.notation.film_pages import film_numbers
from aggregator.resolve.cluster import resolve
from aggregator.resolve.decisions import Decision, Decisions
from aggregator.resolve.facts import FilmFacts
from aggregator.resolve.ledger import Entry, onward


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a decision that could not be followed, or stands on changed ground."""

    kind: str  # decision_unused, decision_stale
    name: str
    decision: Decision
    why: str

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON."""
        return {"why": self.why, "decision": self.decision.kind, "place": self.decision.place}


@dataclass(slots=True)
class Wishes:
    """Decisions as review ids: pairs to join and to keep apart, reviews and whom they follow.

    `ids`: a review to the film id of ours that its film must have; `same_as`: a review to an address of its film.
    """

    same: list[tuple[str, str]] = field(default_factory=list)
    different: list[tuple[str, str]] = field(default_factory=list)
    follow: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    same_as: dict[str, str] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)


class Names:
    """Everything by which a review may be named: its ids, those of its copies, and all their addresses."""

    def __init__(self, address: Callable[[str], str]) -> None:
        self._address = address
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        self._canonical: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, name: str, review: Mapping[str, Any], others: Iterable[str] = ()) -> None:
        """Make a review known under its id and `others`, and under its addresses."""
        for key in (name, *others):
            self._ids[key].add(name)
        copies = [copy["url"] for copy in review.get("copies") or []]
        for url in filter(None, (review.get("url"), *copies)):
            self._ids[self._address(url)].add(name)
        if canonical := review.get("canonical_url"):  # a reprint names the page that it was taken from
            self._canonical[self._address(canonical)].add(name)

    def find(self, name: str) -> set[str]:
        """The reviews of that id or address."""
        address = self._address(name)
        return self._ids.get(name) or self._ids.get(address) or self._canonical.get(address) or set()

    def meant(self, decision: Decision, reports: list[Report]) -> list[str]:
        """The reviews that a decision names; names that fit none or several are reported."""
        meant: list[str] = []
        for name in decision.reviews:
            found = self.find(name)
            if len(found) == 1:
                meant += [one for one in found if one not in meant]
            else:
                why = "the page holds several reviews: name one by its id" if found else "no such review is staged"
                reports.append(Report("decision_unused", name, decision, why))
        return meant


def wishes_of(decisions: Decisions, names: Names, facts: Mapping[str, FilmFacts], known: Mapping[str, Entry]) -> Wishes:
    """All that the decisions on films ask for; `known` is the ledger of film ids."""
    wishes = Wishes()
    for kind, pairs in (("same", wishes.same), ("different", wishes.different)):
        for decision in decisions.of(kind):
            meant = _placed(decision, names, facts, wishes.reports)
            pairs += list(combinations(meant, 2))
            if kind == "different" and len(meant) < sum(len(names.find(name)) == 1 for name in decision.reviews):
                why = "a review and its copy are folded into one, and cannot be of two films"
                wishes.reports.append(Report("decision_unused", decision.reviews[0], decision, why))
    _contradicted(decisions, names, wishes)
    targets: defaultdict[str, list[str]] = defaultdict(list)
    for decision in decisions.of("is"):
        meant = _placed(decision, names, facts, wishes.reports)
        target = _target(decision.film or "", known)
        if target is None:
            why = f"no film of ours ever had the id {decision.film}"
            wishes.reports.append(Report("decision_unused", decision.reviews[0], decision, why))
            continue
        targets[target] += [name for name in meant if name not in targets[target]]
        wishes.same_as |= {name: decision.film or "" for name in meant if not target.startswith("f-")}
    _follow(targets, names, facts, known, wishes)
    return wishes


def _placed(decision: Decision, names: Names, facts: Mapping[str, FilmFacts], reports: list[Report]) -> list[str]:
    """The reviews of a decision that name a film; what they say is compared with what was seen then."""
    meant = []
    for name in names.meant(decision, reports):
        if name in facts:
            meant.append(name)
        else:
            reports.append(Report("decision_unused", name, decision, "the review names no film"))
    for name, mark in decision.seen.items():
        found = names.find(name) & set(meant)
        if found and mark_of(facts[min(found)]) != mark:
            why = "what the review says of its film has changed since; look again"
            reports.append(Report("decision_stale", name, decision, why))
    return meant


def mark_of(facts: FilmFacts) -> str:
    """A short mark of what a review says about its film; another one as soon as it says something else."""
    said = [sorted(facts.titles), facts.year, sorted(facts.directors), sorted(facts.cast), facts.runtime]
    return hashlib.sha1(repr([*said, sorted(facts.identities)]).encode()).hexdigest()[:10]


def _contradicted(decisions: Decisions, names: Names, wishes: Wishes) -> None:
    apart = {frozenset(pair) for pair in wishes.different}
    for decision in decisions.of("same"):
        pairs = combinations(names.meant(decision, []), 2)
        if any(frozenset(pair) in apart for pair in pairs):
            why = "a [[different]] says otherwise, and wins"
            wishes.reports.append(Report("decision_unused", decision.reviews[0], decision, why))


def kept_apart(decisions: Decisions, names: Names, films: Iterable[tuple[str, ...]], wishes: Wishes) -> list[Report]:
    """The `same` decisions whose reviews are in several films all the same; `films` are ids of reviews by film."""
    said = {id(report.decision) for report in wishes.reports}
    film_of = {name: number for number, ids in enumerate(films) for name in ids}
    reports = []
    for decision in decisions.of("same"):
        placed = {film_of[name] for name in names.meant(decision, []) if name in film_of}
        if len(placed) > 1 and id(decision) not in said:
            why = "another decision keeps them, or reviews that they stand together with, apart, and wins"
            reports.append(Report("decision_unused", decision.reviews[0], decision, why))
    return reports


def _target(film: str, known: Mapping[str, Entry]) -> str | None:
    """What stands for the film: its id of ours, past redirects, or its catalogue number."""
    if not film.startswith("f-"):
        return ":".join(film_numbers(film)[0])
    film = onward(known, film)
    return film if film in known else None


def _follow(
    targets: Mapping[str, list[str]],
    names: Names,
    facts: Mapping[str, FilmFacts],
    known: Mapping[str, Entry],
    wishes: Wishes,
) -> None:
    """Let each review follow one that stands for its film; where there is none they stand apart, together."""
    if not targets:
        return
    moved = {name for following in targets.values() for name in following}
    rest = {name: said for name, said in facts.items() if name not in moved}
    together = [(one, other) for one, other in wishes.same if one in rest and other in rest]
    films = resolve(rest, same=together, different=wishes.different).films
    for target, following in sorted(targets.items()):
        if not following:
            continue
        held = _holders(target, names, rest, known)
        counts = [(len(held & set(ids)), ids) for ids in films if held & set(ids)]
        film = max(counts, key=lambda count: (count[0], count[1]))[1] if counts else ()
        leader = min(held & set(film), default=min(following))
        wishes.follow |= dict.fromkeys(following, leader)
        if target.startswith("f-"):
            wishes.ids[leader] = target


def _holders(target: str, names: Names, facts: Mapping[str, FilmFacts], known: Mapping[str, Entry]) -> set[str]:
    """The reviews that stand for a film: those the ledger counts to it, or that link to its catalogue page."""
    if target.startswith("f-"):
        return {name for key in known[target].keys for name in names.find(key)} & set(facts)
    system, number = target.split(":", 1)
    return {name for name, said in facts.items() if (system, number) in said.identities}
