"""Which plain headlines are no titles: those of which the text says only a part, or that it passes over for another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from aggregator.notation.headline import cut_review, table
from aggregator.notation.languages import alternation, fold, words
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.title_said import as_film, is_acted, is_made, is_person
from aggregator.parse.fields.title_words import is_sentence, key, mentions, script_of
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region

_PLAIN = frozenset(
    """headline.plain headline.plain_short headline.plain_lower headline.plain_long headline.section
    headline.bracketed headline.brackets pagetitle.brackets facts.title headline.review_word
    pagetitle.plain pagetitle.other pagetitle.review_word heading.part heading.first""".split()
)
_UNMARKED = frozenset(
    """headline.plain headline.plain_short headline.plain_lower headline.plain_long pagetitle.plain
    pagetitle.other""".split()
)
_PARTS = frozenset(
    "heading.repeated heading.repeated_once heading.person link.film line.titled body.emphasis_often".split()
)
_RIVALS = frozenset("body.first_year body.only body.emphasis_often body.told body.kept url.named".split())
_OPENING = 2
"""Paragraphs within which a text names its film."""
_SIDES = re.compile(r"\s*[:：–—|/(\[]\s*|\s+-\s+")


def doubted(reading: Reading, found: Iterable[Candidate], *, boxed: bool = False) -> list[Candidate]:
    """The candidates, with a lower rule for each plain headline that the text gives reason to doubt.

    "Anna Holm's Night Post" where the text says "Night Post"; "Off the Rails" where it speaks of *Night Train*. On a
    page with a film's facts (`boxed`) the one name that the text opens with is the film's.
    """
    found = list(found)
    lines = [block.text for block in reading.running]
    text, opening = "\n".join(lines), "\n".join(lines[:_OPENING])
    titles = [c for c in found if c.field == "title"]
    parts = [c for c in titles if c.rule in _PARTS]
    rivals = [
        c
        for c in titles
        if c.rule in _RIVALS
        and any(mentions(c.value, opening))
        and not is_person(c.value, text)
        and key(c.value) not in reading.once(_leads)
    ]
    only = [c for c in _only_set_apart(titles, lines[:_OPENING], text) if key(c.value) not in reading.once(_leads)]
    rivals = [] if _opens_note(reading) else rivals + only
    beside = {key(c.value) for c in titles if c.rule in _RIVALS and _only_compared(c.value, text)}
    rivals = [c for c in rivals if key(c.value) not in beside]
    judged = [_doubt(c, parts, rivals, text) if c.field == "title" and c.rule in _PLAIN else c for c in found]
    if any(c.rule == "headline.unnamed" for c in judged):
        # that a headline is doubted makes no title of what the text says once and in passing
        apart = {key(c.value) for c in titles if c.rule.startswith("body.e") or c.rule in _RIVALS}
        if not boxed:
            beside |= {key(c.value) for c in rivals if not _is_spoken_of(c.value, text, reading, apart)}
        opening_names = {key(c.value) for c in only} - beside
        judged = [replace(c, rule="body.opening") if _is_apart(c, opening_names) else c for c in judged]
    return [replace(c, rule="body.emphasis") if _is_beside(c, beside, reading.once(_leads)) else c for c in judged]


def _is_beside(candidate: Candidate, beside: set[str], leads: set[str]) -> bool:
    """Whether what the text speaks of is no film of its own: one compared with, or no more than a label."""
    if candidate.rule not in _RIVALS:
        return False
    name = key(candidate.value)
    return name in beside or (candidate.rule == "body.only" and name in leads)


def _is_apart(candidate: Candidate, names: set[str]) -> bool:
    return candidate.rule == "body.emphasis" and key(candidate.value) in names


def _opens_note(reading: Reading) -> bool:
    """Whether a section's heading was cut off its first line: a title, as those that open the other notes are."""
    headline = reading.regions.headline
    below = next((line for line in reading.section if line is not headline), None)
    return headline is not None and below is not None and below.node is headline.node


def _only_compared(name: str, text: str) -> bool:
    """Whether a text names a film only beside another: "Like Rope (1948), this film …"."""
    spans = list(mentions(name, text))
    return bool(spans) and all(_compared().search(fold(text[max(0, start - 30) : start])) for start, _ in spans)


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(table('compared'))}\W*$")


@cache
def _story_of() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(table('story_of'))}\W*$")


def _is_spoken_of(name: str, text: str, reading: Reading, apart: set[str]) -> bool:
    """Whether a text says a name twice, once as that of a film, or once as the one it tells of: with its director, in a
    sentence with the word film, or, where nothing else is set `apart`, in a text that names actors with their parts.
    """
    if key(name) in reading.once(_leads):
        return False
    spans = list(mentions(name, text))
    if len(spans) >= 2 or as_film(text, spans, reading.language) or is_made(text, spans):
        return True
    if is_sentence(name):
        return False  # a line of dialogue
    if (apart == {key(name)} and is_acted(text)) or _is_announced(name, reading):
        return True
    if any(_story_of().search(fold(text[max(0, start - 30) : start])) for start, _ in spans):
        return True
    film = words("words", "film", {reading.language or "en", "en"})
    return any(not film.isdisjoint(fold(sentence).split()) for sentence in _sentences(text, spans))


