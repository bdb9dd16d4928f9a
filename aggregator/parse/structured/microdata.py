"""Microdata: items by itemscope, properties by itemprop and itemref, wherever they stand in the tree."""

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Place
from aggregator.parse.structured.dom import absolute, element_fact, select
from aggregator.parse.structured.items import MAX_ITEMS, Found, Item, owner
from aggregator.parse.structured.vocabulary import prop_name, type_name

# hidden elements hold items too, so the index of visible lines is not enough
_MARKED = select("//*[@itemscope or @itemprop]")
_IDS = select("//*[@id]")
_PROPERTIES = select("descendant-or-self::*[@itemprop]")
_MAX_TARGETS = 200
_MAX_PROPERTIES = 200


def read(root: Element, base: str | None) -> Found:
    """All items of the page in order, nested ones after the one they stand in."""
    marked = _MARKED(root)
    nodes = marked[:MAX_ITEMS]
    items = {node: _item(node, base) for node in nodes if node.get("itemscope") is not None}
    for node in nodes:
        if node.get("itemprop") is not None and (above := owner(node, items)) is not None:
            _add(items[above], node, items, base)
    _follow_refs(root, items, base)
    return Found(list(items.values()), cut=len(marked) > len(nodes))


def _item(node: Element, base: str | None) -> Item:
    types = tuple(name for raw in (node.get("itemtype") or "").split() if (name := type_name(raw)))
    identifier = node.get("itemid")
    return Item(types, Place(node), "microdata", absolute(base, identifier) if identifier else None)


def _add(item: Item, node: Element, items: dict[Element, Item], base: str | None) -> None:
    value = items.get(node) or element_fact(node, "microdata", base)
    if value is None:
        return
    for raw in (node.get("itemprop") or "").split():
        if name := prop_name(raw):
            item.add(name, value)


def _follow_refs(root: Element, items: dict[Element, Item], base: str | None) -> None:
    """Properties that stand elsewhere: those inside the elements an item refers to by id."""
    referring = [(node, ids) for node in items if (ids := (node.get("itemref") or "").split())]
    if not referring:
        return
    by_id: dict[str, Element] = {}
    for node in _IDS(root):
        by_id.setdefault(node.get("id") or "", node)
    seen: dict[Element, list[Element]] = {}
    left = MAX_ITEMS
    for node, ids in referring:
        for target in [by_id[name] for name in ids[:20] if name in by_id and by_id[name] is not node]:
            if target not in seen:
                if len(seen) == _MAX_TARGETS:
                    return
                seen[target] = _properties(target, items)
            left -= len(seen[target])
            if left < 0:
                return
            for marked in seen[target]:
                _add(items[node], marked, items, base)


def _properties(target: Element, items: dict[Element, Item]) -> list[Element]:
    """Property elements in `target`, itself included, that belong to no item within it."""
    if target in items:
        return [target] if target.get("itemprop") is not None else []
    around = owner(target, items)
    return [node for node in _PROPERTIES(target)[:_MAX_PROPERTIES] if owner(node, items) is around]
