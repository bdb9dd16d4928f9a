"""A page opened for reading: bytes decoded once, one tree, one pass; everything else is derived lazily."""

import json
import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from aggregator.parse.blocks import Block, Classes, Element, Lines, Scope, is_address
from aggregator.parse.encoding import clean, decode
from aggregator.parse.guard import MAX_BYTES, MAX_DEPTH, MAX_LINES, MAX_TEXT, cut, flatten, guard
from aggregator.parse.hints import NONE
from aggregator.parse.walk import Walker

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_CONTROL_REFERENCE = re.compile(
    rb"&#(?:0*+(?:[0-8]|1[1245-9]|2\d|3[01]|127|6553[45])"
    rb"|[xX]0*+(?:[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]|[fF]{3}[efEF]))(?:;|(?![0-9a-fA-F]))"
)
_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 8)})")
_STARTS = re.compile(r"\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_OPENS = re.compile(r"<(?:html|head|body|title|meta|div|p|article|section|table|h[1-6]|ul)\b[^<>]*>", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:html|head|body|title|div|p|article|section|table|h[1-6]|ul|a|li|td)\s*>", re.IGNORECASE)


class Document:
    """One page, HTML or plain text, without network or clock.

    `text` is the decoded source, `root` the tree (None when the page is plain text or holds no element), `lines` its
    blocks and look-up tables, `cuts` what was left out (then the page is partial), `encoding` the charset used.
    """

    def __init__(self, body: bytes | str, url: str | None = None, content_type: str | None = None) -> None:
        self.url = clean(url) if url and is_address(url) else None
        self.content_type = content_type
        self.cuts: list[str] = []
        raw = clean(body).encode("utf-8", "replace") if isinstance(body, str) else body
        if len(raw) > MAX_BYTES:
            self.cuts.append(f"left out: everything behind {MAX_BYTES} of {len(raw)} bytes")
            raw = raw[:MAX_BYTES]
        if isinstance(body, str):
            self.text, self.encoding, self.charset_wrong = raw.decode("utf-8", "ignore"), "utf-8", False
        else:
            self.text, self.encoding, self.charset_wrong = decode(raw, content_type)
        self.is_html = looks_like_html(self.text)
        self.root = self._tree() if self.is_html else None
        if self.root is not None:
            self.lines = self._walked(self.root)
        else:
            self.lines = Lines([], {}, [], Classes(), {}) if self.is_html else self._plain_lines()

    def _tree(self) -> Element | None:
        """The one tree; None when the page holds no element."""
        source, cuts = guard(_one_page(_CONTROL_REFERENCE.sub(b"", self.text.encode("utf-8"))))
        root, deep = _parsed(source)
        for mend in (cut, flatten):
            if deep:
                # more cuts only when the first were not enough: they cost the page some of its structure
                source, cuts = mend(source)
                root, deep = _parsed(source)
        if cuts or deep:
            self.cuts += cuts or ["left out: what nests too deeply to be read"]
            self.text = source.decode("utf-8", "replace")
        return root

    def _plain_lines(self) -> Lines:
        """The lines of a text file, as many as can be read in time."""
        if len(self.text) > MAX_TEXT:
            self.cuts.append(f"left out: everything behind {MAX_TEXT} letters")
            self.text = self.text[:MAX_TEXT]
        rows = self.text.splitlines(keepends=True)
        if len(rows) > MAX_LINES:
            self.cuts.append(f"left out: everything behind {MAX_LINES} lines")
            self.text = "".join(rows[:MAX_LINES])
        return Lines(list(_text_blocks(self.text)), {}, [], Classes(), {})

    def _walked(self, root: Element) -> Lines:
        """Blocks and look-up tables, from one pass over the tree."""
        walker = Walker()
        lines = walker.run(root)
        if walker.hidden > 1000 and sum(len(block.text) for block in lines.blocks) < 0.2 * walker.hidden:
            # a page that hides its whole text shows it by a script
            lines = Walker(show=True).run(root)
        if len(lines.blocks) > MAX_LINES:
            self.cuts.append(f"left out: everything behind {MAX_LINES} lines")
            del lines.blocks[MAX_LINES:]
        return lines

    @property
    def blocks(self) -> list[Block]:
        """The lines of the page in reading order."""
        return self.lines.blocks

    def nodes(self, tag: str) -> list[Element]:
        """Elements of one of the kept tags (see walk.KEPT), in order."""
        return self.lines.nodes.get(tag, [])

    def by_class(self, name: str) -> list[Element]:
        """Elements that carry the class `name`."""
        return self.lines.classes.get(name)

    @cached_property
    def metas(self) -> list[tuple[str, str, Element]]:
        """(name, content, node) of each meta element; name is its name, property or http-equiv in lower case."""
        found = []
        for node in self.nodes("meta"):
            name = node.get("property") or node.get("name") or node.get("http-equiv") or node.get("itemprop")
            content = node.get("content")
            if name and content and content.strip():
                found.append((name.strip().lower(), " ".join(content.split()), node))
        return found

    def meta(self, *names: str) -> tuple[str, Element] | None:
        """The first meta of one of `names`, in the order of `names`."""
        for wanted in names:
            for name, content, node in self.metas:
                if name == wanted:
                    return content, node
        return None

    @cached_property
    def base(self) -> str | None:
        """The address that links of the page are relative to."""
        bases = [node.get("href") for node in self.nodes("base") if node.get("href")]
        return urljoin(self.url or "", bases[0]) if bases else self.url

    def link(self, rel: str) -> str | None:
        """The absolute address of `<link rel=…>` or `<a rel=…>` in the head, if any."""
        href = self._related.get(rel)
        return self.absolute(href) if href else None

    @cached_property
    def _related(self) -> dict[str, str]:
        """What the first link of each relation leads to, as written."""
        found: dict[str, str] = {}
        for node in self.nodes("link"):
            if href := node.get("href"):
                for rel in (node.get("rel") or "").lower().split():
                    found.setdefault(rel, href)
        return found

    def absolute(self, href: str) -> str | None:
        """`href` as an absolute http(s) address, or None."""
        try:
            address = urljoin(self.base or "", href.strip())
        except ValueError:
            return None
        return address if address.startswith(("http://", "https://")) and is_address(address) else None

    @cached_property
    def title(self) -> str:
        """Text of the title element, white space folded."""
        for node in self.nodes("title"):
            # <title> inside an SVG names the drawing
            parent = node.getparent()
            if parent is None or parent.tag != "svg":
                # some generators escape it twice
                return unescape(" ".join("".join(map(str, node.itertext())).split()))
        return ""

    @cached_property
    def lang(self) -> str | None:
        """The language the page declares, two letters, often wrong."""
        for node in self.nodes("html"):
            declared = (
                node.get("lang") or node.get("{http://www.w3.org/XML/1998/namespace}lang") or node.get("xml:lang")
            )
            if declared and declared.strip():
                return declared.strip().lower().replace("_", "-").split("-")[0] or None
        return None


