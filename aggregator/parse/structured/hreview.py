"""Classic microformats: hReview, hReview-aggregate and hAtom's hentry."""

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.document import Document
from aggregator.parse.structured.dom import select
from aggregator.parse.structured.items import Found, Item, owner
from aggregator.parse.structured.mf import MAX_NODES, classes, settle_rating, text_fact, url_fact
from aggregator.parse.structured.records import Fact
from aggregator.parse.structured.vocabulary import tables

SYNTAX = "hreview"
ROOTS = ("hreview", "hreview-aggregate", "hentry")
_MAX_ROOTS = 300
_MARKED = select("descendant::*[@class or @rel]")
_INNER = select("descendant-or-self::*[@class]")
_THINGS = {"item": "itemreviewed", "reviewer": "author"}
_TEXTS = {
    "rating": "ratingvalue",
    "best": "bestrating",
    "worst": "worstrating",
    "average": "average",
    "count": "count",
    "votes": "votes",
    "dtreviewed": "datepublished",
    "summary": "name",
    "description": "reviewbody",
}
_ENTRY = {
    "entry-title": "headline",
    "published": "datepublished",
    "updated": "datemodified",
    "entry-summary": "description",
    "author": "author",
}


def read(document: Document, base: str | None) -> Found:
    """All hReviews of the page and its hentries, each followed by what is nested in it."""
    items: list[Item] = []
    left = MAX_NODES
    roots = [(node, False) for node in document.by_class("hreview")[:_MAX_ROOTS]]
    roots += [(node, True) for node in document.by_class("hreview-aggregate")[:_MAX_ROOTS]]
    for node, aggregate in roots:
        marked = _MARKED(node)
        items += _review(node, marked[:left], base, aggregate=aggregate)
        left -= len(marked)
        if left < 0:
            return Found(items, cut=True)
    items += _entries(document, base)
    return Found(items, cut=any(len(document.by_class(name)) > _MAX_ROOTS for name in ROOTS))


def _review(root: Element, marked: list[Element], base: str | None, *, aggregate: bool) -> list[Item]:
    item = Item(("AggregateRating",) if aggregate else ("Review",), Place(root), SYNTAX)
    things: dict[Element, Item] = {}
    for node in marked:
        if things and owner(node, things) is not None:
            # the name within a reviewer or an item is not the review's
            continue
        for name in classes(node):
            if name in _THINGS:
                things[node] = thing = _thing(node, base)
                item.add(_THINGS[name], thing)
            elif name in _TEXTS:
                _add(item, _TEXTS[name], text_fact(node, SYNTAX))
        if {"bookmark", "self"} & set((node.get("rel") or "").split()) and node.get("href"):
            _add(item, "url", url_fact(node, SYNTAX, base))
    if not aggregate:
        settle_rating(item, SYNTAX)
    return [item, *things.values()]


def _entries(document: Document, base: str | None) -> list[Item]:
    """A theme may make the whole page one hentry, so parts are looked up and led back to the entry around them."""
    roots = document.by_class("hentry")[:_MAX_ROOTS]
    entries = {node: Item(("BlogPosting",), Place(node), "hatom") for node in roots}
    authors: list[Item] = []
    for name, prop in _ENTRY.items() if entries else ():
        for node in document.by_class(name)[:_MAX_ROOTS]:
            above = owner(node, entries)
            if above is None or prop in entries[above].props:
                continue
            if prop == "author":
                authors.append(_thing(node, base, "hatom"))
                entries[above].add(prop, authors[-1])
            else:
                _add(entries[above], prop, text_fact(node, "hatom"))
    return [*(entry for entry in entries.values() if entry.props), *authors]


def _thing(node: Element, base: str | None, syntax: str = SYNTAX) -> Item:
    """A reviewed item or a person: its `fn` (of an event its `summary`), else all its text."""
    own = classes(node)
    types = tuple(kind for name in own if (kind := tables()["mf_types"].get(name)))
    thing = Item(types, Place(node), syntax)
    wanted = "summary" if "vevent" in own else "fn"
    for part in _INNER(node)[:200]:
        names = classes(part)
        if wanted in names and "name" not in thing.props:
            _add(thing, "name", text_fact(part, syntax))
        if "url" in names and part.get("href"):
            _add(thing, "url", url_fact(part, syntax, base))
    if "name" not in thing.props:
        _add(thing, "name", text_fact(node, syntax))
    return thing


def _add(item: Item, name: str, value: Fact | None) -> None:
    if value is not None:
        item.add(name, value)
