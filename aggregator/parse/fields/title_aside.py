"""Titles that stand beside a headline which does not name the film: in the address, a tag, a still's caption."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.headline import is_festival
from aggregator.notation.languages import load
from aggregator.notation.people import is_somebody
from aggregator.parse.blocks import Block, is_tag
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.fields.title_said import as_film, is_acted_in, is_made, is_person, is_telling, names
from aggregator.parse.fields.title_text import set_apart
from aggregator.parse.fields.title_words import (
    general_words,
    is_kind,
    is_sentence,
    key,
    like_title,
    mentions,
    slug_of,
)
from aggregator.parse.hints import Hints
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_LONGEST = 7
"""Words of an address that may be a title."""
_CAPTIONS = 3
"""Captions that are looked at: the first stills are of the film."""


def aside(reading: Reading) -> Iterator[Candidate]:
    """Candidates from the address of a page whose headline says something else, and from the captions of stills."""
    headline = reading.regions.headline
    if headline is None or reading.section:
        return
    for block in reading.blocks(Region.CAPTION)[:_CAPTIONS]:
        for start, end in set_apart(block):
            name = block.text[start:end].strip(" ,.;:!“”\"'‘’")
            fine = len(name) > 1 and like_title(name) and not is_sentence(name)
            if fine and _is_pictured(reading, block, start, name):
                yield Candidate("title", name, "caption", place(block, start, start + len(name)), block.text[:200])
    if words := _of_address(reading, headline):
        yield from _addressed(reading, words)


def _of_address(reading: Reading, headline: Block) -> list[str]:
    """The words of the address, where the headline has none of them: "Off the Rails" at /2011/03/night-train/."""
    words = [word for word in slug_of(reading.doc.url).split("-") if word and word not in general_words()]
    if len(words) > 1 and _YEAR.fullmatch(words[-1]):
        words.pop()
    telling = {word for word in words if word not in _small()}
    if not telling or len(words) > _LONGEST or not telling.isdisjoint(key(headline.text).split()):
        return []
    return words


_DATED = re.compile(r"/(?:19|20)\d\d/(?:\d\d?/)?")
_YEAR = re.compile(r"(?:18|19|20)\d\d")


@cache
def _small() -> frozenset[str]:
    return frozenset(load("en").stopwords)


def _addressed(reading: Reading, words: list[str]) -> Iterator[Candidate]:
    """What the page says of its own address: a tag that is it, a name in the text that is it."""
    own = "".join(words)
    address = reading.doc.url or ""
    for folded, block in reading.once(tags).items():
        if folded.replace(" ", "") == own:
            name = next(text for text in (*(t for t, _, _ in block.links()), block.text) if key(text) == folded)
            if like_title(name) and (_is_film(reading, name) or _is_unsaid(reading, name)):
                yield Candidate("title", name, "url.tag", place(block), address)
    text = reading.once(_said)
    found = re.search(r"(?<!\w)" + r"[\W_]{1,3}".join(map(re.escape, words)) + r"(?!\w)", text, re.IGNORECASE)
    if found is None or found[0].islower():
        return
    if _is_film(reading, found[0]):
        yield Candidate("title", found[0], "url.named", Place(fixed="url"), address)


def _said(reading: Reading) -> str:
    return "\n".join(block.text for block in reading.running)


def _is_film(reading: Reading, name: str) -> bool:
    """Whether the text speaks of a name as of a film's, or of who made it, and of no person."""
    text = reading.once(_said)
    spans = names(name, text)
    if not is_telling(name, text, spans, reading.language) or is_person(name, text) or is_somebody(name):
        return False
    return as_film(text, spans, reading.language) or is_made(text, spans)


def _is_pictured(reading: Reading, block: Block, start: int, name: str) -> bool:
    """Whether a caption names a film of which the text speaks: as "Anna Weber in “Night Train”", or as of a film."""
    acted = is_acted_in(block.text[:start]) and any(mentions(name, reading.once(_said)))
    return acted or _is_film(reading, name)


def _is_unsaid(reading: Reading, name: str) -> bool:
    """Whether the text of a dated post never says a name, which is nobody's and no kind of film or festival."""
    if not _DATED.search(reading.doc.url or "") or is_somebody(name):
        return False
    if is_kind(name, reading.language) or is_festival(name):
        return False
    return next(mentions(name, reading.once(_said)), None) is None


def _may_be_tags(region: Region, hints: Hints) -> bool:
    return region is not Region.COMMENT and bool(hints & {"tags", "meta"})


def tags(reading: Reading) -> dict[str, Block]:
    """The page's tags, each with its line: lines of their own, or links within one."""
    found: dict[str, Block] = {}
    for block in reading.select(_may_be_tags):
        if "tags" in block.hints and len(block.text) < 80:
            found.setdefault(key(block.text), block)
        for text, href, mark in block.links():
            if is_tag(href, mark.node):
                found.setdefault(key(text), block)
    return found
