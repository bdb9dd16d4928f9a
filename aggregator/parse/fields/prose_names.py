"""People's names in running text: where they stand, and whether a capitalised phrase can be one."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

from aggregator.notation.languages import alternation, fold
from aggregator.notation.people import is_name
from aggregator.notation.people import table as people_table
from aggregator.notation.titles import fold_title, parse_title
from aggregator.parse.blocks import Block
from aggregator.parse.facts import LabelledFact
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region, weight

LONGEST = 30_000
"""Letters a paragraph may have; what is longer was not written by a critic."""
MOST_BLOCKS = 400
"""Paragraphs that are read."""
WINDOW = 400
"""Characters before a place that are looked at."""
UPPER = "[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚΑ-ΩА-ЯЁІЇЄ]"
_WORD = (
    rf"(?:(?:{UPPER}\.){{1,3}}|(?:Jr|Sr|St)\.|{UPPER}\w*(?:['’](?!s\b|S\b)\w+)*(?:-\w+)*(?:\.{UPPER}\w+)*"
    rf"|[dl]['’]{UPPER}\w+(?:-\w+)*)"
)
_PARTICLE = "(?:von|van|de|del|della|di|da|dos|du|des|den|der|la|le|el|al|bin|ben|ter|af|av|zu)"
NAME = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_WORD}){{1,4}}"
"""Two to five capitalised words, with particles and initials; never a possessive."""
_NEXT = rf"(?>{NAME})(?!['’]s)"
NAMES = rf"{NAME}(?:,\s+{_NEXT})*(?:,?\s+(?:and|und|et|y|e|en|och|i|&)\s+{_NEXT})?"
"""A list of names; "by Tim Winton, Simon Baker's debut" is one name and the begin of something else."""
_QUOTED = re.compile(r"[“\"‘«„](?P<inside>[^“”\"‘’«»„]{2,60})[”\"’»“]")
TITLE_TAGS = frozenset(("em", "i", "cite"))
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!Mr)(?<!Dr)(?<!Jr)(?<!Mrs)[.!?][”\"’)]?\s+(?=[^\W\d_a-z])")
_TITLE = (
    rf"{UPPER}[\w'’-]*(?:\s+(?:{UPPER}[\w'’-]*|\d+|of|the|and|in|a|to|for|on|von|der|die|de|la|le|du|di|da)){{0,7}}"
)
_DATED = re.compile(rf"(?P<title>{_TITLE})[”\"’]?\s*[(\[](?:[^()\[\]]{{2,50}},\s*)?(?:18[89]|19\d|20\d)\d[)\]]")
_SUBJECT = re.compile(
    rf"(?:In|Like|Unlike|See|Recall|From|And|But|Take)?\s*(?P<title>{_TITLE}),\s+(?:both\s+|also\s+)?"
    r"(?:directed|written|starring|scored|shot|produced|adapted|co-written|penned)\b"
)


@cache
def words(section: str, key: str) -> frozenset[str]:
    """One list of data/prose.toml."""
    return frozenset(prose_table()[section][key])


@cache
def prose_table() -> dict[str, Any]:
    """data/prose.toml."""
    return tomllib.loads(resources.files("aggregator.parse").joinpath("data/prose.toml").read_text("utf-8"))


def any_of(texts: Any) -> str:
    """A regex fragment for any of the words, which are matched without regard to case."""
    return f"(?i:{alternation(texts)})"


@dataclass(slots=True)
class Statement:
    """One person in one role as the text says it; `strong` when the words can hardly mean another film."""

    role: str
    name: str
    block: Block
    start: int
    end: int
    rule: str
    character: str | None = None
    note: str | None = None
    strong: bool = True


@dataclass
class Prose:
    """The running text of a page and what is known about the names in it."""

    reading: Reading
    facts: list[LabelledFact]
    listed: dict[str, set[str]] = field(default_factory=dict)
    """Folded names of labelled credits by role."""
    _quoted: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> list[Block]:
        """Paragraphs of the review, without those that facts were read from."""
        used = {fact.block.index for fact in self.facts}
        inside = self.reading.blocks(Region.HEAD, Region.BODY, Region.TAIL)
        kept = [b for b in inside if b.index not in used and 60 <= b.weight <= LONGEST and b.link_share() < 0.5]
        return kept[:MOST_BLOCKS]

    @cached_property
    def words(self) -> Counter[str]:
        """How often each capitalised word stands in the text, headline and captions."""
        shown = self.reading.blocks(Region.HEAD, Region.BODY, Region.TAIL, Region.CAPTION)
        return Counter(word for block in shown for word in re.findall(rf"{UPPER}[\w-]+", block.text))

    @cached_property
    def surnames(self) -> set[str]:
        """Last words of listed people who are no actors, and of whoever the text calls director or writer."""
        crew = set().union(*(names for role, names in self.listed.items() if role != "cast")) or set()
        return {name.split()[-1] for name in crew if name}

    @cached_property
    def titles(self) -> frozenset[str]:
        """What the film may be called here, as comparable keys."""
        texts = [fact.value for fact in self.facts if fact.key in ("title", "original_title")]
        headline = self.reading.regions.headline
        lines = [headline.text] if headline else []
        for line in lines:
            parsed = parse_title(line, self.reading.hint)
            texts += [line, parsed.title] if parsed else [line]
        return frozenset(fold_title(text) for text in texts if text)

    @cached_property
    def nobody(self) -> frozenset[str]:
        """Folded names that are no credits: the critic and whoever signs."""
        names = {fold(fact.value) for fact in self.facts if fact.key == "critic"}
        for block in self.reading.lines:
            if "byline" in block.hints and "comments" not in block.hints and weight(block.text) < 120:
                names |= {fold(self.clean(m.group())) for m in re.finditer(NAME, block.text)}
        return frozenset(names)

    def known(self, name: str) -> bool:
        """Whether a person is among the labelled credits."""
        return any(fold(name) in names for names in self.listed.values())

    def repeated(self, word: str, times: int = 2) -> bool:
        """Whether a name's last word stands in the text at least so often."""
        return self.words[word] >= times

    def is_person(self, name: str) -> bool:
        """Whether a capitalised phrase may be a person of this film: no title, no place, not the critic."""
        if not is_name(name) or fold(name) in self.nobody or fold_title(name) in self.titles:
            return False
        if self.known(name):
            return True
        parts = [fold(part).strip(".") for part in name.split()]
        if parts[0] in words("names", "not_first"):
            return False
        return not any(part in words("names", "never") - words("names", "also_names") for part in parts)

    def in_title(self, block: Block, start: int, end: int) -> bool:
        """Whether a span lies within italics or quotes: then it is a title, not a person."""
        if any(mark.tag in TITLE_TAGS and mark.start <= start and end <= mark.end for mark in block.marks):
            # a whole paragraph in italics is no title
            return not any(m.tag in TITLE_TAGS and m.end - m.start > 120 and m.start <= start for m in block.marks)
        return any(a <= start and end <= b for a, b in self._quotes(block))

    def _quotes(self, block: Block) -> list[tuple[int, int]]:
        """Spans within quotes of a block."""
        if block.index not in self._quoted:
            self._quoted[block.index] = [m.span("inside") for m in _QUOTED.finditer(block.text)]
        return self._quoted[block.index]

    @cached_property
    def second_words(self) -> frozenset[str]:
        """Capitalised words that stand somewhere behind another one: family names, mostly."""
        pairs = re.compile(rf"{UPPER}\w+\s+(?=({UPPER}[\w’'-]*\w))")
        return frozenset(match.group(1) for block in self.blocks for match in pairs.finditer(block.text))

    def count(self, phrase: str) -> int:
        """How often a phrase stands in the text."""
        if phrase not in self._counts:
            self._counts[phrase] = sum(block.text.count(phrase) for block in self.blocks)
        return self._counts[phrase]

    def other_film(self, block: Block, position: int) -> bool:
        """Whether another film's title stands before this place in the same sentence."""
        begin = max(0, position - WINDOW)
        for match in _SENTENCE_END.finditer(block.text, begin, position):
            begin = match.end()
        if self._names_another(block.text[begin:position]):
            return True
        spans = [(m.start, m.end) for m in block.marks if m.tag in TITLE_TAGS and 2 < m.end - m.start < 80]
        spans += self._quotes(block)
        for start, end in spans:
            if not begin <= start < position or not block.text[start : start + 1].isupper():
                continue
            if block.text[:start].rstrip().endswith(("(", "[", "（")):
                continue  # an earlier work of whoever was named before it
            key = fold_title(block.text[start:end])
            if key and not any(key in title or title in key for title in self.titles):
                return True
        return False

    def _names_another(self, before: str) -> bool:
        """Whether the begin of a sentence, up to a place, names another film in plain letters.

        "Interstellar (Christopher Nolan, 2014) was …", "Contact, written by …".
        """
        found = [*_DATED.finditer(before)] if "(" in before else []
        if subject := _SUBJECT.match(before):
            found.append(subject)
        keys = (fold_title(match["title"]) for match in found)
        return any(key and not any(key in own or own in key for own in self.titles) for key in keys)

    def clean(self, name: str) -> str:
        """A matched phrase without leading words that are no part of a name ("Director Mark Romanek")."""
        parts = name.split()
        while len(parts) > 2 and fold(parts[0]).strip(".") in words("names", "not_first"):
            parts = parts[1:]
        while len(parts) > 2 and fold(parts[-1]) in people_table("particles"):
            parts = parts[:-1]
        return " ".join(parts)
