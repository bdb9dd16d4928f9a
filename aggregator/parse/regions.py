"""Cuts the page into title block, body, comments, captions and chrome; a new kind of region is a name in Region."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

from aggregator.notation.dates import find_dates
from aggregator.notation.headline import cut_review, is_section
from aggregator.notation.languages import fold, pattern
from aggregator.notation.titles import fold_title
from aggregator.parse.blocks import Block, Element, weight
from aggregator.parse.document import Document
from aggregator.parse.fields.title_words import slug_of
from aggregator.parse.hints import CHROME

__all__ = ["HEADINGS", "Region", "Regions", "cut", "find_headline", "is_heading", "is_prose", "site_names", "weight"]

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SENTENCE = re.compile(r"[.!?…。！？][\s\"'”’»」)]*$")
_LITTLE = 250
"""Letters of long lines below which a page has next to no running text of the common form."""
_COUNT = re.compile(r"^\D{0,3}\d{1,5}\D{0,3}$")


class Region(StrEnum):
    """Where a line of the page stands."""

    HEAD = "head"
    """In the main part before its first paragraph: headline, byline, date, perhaps facts and rating."""
    BODY = "body"
    """In the main part, from the first paragraph on."""
    TAIL = "tail"
    """In the main part, behind the last paragraph: facts, rating, signature."""
    COMMENT = "comment"
    CAPTION = "caption"
    RELATED = "related"
    CHROME = "chrome"
    OUTSIDE = "outside"
    """Unmarked, not in the main part: facts beside the text, or chrome with unknown names."""


@dataclass(slots=True)
class Regions:
    """The region of every block, and the blocks that anchor the page."""

    of: list[Region]
    main: Element | None
    headline: Block | None
    first: int
    last: int
    """Index of the first and last running paragraph of the main part; first > last when there is none."""
    site_names: tuple[str, ...]
    quoted_headline: tuple[Block, int, int] | None = None
    """Where the heading of the comments quotes the headline ("15 Responses to “…”"): line, start, end."""
    thread: int | None = None
    """Index of the first line of comments that neither markup nor a heading announces."""

    def among(self, lines: Iterable[Block], wanted: Collection[Region]) -> list[Block]:
        """Those of the lines that stand in one of these regions, in order."""
        of = self.of
        return [line for line in lines if of[line.index] in wanted]


def is_prose(block: Block, least: int = 80) -> bool:
    """Whether a line reads as running text of `least` letters or more, not as a label, a link or a menu."""
    return block.weight >= least and not is_heading(block) and block.link_share() < 0.5


def _prose(blocks: list[Block]) -> list[Block]:
    """The lines that are running text; where next to none is long enough, the short sentences a text may be made of."""
    prose = [block for block in blocks if is_prose(block)]
    if sum(block.weight for block in prose) < _LITTLE:
        short = [block for block in blocks if is_prose(block, least=40) and _SENTENCE.search(block.text)]
        if len(short) >= 4 and sum(block.weight for block in short) >= _LITTLE:
            return short
    return prose


def is_heading(block: Block) -> bool:
    """Whether a line is a heading; one below the first level that runs on like a paragraph is text in large letters."""
    if block.tag not in HEADINGS:
        return False
    return block.tag == "h1" or len(block.text) < 120 or block.text[-1] not in '.!?…”"'


def cut(doc: Document) -> Regions:
    """The regions of a page."""
    blocks = doc.blocks
    names = site_names(doc)
    comment_from = _comment_heading(doc)
    kinds = [_marked_kind(block, comment_from) for block in blocks]
    prose = _prose([block for block in blocks if kinds[block.index] is Region.OUTSIDE])
    main = _main_node(prose) if doc.root is not None else None
    inside = _inside(blocks, main)
    running = [b.index for b in prose if inside[b.index]]
    first, last = (running[0], running[-1]) if running else (len(blocks), -1)
    thread = _unannounced(doc, comment_from, first, prose, kinds)
    if thread is not None:
        comment_from = thread
        last = max((index for index in running if index < thread), default=-1)
    headline = find_headline(doc, kinds, first, names)
    start = min(headline.index, first) if headline is not None else first
    if 0 < start <= first and kinds[start - 1] is Region.OUTSIDE and _is_date(blocks[start - 1].text):
        start -= 1  # the day of the post above its headline
    for block in blocks:
        index = block.index
        if kinds[index] is not Region.OUTSIDE or not (inside[index] or start <= index <= last):
            continue
        if index < first:
            kinds[index] = Region.HEAD if index >= start or inside[index] else Region.OUTSIDE
        else:
            kinds[index] = Region.BODY if index <= last else Region.TAIL
    _extend_tail(blocks, kinds, last)
    quoted = _quoted_headline(blocks[comment_from]) if comment_from < len(blocks) else None
    return Regions(kinds, main, headline, first, last, names, quoted, thread)


def _unannounced(doc: Document, comment_from: int, first: int, prose: list[Block], kinds: list[Region]) -> int | None:
    """Where comments begin that nothing announces; their lines are marked as such in `kinds`."""
    if comment_from < len(doc.blocks) or Region.COMMENT in kinds or len(prose) < 2:
        return None
    # the reader of comments builds on regions, which need of it only this
    from aggregator.parse.comments.unannounced import start

    thread = start(doc.blocks, first)
    for index in range(thread, len(kinds)) if thread is not None else ():
        if kinds[index] is Region.OUTSIDE:
            kinds[index] = Region.COMMENT
    return thread


def _extend_tail(blocks: list[Block], kinds: list[Region], last: int) -> None:
    """Unmarked lines right behind the text, up to the first menu, teaser or comment, belong to the article."""
    for block in blocks[last + 1 : last + 16] if last >= 0 else []:
        if kinds[block.index] not in (Region.OUTSIDE, Region.TAIL, Region.CAPTION) or block.link_share() > 0.6:
            return
        if kinds[block.index] is Region.OUTSIDE:
            kinds[block.index] = Region.TAIL


def _quoted_headline(block: Block) -> tuple[Block, int, int] | None:
    found = re.search(r"[“\"„«]([^“”\"„«»]{2,150})[”\"“»]\W*$", block.text)
    return (block, found.start(1), found.end(1)) if found else None


_CELLS = frozenset(("dt", "dd", "th", "td"))
"""Labels and values of tables; themes set them in the type of captions."""


def _marked_kind(block: Block, comment_from: int) -> Region:
    hints = block.hints
    if "comments" in hints or block.index >= comment_from:
        return Region.COMMENT
    if "related" in hints:
        return Region.RELATED
    if hints & CHROME:
        return Region.CHROME
    if ("caption" in hints and block.tag not in _CELLS) or block.tag in ("figcaption", "caption"):
        return Region.CAPTION
    return Region.OUTSIDE


@cache
def _comment_words() -> re.Pattern[str]:
    tail = r"(?:\s*[(:]?\s*\d*\s*[):]?|\s*[\"„«].{0,150}|\s+(?:to|on|about|zu|sur|a|su)\b.{0,120})"
    return re.compile(rf"^(?:\d+\s*|no\s+)?{pattern('words', 'comments')}{tail}$")


def _comment_heading(doc: Document) -> int:
    """Index of the heading that opens unmarked comments ("15 Responses to …"), else past the end."""
    found = _comment_words()
    half = len(doc.blocks) // 4
    for block in doc.blocks[half:]:
        heading = block.tag in HEADINGS or doc.root is None or block.tag in ("strong", "b", "legend")
        if (
            heading
            and len(block.text) < 160
            and found.match(fold(block.text).rstrip(" #¶:"))
            and block.link_share() < 0.9
            and not (block.tag == "h1" and fold(block.text) in fold(doc.title))
        ):
            return block.index
    return len(doc.blocks)


def _main_node(prose: list[Block]) -> Element | None:
    """The deepest element that holds most of the running text."""
    total = 0
    held: Counter[Element] = Counter()
    for block in prose:
        size = weight(block.text)
        total += size
        node = block.node
        while node is not None:
            held[node] += size
            node = node.getparent()
    best, best_depth = None, -1
    for node, size in held.items():
        if size >= 0.72 * total:
            depth = sum(1 for _ in node.iterancestors())
            if depth > best_depth:
                best, best_depth = node, depth
    if best is not None and best.tag in ("p", "td", "blockquote", "li", "font") and best.getparent() is not None:
        return best.getparent()
    return best


def _inside(blocks: list[Block], main: Element | None) -> list[bool]:
    if main is None:
        return [True] * len(blocks)
    members = set(main.iter())
    return [block.node in members for block in blocks]


def find_headline(doc: Document, kinds: list[Region], first: int, names: tuple[str, ...]) -> Block | None:
    """The heading of the page's own article: before its text, like the page's title, not the site's name."""
    title = fold(doc.title)
    og = doc.meta("og:title")
    og_title = fold(og[0]) if og else ""
    titles = (doc.title, *_PARTS.split(doc.title), *doc.title.split(": "), og_title)
    parts = {fold(part) for part in titles if not is_section(part)} - {*names, ""}
    reviewed = {part for part in parts if cut_review(part).review}
    scored: list[tuple[float, Block]] = []
    for block in doc.blocks[: first + 4]:
        if (block.index > first and scored) or not block.text or len(block.text) > 250:
            continue
        score = _headline_score(block, kinds[block.index], title, og_title)
        if not score and _may_head(block, kinds[block.index]) and (said := fold(block.text)) in parts:
            score = 5.5 if said in reviewed else 2.5  # no heading, but a part of the page's title
        if score and _is_date(block.text):
            continue
        if score and (fold(block.text) in names or _is_home_link(doc, block)):
            score -= 4
        if score > 0:
            scored.append((score, block))
    if not scored:
        return None
    nearest = scored[-1][1]
    # of two headings that are equally like a headline, the one right above the text is the article's
    return max(scored, key=lambda item: item[0] + (1.2 if item[1] is nearest else 0))[1]


