"""Round-ups whose notes have no headings: parts each line that opens with a film's title into heading and text."""

import copy
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from aggregator.notation.ratings import parse_rating
from aggregator.parse.blocks import Block, Element
from aggregator.parse.fields.title_words import behind_day
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Regions, weight
from aggregator.parse.roundup_heads import LONGEST, film_title, is_headline
from aggregator.parse.roundup_marks import Marks, is_mark, marks_before
from aggregator.parse.roundup_tables import title_cells

_NUMBER = re.compile(r"(?:\d{1,3}[.)]|[•*·–—-])\s+")
_QUOTE = re.compile(r"[“\"„«‘]?")
_MORE = re.compile(r"[”\"“»’》』」]?\s*[(\[][^()\[\]]{1,80}[)\]]|,?\s+(?:18|19|20)\d\d\b|[”\"“»’》』」]")
_RATED = re.compile(
    r"\s*[-–—:,(\[]?\s*([\d.,½/\s]{1,9}/\s*\d{1,3}|[★☆½*⭐]{1,10}(?:\s?1/2)?|•{2,6}½?|[A-F][+−-]?)[)\]]?(?=[\s.:,–—-]|$)"
)
_FAVOURITE = re.compile(r"(?<=\S)\s*[★⭐🌟❤♥]\ufe0f?$")
"""What marks a favourite among names set apart: "Heat ⭐"; a row of stars is a rating."""
_SIGN = re.compile(r"\s*[:.,–—-]+(?:\s|$)|\s*$")
_SIGNS = " :.,;–—-|"
_RUNS_ON = re.compile(r",?\s+[a-zà-ÿа-яё]")
"""What goes on behind a name that opens a sentence: "Heat is …", "Heat, on the other hand, …"."""
_WITH_YEAR = re.compile(r"[^().!?\n]{1,80}?\s?[(\[](?:[^()\[\]]{0,60}[\s,/;])?(?:18|19|20)\d\d\b[^()\[\]]{0,40}[)\]]")
_CAPITALS = re.compile(
    r"(?=.{0,10}[^\W\d_]{2})[^\Wa-zà-ÿа-яё](?:[^\Wa-zà-ÿа-яё]|[ '’:&,!?.-]){1,60}?(?=\s*[:–—]|\s-\s|\.\s|\s\()"
)
_PLAIN = re.compile(r"[^.!?:–—\n]{1,60}?(?=\s*[:–—]\s|\s-\s|\s*\()")
STYLES = {"b": "bold", "strong": "bold", "em": "italic", "i": "italic", "cite": "italic", "a": "link", "u": "italic"}
"""What tags of inline markup look like."""
_YEAR_FIRST = re.compile(r"[(\[]?(?:18|19|20)\d\d(?!\d)")
_NO_CAPITALS = frozenset(("ja", "ko", "zh"))
_RUNNING = 40
"""Letters from which a line below a title is its note."""
_SHORTEST = 15
"""Letters that a note has at least that stands below a title and a mark."""
_LINES = frozenset("p div li td dd dt summary blockquote body font center pre".split())


class Cut(NamedTuple):
    """Where in a line a heading starts and ends, where the rating ends that may stand right behind it (0: the heading
    is taken out of a sentence, which stays whole), and the span of the mark that may stand before it.
    """

    start: int
    end: int
    rated: int
    mark: tuple[int, int] = (0, 0)


_MOST = 3000
"""Lines that are looked at for openings of notes; what has more is a table."""


def notes(reading: Reading) -> Iterator[tuple[Reading, list[Block]]]:
    """Per way of opening notes, the most frequent first: the page with such lines parted, and their headings."""
    lines = [line for line in reading.main if _may_open(reading, line)][:_MOST]
    led = marks_before(lines)
    found = [{line.index: cut for line in lines if (cut := opening(line, led))} for opening in _openings()]
    for cuts in sorted(found, key=len, reverse=True):
        if len(cuts) > 1 and not _few_of_a_list(lines, cuts):
            yield parted(reading, cuts)
    if reading.language in _NO_CAPITALS:
        return  # there any short line could be a title
    below = {line.index for at, line in enumerate(reading.main) if _stands_over_text(reading.main[at + 1 : at + 5])}
    heads = [
        line
        for line in lines
        if line.index in below and weight(line.text) < LONGEST and film_title(reading, line, rated=True)
    ]
    # the year that stands below a title heads nothing
    titled = [head for head in heads if not _YEAR_FIRST.fullmatch(head.text)]
    if sum(film_title(reading, head) is not None for head in titled) > 1:
        wholes = {head.index: _whole(head, led) for head in title_cells(reading, titled)}
        if wholes and not _few_of_a_list(lines, wholes):
            yield parted(reading, wholes)


def _few_of_a_list(lines: list[Block], cuts: Collection[int]) -> bool:
    """Whether those lines that open notes are a few items of a list whose other items are names and marks alone."""
    told = [line for line in lines if line.index in cuts]
    if any(line.tag != "li" for line in told):
        return False
    parents = {_list_of(line) for line in told}
    items = [line for line in lines if line.tag == "li" and _list_of(line) in parents]
    return len(told) < _FEW * len(items)


def _list_of(item: Block) -> Element | None:
    return item.node.getparent() if item.node is not None else None


_FEW = 0.3


def _may_open(reading: Reading, line: Block) -> bool:
    of_page = line.hints & {"byline", "date", "meta", "tags", "share"}
    return line.tag in _LINES and bool(line.text) and not of_page and not is_headline(reading, line)


def _runs(line: Block, least: int) -> bool:
    return line.tag not in HEADINGS and weight(line.text) >= least and line.link_share() < 0.5


