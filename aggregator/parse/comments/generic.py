"""Reads comments in markup nobody knows: the same kind of line, saying who (and when), again and again in a zone."""

from collections import Counter
from dataclasses import dataclass

from aggregator.notation.languages import fold
from aggregator.parse.blocks import Block, Element
from aggregator.parse.comments import byline
from aggregator.parse.comments.collect import own_id
from aggregator.parse.comments.families import Roles, table
from aggregator.parse.comments.nest import by_level, has_words, indented
from aggregator.parse.comments.parts import Parts
from aggregator.parse.comments.thread import MAX_COMMENTS, Found
from aggregator.parse.comments.units import Units
from aggregator.parse.comments.when import find, machine_date
from aggregator.parse.comments.zones import Zone, zones
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, weight

_SHORT = 160
_MOST = 2 * MAX_COMMENTS
"""So many lines that look like heads are collected."""
_NAME_TAGS = frozenset(("a", "b", "strong", "cite", "span", "em", "i", "u", "font"))
Shape = tuple[object, ...]


@dataclass(slots=True)
class Head:
    """A line (or two) that says who wrote what stands around it; `start` and `end` count the zone's blocks."""

    start: int
    end: int
    name: str | None
    stamp: str | None = None
    date: str | None = None
    rest: str = ""
    shape: Shape = ()
    rank: int = 0
    """2 when it states a date, 1 when it says that somebody says, 0 when it only looks like a name."""
    said: bool = False
    """Whether words such as "comment by" or "says" announced the comment."""


def read_generic(reading: Reading) -> tuple[list[Found], Zone | None]:
    """The comments of the first zone that holds any, with the zone; an empty list when none does."""
    for zone in zones(reading):
        if zone.declared != 0 and (found := read_zone(zone)):
            return found, zone
    return [], None


def read_zone(zone: Zone) -> list[Found]:
    """The comments among the lines of a zone."""
    heads = _choose(_heads(zone.blocks), zone)
    if not heads:
        return []
    heads = heads[: MAX_COMMENTS + 1]
    lines = [zone.blocks[start:end] for start, end in _spans(heads, zone.blocks)]
    units = Units([zone.blocks[head.start].node for head in heads], lines)
    roles = Roles()
    take = Parts(roles).take
    found: list[Found] = []
    for index, head in enumerate(heads):
        block = zone.blocks[head.start]
        item = Found(node=block.node, line=block.line, name=head.name, stamp=head.stamp, date=head.date)
        item.key = _key(block.node, units.unit(index))
        item.first = block.index
        if head.rest:
            item.loose.append((block.para, head.rest))
        for line in units.own_lines(index):
            take(item, line, "skip" if line.node is not None and roles.of(line.node) == "skip" else "")
        found.append(item)
    for index, parent in enumerate(units.parents()):
        found[index].parent = found[parent] if parent is not None else None
    if len(heads) == 1 and not _stands_alone(heads[0], zone):
        return []
    return [item for item in _settle(found) if not _is_menu(item)]


def _is_menu(item: Found) -> bool:
    """Whether the text of what looks like a comment is links only."""
    return bool(item.blocks) and all(block.link_share() > 0.8 for block in item.blocks)


def _stands_alone(head: Head, zone: Zone) -> bool:
    """One line of the right look is no thread, unless the page counts one comment or calls this place comments."""
    return zone.declared == 1 or (head.rank == 2 and (head.said or zone.node is not None))


def _settle(found: list[Found]) -> list[Found]:
    kept = [item for item in found if has_words(item)]
    for item in kept:
        while item.parent is not None and not has_words(item.parent):
            item.parent = item.parent.parent
    indented(kept)
    by_level(kept)
    return kept


def _heads(blocks: list[Block]) -> list[Head]:
    heads: list[Head] = []
    for place, block in enumerate(blocks):
        head = _head(place, block)
        if head is not None:
            heads.append(head)
            if len(heads) > _MOST:
                break
    return _paired(heads, blocks)


def _head(place: int, block: Block) -> Head | None:
    text = block.text
    if not text:
        return None
    marked = _marked_end(block)
    found = byline.read(_parted(block)) if len(text) <= _SHORT or marked else None
    if found is not None and (found.name or len(text) < 60):
        rank = 2 if found.stamp else 1
        if len(text) > _SHORT and not found.rest:
            return None
        shape: Shape = (block.tag, rank, bool(marked), found.name is None, bool(found.rest))
        date = next((d for m in block.marks if m.tag in ("time", "abbr") and (d := machine_date(m.node))), None)
        return Head(place, place + 1, found.name, found.stamp, date, found.rest, shape, rank, found.said)
    path = _path(block)
    rest = text[marked:].lstrip() if marked else ""
    if rest and (rest[0] in ":：" or text[marked - 1] in ":："):
        name = byline.clean_name(text[:marked])
        rest = rest.lstrip(":： ")
        return Head(place, place + 1, name, rest=rest, shape=(block.tag, 0, path, True)) if name and rest else None
    if marked == len(text) or path or block.tag in HEADINGS or block.tag == "dt":
        name = byline.clean_name(text)
        if name is not None and len(name.split()) <= 5 and not byline.is_sentence(text):
            return Head(place, place + 1, name, shape=(block.tag, 0, path, marked == len(text)))
    return None


