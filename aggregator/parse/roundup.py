"""Several reviews on one page: cuts a round-up into its sections, one reading each."""

import re
from dataclasses import replace

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
    spans = [(head, reading.main[i + 1 : j]) for head, i, j in _spans(reading.main, heads)]
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


def _spans(main: list[Block], heads: list[Block]) -> list[tuple[Block, int, int]]:
    starts = [main.index(head) for head in heads] + [len(main)]
    return [(head, starts[n], starts[n + 1]) for n, head in enumerate(heads)]


def _text(span: list[Block]) -> int:
    return sum(weight(block.text) for block in span if weight(block.text) > 60)


def _rated(reading: Reading, head: Block, span: list[Block]) -> bool:
    lines = [head, *(block for block in span if weight(block.text) < 90)]
    has_rating = any(find_ratings(block.text, reading.hint) for block in lines)
    title = parse_title(head.text, reading.hint)
    return has_rating and title is not None and not re.match(r"^\W*$", title.title)


def _section(reading: Reading, head: Block, span: list[Block]) -> Reading:
    """A reading that sees only one section of the page."""
    whole = reading.regions
    inside = {block.index for block in span} | {head.index}
    kinds = [kind if index in inside else Region.CHROME for index, kind in enumerate(whole.of)]
    for block in span:
        kinds[block.index] = Region.BODY if kinds[block.index] is not Region.CAPTION else Region.CAPTION
    kinds[head.index] = Region.HEAD
    running = [block.index for block in span if weight(block.text) >= 60] or [head.index + 1]
    part = replace(reading)
    part.__dict__["regions"] = Regions(kinds, whole.main, head, running[0], running[-1], whole.site_names)
    part.__dict__["data"] = StructuredData()
    part.__dict__["language"] = reading.language
    return part
