"""Titles that nothing sets apart: what a headline and its text both name, and what the text opens with as a film."""

import re
from collections.abc import Collection, Iterator
from itertools import islice

from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.title_said import (
    Span,
    article_before,
    as_film,
    is_dated,
    is_made,
    is_person,
    is_played,
    is_telling,
    names,
    openings,
    within,
)
from aggregator.parse.fields.title_words import like_title
from aggregator.parse.reading import Reading, place

_TOKEN = re.compile(r"[^\W_]+(?:['’.·-][^\W_]+)*")
_MOST_TOKENS, _LONGEST = 30, 8
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENING = 3
"""Paragraphs within which a text names its film."""


PEOPLE = frozenset("director cast writer composer cinematographer producer".split())
"""Labels whose values are people."""
PERSON = "heading.person"
REPEATED = frozenset(("heading.repeated", "heading.repeated_once", PERSON))


def repeated(reading: Reading, people: Collection[str] = ()) -> Iterator[Candidate]:
    """Phrases of the headline, written as names, that the text holds as whole names too.

    Those that name somebody have the rule `PERSON`; `people` are the film's own as the page labels them.
    """
    headline = reading.regions.headline
    if headline is None:
        return
    text = "\n".join(block.text for block in _running(reading))
    taken: list[Span] = []
    said: list[Span] = []
    for start, end in _phrases(headline.text):
        name = headline.text[start:end]
        if within((start, end), taken) or not (spans := names(name, text, said)):
            continue
        if not is_telling(name, text, spans, reading.language):
            continue
        said += spans
        taken.append((start, end))
        if name.casefold() in reading.regions.site_names:
            continue
        sure = len(spans) >= 2 or as_film(text, spans, reading.language)
        own = text[slice(*spans[0])] if name.isupper() else name
        shown = next((article for span in spans if (article := article_before(text, span))), "") + own
        rule = "heading.repeated" if sure else "heading.repeated_once"
        rule = PERSON if is_person(name, text) or any(_is_family(name, one) for one in people) else rule
        yield Candidate("title", shown, rule, place(headline, start, end), headline.text)


def _is_family(name: str, whole: str) -> bool:
    """Whether a single word is the last of somebody's name: "Holm" of "Anna Holm"."""
    return " " not in name and bool(re.search(rf"\s{re.escape(name)}\b", whole))


def _running(reading: Reading) -> list[Block]:
    """The lines of the text, without headings and lines of links such as tags."""
    return [line for line in reading.running if line.link_share() < 0.5]


def _phrases(text: str) -> Iterator[Span]:
    """Spans of a headline that begin and end with a word written as in a name, the longest first."""
    own = [match.span() for match in _TOKEN.finditer(text)][:_MOST_TOKENS]
    own = [(start, end - len(cut[0]) if (cut := _POSSESSIVE.search(text[start:end])) else end) for start, end in own]
    for size in range(min(_LONGEST, len(own)), 0, -1):
        for at in range(len(own) - size + 1):
            start, end = own[at][0], own[at + size - 1][1]
            account = text[max(0, start - 1) : start] == "@"
            if not (account or text[start].islower() or text[own[at + size - 1][0]].islower()):
                yield start, end


def told(reading: Reading) -> Iterator[Candidate]:
    """Names of the first paragraphs that the text says again, and no person's: those it speaks of as of a film, or the
    only one it keeps to.
    """
    if reading.section or reading.language == "de":
        return  # in German every noun is written as a name
    lines = _running(reading)
    text = "\n".join(block.text for block in lines)
    kept: dict[str, Candidate] = {}
    for block, phrase in islice(_opening(lines), _MOST):
        spans = names(phrase, text)
        # "Night Train (1984) starts with shoes" says it once and for all
        if len(spans) < 2 and not (len(spans) == 1 and is_dated(text, spans[0])):
            continue
        if not is_telling(phrase, text, spans, reading.language) or is_person(phrase, text):
            continue
        start = block.text.find(phrase)
        where, raw = place(block, start, start + len(phrase)), block.text[:200]
        if as_film(text, spans, reading.language, surely=" " not in phrase):
            yield Candidate("title", phrase, "body.told", where, raw)
        elif is_made(text, spans) or is_played(text, spans):
            kept[phrase] = Candidate("title", phrase, "body.kept", where, raw)
    if len(kept) == 1:
        yield from kept.values()


_MOST = 60
"""Phrases of the opening that are looked for in the whole text."""
_NUMBER_GOES_ON = re.compile(r"(?<=\d)[/.:]\d")
"""The rest of a number that a phrase cuts: "Updated 5/31"."""


def _opening(lines: list[Block]) -> Iterator[tuple[Block, str]]:
    """The phrases of the first paragraphs that are written as names, each once."""
    seen: set[str] = set()
    for block in lines[:_OPENING]:
        for phrase in openings(block.text):
            at = block.text.find(phrase)
            if at < 0 or _NUMBER_GOES_ON.match(block.text, at + len(phrase)):
                continue
            if phrase not in seen and len(phrase) > 1 and like_title(phrase):
                seen.add(phrase)
                yield block, phrase