def _may_head(block: Block, kind: Region) -> bool:
    """Whether a line that is no heading stands where a headline may: in no menu, but perhaps in a page's header."""
    return kind is Region.OUTSIDE or (kind is Region.CHROME and block.hints & CHROME == {"header"})


def _is_date(text: str) -> bool:
    """Whether a line is the day of a post and nothing else."""
    found = find_dates(text, limit=1) if len(text) < 40 and any(char.isdigit() for char in text) else []
    return any(len(iso) >= 10 and end - start > 0.6 * len(text) for start, end, iso in found)


_PARTS = re.compile(r"\s+[|–—«»·•~-]\s+")


def _headline_score(block: Block, kind: Region, title: str, og_title: str) -> float:
    text = fold(block.text)
    level = {"h1": 3.0, "h2": 2.2, "h3": 1.6, "h4": 0.8}.get(block.tag, 0.0)
    marked = 2.0 if "title" in block.hints else 0.0
    if kind in (Region.COMMENT, Region.RELATED, Region.CAPTION) or "sidebar" in block.hints:
        return 0.0
    if not level and not marked:
        return 0.0
    score = level + marked
    if text == title or (og_title and text == og_title):
        score += 4
    elif len(text) > 2 and (text in title or (og_title and text in og_title)):
        score += 3
    if kind is Region.CHROME:
        score -= 2
    return score