def _stands_over_text(after: list[Block]) -> bool:
    """Whether lines begin with running text, or with a year and a mark and then that."""
    rated = False
    for line in after:
        if _runs(line, _SHORTEST if rated else _RUNNING):
            return True
        marked = parse_rating(line.text) is not None if len(line.text) < _RUNNING else False
        if not (marked or _YEAR_FIRST.match(line.text)):
            return False
        rated = rated or marked
    return False


def _openings() -> Iterator[Callable[[Block, Marks], Cut | None]]:
    """The ways in which a line may open with a title."""
    for style in ("bold", "italic", "link"):
        yield partial(_marked, style)
    for shape in (_WITH_YEAR, _CAPITALS, _PLAIN):
        yield partial(_shaped, shape)


def _lead(line: Block, led: Marks) -> tuple[int, tuple[int, int]]:
    """Where a line begins behind its number, its bullet, its date, its mark and a quotation mark; and the mark."""
    low, high, behind = led.get(line.index, (0, 0, 0))
    number = _NUMBER.match(line.text)
    at = behind_day(line.text) or behind or (number.end() if number else 0)
    quote = _QUOTE.match(line.text, at)
    return quote.end() if quote else at, (low, high)


def _marked(style: str, line: Block, led: Marks) -> Cut | None:
    """A line that opens with words set apart, and goes on."""
    start, before = _lead(line, led)
    within = start + line.text.startswith(("《", "『", "「"), start)
    for mark in line.marks:
        if STYLES.get(mark.tag) == style and mark.start <= within < mark.end <= start + LONGEST:
            closed = line.text[mark.end - 1] in _SIGNS
            if style == "bold" and not closed and _RUNS_ON.match(line.text, mark.end):
                return Cut(start, mark.end, 0, before)
            end = mark.end - len(line.text[start : mark.end]) + len(_FAVOURITE.sub("", line.text[start : mark.end]))
            found = _extended(line.text, start, end, before)
            # in italics and links a sentence may begin too: "<i>Heat</i> is …"
            opens = style == "bold" or found.rated > mark.end or _SIGN.match(line.text, mark.end)
            rest = line.text[found.rated :].strip(_SIGNS)
            return found if opens and (found.rated > found.end or rest) else None
    return None


def _shaped(shape: re.Pattern[str], line: Block, led: Marks) -> Cut | None:
    start, before = _lead(line, led)
    found = shape.match(line.text, start)
    if not found or len(found[0].split()) > 12:
        return None
    cut = _extended(line.text, start, found.end(), before)
    return cut if line.text[cut.rated :].strip(_SIGNS) else None


def _whole(line: Block, led: Marks) -> Cut:
    """A line that is a heading, without its number and what marks it."""
    start, before = _lead(line, led)
    year = _WITH_YEAR.match(line.text, start)
    cut = _extended(line.text, start, year.end() if year else start, before)
    alone = is_mark(line.text[cut.rated :].strip())
    return cut._replace(rated=len(line.text)) if alone else Cut(start, len(line.text), len(line.text), before)


def _extended(text: str, start: int, end: int, mark: tuple[int, int]) -> Cut:
    """A heading with the brackets, the year and the rating that follow the title."""
    while (more := _MORE.match(text, end)) and not parse_rating(more[0].strip(" ()[]")):
        end = more.end()
    if (more := _MORE.match(text, end)) and more[0].strip().startswith(("(", "[")):
        return Cut(start, end, more.end(), mark)  # "Heat (8 out of 10)"
    rated = _RATED.match(text, end)
    sure = rated is not None and ("••" in rated[1] or parse_rating(rated[1].strip()) is not None)
    return Cut(start, end, rated.end() if rated and sure else end, mark)


def parted(reading: Reading, cuts: dict[int, Cut]) -> tuple[Reading, list[Block]]:
    """A reading of the same page in which the lines of `cuts` are two: a heading, and what follows it.

    A heading whose rating ends before it (at 0) is taken out of a sentence, which stays whole.
    """
    blocks: list[Block] = []
    heads: list[Block] = []
    at: list[int] = []
    for line in reading.doc.blocks:
        at.append(len(blocks))
        if line.index not in cuts:
            blocks.append(line.moved(len(blocks)))
            continue
        start, end, rated, mark = cuts[line.index]
        heads.append(line.part(*_stripped(line.text, start, end), len(blocks)))
        blocks.append(heads[-1])
        behind = _stripped(line.text, end, rated)[0] if rated else 0
        text = _stripped(line.text, rated, len(line.text))
        for low, high in (mark, (behind, rated), text):
            if low < high:
                blocks.append(line.part(low, high, len(blocks)))
    doc = copy.copy(reading.doc)
    doc.lines = replace(reading.doc.lines, blocks=blocks)
    whole = replace(reading, doc=doc)
    regions = _moved(reading, [*at, len(blocks)], blocks)
    whole.__dict__.update(data=reading.data, language=reading.language, regions=regions)
    return whole, heads


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the signs that part a title from its note; the stop of a sentence stays."""
    start += len(text[start:end]) - len(text[start:end].lstrip(_SIGNS))
    return start, end if end == len(text) else start + len(text[start:end].rstrip(_SIGNS))


def _moved(reading: Reading, at: list[int], blocks: list[Block]) -> Regions:
    """The regions of a page some of whose lines were parted; `at` is where each old line stands now, and the end."""
    old = reading.regions
    kinds = [region for index, region in enumerate(old.of) for _ in range(at[index + 1] - at[index])]
    headline = blocks[at[old.headline.index]] if old.headline else None
    last = at[old.last] if old.last >= 0 else -1
    return replace(old, of=kinds, headline=headline, first=at[old.first], last=last, quoted_headline=None, thread=None)
