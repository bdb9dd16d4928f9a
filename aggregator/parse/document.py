"""A page opened for reading: bytes decoded once, one tree, one pass; everything else is derived lazily."""

import json
import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from lxml import etree

from aggregator.parse.blocks import Block, Element, Lines, Scope
from aggregator.parse.encoding import clean, decode
from aggregator.parse.guard import guard
from aggregator.parse.hints import NONE
from aggregator.parse.walk import Walker


class Document:
    """One page, HTML or plain text, without network or clock.

    `text` is the decoded source, `root` the tree (None for plain text), `lines` its blocks and look-up tables,
    `cuts` what the guard removed (then the page is partial), `encoding` the charset used.
    """

    def __init__(self, body: bytes | str, url: str | None = None, content_type: str | None = None) -> None:
        self.url = url
        self.content_type = content_type
        raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        raw, self.cuts = guard(raw)
        if isinstance(body, str):
            self.text, self.encoding, self.charset_wrong = (
                clean(raw.decode("utf-8", "replace")),
                "utf-8",
                False,
            )
        else:
            self.text, self.encoding, self.charset_wrong = decode(raw, content_type)
        self.is_html = looks_like_html(self.text)

    @cached_property
    def root(self) -> Element | None:
        """The one tree; None when the page is plain text or holds no element."""
        if not self.is_html:
            return None
        parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_pis=True, remove_comments=True)
        return etree.fromstring(self.text.encode("utf-8"), parser)

    @cached_property
    def lines(self) -> Lines:
        """Blocks and look-up tables, from one pass over the tree or from the lines of a text file."""
        root = self.root
        if root is None:
            return Lines(list(_text_blocks(self.text)), {}, [], {}, {})
        return Walker().run(root)

    @property
    def blocks(self) -> list[Block]:
        """The lines of the page in reading order."""
        return self.lines.blocks

    def nodes(self, tag: str) -> list[Element]:
        """Elements of one of the kept tags (see walk.KEPT), in order."""
        return self.lines.nodes.get(tag, [])

    def by_class(self, name: str) -> list[Element]:
        """Elements that carry the class `name`."""
        return self.lines.classes.get(name, [])

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
        for node in self.nodes("link"):
            if rel in (node.get("rel") or "").lower().split() and node.get("href"):
                return self.absolute(node.get("href") or "")
        return None

    def absolute(self, href: str) -> str | None:
        """`href` as an absolute http(s) address, or None."""
        try:
            address = urljoin(self.base or "", href.strip())
        except ValueError:
            return None
        return address if address.startswith(("http://", "https://")) else None

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


def soup(node: Element) -> BeautifulSoup:
    """A small region as BeautifulSoup, for layout code written by hand; each tag keeps its place as `data-xpath`."""
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
    head = text[:3000].lstrip("\ufeff \t\r\n").lower()
    if _MARKUP.match(head):
        return True
    return any(
        f"<{tag}" in head for tag in ("html", "head", "body", "title", "meta", "div", "p>", "article", "table", "h1")
    )


_MARKUP = re.compile(r"<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*(?:\s[^<>]*)?/?>)")


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
