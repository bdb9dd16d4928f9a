"""Labelled facts of a page ("Directed by", "Laufzeit: 103 Min."), whatever the markup; words and rules are data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.notation import Hint
from aggregator.notation.certificates import parse_certificate
from aggregator.notation.countries import find_countries
from aggregator.notation.people import is_name, parse_people
from aggregator.notation.runtimes import parse_runtime
from aggregator.notation.titles import fold_title, parse_title
from aggregator.parse.blocks import Block, Element, within
from aggregator.parse.fact_find import Label, find, may_hold
from aggregator.parse.fact_groups import trusted
from aggregator.parse.fact_labels import table_set, weak
from aggregator.parse.fact_other import POINTS, speaks_of_another
from aggregator.parse.fact_raw import Raw, parted, pieces
from aggregator.parse.fact_tables import columns, same_row
from aggregator.parse.fact_values import YEAR, date_in, is_listed, parts_of, split_words, trim
from aggregator.parse.hints import Hints
from aggregator.parse.regions import Region, weight

if TYPE_CHECKING:
    from aggregator.parse.reading import Reading

__all__ = ["LabelledFact", "read_facts", "split_words"]
MOST = 1000
"""Labelled values that are read of one page."""
RUNNING = 200
"""Letters from which a line is running text, in which a label needs more proof."""
_TWO_TITLES = re.compile(r"(?P<own>\S.{0,80}?)\s*\((?P<other>[^()\d]{3,80})\)")
_HIDDEN = frozenset("nav footer login form cookie newsletter share comments related bio tags header advert".split())
_BOX = frozenset(("facts", "rating", "audience"))


@dataclass(frozen=True, slots=True)
class LabelledFact:
    """One fact: `value` is `block.text[start:end]`, without the signs around it.

    `key` is a key of the [labels] tables, `label` the words it stood under ("" when it had none), `links` the texts
    of links within the value, `tier` "labelled" or "visible" (no label; told by its neighbours), `label_block` the
    line of the label when that is another one.
    """

    key: str
    label: str
    value: str
    block: Block
    start: int
    end: int
    links: tuple[str, ...] = ()
    tier: str = "labelled"
    label_block: Block | None = None


def read_facts(reading: "Reading") -> list[LabelledFact]:
    """The labelled facts about the film (and its rating and critic), in the order of the page.

    Comments, captions, related links and menus are never read; facts beside the text count only as a group.
    A label that is glued ("Writer/Director") gives one fact for each part.
    """
    headline = reading.regions.headline
    own = parse_title(headline.text, reading.hint) if headline is not None else None
    title, year = (own.title, own.year) if own else (None, None)
    blocks = [
        block
        for block in reading.select(_eligible)
        if (block.text or block.icons)
        and not (POINTS.search(block.text, 0, 600) and speaks_of_another(block.text, title, year))
    ]
    raws = list(_bounded(reading, _collect(reading, blocks)))
    long_lines = {block.index: len(block.text) for block in blocks if block.weight > RUNNING}
    facts = [_fact(raw, key) for raw, key in trusted(raws, long_lines, reading.hint)]
    return [*_original_title(reading, raws, facts), *facts]


def _original_title(reading: "Reading", raws: list[Raw], facts: list[LabelledFact]) -> Iterator[LabelledFact]:
    """A second title in brackets behind the headline's own, in a line of facts."""
    headline = reading.regions.headline
    lines = {fact.block.index for fact in facts}
    if headline is None or any(fact.key == "original_title" for fact in facts):
        return
    own = parse_title(headline.text, reading.hint)
    for raw in parted(raw for raw in raws if raw.label is None and raw.block.index in lines):
        match = _TWO_TITLES.fullmatch(raw.value)
        if match and own and fold_title(match.group("own")) == fold_title(own.title):
            start, end = raw.start + match.start("other"), raw.start + match.end("other")
            yield LabelledFact("original_title", "", raw.block.text[start:end], raw.block, start, end, (), "visible")
            return


def _eligible(region: Region, hints: Hints) -> bool:
    """Whether lines of this region, in markup of this purpose, may tell facts."""
    if region in (Region.HEAD, Region.BODY, Region.TAIL):
        return True
    if region is Region.OUTSIDE:
        return not hints & _HIDDEN
    # a facts box in a sidebar is chrome by its place, not by what it is
    return region is Region.CHROME and bool(hints & _BOX) and not hints & _HIDDEN