def _leads(reading: Reading) -> set[str]:
    """What the first paragraphs set apart before a colon: labels and leads, "TL;DR: a fine film"."""
    marks = ((block.text, mark) for block in reading.running[:_OPENING] for mark in block.marks)
    return {key(text[mark.start : mark.end]) for text, mark in marks if ":" in text[mark.end - 1 : mark.end + 1]}


def _is_announced(name: str, reading: Reading) -> bool:
    """Whether the line below the headline or the page's description names it."""
    said = [block.text for block in reading.blocks(Region.HEAD)]
    said += [content for kind, content, _ in reading.doc.metas if kind in ("description", "og:description")]
    return any(True for text in said if len(text) < _DEK for _ in mentions(name, text))


_DEK = 300
"""Letters of a line that says what a page is about."""


def _sentences(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The sentences in which a name stands, without the name."""
    for start, end in spans:
        before, behind = text[max(0, start - _SENTENCE) : start], text[end : end + _SENTENCE]
        yield f"{_END.split(before)[-1]} {_END.split(behind)[0]}"


_SENTENCE = 150
_END = re.compile(r"[.!?…。！？\n]")


def _only_set_apart(titles: list[Candidate], opening: list[str], text: str) -> list[Candidate]:
    """The one phrase that the text sets apart, where its first paragraphs do: "Donkey Business" is about that film."""
    apart = {key(c.value): c for c in titles if c.rule in _APART and any(c.value in line for line in opening)}
    own = [c for c in apart.values() if not is_sentence(c.value) and not is_person(c.value, text)]
    return own if len(apart) == 1 else []


_APART = frozenset(("body.emphasis", "body.only"))


def _doubt(candidate: Candidate, parts: list[Candidate], rivals: list[Candidate], text: str) -> Candidate:
    whole = candidate.value
    if any(mentions(whole, text)):
        return candidate
    within = [part.value for part in parts if key(part.value) != key(whole) and _stands_in(part, whole)]
    if any(_is_cut(whole, part, text, marked=candidate.rule not in _UNMARKED) for part in within):
        return replace(candidate, rule="headline.unrepeated")
    if candidate.rule == "headline.plain_short" and any(_is_subtitle(whole, part) for part in within):
        return replace(candidate, rule="headline.subtitled")
    kicked = candidate.rule.endswith(".review_word") and not cut_review(candidate.raw).review  # "I watched …"
    if not (kicked or candidate.rule in _UNMARKED) or within:
        return candidate
    own = key(candidate.raw)
    if any(key(rival.value) not in own and script_of(rival.value) == script_of(whole) for rival in rivals):
        return replace(candidate, rule="headline.unnamed")
    return candidate


def _stands_in(part: Candidate, whole: str) -> bool:
    """Whether a headline holds a phrase of the text; a place in it ("… Out of Yuma") may well be part of the title."""
    before = whole[: whole.find(part.value)].split() if part.value in whole else None
    if not before:
        return before is not None
    return part.rule == "heading.repeated" or before[-1].lower() not in _PLACED


_PLACED = frozenset("of at in from to for on near by".split())


def _is_cut(whole: str, part: str, text: str, *, marked: bool) -> bool:
    """Whether what a headline says beyond the part that the text repeats is no part of the title.

    A text may call "Mission: Impossible – Fallout" by either side, but one that never says the first half of "A great
    film – Heat" speaks of Heat; what stands in brackets behind a title is another.
    """
    at = whole.find(part)
    rest = whole[at + len(part) :].strip()
    if at == 0 and rest.startswith(("(", "[")) and rest.endswith((")", "]")):
        return True
    sides = _SIDES.split(whole)
    if len(sides) > 1 and key(part) == key(sides[-1]) and _is_kicker(sides[0]):
        return not any(
            any(mentions(word, text)) for word in sides[0].split() if len(word) > 3 and not word[0].islower()
        )
    return not marked and (len(sides) < 2 or key(part) not in [key(side) for side in sides])


def _is_subtitle(whole: str, part: str) -> bool:
    """Whether a text calls a film by what stands behind the colon of its title: "The Last Jedi"."""
    first, colon, last = whole.partition(": ")
    return bool(colon) and key(part) == key(last) and not _is_kicker(first)


def _is_kicker(side: str) -> bool:
    """Whether what stands before a title is about it or its column, "A great film", and no series: "Star Wars"."""
    said = side.split()
    if any(word[0].islower() and word not in table("small") for word in said):
        return True
    return not _of_films().isdisjoint(fold(side).split())


@cache
def _of_films() -> frozenset[str]:
    return words("words", "film") | words("words", "review")
