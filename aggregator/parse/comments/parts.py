"""Takes one line of a comment apart: its name, date, badge and buttons, and the words that are left."""

import re

from aggregator.notation.languages import fold
from aggregator.parse.blocks import Block, Element, Mark
from aggregator.parse.comments import byline, when
from aggregator.parse.comments.families import Roles, table
from aggregator.parse.comments.thread import Found

_FRAGMENT = re.compile(r"#((?:[a-zA-Z_-]*)\d[\w-]*)$")
_SHOW_COMMENT = re.compile(r"[?&]showComment=(\d{10,13})")
_FREE = frozenset(("a", "b", "strong", "abbr"))
_LONG = 60
"""A line longer than this is never a button or a label."""

Spans = list[tuple[int, int]]


class Parts:
    """Adds blocks to comments; `roles` says what the marked parts of a line are."""

    def __init__(self, roles: Roles) -> None:
        self._role_of = roles.of
        lists = table().lists
        self._critic, self._badges = lists["marks.critic"], lists["badges.critic"]
        self._removed = lists["marks.removed_class"]
        self._in_reply = tuple(lists["texts.in_reply"])

    def take(self, item: Found, block: Block, role: str) -> None:
        """Add a block that stands in a part of the comment with this role ("" when nothing says)."""
        for icon in block.icons:
            # Blogger and others mark the author with an empty element
            if not self._critic.isdisjoint(icon.names.split()):
                item.by_critic = True
        if not block.text:
            return
        text = self._without_marks(item, block, role) if block.marks else block.text
        if not text:
            return
        if role in ("author", "name"):
            self._author(item, text)
        elif role == "date":
            self._date(item, block, text)
        elif role == "meta":
            item.meta.append(text)
        elif role == "badge":
            self._badge(item, text)
        elif role in ("body", ""):
            self._words(item, block, text, role)

    def _words(self, item: Found, block: Block, text: str, role: str) -> None:
        if len(text) <= _LONG:
            if len(text) < len(block.text) and byline.is_filler(text):
                return
            if role == "" and byline.is_noise(text):
                return
        if role == "body":
            item.body.append((block.para, text))
        else:
            item.loose.append((block.para, text))
            item.blocks.append(block)

    @staticmethod
    def _author(item: Found, text: str) -> None:
        span = when.find(text)
        if span is None:
            item.name = item.name or byline.clean_name(text)
            return
        item.stamp = item.stamp or text[slice(*span)]
        item.name = item.name or byline.clean_name(text[: span[0]]) or byline.clean_name(text[span[1] :])

    @staticmethod
    def _date(item: Found, block: Block, text: str) -> None:
        if block.node is not None:
            item.date = item.date or when.machine_date(block.node)
            text = _printed(block.node, text) or text
        item.stamp = item.stamp or text

    def _badge(self, item: Found, text: str) -> None:
        if fold(text).strip(" ()[]") in self._badges:
            item.by_critic = True

    def _without_marks(self, item: Found, block: Block, role: str) -> str:
        """The block's text without the parts that say who and when."""
        text = block.text
        cuts: Spans = []
        free: list[Mark] = []
        for mark in block.marks:
            own = self._role_of(mark.node)
            if own in ("", "body", "replies"):
                if mark.tag in _FREE and role != "body":
                    free.append(mark)
            elif self._is_part(item, mark, own, role):
                self._part(item, mark, own, text[mark.start : mark.end])
                if not (own == role == "author"):
                    cuts.append((mark.start, mark.end))
        if free:
            self._free(item, free, block, role, cuts)
        return _cut(text, cuts) if cuts else text

    @staticmethod
    def _is_part(item: Found, mark: Mark, own: str, role: str) -> bool:
        """Whether a marked piece belongs to the byline: within the words of a comment a name is just a word."""
        if own in ("skip", "badge", "reply_to", "meta"):
            return True
        if role == "body":
            return False
        if role != "":
            return True
        if own in ("name", "author"):
            return item.name is None and (mark.start == 0 or mark.node.get("class") is not None)
        return item.stamp is None and item.date is None

    def _part(self, item: Found, mark: Mark, own: str, text: str) -> None:
        node = mark.node
        if own in ("name", "author"):
            if when.find(text) is not None:
                self._author(item, text)  # "Comment by X on DATE" in one <cite>
            elif item.name is None:
                item.name = byline.marked_name(text) if own == "name" else byline.clean_name(text)
            item.link = item.link or node.get("href")
        elif own == "date":
            item.date = item.date or when.machine_date(node)
            item.stamp = item.stamp or _printed(node, text)
            permalink(item, node)
        elif own == "meta":
            item.meta.append(text)
        elif own == "badge":
            self._badge(item, text)
        elif own == "reply_to" and (match := _FRAGMENT.search(node.get("href") or "")):
            # until the comment it answers is found on the page
            item.answers, item.orphan = match[1], True
        elif own == "skip" and not self._removed.isdisjoint((node.get("class") or "").split()):
            item.removed = True

    def _free(self, item: Found, free: list[Mark], block: Block, role: str, cuts: Spans) -> None:
        """Links and emphasis without a name of their own: a date, or a name where names stand."""
        for mark in free:
            text = block.text[mark.start : mark.end]
            if len(text) > 80:
                continue
            node = mark.node
            inside = any(start <= mark.start and mark.end <= end for start, end in cuts)
            if role and mark.tag == "a":
                if fold(text).startswith(self._in_reply) and (match := _FRAGMENT.search(node.get("href") or "")):
                    item.answers, item.orphan = match[1], True
                    cuts.append((mark.start, mark.end))
                    continue
                permalink(item, node)
            if (role or inside or _is_permalink(node)) and _is_date(text):
                item.stamp = item.stamp or text
                item.date = item.date or when.machine_date(node)
                cuts.append((mark.start, mark.end))
            elif item.name is not None:
                if item.link is None and mark.tag == "a" and text == item.name:
                    item.link = node.get("href")
            elif (role in ("meta", "author") or inside) and not _is_permalink(node):
                item.name = byline.clean_name(text)
                item.link = node.get("href")
                cuts.append((mark.start, mark.end))


def permalink(item: Found, node: Element) -> None:
    """What the link behind a date tells: the comment's id and, at Blogger, its moment."""
    href = node.get("href") or ""
    if "showComment" in href and (match := _SHOW_COMMENT.search(href)):
        item.moment = int(match[1])
    if item.key is None and (match := _FRAGMENT.search(href)):
        item.key = match[1]


def _is_date(text: str) -> bool:
    span = when.find(text) if any(map(str.isdigit, text)) else None
    return span is not None and span[1] - span[0] > 0.6 * len(text)


def _printed(node: Element, text: str) -> str | None:
    """The date as printed: the tip of a relative one says more than "3 days ago"."""
    tip = node.get("title") or ""
    if tip and any(map(str.isdigit, tip)) and when.find(tip):
        return tip
    return text if any(map(str.isalnum, text)) else None


def _is_permalink(node: Element) -> bool:
    href = node.get("href") or ""
    return "#" in href or "omment" in href


def _cut(text: str, cuts: Spans) -> str:
    """The text without these spans, white space mended."""
    left: list[str] = []
    last = 0
    for start, end in sorted(cuts):
        if start > last:
            left.append(text[last:start])
        last = max(last, end)
    left.append(text[last:])
    return " ".join(" ".join(left).split())