def soup(node: Element) -> "BeautifulSoup":
    """A small region as BeautifulSoup, for layout code written by hand; each tag keeps its place as `data-xpath`."""
    from bs4 import BeautifulSoup  # takes longer to import than most pages to read, and few pages need it

    tree = node.getroottree()
    copy = etree.fromstring(etree.tostring(node, method="html", encoding="unicode"), etree.HTMLParser(huge_tree=True))
    inner = copy.find(".//" + node.tag) if copy is not None else None
    if inner is not None:
        for original, twin in zip(node.iter(etree.Element), inner.iter(etree.Element), strict=False):
            twin.set("data-xpath", tree.getpath(original))
    markup = etree.tostring(inner, method="html", encoding="unicode") if inner is not None else ""
    return BeautifulSoup(markup, "lxml")


def looks_like_html(text: str) -> bool:
    """Whether a saved page is markup rather than the plain text a reader copied."""
    text = text.lstrip("\ufeff")
    if _STARTS.match(text):
        return True
    head = text.lstrip()[:20_000]
    return bool(_OPENS.search(head[:3000]) and (_CLOSES.search(head) or len(_OPENS.findall(head)) > 2))


_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_CLOSED = re.compile(rb"(<html\b[^<>]{0,1000}?)/>", re.IGNORECASE)


_NEW_PAGE = re.compile(rb"<(?:!doctype|html|head)\b", re.IGNORECASE)
_BODY = re.compile(rb"<body\b", re.IGNORECASE)


def _one_page(source: bytes) -> bytes:
    """The source without an end of the page before its body: browsers read on behind it, the parser drops the rest.

    Templates leave "</html>" between head and body, or write "<html lang=en />". What stands behind a whole page is
    another one, or not its author's.
    """
    source = _CLOSED.sub(rb"\1>", source, count=1)
    end = _END.search(source)
    if end is None or b"<" not in source[end.end() :]:
        return source
    whole = _BODY.search(source, 0, end.start()) or _NEW_PAGE.search(source, end.end())
    return source if whole else _END.sub(b"", source)


def _parsed(source: bytes) -> tuple[Element | None, bool]:
    """The tree, None when there is no element, and whether it is too deep or was not built to its end."""
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        return None, False
    if root is None:
        return None, False
    last = parser.error_log.last_error
    return root, bool(last is not None and last.level == etree.ErrorLevels.FATAL) or bool(_DEEP(root))


def _text_blocks(text: str) -> Iterator[Block]:
    scope = Scope(None, NONE)
    para = index = 0
    for number, line in enumerate(text.splitlines(), start=1):
        folded = " ".join(line.split())
        if not folded:
            para += 1
            continue
        yield Block(index, None, "p", folded, scope, para, line=number)
        index += 1


def json_or_none(text: str) -> object:
    """Strict JSON, or None."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
