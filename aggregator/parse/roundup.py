"""Several reviews on one page: cuts a round-up into its sections, one reading each."""

import re
from dataclasses import replace

from aggregator.notation.dates import find_dates
from aggregator.notation.ratings import find_ratings
from aggregator.notation.titles import parse_title
from aggregator.parse.blocks import Block
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Region, Regions, weight
from aggregator.parse.structured import StructuredData

MIN_TEXT = 150
"""Letters of running text a section needs to be a review."""


def sections(reading: Reading) -> list[Reading]:
    """One reading per film of a round-up; empty when the page is none.

    A round-up has two or more headings of one level, each a film title, each with its own text and own rating; or
    three or more that mark a film's title, at least one of them rated.
    """
    heads = _headings(reading)
    if len(heads) < 2:
        return []
    spans = _spans(reading, heads)
    told = [(head, span) for head, span in spans if _text(span) >= MIN_TEXT]
    rated = [(head, span) for head, span in told if _rated(reading, head, span)]
    named = [(head, span) for head, span in spans if (head, span) in rated or _names_film(reading, head)]
    if len(named) >= 3 and rated and len(named) >= 0.6 * len(spans):
        return [_section(reading, head, span) for head, span in named if span]
    if len(rated) < 2 or len(rated) < 0.6 * len(spans):
        return []
    return [_section(reading, head, span) for head, span in rated]


def _names_film(reading: Reading, head: Block) -> bool:
    """Whether a heading marks a film's title: in italics, with a year, in quotes, beside a review word."""
    if any(mark.tag in ("i", "em", "cite") for mark in head.marks):
        return True
    title = parse_title(head.text, reading.hint)
    return title is not None and title.style != "plain"


def _headings(reading: Reading) -> list[Block]:
    headline = reading.regions.headline
    by_level: dict[str, list[Block]] = {}
    for block in reading.blocks(Region.HEAD, Region.BODY, Region.TAIL):
        if block.tag in HEADINGS and block is not headline and 0 < weight(block.text) < 90:
            by_level.setdefault(block.tag, []).append(block)
    return max(by_level.values(), key=len, default=[])


def _spans(reading: Reading, heads: list[Block]) -> list[tuple[Block, list[Block]]]:
    """Each heading with the lines of its section; a date right above the headings belongs to what it stands over."""
    main = reading.main
    starts = [main.index(head) for head in heads]
    dated = [at > 0 and _is_date(reading, main[at - 1]) for at in starts]
    if sum(dated) > len(heads) / 2:
        starts = [at - is_dated for at, is_dated in zip(starts, dated, strict=True)]
    ends = [*starts[1:], len(main)]
    return [
        (head, [block for block in main[start:end] if block is not head])
        for head, start, end in zip(heads, starts, ends, strict=True)
    ]


def _is_date(reading: Reading, block: Block) -> bool:
    found = find_dates(block.text, reading.hint) if 0 < len(block.text) < 60 else []
    return len(found) == 1 and found[0][1] - found[0][0] > len(block.text) / 2


def _text(span: list[Block]) -> int:
    return sum(weight(block.text) for block in span if weight(block.text) > 60)


def _rated(reading: Reading, head: Block, span: list[Block]) -> bool:
    # a rating stands on a short line, or ends or begins a paragraph
    lines = [head.text, *(part for block in span for part in _ends(block.text))]
    has_rating = any(find_ratings(line, reading.hint) for line in lines)
    title = parse_title(head.text, reading.hint)
    return has_rating and title is not None and not re.match(r"^\W*$", title.title)


def _ends(text: str) -> tuple[str, ...]:
    return (text,) if weight(text) < 90 else (text[:40], text[-40:])


def _section(reading: Reading, head: Block, span: list[Block]) -> Reading:
    """A reading that sees only one section of the page."""
    whole = reading.regions
    lines = sorted((head, *span), key=lambda block: block.index)
    kinds = [Region.CHROME] * len(whole.of)
    for block in lines:
        caption = whole.of[block.index] is Region.CAPTION
        kinds[block.index] = Region.CAPTION if caption else Region.BODY if block.index > head.index else Region.HEAD
    running = [block.index for block in span if weight(block.text) >= 60] or [head.index + 1]
    part = replace(reading, section=tuple(lines))
    part.__dict__["regions"] = Regions(kinds, whole.main, head, running[0], running[-1], whole.site_names)
    part.__dict__["data"] = StructuredData()
    part.__dict__["language"] = reading.language
    return part
