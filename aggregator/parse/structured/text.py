"""Text of values: folded white space, entities and tags of JSON strings, the running text of an element."""

import html
import re

from lxml import etree

from aggregator.parse.blocks import Element
from aggregator.parse.encoding import clean
from aggregator.parse.walk import BLOCK_TAGS

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BREAK = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|blockquote|figure)\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ZERO_WIDTH = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
_SILENT = frozenset({"script", "style", "noscript", "template"})


def fold(text: str) -> str:
    """`text` with white space folded and invisible characters removed."""
    if not text.isascii():
        text = _ZERO_WIDTH.sub("", text)
    return " ".join(text.split())


def plain(text: str) -> str:
    """A JSON string as a reader would see it: sites leave HTML entities and tags in, sometimes entities twice."""
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    return fold(clean(text))


def node_text(node: Element) -> str:
    """Running text of an element, without scripts; the alternative text of its image if it has no text."""
    if len(node) == 0:
        return fold(node.text or "")
    parts: list[str] = []
    skip: Element | None = None
    for event, inner in etree.iterwalk(node, events=("start", "end", "comment")):
        if event == "start":
            if skip is None and inner.tag in _SILENT:
                skip = inner
            elif skip is None:
                if inner.tag in BLOCK_TAGS or inner.tag == "br":
                    parts.append(" ")
                parts.append(inner.text or "")
            continue
        # text after a comment hangs on the comment
        if inner is skip:
            skip = None
        if skip is None and inner is not node:
            parts.append((" " if inner.tag in BLOCK_TAGS else "") + (inner.tail or ""))
    text = fold("".join(parts))
    return text or _image_text(node)


def _image_text(node: Element) -> str:
    """Alternative text of the one image in `node`, or nothing."""
    images = [image for image in node.iter("img") if (image.get("alt") or "").strip()]
    return fold(images[0].get("alt") or "") if len(images) == 1 else ""