def _bounded(reading: "Reading", raws: Iterator[Raw]) -> Iterator[Raw]:
    """The values up to a number of labelled ones, far more than a page about films states; that it was cut is said."""
    left = MOST
    for raw in raws:
        left -= raw.label is not None
        if left < 0:
            reading.problem("cut", f"only the first {MOST} labelled values are read", "facts")
            return
        yield raw


def _collect(reading: "Reading", blocks: list[Block]) -> Iterator[Raw]:
    """Every value behind a label, and every short line that may be one without."""
    language = reading.language
    below = columns(blocks, language)
    taken: set[int] = set()
    for position, block in enumerate(blocks):
        if block.index in taken or not block.text:
            continue
        region = reading.region(block)
        labels = find(block, language) if may_hold(block, language) else []
        labels = [label for label in labels if not _menu(block, label)]
        if not labels:
            if block.weight <= RUNNING:
                yield Raw(block, 0, len(block.text), region, whole=True)
        elif len(labels) == 1 and labels[0].form == "line":
            under = below.get(block.index)
            values = [under] if under is not None else _next_lines(blocks, position, labels[0], language)
            taken.update(value.index for value in values)
            for value in values:
                if span := trim(value.text, 0, len(value.text)):
                    yield from _with_parts(value, span, region, labels[0], block)
        else:
            yield from _in_line(block, labels, region)


def _menu(block: Block, label: Label) -> bool:
    """Whether a label is an entry of a menu: all of the line is one link, and the word is common."""
    return label.form in ("line", "loose") and block.link_share() > 0.8 and weak(label.text)


def _in_line(block: Block, labels: list[Label], region: Region) -> Iterator[Raw]:
    """Values in one line, each from its label to the next separator; what is left over has no label."""
    text = block.text
    yield from pieces(block, 0, labels[0].start, region)
    for number, label in enumerate(labels):
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        spans = [(label.value + a, label.value + b) for a, b in parts_of(text[label.value : end])]
        if not spans:
            continue
        own = _extended(text, spans, label)
        last = spans[own][1]
        if (length := _LENGTH.search(text, spans[0][0], last)) and _takes_people(label):
            last = length.start()  # "avec Amy Adams, Jeremy Renner (1h56)"
            yield Raw(block, *length.span("runtime"), region)
        if _takes_people(label) and (cut := _made_behind(text, spans[0][0], last)) is not None:
            yield Raw(block, cut, last, region)
            last = text.rindex(",", spans[0][0], cut)
        yield from _with_parts(block, (spans[0][0], last), region, label, None)
        for start, stop in spans[own + 1 :]:
            yield Raw(block, start, stop, region)


_COMMA = re.compile(r",\s*")
_LENGTH = re.compile(r"\s*[(（](?P<runtime>\d[^()（）]{0,12})[)）]$")


def _made_behind(text: str, start: int, end: int) -> int | None:
    """Where country, year or length begin behind names: "dir. X, USA, 116 min"."""
    for match in _COMMA.finditer(text, start, end):
        piece = text[match.end() : end].split(",", 1)[0].strip()
        if find_countries(piece) or YEAR.fullmatch(piece) or (piece[:1].isdigit() and parse_runtime(piece)):
            return match.end()
    return None


def _takes_people(label: Label) -> bool:
    return all(table_set("people") & set(keys) for keys in label.parts)


def _extended(text: str, spans: list[tuple[int, int]], label: Label) -> int:
    """Index of the last piece that belongs to the label: "Cast: X Y | Z W" and "Country: UK / USA" go on."""
    keys = {key for keys in label.parts for key in keys}
    dated = "release" in keys and "/" in text[label.value :]
    people, listed = keys & table_set("people"), keys & {"genre", "country", "language"}
    last = 0
    for number, (start, end) in enumerate(spans[1:], start=1):
        piece, between = text[start:end], text[spans[number - 1][1] : start]
        noted = people and piece.endswith(")") and is_name(piece.partition("(")[0].strip())
        if "." in between or "。" in between or (";" in between and "certificate" not in keys and not noted):
            break
        name = people and is_name(piece) and (" " in piece or not piece.isascii())
        word = listed and len(piece) <= 25 and piece.replace(" ", "").replace("-", "").isalpha() and len(piece) > 1
        code = "certificate" in keys and parse_certificate(piece, Hint(label="certificate"))
        again = dated and "/" in between and piece[:1].isdigit() and date_in(piece, Hint())
        if not (name or noted or word or again or (code and not piece.isdigit())):
            break
        last = number
    return last


