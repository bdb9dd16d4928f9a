"""What classic microformats and version 2 share: class names, the value-class pattern, dates, implied links."""

import re

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.structured.dom import absolute, select
from aggregator.parse.structured.items import Item
from aggregator.parse.structured.records import Fact
from aggregator.parse.structured.text import fold, node_text

MAX_NODES = 20_000
_VALUE = select(
    "descendant::*[contains(concat(' ', @class, ' '), ' value ')"
    " or contains(concat(' ', @class, ' '), ' value-title ')]"
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}|\d{1,2}\s*[ap]\.?m", re.IGNORECASE)


def classes(node: Element) -> list[str]:
    """Class names of an element."""
    return (node.get("class") or "").split()


def fact(node: Element, syntax: str, value: str, url: str | None = None) -> Fact | None:
    """A fact that stands at `node`, None when it is empty."""
    folded = fold(value)
    return Fact(folded, Place(node), syntax, url) if folded else None


def value_class(node: Element) -> str | None:
    """Value-class pattern: the parts marked `value` joined (date and time with a T), or None without such parts."""
    parts: list[str] = []
    for part in _VALUE(node):
        if "value-title" in classes(part):
            return part.get("title") or None
        parts.append(fold(machine_value(part) or node_text(part)))
    if not parts:
        return None
    if len(parts) > 1 and re.fullmatch(r"\d{4}-\d{2}-\d{2}", parts[0]) and _CLOCK.match(parts[1]):
        return "T".join(parts[:2])
    return "".join(parts)


def machine_value(node: Element) -> str | None:
    """What an element says to machines in place of its text."""
    tag = node.tag
    if tag == "abbr":
        return node.get("title")
    if tag in ("data", "input", "meter"):
        return node.get("value")
    if tag in ("time", "ins", "del"):
        return node.get("datetime")
    if tag in ("img", "area"):
        return node.get("alt")
    return None


def text_fact(node: Element, syntax: str, base: str | None = None) -> Fact | None:
    """A text property: value-class pattern, machine value, else text; `url` of a link kept."""
    value = value_class(node) or machine_value(node) or node_text(node)
    address = node.get("href") if node.tag in ("a", "area") else None
    return fact(node, syntax, value, absolute(base, address) if address else None)


def url_fact(node: Element, syntax: str, base: str | None) -> Fact | None:
    """A link property: the address."""
    address = node.get("href") or node.get("src") or node.get("data")
    if not address:
        return text_fact(node, syntax)
    url = absolute(base, address)
    return fact(node, syntax, url, url)


def settle_rating(item: Item, syntax: str) -> None:
    """Fold an item's flat rating properties into a Rating, the form schema.org's own examples use."""
    names = ("ratingvalue", "bestrating", "worstrating")
    found = {name: item.props.pop(name) for name in names if name in item.props}
    if "ratingvalue" not in found:
        return
    first = found["ratingvalue"][0]
    rating = Item(("Rating",), first.place, syntax)
    for name, values in found.items():
        for value in values:
            rating.add(name, value)
    item.add("reviewrating", rating)
