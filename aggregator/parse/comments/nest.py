"""Works out which comment answers which from how their elements stand: nesting, depth classes, indentation."""

import re
from collections import defaultdict

from aggregator.notation.languages import fold
from aggregator.parse.blocks import Element
from aggregator.parse.comments.families import Roles, table
from aggregator.parse.comments.thread import Found

_CLIMB = 8
_INDENT = re.compile(r"(?:margin|padding)-left\s*:\s*(\d+(?:\.\d+)?)\s*(px|em|rem|%|pt)", re.IGNORECASE)


def nest(items: list[Found], roles: Roles) -> list[Found]:
    """The comments of a thread, each with its parent; wrappers around a comment are folded into it.

    `items` are in page order with `parent` the item around them.
    """
    gone = _fold(items)
    nodes = {item.node: item for item in items if item.node is not None}
    kept = [item for item in items if item not in gone]
    for item in kept:
        item.parent = _through(item.parent, gone)
        if item.parent is not None and not has_words(item.parent):
            # a deleted comment: its place is there, it is not
            item.parent, item.orphan = None, True
    _outside(kept, nodes, gone, roles)
    kept = [item for item in kept if has_words(item)]
    indented(kept)
    by_level(kept)
    return kept


def has_words(item: Found) -> bool:
    """Whether a comment says anything: not empty, and not the note left in the place of a deleted one."""
    if item.removed or not (item.body or item.loose):
        return False
    words = item.body or item.loose
    return len(words) > 1 or fold(words[0][1]).strip(" .") not in table().lists["texts.removed"]


def _through(item: Found | None, gone: dict[Found, Found | None]) -> Found | None:
    while item is not None and item in gone:
        item = gone[item]
    return item


def _fold(items: list[Found]) -> dict[Found, Found | None]:
    """Items that are no comment of their own, with the comment they belong to (None: to nothing)."""
    inner: dict[Found, list[Found]] = defaultdict(list)
    for item in items:
        if item.bare and item.parent is not None:
            inner[item.parent].append(item)
    gone: dict[Found, Found | None] = {}
    for item in reversed(items):
        parts = inner.get(item)
        if not parts:
            continue
        named = [part for part in parts if part.name or part.stamp or part.date]
        if item.name or item.stamp or item.date:
            parts = [p for p in parts if p not in named or (p.name is None and not (item.body or item.loose))]
        elif len(named) > 1:
            # a wrapper around several comments
            gone[item] = item.parent
            continue
        for part in parts:
            _absorb(item, part)
            gone[part] = item
    return gone


def _absorb(item: Found, part: Found) -> None:
    item.name = item.name or part.name
    item.link = item.link or part.link
    item.stamp = item.stamp or part.stamp
    item.date = item.date or part.date
    item.moment = item.moment or part.moment
    item.answers = item.answers or part.answers
    if item.key is None or (part.key or "").startswith("comment-"):
        item.key = part.key or item.key
    if item.level is None:
        item.level = part.level
    item.body += part.body
    if part.name:
        # words beside the comment within its wrapper are buttons or labels
        item.loose, item.blocks = part.loose, part.blocks
    else:
        item.loose, item.blocks = item.loose + part.loose, item.blocks + part.blocks
    item.meta += part.meta
    item.by_critic |= part.by_critic
    item.ping |= part.ping
    item.removed |= part.removed


def _outside(kept: list[Found], nodes: dict[Element, Found], gone: dict[Found, Found | None], roles: Roles) -> None:
    """Replies in a container that stands beside the comment they answer, or beside none."""
    containers = [
        (item, box)
        for item in kept
        if item.parent is None and not item.orphan and (box := _container(item.node, roles)) is not None
    ]
    tops = sum(item.parent is None for item in kept)
    for item, box in containers:
        before = _before(box, nodes)
        if before is not None:
            parent = _through(before, gone)
            if parent is not None and parent is not item and parent.first < item.first:
                item.parent = parent
        elif len(containers) < tops or "children" in (box.get("class") or "").split():
            item.orphan = True


def _container(node: Element | None, roles: Roles) -> Element | None:
    """The nearest element around a comment that holds replies by its name."""
    for _ in range(_CLIMB):
        node = node.getparent() if node is not None else None
        if node is None or node.tag == "body":
            return None
        if roles.of(node) == "replies" and "omments" not in (node.get("class") or ""):
            return node
    return None


def _before(box: Element, nodes: dict[Element, Found]) -> Found | None:
    """The comment right before a container of replies."""
    for sibling in box.itersiblings(preceding=True):
        if sibling in nodes:
            return nodes[sibling]
        for inner in sibling.iter():
            if inner in nodes:
                return nodes[inner]
    return None


def indented(kept: list[Found]) -> None:
    """Indentation in style attributes as level, where the markup says nothing better."""
    if any(item.parent or item.orphan or item.level is not None for item in kept):
        return
    depths = [indent(item.node) for item in kept]
    if len(set(depths)) > 1 and min(depths) == depths[0]:
        for item, depth in zip(kept, depths, strict=True):
            item.level = depth + 1


def indent(node: Element | None) -> float:
    """How far an element is moved to the right by its own style or that of the two around it, in pixels."""
    total = 0.0
    for _ in range(3):
        if node is None:
            break
        style = node.get("style")
        if style and (match := _INDENT.search(style)):
            total += float(match[1]) * (16 if match[2] in ("em", "rem") else 1)
        node = node.getparent()
    return total


def by_level(kept: list[Found]) -> None:
    """Parents from depth numbers, for comments whose elements do not stand inside one another."""
    levels = [item.level for item in kept if item.level is not None]
    if not levels:
        return
    base = min(1.0, *levels, 1.0)
    open_levels: list[Found] = []
    for item in kept:
        if item.level is None:
            continue
        while open_levels and (open_levels[-1].level or 0) >= item.level:
            open_levels.pop()
        if item.parent is None and not item.orphan and item.level > base:
            item.parent = open_levels[-1] if open_levels else None
            item.orphan = item.parent is None
        open_levels.append(item)
