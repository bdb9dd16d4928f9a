"""The one Python pass over the tree: makes the blocks and the look-up tables of `Lines`."""

import re

from lxml import etree

from aggregator.parse.blocks import Block, Element, Icon, Lines, Mark, Scope
from aggregator.parse.hints import CHROME, NONE, hints_of

BLOCK_TAGS = frozenset(
    """html body address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot
    th thead tr ul option caption legend head""".split()
)
SKIP_TAGS = frozenset("script style title noscript template iframe object select textarea svg math canvas".split())
KEPT = frozenset("html base meta link script title time h1 iframe noscript input".split())
"""Tags kept in `Lines.nodes`."""
MARK_TAGS = frozenset("a em i b strong cite u time span abbr q sup sub font big small label data del s".split())
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2000-\u200b\u202f\u3000\ufeff]+")
_ZERO_WIDTH = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class Walker:
    """Collects text between block borders while `run` goes through the tree once."""

    def __init__(self) -> None:
        self.lines = Lines([], {tag: [] for tag in KEPT}, [], {}, {})
        self._scope = Scope(None, NONE)
        self._stack: list[tuple[Element, str]] = []
        self._text: list[str] = []
        self._size = 0
        self._marks: list[Mark] = []
        self._open: list[tuple[Element, str, int]] = []
        self._icons: list[Icon] = []
        self._para = 0
        self._gap = False

    def run(self, root: Element) -> Lines:
        """Walk `root`; raises nothing on any tree."""
        skip: Element | None = None
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                if skip is None and self._start(node):
                    skip = node
            else:
                if skip is not None:
                    if node is not skip:
                        continue
                    skip = None
                else:
                    self._end(node)
                if node.tail:
                    self._add(node.tail)
        self._flush(root, "html")
        self._settle_scopes()
        return self.lines

    def _start(self, node: Element) -> bool:
        """Open `node`; True if nothing inside it is text of the page."""
        tag = node.tag
        if not isinstance(tag, str):
            return True
        attrib = node.attrib
        if tag in KEPT:
            self.lines.nodes[tag].append(node)
        names = self._names(node, tag) if attrib else ""
        if tag in SKIP_TAGS:
            if tag == "svg":
                self._icon(node, "svg")
            return True
        self._open_tag(node, tag, names)
        if tag not in ("body", "html") and (found := hints_of(tag, names, attrib.get("role") if attrib else None)):
            self._scope = Scope(node, found, self._scope)
            self.lines.scopes[node] = self._scope
        if node.text:
            self._add(node.text)
        return bool(attrib) and "style" in attrib and _NOT_SHOWN.search(str(attrib["style"])) is not None

    def _open_tag(self, node: Element, tag: str, names: str) -> None:
        if tag in BLOCK_TAGS:
            self._flush_for(node)
            self._para += 1
            self._stack.append((node, tag))
        elif tag == "br":
            self._flush_current()
        elif tag == "img":
            self._icon(node, "img")
        elif tag in MARK_TAGS:
            self._open.append((node, tag, self._size))
            if names and tag in ("i", "span") and node.text is None and len(node) == 0:
                self._icon(node, "i")

    def _names(self, node: Element, tag: str) -> str:
        attrib = node.attrib
        if "itemprop" in attrib or "itemscope" in attrib:
            self.lines.items.append(node)
        names = str(attrib.get("class") or "")
        if names:
            classes = self.lines.classes
            for name in names.split():
                classes.setdefault(name, []).append(node)
        if tag not in ("body", "html") and "id" in attrib:
            names = f"{names} {attrib.get('id')}"
        return names

    def _end(self, node: Element) -> None:
        tag = node.tag
        if tag in BLOCK_TAGS:
            self._flush_current()
            self._para += 1
            if self._stack and self._stack[-1][0] is node:
                self._stack.pop()
        elif tag in MARK_TAGS and self._open and self._open[-1][0] is node:
            _, _, start = self._open.pop()
            if self._size > start:
                self._marks.append(Mark(start, self._size, tag, node))
        if self._scope.node is node and self._scope.parent is not None:
            self._scope = self._scope.parent

    def _add(self, text: str) -> None:
        folded = _SPACE.sub(" ", text)
        if _ZERO_WIDTH.search(folded):
            folded = _ZERO_WIDTH.sub("", folded)
        if not folded:
            return
        if folded[0] == " " and (self._size == 0 or self._text[-1][-1] == " "):
            folded = folded[1:]
            if not folded:
                return
        self._text.append(folded)
        self._size += len(folded)

    def _icon(self, node: Element, kind: str) -> None:
        get = node.get
        parent = node.getparent()
        around = f"{parent.get('class') or ''}" if parent is not None else ""
        src = get("src") or get("data-src") or get("data-lazy-src") or ""
        alt = get("alt") or get("aria-label") or get("title") or ""
        names = f"{get('class') or ''} {get('id') or ''} | {around}"
        self._icons.append(Icon(self._size, kind, node, alt, src, names))

    def _flush_for(self, node: Element) -> None:
        if self._size or self._icons:
            parent = node.getparent()
            self._flush_current() if self._stack else self._flush(parent if parent is not None else node, "div")

    def _flush_current(self) -> None:
        if self._size or self._icons:
            node, tag = self._stack[-1] if self._stack else (None, "div")
            self._flush(node, tag)

    def _flush(self, node: Element | None, tag: str) -> None:
        if not self._size and not self._icons:
            return
        text = "".join(self._text)
        stripped = text.rstrip(" ")
        for start_node, start_tag, start in self._open:
            # an inline element that runs over a line break marks both lines
            if self._size > start:
                self._marks.append(Mark(start, len(stripped), start_tag, start_node))
        if stripped or self._icons:
            block = Block(len(self.lines.blocks), node, tag, stripped, self._scope, self._para)
            block.marks, block.icons = self._marks, self._icons
            self.lines.blocks.append(block)
            own = len(stripped) if len(stripped) > 60 and block.link_share() < 0.5 else 0
            if own:
                for scope in self._scope.chain():
                    scope.chars += own
        self._text, self._size, self._marks, self._icons = [], 0, [], []
        self._open = [(open_node, open_tag, 0) for open_node, open_tag, _ in self._open]

    def _settle_scopes(self) -> None:
        """A container called "sidebar-wrap" that holds most of the page's prose is no sidebar."""
        total = sum(len(block.text) for block in self.lines.blocks if len(block.text) > 60 and block.link_share() < 0.5)
        for scope in self.lines.scopes.values():
            if total and scope.chars > 0.6 * total and scope.hints & CHROME:
                scope.hints -= CHROME
        for scope in self.lines.scopes.values():
            scope.settled = None
