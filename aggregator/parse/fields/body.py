"""The critic's own paragraphs, the named sections beside them, spoiler warnings, the excerpt and the headline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from aggregator.notation.languages import alternation, fold, pattern, words
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.fact_labels import table_set
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region, weight

EXCERPT = 300
"""Length of the excerpt in characters, cut at a word."""


@dataclass(frozen=True, slots=True)
class Text:
    """The body as paragraphs, named sections, and whether the page warns of spoilers (with the warning's place)."""

    paragraphs: tuple[str, ...]
    sections: tuple[dict[str, str], ...]
    spoilers: Block | None
    where: Place | None
    safe: int | None = None
    """How many paragraphs stand before the spoiler warning; None where there is no warning."""

    @property
    def body(self) -> str | None:
        """The paragraphs, parted by empty lines; None when there is none."""
        return "\n\n".join(self.paragraphs) or None

    def excerpt(self) -> str | None:
        """The beginning of the body, ending before a spoiler warning."""
        text = "\n\n".join(self.paragraphs[: self.safe])
        if self.spoilers is not None and (at := text.find(self.spoilers.text)) >= 0:
            text = text[:at].strip()
        if len(text) <= EXCERPT:
            return text or None
        cut = text[:EXCERPT].rsplit(" ", 1)[0]
        return f"{cut}…"


def read(reading: Reading, skip: frozenset[int] = frozenset()) -> Text:
    """The text of the review; `skip` holds the blocks that facts were read from.

    A section with a known name ("Verdict", "For parents", "Pros") is kept apart; a verdict stays in the body as well.
    Other headings only part the text.
    """
    paragraphs: list[tuple[int, str]] = []
    sections: list[dict[str, str]] = []
    where = None
    captions = _captions(reading)
    warning = _spoilers(reading)
    safe: int | None = None
    apart = verdict = False
    for block in reading.blocks(Region.BODY, Region.TAIL):
        if warning is not None and safe is None and block.index >= warning.index:
            safe = len(_joined([*paragraphs, (block.para, "")])) - 1
        if block.index in skip or not block.text or _aside(block, captions):
            continue
        if block.index > reading.regions.first and _is_heading(reading, block):
            name = fold(block.text).strip(" .:·–—-")
            verdict, apart = name in _names("verdict"), name in _names("sections")
            if verdict or apart:
                sections.append({"name": block.text.strip(" :"), "text": ""})
            continue
        if apart or verdict:
            sections[-1]["text"] = f"{sections[-1]['text']}\n{block.text}".strip()
        if apart or (reading.region(block) is Region.TAIL and weight(block.text) < 60):
            continue
        where = where or place(block)
        paragraphs.append((block.para, block.text))
    return Text(_joined(paragraphs), tuple(_with_text(sections)), warning, where, safe)


def _joined(lines: list[tuple[int, str]]) -> tuple[str, ...]:
    """Lines of one paragraph put together."""
    return tuple("\n".join(text for _, text in group) for _, group in groupby(lines, key=itemgetter(0)))


def _with_text(sections: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Sections that say something; a heading right below a heading ("Talk About It", "Discussion starters") is one."""
    name = None
    for section in sections:
        if section["text"]:
            yield {**section, "name": name or section["name"]}
            name = None
        else:
            name = name or section["name"]


def headline(reading: Reading) -> Iterator[Candidate]:
    """Candidates of the page's headline."""
    block = reading.regions.headline
    if block is not None:
        yield Candidate("headline", block.text, "heading", place(block), block.text)
    elif quoted := reading.regions.quoted_headline:
        line, start, end = quoted
        yield Candidate("headline", line.text[start:end], "comments_heading", place(line, start, end), line.text)
    for review in reading.data.reviews:
        if review.headline:
            fact = review.headline
            yield Candidate("headline", fact.value, "structured.review", fact.place, fact.value)


@cache
def _spoiler_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    yes = rf"{pattern('words', 'spoilers')}"
    return re.compile(yes), re.compile(pattern("words", "not_spoilers"))


def _spoilers(reading: Reading) -> Block | None:
    """The line that announces spoilers, if one does and does not say the opposite."""
    yes, no = _spoiler_patterns()
    for block in reading.main:
        text = fold(block.text)
        if "spoil" not in text and not _SPOILER.search(text):
            continue
        notice = weight(text) < 200 and (text[0] in "(（[*-!" or block.tag in HEADINGS or "spoiler" in block.hints)
        if (yes.search(text) or notice) and not no.search(text):
            return block
    return None


_SPOILER = re.compile("spoiler|спойлер|ネタバレ|스포|剧透|劇透|雷")


@cache
def _names(key: str) -> frozenset[str]:
    return frozenset(fold(name) for name in words("words", key))


def _is_heading(reading: Reading, block: Block) -> bool:
    """A short line set as a heading within the text; in plain text, one with a known name."""
    if weight(block.text) > 80 or block.text.endswith((".", ",", ";", "…")):
        return False
    if block.tag in HEADINGS:
        return True
    name = fold(block.text).strip(" .:·–—-")
    if reading.doc.root is None:
        return name in _names("sections") or name in _names("verdict")
    bold = sum(mark.end - mark.start for mark in block.marks if mark.tag in ("b", "strong"))
    return bold >= len(block.text) - 1 and len(block.text) > 2


@cache
def _advert() -> re.Pattern[str]:
    return re.compile(rf"^{pattern('words', 'advert')}\W*$")


def _aside(block: Block, captions: frozenset[str]) -> bool:
    text = fold(block.text)
    if block.link_share() > 0.3 and _leads_away().match(text):
        return True  # "Read more: our review of X"
    return bool(_advert().match(text)) or text in captions


@cache
def _leads_away() -> re.Pattern[str]:
    lead = alternation(table_set("elsewhere") | words("words", "related"))
    return re.compile(rf"^\W*{lead}\s*(?:[:：»>]|[–—-]\s)")


def _captions(reading: Reading) -> frozenset[str]:
    """Short lines that stand twice in a row: an image's title and its caption, as copied text has them."""
    found = {fold(block.text) for block in reading.blocks(Region.CAPTION)}
    alts = {fold(icon.alt) for block in reading.lines for icon in block.icons if icon.alt}
    previous = ""
    for block in reading.main:
        text = fold(block.text)
        if text and text == previous and weight(text) < 200:
            found.add(text)
        if text in alts and len(text) > 8:
            found.add(text)
        previous = text
    return frozenset(found)
