"""Reads the comments of a saved text: numbered or bulleted names, replies indented, below a heading."""

import re
from dataclasses import dataclass

from aggregator.notation.languages import fold, words
from aggregator.parse.blocks import Block
from aggregator.parse.comments import byline, counting, when
from aggregator.parse.comments.families import table
from aggregator.parse.comments.generic import read_zone
from aggregator.parse.comments.nest import by_level
from aggregator.parse.comments.thread import Found
from aggregator.parse.comments.zones import Zone, comment_heading
from aggregator.parse.reading import Reading

_MARKER = re.compile(r"^(?P<space>\s*)(?P<sign>\d{1,5}[.)]|#\d{1,5}:?|[•·●○◦▪*+–-])\s+(?P<name>\S.*)$")
_TAB = 8


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    indent: int
    text: str


def read_plain(reading: Reading) -> tuple[list[Found], Zone | None]:
    """The comments of a text file, with the zone they stand in; an empty list when there are none."""
    heading = comment_heading(reading)
    if heading is None or heading.line is None:
        return [], None
    number = counting.count_in(heading.text)
    blocks = reading.doc.blocks[heading.index + 1 :]
    zone = Zone(blocks, None, heading, number)
    if number == 0:
        return [], zone
    lines = _lines(reading.doc.text, heading.line)
    found = _marked(lines, blocks)
    return (found or read_zone(Zone(_until_end(blocks), None, heading, number))), zone


def _lines(text: str, after: int) -> list[_Line]:
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if number > after and line.strip():
            wide = line.expandtabs(_TAB)
            lines.append(_Line(number, len(wide) - len(wide.lstrip()), line.strip()))
    return lines


def _marked(lines: list[_Line], blocks: list[Block]) -> list[Found]:
    """Comments whose names stand behind a number or a bullet."""
    heads = {line.number: head for line in lines if (head := _head(line))}
    if not heads:
        return []
    by_line = {block.line: block for block in blocks}
    signs = {sign for _, sign in heads.values()}
    least = min(line.indent for line in lines if line.number in heads)
    found: list[Found] = []
    for line in lines:
        head = heads.get(line.number)
        if head is not None:
            name, numbered = head
            item = Found(line=line.number, name=name.name, stamp=name.stamp)
            # without indentation, numbers are comments and bullets answer them
            item.level = line.indent - least + (1 if numbered or signs == {False} else 2)
            item.first = by_line[line.number].index
            found.append(item)
        elif not found:
            return []
        elif line.indent < least or _ends(line.text):
            break
        else:
            _add(found[-1], line, by_line[line.number])
    for item in found:
        item.level = 1.0 if item.level is None else item.level
    _flatten(found)
    kept = [item for item in found if item.loose]
    by_level(kept)
    return kept if len(kept) * 2 > len(found) else []


def _flatten(found: list[Found]) -> None:
    """Numbers and bullets may stand at slightly different columns: a numbered one is always a comment."""
    levels = sorted({item.level or 1.0 for item in found})
    for item in found:
        item.level = float(levels.index(item.level or 1.0) + 1)


def _head(line: _Line) -> tuple[byline.Byline, bool] | None:
    """Name and date behind a marker, and whether the marker is a number."""
    match = _MARKER.match(line.text)
    dated = when.find(line.text)
    if dated is not None and dated[0] == 0:
        # "6. Mai 2012" is no sixth comment
        return None
    if match is None or len(match["name"]) > 2 * byline.MAX_NAME:
        return None
    found = byline.read(match["name"])
    if found is None or found.name is None:
        name = byline.clean_name(match["name"])
        if name is None or len(name.split()) > 6 or byline.is_sentence(match["name"]):
            return None
        found = byline.Byline(name, None)
    return found, match["sign"][0].isdigit() or match["sign"][0] == "#"


def _add(item: Found, line: _Line, block: Block) -> None:
    if item.stamp is None and not item.loose:
        found = byline.read(line.text)
        if found is not None and found.stamp and (found.name is None or found.name == item.name) and not found.rest:
            item.stamp = found.stamp
            return
    if not byline.is_noise(line.text):
        item.loose.append((block.para, block.text))


def _ends(text: str) -> bool:
    folded = fold(text).strip(" .:!…")
    if folded in table().lists["texts.ends"]:
        return True
    return len(folded) < 120 and any(folded.startswith(word) for word in words("words", "login") if len(word) > 8)


def _until_end(blocks: list[Block]) -> list[Block]:
    for place, block in enumerate(blocks):
        if _ends(block.text):
            return blocks[:place]
    return blocks
