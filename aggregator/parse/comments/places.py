"""Tells a page's own comments from those that its side columns quote; the signs of such columns are listed here."""

import re

from aggregator.parse.blocks import Element, Scope
from aggregator.parse.hints import hints_of
from aggregator.parse.reading import Reading

NEVER = frozenset(("sidebar", "nav", "header", "related", "newsletter", "cookie", "advert", "bio", "share"))
"""Hints of parts that hold no comments, unless the thread itself is so called."""
_OTHERS = re.compile(r"recent|latest|newest|letzte|neueste|dernier|ultim|top-?comment|side-?bar", re.IGNORECASE)


Judged = dict[int, bool]
"""What was found out about parts of one page, by the identity of their scope."""


def may_hold(reading: Reading, node: Element, judged: Judged) -> bool:
    """Whether a marked comment is one on this page's article, not one of a side column ("Recent comments").

    `judged` remembers the parts around it for the next comment of the page.
    """
    around = node.getparent()
    if around is None or _OTHERS.search(node.get("class") or ""):
        return False
    found = scope_of(reading, around)
    if found is None:
        return True
    seen: list[int] = []
    answer = "login" not in found.effective()
    for scope in found.chain() if answer else ():
        if id(scope) in judged:
            answer = judged[id(scope)]
            break
        seen.append(id(scope))
        if _judge(scope, marked=True) is False:
            answer = False
            break
    judged.update(dict.fromkeys(seen, answer))
    return answer


def scope_of(reading: Reading, node: Element) -> Scope | None:
    """The innermost part with a purpose that an element stands in."""
    scopes = reading.doc.lines.scopes
    around: Element | None = node
    while around is not None:
        if around in scopes:
            return scopes[around]
        around = around.getparent()
    return None


def in_own_thread(scope: Scope) -> bool:
    """Whether a line stands in something that calls itself comments and is no side column."""
    return any(
        is_own(around)
        for around in scope.chain()
        if "comments" in around.hints and around.node is not None and around.node.tag not in ("a", "span")
    )


def is_own(found: Scope) -> bool:
    """Whether what stands in this scope may be of the page's own thread."""
    marked = False
    for scope in found.chain():
        verdict = _judge(scope, marked=marked)
        if verdict is False:
            return False
        marked = marked or verdict is True
    return True


def _judge(scope: Scope, *, marked: bool) -> bool | None:
    """True for a thread, False for what holds none, None for what says neither."""
    if scope.node is None:
        return None
    names = f"{scope.node.get('class') or ''} {scope.node.get('id') or ''}"
    marks = hints_of("", names)
    if "comments" in marks and not _OTHERS.search(names):
        # a thread may call itself a widget, and stand in an <aside>
        return True
    if scope.hints & NEVER and (not marked or "sidebar" in marks):
        return False
    return None
