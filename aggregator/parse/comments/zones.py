"""Says where on a page comments may stand: what its markup or a heading calls comments, and never its side columns."""

from dataclasses import dataclass

from aggregator.notation.languages import fold, words
from aggregator.parse.blocks import Block, Element
from aggregator.parse.comments import byline, counting
from aggregator.parse.comments.families import table
from aggregator.parse.comments.places import NEVER, is_own
from aggregator.parse.reading import Reading
from aggregator.parse.regions import HEADINGS, Region

_STOP = frozenset(("form", "login", "nav", "footer", "sidebar", "related", "share", "newsletter", "cookie", "advert"))


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines that may hold comments: `node` is what holds them when its markup says so, `heading` the line above."""

    blocks: list[Block]
    node: Element | None = None
    heading: Block | None = None
    declared: int | None = None


def zones(reading: Reading) -> list[Zone]:
    """The zones of a page in order: marked ones, else the lines below a heading that announces comments."""
    return _marked(reading) or _headed(reading) or _unannounced(reading)


def _unannounced(reading: Reading) -> list[Zone]:
    """The lines from where the regions of the page saw a thread begin."""
    first = reading.regions.thread
    if first is None:
        return []
    blocks: list[Block] = []
    ends = _ending()
    for block in reading.doc.blocks[first:]:
        if block.hints & _STOP or _is_one_of(block, ends):
            break
        blocks.append(block)
    return [Zone(blocks, None, None, None)]


def _marked(reading: Reading) -> list[Zone]:
    """Outermost elements that call themselves comments, without what stands in forms and side columns."""
    held: dict[Element, list[Block]] = {}
    for block in reading.doc.blocks:
        if "comments" not in block.hints:
            continue
        outer = [scope.node for scope in block.scope.chain() if "comments" in scope.hints and scope.node is not None]
        if outer and outer[-1].tag not in HEADINGS:
            held.setdefault(outer[-1], []).append(block)
    found = []
    for node, blocks in held.items():
        if _holds_headline(reading, blocks) or not is_own(reading.doc.lines.scopes[node]):
            continue
        found.append(_zone([block for block in blocks if not block.hints & _STOP], node))
    return _merged(found)


def _holds_headline(reading: Reading, blocks: list[Block]) -> bool:
    """Whether what calls itself comments is the whole post ("comments-open")."""
    headline, title = reading.regions.headline, fold(reading.doc.title)
    for block in blocks:
        if block is headline or block.tag == "h1":
            return True
        if block.tag in ("h2", "h3") and len(block.text) > 3 and title and fold(block.text) in title:
            return True
    return False


def _merged(found: list[Zone]) -> list[Zone]:
    """Neighbouring marked elements are one zone: on some sites each comment is marked and the list is not."""
    merged: list[Zone] = []
    for zone in found:
        if merged and zone.blocks and merged[-1].blocks and zone.blocks[0].index - merged[-1].blocks[-1].index <= 3:
            before = merged.pop()
            merged.append(
                Zone([*before.blocks, *zone.blocks], before.node, before.heading, before.declared or zone.declared)
            )
        elif zone.blocks:
            merged.append(zone)
    return merged


def _zone(blocks: list[Block], node: Element | None) -> Zone:
    ends = _ending()
    blocks = next((blocks[:at] for at, b in enumerate(blocks) if _is_one_of(b, ends) and b.tag in HEADINGS), blocks)
    headings = [at for at, block in enumerate(blocks[:6]) if counting.is_heading(block.text)]
    counted = [at for at, block in enumerate(blocks[:6]) if counting.count_in(block.text) is not None]
    if not headings and not counted:
        return Zone(blocks, node)
    heading = blocks[(counted or headings)[0]]
    return Zone(blocks[max(counted[:1] + headings[:1]) + 1 :], node, heading, counting.count_in(heading.text))


def _headed(reading: Reading) -> list[Zone]:
    """The lines below the last heading that announces comments, up to what ends them."""
    heading = comment_heading(reading)
    if heading is None:
        return []
    blocks: list[Block] = []
    ends = _ending()
    for block in reading.doc.blocks[heading.index + 1 :]:
        if block.hints & _STOP or _ends(block, heading, ends):
            if blocks:
                break
            continue
        blocks.append(block)
    number = None if counting.is_musing(heading.text) else counting.count_in(heading.text)
    return [Zone(blocks, None, heading, number)] if blocks else []


def _ends(block: Block, heading: Block, ends: frozenset[str]) -> bool:
    if block.tag in HEADINGS and heading.tag in HEADINGS and block.tag <= heading.tag:
        return True
    return _is_one_of(block, ends)


def _ending() -> frozenset[str]:
    return table().lists["texts.ends"] | words("words", "related") | words("words", "newsletter")


def _is_one_of(block: Block, lines: frozenset[str]) -> bool:
    return len(block.text) < 120 and fold(block.text).strip(" .:!…") in lines


def comment_heading(reading: Reading) -> Block | None:
    """The heading that opens comments which no markup announces: "15 Responses to …", "Comments"."""
    of = reading.regions.of
    plain = reading.doc.root is None
    best: Block | None = None
    for block in reading.doc.blocks[reading.regions.first + 1 :]:
        if len(block.text) > 160 or (of[block.index] is Region.RELATED) or block.hints & NEVER:
            continue
        heading = plain or block.tag in HEADINGS or block.tag in ("legend", "dt", "caption") or _is_bold(block)
        if not heading or block.link_share() > 0.9 or (plain and byline.is_sentence(block.text)):
            continue
        number = counting.count_in(block.text)
        better = best is None or (number is not None and counting.count_in(best.text) is None)
        if better and (number is not None or counting.is_heading(block.text)):
            best = block
    return best


def _is_bold(block: Block) -> bool:
    strong = sum(mark.end - mark.start for mark in block.marks if mark.tag in ("b", "strong"))
    return bool(block.text) and strong > 0.9 * len(block.text)
