"""Reads threads whose markup is in the registry (data/comments.toml)."""

from aggregator.parse.blocks import Element
from aggregator.parse.comments.collect import Collector
from aggregator.parse.comments.families import Family, Roles, find_items, table
from aggregator.parse.comments.finish import finish
from aggregator.parse.comments.nest import nest
from aggregator.parse.comments.places import Judged, may_hold
from aggregator.parse.comments.thread import MAX_COMMENTS, Found
from aggregator.parse.reading import Reading

_WRAPPERS = 3
"""Elements of one comment that may all look like one."""


def read_marked(reading: Reading) -> tuple[list[Found], bool]:
    """The comments that known markup holds, in page order, and whether there were too many to read."""
    taken: dict[Element, None] = {}
    around: set[Element] = _holders(reading)
    found: list[Found] = []
    judged: Judged = {}
    cut = False
    for family in table().families:
        if family.fallback and found:
            continue
        nodes = [
            node
            for node in find_items(reading.doc, family)
            if node not in around and not _inside(node, taken) and may_hold(reading, node, judged)
        ]
        if not nodes:
            continue
        cut |= len(nodes) > _WRAPPERS * MAX_COMMENTS
        nodes = nodes[: _WRAPPERS * MAX_COMMENTS]
        comments = _read(reading, family, nodes)
        if comments:
            taken.update(dict.fromkeys(nodes))
            for node in nodes:
                _add_ancestors(node, around)
            found += comments
    found.sort(key=lambda item: item.first)
    return found, cut


def _read(reading: Reading, family: Family, nodes: list[Element]) -> list[Found]:
    roles = Roles(family)
    items = Collector(reading.doc, nodes, roles, run=family.run).collect()
    comments = nest(items, roles)
    for item in comments:
        item.source = family.name
        finish(item)
    comments = [item for item in comments if item.name or item.stamp or item.date or item.ping]
    if family.topic_first and comments and _is_first_page(reading):
        _drop_topic(comments)
    return comments


def _holders(reading: Reading) -> set[Element]:
    """Elements around the page's headline: a post is no comment, whatever its classes say."""
    known: set[Element] = set()
    headline = reading.regions.headline
    for node in (headline.node if headline is not None else None, *reading.doc.nodes("h1")):
        if node is not None:
            _add_ancestors(node, known)
    return known


def _add_ancestors(node: Element, known: set[Element]) -> None:
    parent = node.getparent()
    while parent is not None and parent not in known:
        known.add(parent)
        parent = parent.getparent()


def _inside(node: Element, taken: dict[Element, None]) -> bool:
    if not taken:
        return False
    around: Element | None = node
    while around is not None:
        if around in taken:
            return True
        around = around.getparent()
    return False


def _is_first_page(reading: Reading) -> bool:
    """Whether nothing says that this is a later page of a topic."""
    if reading.doc.link("prev") is not None:
        return False
    address = reading.doc.url or reading.doc.link("canonical") or ""
    return not any(sign in address for sign in ("start=", "page-", "page=", "/page/", "&st=", "/p2"))


def _drop_topic(comments: list[Found]) -> None:
    """Take out the post the others answer; what answers it is top-level."""
    topic = comments.pop(0)
    for item in comments:
        if item.parent is topic:
            item.parent = None
        if item.answers is not None and item.answers == topic.key:
            item.answers = None
        item.by_critic = item.by_critic or (topic.name is not None and item.name == topic.name)
