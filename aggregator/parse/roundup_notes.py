"""Round-ups whose notes have no headings: parts each line that opens with a film's title into heading and text."""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from aggregator.notation.ratings import parse_rating
from aggregator.parse.blocks import Block
from aggregator.parse.fields.title_words import behind_day
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Regions, weight
from aggregator.parse.roundup_heads import LONGEST, film_title, is_headline

_NUMBER = re.compile(r"(?:\d{1,3}[.)]|[•*·–—-])\s+")
_QUOTE = re.compile(r"[“\"„«‘]?")
_MORE = re.compile(r"[”\"“»’]?\s*[(\[][^()\[\]]{1,80}[)\]]|,?\s+(?:18|19|20)\d\d\b|[”\"“»’]")
_RATED = re.compile(
    r"\s*[-–—:,(\[]?\s*([\d.,½/\s]{1,9}/\s*\d{1,3}|[★☆½*⭐]{1,10}(?:\s?1/2)?|[A-F][+−-]?)[)\]]?(?=[\s.:,–—-]|$)"
)
_SIGN = re.compile(r"\s*[:.,–—-]+(?:\s|$)|\s*$")
_SIGNS = " :.,;–—-|"
_WITH_YEAR = re.compile(r"[^().!?\n]{1,80}?\s?[(\[](?:[^()\[\]]{0,60}[\s,/;])?(?:18|19|20)\d\d\b[^()\[\]]{0,40}[)\]]")
_CAPITALS = re.compile(
    r"(?=.{0,10}[^\W\d_]{2})[^\Wa-zà-ÿа-яё](?:[^\Wa-zà-ÿа-яё]|[ '’:&,!?.-]){1,60}?(?=\s*[:–—]|\s-\s|\.\s|\s\()"
)
_PLAIN = re.compile(r"[^.!?:–—\n]{1,60}?(?=\s*[:–—]\s|\s-\s|\s*\()")
_TAGS = {"b": "bold", "strong": "bold", "em": "italic", "i": "italic", "cite": "italic", "a": "link", "u": "italic"}
_YEAR_FIRST = re.compile(r"[(\[]?(?:18|19|20)\d\d(?!\d)")
_NO_CAPITALS = frozenset(("ja", "ko", "zh"))
_RUNNING = 40
"""Letters from which a line below a title is its note."""
_LINES = frozenset("p div li td dd dt summary blockquote body font center".split())
Cut = tuple[int, int, int]
"""Where in a line a heading starts and ends, and where the rating ends that may stand right behind it."""


_MOST = 3000
"""Lines that are looked at for openings of notes; what has more is a table."""


def notes(reading: Reading) -> Iterator[tuple[Reading, list[Block]]]:
    """Per way of opening notes, the most frequent first: the page with such lines parted, and their headings."""
    lines = [line for line in reading.main if _may_open(reading, line)][:_MOST]
    found: list[tuple[str, dict[int, Cut]]] = [
        (kind, {line.index: cut for line in lines if (cut := opening(line))}) for kind, opening in _openings()
    ]
    for _, cuts in sorted(found, key=lambda item: -len(item[1])):
        if len(cuts) > 1:
            yield parted(reading, cuts)
    if reading.language in _NO_CAPITALS:
        return  # there any short line could be a title
    below = {line.index for at, line in enumerate(reading.main) if _stands_over_text(reading.main[at + 1 : at + 5])}
    heads = [
        line for line in lines if line.index in below and weight(line.text) < LONGEST and film_title(reading, line)
    ]
    # the year that stands below a title heads nothing
    titled = [head for head in heads if not _YEAR_FIRST.fullmatch(head.text)]
    if len(titled) > 1:
        yield reading, titled


def _may_open(reading: Reading, line: Block) -> bool:
    of_page = line.hints & {"byline", "date", "meta", "tags", "share"}
    return line.tag in _LINES and bool(line.text) and not of_page and not is_headline(reading, line)


def _runs(line: Block) -> bool:
    return line.tag not in HEADINGS and weight(line.text) >= _RUNNING and line.link_share() < 0.5


def _stands_over_text(after: list[Block]) -> bool:
    """Whether lines begin with running text, or with a year and a mark and then that."""
    for line in after:
        if _runs(line):
            return True
        if len(line.text) >= _RUNNING or not (_YEAR_FIRST.match(line.text) or parse_rating(line.text)):
            return False
    return False


def _openings() -> Iterator[tuple[str, Callable[[Block], Cut | None]]]:
    """The ways in which a line may open with a title."""
    for style in ("bold", "italic", "link"):
        yield style, lambda line, style=style: _marked(line, style)  # type: ignore[misc]
    for name, shape in (("year", _WITH_YEAR), ("capitals", _CAPITALS), ("plain", _PLAIN)):
        yield name, lambda line, shape=shape: _shaped(line, shape)  # type: ignore[misc]


def _lead(line: Block) -> int:
    """Where a line begins behind its number, its bullet, its date and a quotation mark."""
    number = _NUMBER.match(line.text)
    at = number.end() if number else 0
    at = behind_day(line.text) or at
    quote = _QUOTE.match(line.text, at)
    return quote.end() if quote else at


def _marked(line: Block, style: str) -> Cut | None:
    """A line that opens with words set apart, and goes on."""
    start = _lead(line)
    for mark in line.marks:
        if _TAGS.get(mark.tag) == style and mark.start <= start < mark.end <= start + LONGEST:
            found = _extended(line.text, start, mark.end)
            # in italics and links a sentence may begin too: "<i>Heat</i> is …"
            opens = style == "bold" or found[2] > mark.end or _SIGN.match(line.text, mark.end)
            return found if opens and (found[2] > found[1] or line.text[found[2] :].strip(_SIGNS)) else None
    return None


def _shaped(line: Block, shape: re.Pattern[str]) -> Cut | None:
    start = _lead(line)
    found = shape.match(line.text, start)
    if not found or len(found[0].split()) > 12:
        return None
    cut = _extended(line.text, start, found.end())
    return cut if line.text[cut[2] :].strip(_SIGNS) else None


def _extended(text: str, start: int, end: int) -> Cut:
    """A heading with the brackets, the year and the rating that follow the title."""
    while (more := _MORE.match(text, end)) and not parse_rating(more[0].strip(" ()[]")):
        end = more.end()
    rated = _RATED.match(text, end)
    return (start, end, rated.end() if rated and parse_rating(rated[1].strip()) else end)


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
        start, end, rated = cuts[line.index]
        heads.append(line.part(*_stripped(line.text, start, end), len(blocks)))
        blocks.append(heads[-1])
        for span in ((end, rated), (rated, len(line.text))) if rated else ((0, len(line.text)),):
            low, high = _stripped(line.text, *span)
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
