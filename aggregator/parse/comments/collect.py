"""Gives every line of a page to the comment it belongs to, climbing from the line's element once."""

import re
from functools import lru_cache

from aggregator.parse.blocks import Element
from aggregator.parse.comments import byline, when
from aggregator.parse.comments.families import Roles, table
from aggregator.parse.comments.parts import Parts
from aggregator.parse.comments.thread import MAX_COMMENTS, Found
from aggregator.parse.document import Document

_OWN_ID = re.compile(r"^(?:(?:li|div|article|single|dsq|js)-(?=comment|post))?(\S*\d\S*)$")
_DEPTH = re.compile(r"(?:^|[\s_-])(?:depth|level|lvl|indent|nest)[-_]?(\d{1,2})(?=\s|$)")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"^(\d{1,3})$")
_STICKY = frozenset(("skip", "replies"))
_LABELS = frozenset(("meta", "author", "name", "date", "badge"))


class Collector:
    """Reads the items of a page (elements that are one comment each) from its blocks, without another walk.

    `run`: an item goes on through its following siblings up to the next item.
    """

    def __init__(self, doc: Document, items: list[Element], roles: Roles, *, run: bool = False) -> None:
        self._doc = doc
        self._roles = roles
        self._found = [open_item(node) for node in items]
        self._home: dict[Element, tuple[Found | None, str]] = {
            item.node: (item, "") for item in self._found if item.node is not None
        }
        if run:
            self._extend()

    def collect(self) -> list[Found]:
        """The items in page order, each with its parts and the item around it."""
        home, place, take = self._home, self._place, Parts(self._roles).take
        opened = 0
        for block in self._doc.blocks:
            node = block.node
            if node is None:
                continue
            owner, role = home.get(node) or place(node)
            if owner is None or role in _STICKY:
                continue
            if owner.first < 0:
                owner.first = block.index
                if owner.name is None and (opened := opened + 1) > MAX_COMMENTS and self._is_full():
                    break
            take(owner, block, role)
        for item in self._found:
            self._relate(item)
        self._unseen_times()
        self._unseen_names()
        return in_page_order(self._found)

    def _is_full(self) -> bool:
        return sum(item.name is not None for item in self._found) > MAX_COMMENTS

    def _extend(self) -> None:
        for item in self._found:
            node = item.node
            if node is None:
                continue
            role = self._roles.of(node)
            self._home[node] = (item, role if role in ("author", "meta", "body") else "")
            sibling = node.getnext()
            while sibling is not None and sibling not in self._home:
                self._home[sibling] = (item, self._roles.of(sibling) if isinstance(sibling.tag, str) else "")
                sibling = sibling.getnext()

    def _place(self, node: Element) -> tuple[Found | None, str]:
        """The item around a node and the role it has there; remembered for all nodes climbed over."""
        home = self._home
        climbed: list[Element] = []
        around: Element | None = node
        while around is not None and around not in home:
            climbed.append(around)
            around = around.getparent()
        owner, role = home[around] if around is not None else (None, "")
        for step in reversed(climbed):
            if owner is not None and role not in _STICKY:
                own, sure = self._roles.look(step)
                # a "text" within a head or an author's box is not the comment's
                role = role if not own or (own == "body" and role in _LABELS and not sure) else own
            home[step] = (owner, role)
        return owner, role

    def _relate(self, item: Found) -> None:
        around = item.node.getparent() if item.node is not None else None
        if around is None:
            return
        item.parent, role = self._home.get(around) or self._place(around)
        item.bare = item.parent is not None and role != "replies"

    def _unseen_times(self) -> None:
        """Dates in time elements that show nothing."""
        for node in self._doc.nodes("time"):
            owner, role = self._home.get(node) or self._place(node)
            if owner is not None and owner.date is None and owner.stamp is None and role != "body":
                owner.date = when.machine_date(node)

    def _unseen_names(self) -> None:
        """What schema.org's meta elements say within a comment."""
        for node in self._doc.nodes("meta"):
            if not node.get("itemprop"):
                continue
            owner, _ = self._home.get(node) or self._place(node)
            role = self._roles.of(node)
            if owner is None:
                continue
            if role == "date" and owner.date is None:
                owner.date = when.machine_date(node)
            elif role in ("name", "author") and owner.name is None:
                owner.name = byline.clean_name(node.get("content"))


def open_item(node: Element) -> Found:
    """A comment of which only the element is known yet."""
    item = Found(node=node, key=own_id(node))
    names = node.get("class")
    if names:
        item.by_critic, item.ping, item.removed, item.level = _class_says(_DIGITS.sub(_shorten, names))
    if len(node.attrib) > 2:
        item.answers = node.get("data-parent-id") or node.get("data-parent") or None
        depth = _NUMBER.match(node.get("data-depth") or node.get("data-level") or "")
        item.level = float(depth[1]) if depth else item.level
    return item


def _shorten(match: re.Match[str]) -> str:
    """Ids within class names differ for every comment and say nothing."""
    return "0" if len(match[0]) > 2 else match[0]


@lru_cache(maxsize=4096)
def _class_says(names: str) -> tuple[bool, bool, bool, float | None]:
    """Whether a comment's classes call it the critic's, a trackback, removed; and its depth."""
    lists = table().lists
    own = names.split()
    critic, ping, removed = (not lists[f"marks.{name}"].isdisjoint(own) for name in ("critic", "ping", "removed_class"))
    depth = _DEPTH.search(names)
    return critic, ping, removed, float(depth[1]) if depth else None


def own_id(node: Element) -> str | None:
    """The comment's id as the page gives it, without the prefix that tells its wrappers apart."""
    value = node.get("id") or node.get("data-comment-id") or ""
    if not value and len(node):
        value = _anchor(node[0])
    if not value and (before := node.getprevious()) is not None and before.tag == "a" and not before.get("href"):
        value = _anchor(before)
    match = _OWN_ID.match(value.strip()[:100])
    return match[1] if match else None


def _anchor(node: Element) -> str:
    """The id of an element that marks a place in front of a comment."""
    if not isinstance(node.tag, str):
        return ""
    return node.get("id") or (node.get("name") if node.tag == "a" else None) or ""


def in_page_order(items: list[Found]) -> list[Found]:
    """Items by their first line, an item before those inside it; what holds no line at all is left out."""
    depth: dict[Found, int] = {}
    for item in items:
        chain = []
        around: Found | None = item
        while around is not None and around not in depth:
            chain.append(around)
            around = around.parent
        base = depth[around] if around is not None else 0
        for step in reversed(chain):
            base += 1
            depth[step] = base
        around = item.parent
        while around is not None and (around.first < 0 or around.first > item.first >= 0):
            around.first = item.first
            around = around.parent
    return sorted((item for item in items if item.first >= 0), key=lambda item: (item.first, depth[item]))