def _with_parts(block: Block, span: tuple[int, int], region: Region, label: Label, on: Block | None) -> Iterator[Raw]:
    """One raw value for each part of a label; "Country / Year: Japan 2001" gives each part its own."""
    for part, keys in enumerate(label.parts):
        own = span
        if len(label.parts) > 1 and {"year", "country"} & set(keys):
            own = _share(block.text, span, "year" if "year" in keys else "country") or span
        yield Raw(block, own[0], own[1], region, label, on, part)


def _share(text: str, span: tuple[int, int], key: str) -> tuple[int, int] | None:
    match = YEAR.search(text, span[0], span[1])
    if match is None:
        return None
    if key == "year":
        return match.start(), match.end()
    before, after = (span[0], match.start()), (match.end(), span[1])
    return trim(text, *(before if before[1] - before[0] > after[1] - after[0] else after))


def _next_lines(blocks: list[Block], position: int, label: Label, language: str | None) -> list[Block]:
    """The lines under a label that stands alone: one, or a run of list items or names."""
    head = blocks[position]
    rest = blocks[position + 1 : position + 80]
    if not rest or not rest[0].text or rest[0].index - head.index > 3 or not same_row(head, rest[0]):
        return []
    if _labelled(rest[0], language) or len(rest[0].text) > 400:
        return []
    lines = [rest[0]]
    box = _box(head, rest[0])
    if not any(set(keys) & table_set("people") for keys in label.parts):
        return [*lines, *_items(lines[0], rest[1:])] if _takes_words(label) else lines
    for block in rest[1:]:
        run = block.tag in ("li", "dd") and block.tag == rest[0].tag
        lines_of_cast = block.para == rest[0].para == head.para and any("cast" in keys for keys in label.parts)
        column = lines_of_cast or (block.node is not None and (block.node is rest[0].node or within(block.node, box)))
        if not (run or column) or _labelled(block, language) or weight(block.text) > 80:
            break
        if column and not run and not (_is_one(block.text) and " " in block.text):
            break
        lines.append(block)
    return lines


def _takes_words(label: Label) -> bool:
    """Whether a label is of genres or countries."""
    return any(not {"genre", "country"}.isdisjoint(keys) for keys in label.parts)


def _items(first: Block, rest: list[Block]) -> Iterator[Block]:
    """The further genres or countries of the list that one begins: <dd>Drama</dd><dd>History</dd>."""
    for block in rest if first.tag in ("li", "dd") else ():
        if block.tag != first.tag or not is_listed(block.text):
            return
        if block.node is None or first.node is None or block.node.getparent() is not first.node.getparent():
            return
        yield block


def _is_one(text: str) -> bool:
    """Whether a line is one name, perhaps with the part played: "Amy Adams ... Louise Banks"."""
    if is_name(text):
        return True
    people = parse_people(text, Hint(label="cast"))
    return people is not None and len(people) == 1 and people[0].character is not None


def _box(label: Block, value: Block) -> Element | None:
    """The element beside the label's that holds the value, perhaps with others of its kind."""
    if label.node is None or value.node is None:
        return None
    around = {label.node, *label.node.iterancestors()}
    box = value.node
    while (parent := box.getparent()) is not None and parent not in around:
        box = parent
    return box if box not in around else None


def _labelled(block: Block, language: str | None) -> bool:
    """Whether a line begins with a label of its own."""
    found = find(block, language) if may_hold(block, language) else []
    return bool(found) and found[0].start == 0 and found[0].form in ("line", "colon", "bold", "dash")


def _fact(raw: Raw, key: str) -> LabelledFact:
    block = raw.block
    links = tuple(
        block.text[mark.start : mark.end].strip()
        for mark in block.marks
        if mark.tag == "a"
        and mark.start >= raw.start
        and mark.end <= raw.end
        and block.text[mark.start : mark.end].strip()
    )
    label = raw.label.text if raw.label else ""
    tier = "labelled" if raw.label else "visible"
    return LabelledFact(key, label, raw.value, block, raw.start, raw.end, links, tier, raw.label_block)
