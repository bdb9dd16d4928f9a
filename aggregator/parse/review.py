"""Reads one review: runs every field over a reading (a page, or one section of a round-up) and chooses."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aggregator.model import Rating, RatingStatus
from aggregator.notation.languages import fold
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.comments import Thread, read_comments
from aggregator.parse.facts import LabelledFact, read_facts
from aggregator.parse.fields import (
    access,
    certificates,
    critics,
    dates,
    profiled,
    rating,
    releases,
    runtimes,
    structured_film,
    titles,
    words,
    years,
)
from aggregator.parse.fields import body as body_field
from aggregator.parse.fields import credits as credits_field
from aggregator.parse.fields.body import Text
from aggregator.parse.fields.title_words import key
from aggregator.parse.fields.year_lines import year_lines
from aggregator.parse.pagetype import Claims, Verdict, judge
from aggregator.parse.rank import Choice, choose
from aggregator.parse.reading import Reading
from aggregator.parse.regions import weight
from aggregator.parse.structured import StructuredMovie


@dataclass
class Findings:
    """Everything found out about one review: a choice per single-valued field, and the lists.

    What decides nothing else (lists, text, comments, others' ratings) is read when first asked for: a page that is no
    review is not asked. `films` are the films of the structured data that can be this review's, `credits` merged
    candidates, `ratings` all candidates; `is_section` tells a section of a round-up.
    """

    reading: Reading
    facts: list[LabelledFact]
    choices: dict[str, Choice]
    credits: list[Candidate]
    films: list[StructuredMovie]
    ratings: list[Candidate]
    is_section: bool

    @cached_property
    def verdict(self) -> Verdict:
        """What kind of page this is, judged as a whole."""
        title, year = self.choices["title"], self.choices["year"].winner
        directors = [c.value["name"] for c in self.credits if c.value["role"] == "director"]
        actors = {c.value["name"] for c in self.credits if c.value["role"] == "cast" and c.rule.startswith("prose.")}
        claims = Claims(
            title=title.winner.value if title.winner else None,
            named=_in_heading(title),
            contained=_contained(title),
            confirmed=_confirmed(title),
            year=year.value if year and not year.rule.startswith("body.") else None,
            rated=self.choices["rating"].winner is not None,
            director=directors[0] if directors else None,
            actors=len(actors),
            bylines=_bylines(self.choices["critics"]),
        )
        return judge(self.reading, self.facts, claims)

    @cached_property
    def status(self) -> RatingStatus:
        """Whether the review gives a rating, gives none, refuses, or gives one that cannot be read."""
        return rating.status(self.reading, self.choices["rating"].winner, self.ratings)

    @cached_property
    def lists(self) -> dict[str, list[Candidate]]:
        """Candidates of the list fields: what the page shows first, then what its structured data adds."""
        lists = {
            "access": access.read(self.reading),
            "credits": self.credits,
            "certificates": certificates.read(self.reading, self.facts),
            "runtime_minutes": runtimes.read(self.reading, self.facts),
            "releases": releases.read(self.reading, self.facts),
            **words.read(self.facts, self.films),
        }
        for candidate in structured_film.read(self.reading, self.films):
            lists[candidate.field].append(candidate)
        return lists

    @cached_property
    def text(self) -> Text | None:
        """The critic's own paragraphs."""
        return body_field.read(self.reading, _lines_of(self.facts))

    @cached_property
    def thread(self) -> Thread | None:
        """The comments of the page; a section of a round-up has none of its own."""
        return None if self.is_section else read_comments(self.reading)

    @cached_property
    def audience(self) -> tuple[Any, Place] | None:
        """What readers gave the film."""
        return rating.audience(self.reading, self.facts, self.value("title"))

    @cached_property
    def other_ratings(self) -> list[tuple[dict[str, Any], Place]]:
        """Second axes and sub-scores."""
        return rating.others(self.reading)

    def value(self, name: str) -> Any:
        """The chosen value of a single-valued field, or None."""
        choice = self.choices.get(name)
        return choice.winner.value if choice and choice.winner else None

    def disown(self, headings: Collection[Block]) -> None:
        """Take back what the headings of sections say: "Annie Hall" is a film, not who writes of it, and the day
        beside one film is not that of the others.
        """
        folded = {heading.folded for heading in headings}
        nodes = {heading.node for heading in headings}
        for name in ("critics", "published", "modified"):
            weighed = self.choices[name].weighed
            kept = [
                c
                for c, _ in weighed
                if not (any(fold(who) in folded for who in c.value) if name == "critics" else c.place.node in nodes)
            ]
            if len(kept) < len(weighed):
                self.choices[name] = choose(name, kept, self._key(name, kept), _PREFER.get(name, lambda _: 0))

    @staticmethod
    def _key(name: str, kept: list[Candidate]) -> Any:
        return dates.day_key(kept) if name in ("published", "modified") else _KEYS[name]


_KEYS: dict[str, Any] = {
    "title": key,
    "original_title": key,
    "rating": rating.rating_key,
    "critics": lambda names: frozenset(fold(name) for name in names),
    "outlet": fold,
    "headline": fold,
}


_PREFER: dict[str, Any] = {
    # of equal dates the one that says most, of equal ratings the one that prints its scale
    "published": len,
    "modified": len,
    "rating": lambda found: int(found.best is not None),
}


def find(reading: Reading, shared: Findings | None = None) -> Findings:
    """Run every field; `shared` is the whole page's findings when `reading` is a section of it."""
    facts = read_facts(reading)
    candidates: dict[str, list[Candidate]] = {name: [] for name in (*_KEYS, "year", "published", "modified")}
    for candidate in (
        *titles.read(reading, facts),
        *critics.read(reading, facts),
        *critics.outlet(reading),
        *dates.read(reading, critics.film_lines(facts)),
        *body_field.headline(reading),
    ):
        candidates[candidate.field].append(candidate)
    ratings = rating.read(reading, facts)
    candidates["rating"] += ratings
    for candidate in profiled.read(reading):
        candidates[candidate.field].append(candidate)
    keys = {**_KEYS, **{name: dates.day_key(candidates[name]) for name in ("published", "modified")}}
    choices = {
        name: choose(name, found, keys.get(name, lambda value: value), _PREFER.get(name, lambda _: 0))
        for name, found in candidates.items()
    }
    fitting = structured_film.fitting(reading, choices["title"].winner.value if choices["title"].winner else None)
    candidates["year"] = [
        c for c in candidates["year"] if not c.rule.startswith("structured.") or c.extra["film"] in fitting
    ]
    named = choices["title"].winner.value if choices["title"].winner else ""
    candidates["year"] = [c for c in candidates["year"] if key(c.extra.get("beside", named)) == key(named)]
    writers = {key(name) for candidate, _ in choices["critics"].weighed for name in candidate.value}
    candidates["year"] = [c for c in candidates["year"] if not _is_signed(c, writers)]
    if film := choices["title"].winner:
        written = choices["published"].winner
        told = years.years(reading, film.value, written.value if written else reading.fetched_at)
        lined = year_lines(reading, film.value, choices["critics"])
        choices["year"] = choose("year", [*candidates["year"], *told, *lined])
        originals = [*candidates["original_title"], *years.originals(reading, film.value)]
        choices["original_title"] = choose("original_title", originals, key)
    if shared is not None:
        for name in ("critics", "published", "modified", "outlet"):
            if choices[name].winner is None:
                choices[name] = shared.choices[name]
    _settle(reading, choices)
    stated = [candidate for film in fitting for candidate in credits_field.from_structured(film)]
    credited = credits_field.merge([*credits_field.read(reading, facts), *stated])
    return Findings(reading, facts, choices, credited, fitting, ratings, is_section=shared is not None)


def _is_signed(year: Candidate, writers: set[str]) -> bool:
    """Whether a year stands in a headline right behind the critic's name: "Heat - Mia Torres - 2021"."""
    said = key(year.raw) if year.rule.endswith("title.year") or year.rule == "headline.year" else ""
    return any(f"{name} {year.value}" in said for name in writers)


def _settle(reading: Reading, choices: dict[str, Choice]) -> None:
    """Say where two strong sources of one page contradict each other."""
    writers = {key(name) for name in choices["critics"].winner.value} if choices["critics"].winner else set()
    for name in ("rating", "critics", "published", "title", "original_title", "year", "modified", "outlet"):
        winner, other = choices[name].winner, choices[name].conflict
        if tied := choices[name].tied:
            reading.problem("conflict", f"{_says(tied[0])}, {_says(tied[1])}: neither is taken", name)
        elif name == "title" and other is not None and key(other.value) in writers:
            continue  # a byline in bold is no second title
        elif other is not None and winner is not None and not _same_share(winner.value, other.value):
            reading.problem("conflict", f"{_says(winner)}, {_says(other)}", name)


def _same_share(one: Any, other: Any) -> bool:
    """Whether two ratings give the same share of their scales: 4/5 and 8/10 contradict nothing."""
    if not (isinstance(one, Rating) and isinstance(other, Rating)):
        return False
    if one.value is None or other.value is None or not one.best or not other.best:
        return False
    return one.value * other.best == other.value * one.best


def _says(candidate: Candidate) -> str:
    return f"{candidate.rule} says {_shown(candidate.value)!r}"


def _shown(value: Any) -> str:
    """A value in short: names joined, a rating as written."""
    raw = getattr(value, "raw", None) or (", ".join(value) if isinstance(value, tuple) else str(value))
    return str(raw)[:60]


def _lines_of(facts: list[LabelledFact]) -> frozenset[int]:
    """Indexes of the lines that facts and their labels stand on; a sentence that also states a fact stays text."""
    lines = [fact.block for fact in facts if weight(fact.block.text[: fact.start]) < 100]
    lines += [fact.label_block for fact in facts if fact.label_block is not None]
    return frozenset(line.index for line in lines if weight(line.text) < 200)


def _bylines(choice: Choice) -> int:
    """How many people the page shows as authors, one by one."""
    shown = ("rel.author", "byline.by", "byline.marked", "byline.piece")
    return len({name for c, _ in choice.weighed if c.rule in shown and len(c.value) == 1 for name in c.value})


def _in_heading(choice: Choice) -> bool:
    """Whether the chosen title stands in the headline or the page's title as a title, not within a sentence."""
    if choice.winner is None:
        return False
    own = key(choice.winner.value)
    rules = {c.rule for c, _ in choice.weighed if key(c.value) == own}
    rules -= {"headline.contains", "headline.sentence", "pagetitle.sentence"}
    return any(name.startswith(("headline.", "pagetitle.", "heading.first")) for name in rules)


def _contained(choice: Choice) -> bool:
    """Whether the headline names the chosen title within its sentence, and the text sets it apart."""
    if choice.winner is None:
        return False
    own = key(choice.winner.value)
    return any(c.rule in ("headline.contains", "headline.named") and key(c.value) == own for c, _ in choice.weighed)


_PLAIN = ("headline.plain", "headline.plain_short", "headline.plain_lower", "pagetitle.plain", "url.slug", "body.part")


def _confirmed(choice: Choice) -> bool:
    """Whether more than a short headline and its copies says that the chosen title is one."""
    if choice.winner is None:
        return False
    own = key(choice.winner.value)
    return any(key(c.value) == own and c.rule not in _PLAIN for c, _ in choice.weighed)