def _is_home_link(doc: Document, block: Block) -> bool:
    for text, href, _ in block.links():
        if len(text) < 0.8 * len(block.text) or not _may_be_home(href):
            continue
        address = doc.absolute(href) or href
        path = urlsplit(address).path if "://" in address else address
        if path.strip("/.") in _HOME and not urlsplit(address).query:
            return True
    return False


_HOME = frozenset(("", "index.html", "index.php", "home"))


def _may_be_home(href: str) -> bool:
    """A quick look before an address is taken apart: whether it ends as that of a home page can."""
    path = href.partition("#")[0].partition("?")[0].strip().rstrip("/.")
    return path.rpartition("/")[2] in _HOME or ("//" in path and path.count("/") <= 2)


def site_names(doc: Document) -> tuple[str, ...]:
    """What the site calls itself, folded: declared, or the part of the title that is its host name or header."""
    metas = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
    found = [meta[0].lstrip("@") for name in metas if (meta := doc.meta(name))]
    found += [
        block.text
        for block in doc.blocks[:40]
        if block.text and len(block.text) < 80 and ("header" in block.hints or _is_home_link(doc, block))
    ]
    title = fold(doc.title)
    found += [
        b.text
        for b in doc.blocks[:1]
        if 2 < len(b.text) < 50 and title.endswith(fold(b.text)) and title != fold(b.text)
    ]
    found += [icon.alt for block in doc.blocks[:3] for icon in block.icons if 0 < len(icon.alt) < 40]
    host = (urlsplit(doc.url or "").hostname or "").removeprefix("www.")
    if host:
        found += [host, host.split(".")[0]]
    own, others = _titled(doc, {fold(name) for name in found})
    folded = dict.fromkeys(fold(name) for name in (*found, *others) if not _COUNT.match(name))
    return tuple(name for name in folded if len(name) > 1 and name not in _MENU and name not in own)


def _titled(doc: Document, known: set[str]) -> tuple[list[str], list[str]]:
    """The part of the page's title that is the page's own, and the outer one that then can only be the site's.

    The page's own part is the one that the address repeats, or that says review: "Heat review | Mia's Blog"; `known`
    are names of the site said elsewhere, which no such word makes the page's ("Picture House Reviews").
    """
    parts = [part for part in _PARTS.split(doc.title) if part.strip()]
    barred = len(parts) > 1
    parts = parts if barred else doc.title.split(": ")
    slug = slug_of(doc.url).replace("-", "")
    keys = [fold_title(part).replace(" ", "") for part in parts]
    own = [part for part, key in zip(parts, keys, strict=True) if len(key) > 3 and key in slug]
    if len(parts) < 2:
        return [fold(part) for part in own], []
    own = (
        own
        if slug and own
        else [part for part in parts if cut_review(part).review and not is_section(part) and fold(part) not in known]
    )
    if len(own) != 1:
        return [], []
    # what a colon parts may be one title: "Star Wars: The Last Jedi"
    return [fold(own[0])], [parts[-1] if own[0] is not parts[-1] else parts[0]] if barred else []


_MENU = frozenset("home blog start inicio accueil startseite about menu news reviews film films movies archive".split())
