"""Values of elements, as microdata and RDFa read them, with the text of links kept beside their address."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urljoin

from lxml import etree

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.structured.records import Fact
from aggregator.parse.structured.text import fold, node_text

_ADDRESS = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "source": "src",
    "track": "src",
    "video": "src",
    "object": "data",
}
_VALUE = {"data": "value", "meter": "value", "time": "datetime", "input": "value"}


def select(expression: str) -> Callable[[Element], list[Element]]:
    """A compiled XPath that finds elements."""
    compiled = etree.XPath(expression)
    return lambda node: cast(list[Element], compiled(node))


def absolute(base: str | None, address: str) -> str:
    """`address` seen from `base`; as it stands if that is no address."""
    address = address.strip()
    if address.startswith(("http://", "https://")):
        return address
    if address.startswith("www."):
        # written without a scheme by people, never meant as a relative path
        return "http://" + address
    try:
        return urljoin(base or "", address)
    except ValueError:
        return address


def element_fact(node: Element, syntax: str, base: str | None) -> Fact | None:
    """The value of a property element: `content`, its machine-readable attribute, its link, else its text.

    A link's value is its text (people mark up names that are links), its address stands in `url`; a link or
    image without text has its address as value.
    """
    tag = node.tag
    content = node.get("content")
    if content is None and tag in _VALUE:
        content = node.get(_VALUE[tag])
    if content is not None:
        value = fold(content)
        url = value if value.startswith(("http://", "https://")) else None
        return Fact(value, Place(node), syntax, url) if value else None
    address = node.get(_ADDRESS[tag]) if tag in _ADDRESS else None
    url = absolute(base, address) if address and address.strip() else None
    if tag == "img":
        value = fold(node.get("alt") or "") or url or ""
    elif tag == "link":
        value = url or ""
    else:
        value = node_text(node) or url or ""
    return Fact(value, Place(node), syntax, url) if value else None
