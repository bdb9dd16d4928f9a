"""The one Python pass over the tree: makes the blocks and the look-up tables of `Lines`."""

import re

from lxml import etree

from aggregator.parse.blocks import Block, Classes, Element, Icon, Lines, Scope
from aggregator.parse.hints import CHROME, NONE, TAG_HINTS, hints_of
from aggregator.parse.lit import FULL, as_lit

KEPT = frozenset("html base meta link script title time h1 iframe noscript input".split())
"""Tags kept in `Lines.nodes`."""

BLOCK_TAGS = frozenset(
    """html body address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot
    th thead tr ul option caption legend head""".split()
)
MARK_TAGS = frozenset("a em i b strong cite u time span abbr q sup sub font big small label data del s".split())
# rt and rp say how the East Asian characters before them are read
SKIP_TAGS = frozenset(
    "script style title noscript template iframe object select textarea svg math canvas rt rp".split()
)
# what an element does to the flow of text: begin and end a line, run within one as a mark, break it, stand in it as a
# picture, or hold nothing that is text of the page (plain numbers, because this is the parser's innermost loop)
_BLOCK, _MARK, _BREAK, _IMAGE, _SKIP = range(1, 6)
_KIND, _SCOPE = 7, 8
"""A kind, and whether the element's names opened a scope, in one number."""
_KINDS: dict[object, int] = {
    **dict.fromkeys(BLOCK_TAGS, _BLOCK),
    **dict.fromkeys(MARK_TAGS, _MARK),
    **dict.fromkeys(SKIP_TAGS, _SKIP),
    **dict.fromkeys((etree.Comment, etree.PI, etree.Entity), _SKIP),
    "br": _BREAK,
    "img": _IMAGE,
}
_ODD = re.compile("[\x80-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
"""Signs that are not seen, and could make one text look like another."""
_TELLING = frozenset(("class", "id", "aria-label", "title"))
"""Attributes of an empty element that may say what it draws."""
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_SET_TITLE = frozenset(("h1", "h2"))
_SET_LARGE = frozenset(("h2", "h3", "h4", "h5", "h6"))
_SENTENCE_END = re.compile(r"[.!?…。！？][\s\"'”’»」)]*$")
_TYPED = 50
"""Letters below which a line of preformatted text ends where it ends: wrapped lines are longer."""
_COLUMNS = re.compile(r"\S[^\n]*?[^\s.!?](?:\t| {2})\s*\S")
"""A line of preformatted text with a gap that no end of a sentence makes."""
_RUNNING = 60
"""Letters from which a line counts as running text."""
_ARTICLE = 400
"""Letters of running text that no link holds, and no teaser: a link around so much was left open."""

_CLASS, _ID, _ITEM, _HIDES, _ROLE = (1 << bit for bit in range(5))
_ATTRIBUTES: dict[object, int] = {"class": _CLASS, "id": _ID, "style": _HIDES, "hidden": _HIDES, "role": _ROLE}
_ATTRIBUTES |= dict.fromkeys(("itemprop", "itemscope"), _ITEM)
"""The attributes that are looked into, as bits of one number."""


def _is_table(rows: list[str]) -> bool:
    """Whether the lines of preformatted text that open at the margin are set in columns, and so each end where they
    end.
    """
    own = [row for row in rows if row and not row[0].isspace()]
    return len(own) >= 2 and sum(_COLUMNS.match(row) is not None for row in own) >= 0.6 * len(own)


class _Signatures(dict[tuple[object, ...], int]):
    """Which attributes of an element are looked into, by the names of all it has: elements mostly have the same."""

    def __missing__(self, names: tuple[object, ...]) -> int:
        bits = 0
        for name in names:
            bits |= _ATTRIBUTES.get(name, 0)
        self[names] = bits
        return bits


class Walker:
    """Collects text between block borders while `run` goes through the tree once.

    `hidden` counts the letters that were left out because the page does not show them; `show` keeps them.
    """

    def __init__(self, *, show: bool = False) -> None:
        self.hidden = 0
        self._show = show
        self._classed: list[tuple[str, Element]] = []
        self.lines = Lines([], {tag: [] for tag in KEPT}, [], Classes(self._classed), {})
        self._attributes = _Signatures()
        self._scope = Scope(None, NONE)
        self._stack: list[tuple[Element, str]] = []
        self._text: list[str] = []
        self._size = 0
        self._spaced = True
        """Whether the line so far ends with a space, or is empty."""
        self._marks: list[tuple[int, int, str, Element]] = []
        self._open: list[tuple[Element, str, int]] = []
        self._icons: list[Icon] = []
        self._para = 0
        self._pre = 0
        self._wide: dict[Element, list[Block]] = {}
        """Links that run over the end of a line, with their lines of running text."""

    def run(self, root: Element) -> Lines:
        """Walk `root`; raises nothing on any tree."""
        walk = etree.iterwalk(root, events=("start", "end"))
        start, end, add, skip = self._start, self._end, self._add, walk.skip_subtree
        # what is to be done where each open element ends: nothing (0), or to close its flow, its scope or both
        ends: list[int] = []
        for event, node in walk:
            if event == "start":
                todo = start(node)
                if todo == _SKIP:
                    skip()
                    todo = 0
                elif (text := node.text) and (self._size or not text.isspace()):
                    add(text)
                ends.append(todo)
                continue
            if todo := ends.pop():
                end(todo)
            # most text between tags is white space, which counts only within a line
            if (tail := node.tail) and (self._size or not tail.isspace()):
                add(tail)
        self._flush(root, "html")
        self._unlink()
        self._settle_headings()
        self._settle_scopes()
        return self.lines

    def _start(self, node: Element) -> int:
        """Open `node`; what its end must close, or _SKIP if nothing inside it is text of the page."""
        tag = node.tag
        kind = _KINDS.get(tag, 0)
        looked = self._attributes[tuple(node.keys())]
        names = self._index(node, looked) if looked else ""
        if tag in KEPT:
            self.lines.nodes[tag].append(node)
        if kind == _SKIP:
            if tag == "svg":
                self._icon(node, "svg")
            return _SKIP
        if looked & _HIDES and not self._show and _is_hidden(node, tag):
            self._hide(node)
            return _SKIP
        if kind == _BLOCK:
            self._open_block(node, tag)
        elif kind:
            self._open_inline(node, tag, kind)
        if names or looked & _ROLE or tag in TAG_HINTS:
            if tag == "footer" and any(name == "article" for _, name in self._stack):
                tag, names = "div", f"{names} post-footer"  # the foot of an article is no foot of the page
            if found := hints_of(tag, names, node.get("role") if looked & _ROLE else None):
                self._scope = self.lines.scopes[node] = Scope(node, found, self._scope)
                return kind | _SCOPE
        return kind

    def _open_block(self, node: Element, tag: str) -> None:
        if self._size or self._icons:
            self._flush_for(node)
        self._para += 1
        self._stack.append((node, tag))
        if tag == "pre":
            self._pre += 1

    def _is_title(self, heading: Element) -> bool:
        """Whether the page's title holds a heading's whole text: what breaks its lines is only how it is set."""
        said = " ".join(" ".join(map(str, heading.itertext("*"))).split()).rstrip(".").casefold()
        titles = (" ".join((node.text or "").split()).casefold() for node in self.lines.nodes["title"][:1])
        return any(said in title for title in titles)

    def _index(self, node: Element, looked: int) -> str:
        """Put `node`, which has these of the attributes looked into, into the look-up tables; its class and id."""
        if looked & _ITEM:
            self.lines.items.append(node)
        names = (node.get("class") or "") if looked & _CLASS else ""
        if names:
            self._classed.append((names, node))
        return f"{names} {node.get('id')}" if looked & _ID else names

    def _hide(self, node: Element) -> None:
        """What is not shown is no text of the page, but its metas, scripts and properties still speak."""
        self.hidden += sum(len(text) for text in node.itertext("*"))
        for inner in node.iterdescendants(etree.Element):
            self._index(inner, self._attributes[tuple(inner.keys())])
            if inner.tag in KEPT:
                self.lines.nodes[inner.tag].append(inner)
            elif inner.tag == "svg":
                self._icon(inner, "svg")

    def _open_inline(self, node: Element, tag: str, kind: int) -> None:
        if kind == _MARK:
            text = node.text
            if tag in ("sup", "sub") and self._size and self._text[-1][-1].isdigit() and (text or "")[:1].isdigit():
                self._add(" ")  # 3<sup>1</sup>/<sub>2</sub> is no 31/2
            self._open.append((node, tag, self._size))
            if text is None and tag in ("i", "span") and not _TELLING.isdisjoint(node.keys()) and not len(node):
                self._icon(node, "i")
        elif kind == _BREAK:
            if self._size and self._stack and self._stack[-1][1] in _SET_TITLE and self._is_title(self._stack[-1][0]):
                self._add(" ")
            else:
                self._flush_current()
        else:
            self._icon(node, "img")

    def _end(self, todo: int) -> None:
        """Close what the start of an element opened."""
        kind = todo & _KIND
        if kind == _BLOCK:
            if self._size or self._icons:
                self._flush_current()
            self._para += 1
            if self._stack.pop()[1] == "pre":
                self._pre -= 1
        elif kind == _MARK:
            node, tag, start = self._open.pop()
            if self._size > start:
                self._marks.append((start, self._size, tag, node))
        if todo & _SCOPE and self._scope.parent is not None:
            self._scope = self._scope.parent

    def _add(self, text: str) -> None:
        if not text.isascii():
            text = _ODD.sub("", text)
        words = text.split()
        if self._pre and words and "\n" in text:
            self._add_typed(text)
        else:
            self._add_folded(text, " ".join(words))

    def _add_folded(self, text: str, folded: str) -> None:
        """Add a text, of which `folded` is the form with single spaces and none at its ends."""
        if len(folded) == len(text):
            if not folded:
                return
            self._spaced = False
        elif folded:
            if not self._spaced and text[0].isspace():
                folded = f" {folded}"
            self._spaced = text[-1].isspace()
            if self._spaced:
                folded += " "
        elif self._spaced:
            return
        else:
            folded, self._spaced = " ", True
        self._text.append(folded)
        self._size += len(folded)

    def _add_typed(self, text: str) -> None:
        """Preformatted text: empty lines part paragraphs, and a line shorter than a wrapped one ends where it ends."""
        for number, paragraph in enumerate(_BLANK_LINE.split(text)):
            if number:
                self._flush_current()
                self._para += 1
            rows = paragraph.split("\n")
            columns = len(rows) > 1 and _is_table(rows)
            for place, row in enumerate(rows, start=1):
                last = place == len(rows)
                if columns and place > 1 and not row[:1].isspace():
                    self._flush_current()
                if words := row.split():
                    self._add_folded(row if last else f"{row} ", " ".join(words))
                if not last and self._size < _TYPED:
                    self._flush_current()

    def _icon(self, node: Element, kind: str) -> None:
        get = node.get
        parent = node.getparent()
        around = (parent.get("class") or "") if parent is not None else ""
        src = get("src") or get("data-src") or get("data-lazy-src") or ""
        if kind == "svg" and len(node):
            src = node[0].get("href") or node[0].get("xlink:href") or "" if node[0].tag == "use" else src
        alt = get("alt") or get("aria-label") or get("title") or ""
        names = f"{get('class') or ''} {get('id') or ''} | {around}"
        self._icons.append(Icon(self._size, kind, node, alt, src, names))

    def _flush_for(self, node: Element) -> None:
        """End the line that stands before `node`, a block that opens."""
        if self._stack:
            self._flush_current()
        elif self._size or self._icons:
            parent = node.getparent()
            self._flush(parent if parent is not None else node, "div")

    def _flush_current(self) -> None:
        if self._size or self._icons:
            node, tag = self._stack[-1] if self._stack else (None, "div")
            self._flush(node, tag)

    def _flush(self, node: Element | None, tag: str) -> None:
        if not self._size and not self._icons:
            return
        text = "".join(self._text).rstrip(" ")
        if text or self._icons:
            block = Block(len(self.lines.blocks), node, tag, text, self._scope, self._para)
            if self._marks or self._open:
                # an inline element that runs over a line break marks both lines
                block.spans = [*self._marks, *((at, self._size, name, inner) for inner, name, at in self._open)]
                self._marks = []
                if not text.isascii() and FULL.search(text):
                    block.text = as_lit(text, block.spans)
            if self._icons:
                block.icons, self._icons = self._icons, []
            self.lines.blocks.append(block)
            if len(text) > _RUNNING and not self._within_link(block) and block.link_share() < 0.5:
                self._scope.chars += len(text)
        self._text, self._size, self._spaced = [], 0, True
        if self._open:
            self._open = [(inner, name, 0) for inner, name, _ in self._open]

    def _within_link(self, block: Block) -> bool:
        """Note the links that are still open where a line of running text ends; whether there is one."""
        links = [inner for inner, name, _ in self._open if name == "a"]
        for inner in links:
            self._wide.setdefault(inner, []).append(block)
        return bool(links)

    def _unlink(self) -> None:
        """Drop a link that was never closed and so runs around the whole article: its paragraphs are no links."""
        for node, blocks in self._wide.items():
            if len(blocks) >= 3 and sum(len(block.text) for block in blocks) >= _ARTICLE:
                for block in blocks:
                    block.spans = [span for span in block.spans if span[3] is not node]
        for block in {block.index: block for blocks in self._wide.values() for block in blocks}.values():
            if block.link_share() < 0.5:
                block.scope.chars += len(block.text)

    def _settle_headings(self) -> None:
        """Sentences set as headings for their size are paragraphs, where a page has no others to speak of."""
        long = [block for block in self.lines.blocks if len(block.text) > 80]
        set_large = [block for block in long if block.tag in _SET_LARGE and _SENTENCE_END.search(block.text)]
        plain = sum(len(block.text) for block in long if block.tag not in _SET_LARGE and block.link_share() < 0.5)
        if len(set_large) >= 3 and sum(len(block.text) for block in set_large) > plain:
            for block in set_large:
                block.tag = "p"

    def _settle_scopes(self) -> None:
        """A container called "sidebar-wrap" that holds most of the page's prose is no sidebar."""
        outermost = self._scope
        while outermost.parent is not None:
            outermost = outermost.parent
        # an inner scope is opened later than the one around it
        for scope in reversed(self.lines.scopes.values()):
            if scope.parent is not None:
                scope.parent.chars += scope.chars
        total = outermost.chars
        for scope in self.lines.scopes.values():
            if total and scope.chars > 0.6 * total and scope.hints & CHROME:
                scope.hints -= CHROME
        for scope in self.lines.scopes.values():
            scope.settled = None


def _is_hidden(node: Element, tag: str) -> bool:
    """Whether an element says that it is not shown; scripts hide whole pages until they have loaded."""
    if tag in ("body", "html"):
        return False
    return node.get("hidden") is not None or _NOT_SHOWN.search(node.get("style") or "") is not None
