"""Microformats version 2: h-review, h-review-aggregate, h-entry and the cards in them."""

import re

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.structured.dom import absolute, select
from aggregator.parse.structured.items import Found, Item, owner
from aggregator.parse.structured.mf import MAX_NODES, classes, fact, settle_rating, text_fact, url_fact
from aggregator.parse.structured.records import Fact
from aggregator.parse.structured.text import node_text
from aggregator.parse.structured.vocabulary import tables

SYNTAX = "mf2"
ROOTS = frozenset({"h-review", "h-review-aggregate", "h-entry"})
_TABLES = {
    "Review": "mf_review",
    "AggregateRating": "mf_review",
    "BlogPosting": "mf_entry",
    "Comment": "mf_comment",
}
_PROPERTY = re.compile(r"(p|u|dt|e)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\Z")
_MARKED = select(
    "//*[contains(@class, 'h-') or contains(@class, 'p-') or contains(@class, 'u-') or contains(@class, 'dt-')"
    " or contains(@class, 'e-')]"
)


def read(root: Element, base: str | None) -> Found:
    """The page's reviews, ratings and entries with all that is nested in them; cards on their own are left."""
    items: dict[Element, Item] = {}
    named: dict[Element, set[str]] = {}
    marked = _MARKED(root)
    for node in marked[:MAX_NODES]:
        names = classes(node)
        kinds = [name for name in names if name in tables()["mf_types"] and name.startswith("h-")]
        above = owner(node, items)
        if above is None and not ROOTS & set(kinds):
            continue
        properties = [match.groups() for name in names if (match := _PROPERTY.match(name))]
        item = _item(node, kinds) if kinds else None
        if above is not None:
            for prefix, name in properties:
                named[above].add(prefix)
                _add(items[above], name, item or _fact(node, prefix, base))
            if item and not properties:
                named[above].add("h")
        if item is not None:
            items[node], named[node] = item, set()
    for node, item in items.items():
        _imply(node, item, named[node], base)
    for item in items.values():
        _rename(item)
    return Found(list(items.values()), cut=len(marked) > MAX_NODES)


def _item(node: Element, kinds: list[str]) -> Item:
    types = tuple(kind for name in kinds if (kind := tables()["mf_types"][name]))
    return Item(types, Place(node), SYNTAX)


def _fact(node: Element, prefix: str, base: str | None) -> Fact | None:
    if prefix == "u":
        return url_fact(node, SYNTAX, base)
    if prefix == "e":
        return fact(node, SYNTAX, node_text(node))
    return text_fact(node, SYNTAX, base)


def _imply(node: Element, item: Item, prefixes: set[str], base: str | None) -> None:
    """Name and address of an item that marks up neither, as the parsing rules have it."""
    if "h" in prefixes:
        return
    only = node[0] if len(node) == 1 and not (node.text or "").strip() else None
    if "name" not in item.props and not prefixes & {"p", "e"}:
        _add(item, "name", text_fact(node, SYNTAX))
    if "url" not in item.props and "u" not in prefixes:
        link = next((tag for tag in (node, only) if tag is not None and tag.tag in ("a", "area")), None)
        if link is not None and link.get("href"):
            url = absolute(base, link.get("href") or "")
            _add(item, "url", fact(link, SYNTAX, url, url))


def _rename(item: Item) -> None:
    """Properties and type in schema.org's words."""
    if item.within == "comment":
        item.types = ("Comment",)
    table = _TABLES.get(item.types[0] if item.types else "")
    if table is None:
        return
    words: dict[str, str] = tables()[table]
    props: dict[str, list[Fact | Item]] = {}
    for name, values in item.props.items():
        if name in words:
            props.setdefault(words[name], []).extend(values)
            for value in values:
                if isinstance(value, Item) and value.parent is item:
                    value.within = words[name]
    item.props = props
    if "AggregateRating" not in item.types:
        settle_rating(item, SYNTAX)


def _add(item: Item, name: str, value: Fact | Item | None) -> None:
    if value is not None:
        item.add(name, value)