def _parted(block: Block) -> str:
    """The text of a line, with a space where markup alone parts a name from its date: "anna7" and "15.09.2008"."""
    text = block.text
    for mark in block.marks:
        for at in (mark.start, mark.end):
            if 0 < at <= byline.MAX_NAME and text[at - 1].isdigit() and text[at : at + 1].isdigit():
                return f"{text[:at]} {text[at:]}"
    return text


def _marked_end(block: Block) -> int:
    """Where a mark that begins the line and could be a name ends; 0 if none does."""
    ends = [m.end for m in block.marks if m.start == 0 and m.tag in _NAME_TAGS and m.end <= byline.MAX_NAME]
    return max(ends, default=0)


def _path(block: Block) -> str:
    """The classes of a line's element: names of commenters all stand in the same one."""
    return (block.node.get("class") or "") if block.node is not None else ""


def _paired(heads: list[Head], blocks: list[Block]) -> list[Head]:
    """A date on a line of its own belongs to the name on the line before or behind it."""
    by_place = {head.start: head for head in heads}
    before = sum(_name_line(blocks, head.start - 1) is not None for head in heads if head.stamp and not head.name)
    behind = sum(_name_line(blocks, head.start + 1) is not None for head in heads if head.stamp and not head.name)
    step = -1 if before >= behind else 1
    for head in heads:
        if head.stamp is None or head.name is not None:
            continue
        other = head.start + step
        name = _name_line(blocks, other)
        if name is not None:
            head.name = name
            head.start, head.end = min(head.start, other), max(head.end, other + 1)
            head.shape = (*head.shape, step)
            by_place.pop(other, None)
    taken = {place for head in heads if head.stamp for place in range(head.start, head.end)}
    return [head for head in heads if head.name and (head.stamp or head.start not in taken)]


def _name_line(blocks: list[Block], place: int) -> str | None:
    """The name that a whole short line is."""
    if not 0 <= place < len(blocks):
        return None
    text = blocks[place].text
    if not 0 < len(text) <= byline.MAX_NAME or len(text.split()) > 5 or find(text) is not None:
        return None
    return None if byline.is_sentence(text) else byline.clean_name(text)


def _choose(heads: list[Head], zone: Zone) -> list[Head]:
    """The heads of one look: dated ones, else those that say "says", else names that recur."""
    for rank in (2, 1, 0):
        ranked = [head for head in heads if head.rank == rank]
        if not ranked:
            continue
        shapes = Counter(head.shape for head in ranked)
        shape, count = max(shapes.items(), key=lambda entry: entry[1])
        if rank == 0:
            alike = sum(shape[0] == block.tag and shape[2] == _path(block) for block in zone.blocks if block.text)
            named = [head for head in ranked if head.shape == shape]
            # where not every line of this look is a name, none is
            plain = not shape[3] and shape[0] not in HEADINGS and alike > count
            counted = zone.node is not None or zone.declared is not None
            return named if counted and (count >= 2 or zone.declared == 1) and not plain else []
        likely = [head for head in ranked if head.shape == shape or shapes[head.shape] > 1 or head.shape[2]]
        if likely:
            return likely
    return []


def _spans(heads: list[Head], blocks: list[Block]) -> list[tuple[int, int]]:
    """The lines of each comment: behind its head, or before it where bylines stand below."""
    if not heads[0].rest and _says_much(blocks[: heads[0].start]) and not _says_much(blocks[heads[-1].end :]):
        starts = [0, *[head.end for head in heads[:-1]]]
        return [(start, head.start) for start, head in zip(starts, heads, strict=True)]
    ends = [*[head.start for head in heads[1:]], _last(heads[-1], blocks)]
    return [(head.end, end) for head, end in zip(heads, ends, strict=True)]


def _last(head: Head, blocks: list[Block]) -> int:
    """Where the last comment ends: at a heading of another kind, or at the zone's end."""
    for place in range(head.end, len(blocks)):
        block = blocks[place]
        if block.tag in HEADINGS and block.tag != blocks[head.start].tag:
            return place
        if len(block.text) < 120 and fold(block.text).strip(" .:!…") in table().lists["texts.ends"]:
            return place
    return len(blocks)


def _says_much(blocks: list[Block]) -> bool:
    return any(weight(block.text) > 20 and not byline.is_noise(block.text) for block in blocks)


def _key(node: Element | None, unit: Element | None) -> str | None:
    """The page's id of a comment: of its head, or of what holds it."""
    for holder in (node, unit):
        if holder is not None and (key := own_id(holder)):
            return key
    return None
