"""Makes the thread of the contract out of what was found: ids, dates, parents, bounds."""

from collections.abc import Iterable

from aggregator.notation import Hint
from aggregator.notation.languages import fold
from aggregator.parse.comments import when
from aggregator.parse.comments.thread import MAX_COMMENTS, MAX_DEPTH, Comment, Found


def without_copies(found: list[Found]) -> list[Found]:
    """Each comment once: a page may carry the same thread in two kinds of markup."""
    seen: dict[tuple[str, str, str], Found] = {}
    kept: list[Found] = []
    for item in found:
        key = (fold(item.name or ""), item.text(), item.stamp or item.date or "")
        first = seen.get(key)
        # two people may say the same, and one person twice: only another kind of markup is a copy
        if first is not None and first.source != item.source:
            continue
        seen.setdefault(key, item)
        kept.append(item)
    return kept


def comments_of(found: list[Found], hint: Hint) -> tuple[list[Comment], bool]:
    """The comments as the contract has them, in page order, and whether a bound cut something."""
    people = [item for item in found if not item.ping]
    truncated = len(people) > MAX_COMMENTS
    people = people[:MAX_COMMENTS]
    ids = _ids(people)
    parents, cut = _parents(people)
    read = when.reader((item.stamp for item in people if item.stamp and not item.date), hint)
    comments: list[Comment] = []
    for item in people:
        parent = parents[item]
        comments.append(
            {
                "id": ids[item],
                "author": item.name,
                "published": _published(item, read(item.stamp) if item.stamp and not item.date else None),
                "text": item.text(),
                "parent": ids[parent] if parent is not None else None,
                "parent_missing": parent is None and item.orphan,
                "by_critic": item.by_critic,
            }
        )
    return comments, truncated or cut


def _published(item: Found, read: str | None) -> str | None:
    if item.date:
        return item.date
    return read or (when.epoch(item.moment) if item.moment else None)


def _ids(people: Iterable[Found]) -> dict[Found, str]:
    """The page's own id of each comment, else "c1", "c2" by place; never the same twice."""
    items = list(people)
    counts: dict[str, int] = {}
    for item in items:
        if item.key:
            counts[item.key] = counts.get(item.key, 0) + 1
    ids: dict[Found, str] = {}
    used = {key for key, count in counts.items() if count == 1}
    for place, item in enumerate(items, start=1):
        if item.key and counts[item.key] == 1:
            ids[item] = item.key
            continue
        name = f"c{place}"
        while name in used:
            name += "-"
        used.add(name)
        ids[item] = name
    return ids


def _parents(people: list[Found]) -> tuple[dict[Found, Found | None], bool]:
    """For each comment the one it answers, at most MAX_DEPTH deep; no cycles, nothing that is not there."""
    known = set(people)
    by_key = {item.key: item for item in reversed(people) if item.key}
    wanted: dict[Found, Found | None] = {}
    for item in people:
        named = by_key.get(item.answers) or by_key.get(f"comment-{item.answers}") if item.answers else None
        parent = named if named is not None and named is not item else item.parent
        if parent is not None and parent not in known:
            # a trackback, or beyond the bound
            item.orphan = True
            parent = None
        wanted[item] = parent
    depth: dict[Found, int] = {}
    cut = False
    for item in people:
        chain: dict[Found, None] = {}
        step: Found | None = item
        while step is not None and step not in depth and step not in chain:
            chain[step] = None
            step = wanted[step]
        if step is not None and step in chain:
            # two that answer each other
            wanted[step] = None
            step.orphan = True
            chain.pop(step)
            depth[step] = 0
        for link in reversed(chain):
            parent = wanted[link]
            if parent is not None and depth[parent] + 1 >= MAX_DEPTH:
                parent = wanted[link] = wanted[parent]
                cut = True
            depth[link] = depth[parent] + 1 if parent is not None else 0
    return wanted, cut
