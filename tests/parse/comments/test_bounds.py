"""However many and however deep: bounded, said, and soon done."""

import time

from lxml import etree

from aggregator.parse.comments import MAX_COMMENTS, MAX_DEPTH, Thread, read_comments
from aggregator.parse.document import Document
from aggregator.parse.reading import Reading
from tests.parse.comments.pages import below, page

ITEM = (
    '<li class="comment depth-1" id="comment-{n}"><div class="comment-author vcard"><b class="fn">P{n}</b> <span'
    ' class="says">says:</span></div><div class="comment-meta"><a href="#comment-{n}">May {day}, 2012 at'
    ' 3:{minute:02d} pm</a></div><div class="comment-content"><p>Words {n} about the stairs, and some more of them.'
    "</p></div>{inner}</li>"
)


def item(n: int, inner: str = "") -> str:
    return ITEM.format(n=n, day=n % 28 + 1, minute=n % 60, inner=inner)


def timed(markup: str) -> tuple[Thread, float, float]:
    """The thread, the seconds its reading took, and those of a bare parse of the page."""
    raw = page(markup).encode()
    start = time.process_time()
    etree.fromstring(raw, etree.HTMLParser(huge_tree=True, encoding="utf-8"))
    bare = time.process_time() - start
    reading = Reading(Document(raw, None))
    _ = reading.regions, reading.hint, reading.data
    start = time.process_time()
    found = read_comments(reading)
    return found, time.process_time() - start, bare


def test_twenty_thousand_comments() -> None:
    found, seconds, _ = timed(f'<ol class="commentlist">{"".join(map(item, range(20_000)))}</ol>')
    assert len(found.comments) == MAX_COMMENTS
    assert found.truncated
    assert not found.complete
    # a second is promised; machines that test are slow
    assert seconds < 5


def test_twenty_thousand_unknown_lines() -> None:
    lines = "".join(f"<div><b>P{n}</b> wrote on May {n % 28 + 1}, 2012:<br>Words {n}.</div>" for n in range(20_000))
    found, seconds, _ = timed(f'<div class="comments">{lines}</div>')
    assert len(found.comments) == MAX_COMMENTS
    assert found.truncated
    assert seconds < 6


def test_five_hundred_dated_comments_are_cheap() -> None:
    markup = f'<ol class="commentlist">{"".join(map(item, range(500)))}</ol>'
    best = 1e9
    for _ in range(3):
        found, seconds, bare = timed(markup)
        best = min(best, seconds / max(bare, 1e-4))
    assert all(comment["published"] for comment in found.comments)
    # measured: 8 bare parses alone on a machine
    assert best < 40


def test_deep_replies() -> None:
    markup = ""
    for n in range(150, 0, -1):
        markup = item(n, f'<ol class="children">{markup}</ol>' if markup else "")
    found = below(f'<ol class="commentlist">{markup}</ol>')
    assert len(found.comments) == 150
    assert found.truncated
    parents = {comment["id"]: comment["parent"] for comment in found.comments}
    depth = {name: 0 for name, parent in parents.items() if parent is None}
    for name, parent in parents.items():
        if parent is not None:
            depth[name] = depth[parent] + 1
    assert max(depth.values()) == MAX_DEPTH - 1


def test_hostile_depth_does_not_recurse() -> None:
    nested = '<div class="comment"><cite class="fn">A</cite><p>x</p>' * 3000
    found = below(nested)
    assert len(found.comments) <= MAX_COMMENTS
