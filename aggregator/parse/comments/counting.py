"""Reads how many comments a page says it has; the words it counts with are in data/comments.toml."""

import re
from functools import cache
from urllib.parse import urlsplit

from aggregator.notation.languages import alternation, fold
from aggregator.parse.blocks import Block
from aggregator.parse.comments.families import table
from aggregator.parse.comments.places import in_own_thread, is_own
from aggregator.parse.reading import Reading

_NUMBER = r"\d{1,3}(?:[.,\u00a0 ]\d{3})+|\d{1,6}"
_MAX = 1_000_000
_ANCHOR = " #¶§🔗"
"""Signs of a link to the heading itself."""
_FRAGMENTS = ("comment", "respond", "disqus", "replies", "kommentar")
_BARE = re.compile(r"\(?\d{1,5}\)?")
_ATTRIBUTES = ("data-num-comments", "data-comment-count", "data-comments-count", "data-comments", "data-total-comments")
_NEAR = 6
_LABELS = ("commentcount", "comment-count", "comments-count", "disqus-comment-count", "comment_count", "num-comments")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lists = table().lists
    nouns = alternation(lists["count.nouns"] | lists["count.musings"])
    east = alternation(lists["count.east"])
    counters = alternation(lists["count.counters"])
    words = alternation(lists["count.one"] | lists["count.none"])
    return (
        # 15 responses to, one comment, no comments, there are 3 reader comments
        re.compile(
            rf"^(?:there (?:are|is) |es gibt |il y a |hay |\(|\W{{0,2}})?({_NUMBER}|{words}) (?:\w+ )?{nouns}\b"
        ),
        # comments (3), comments: 3, kommentare 11
        re.compile(rf"^(?:\w+ )?{nouns}\s*[:：(\[–—-]*\s*({_NUMBER})\s*[)\]]?\.?$"),
        # "title" has 3 comments, 3 comments on "title" behind a label
        re.compile(rf"[”\"»“'’]\s*(?:has|hat|a|tiene|tem|ha|heeft)?\s*({_NUMBER}|{words}) {nouns}\b[^.]{{0,30}}$"),
        # コメント 3 件, コメント(3), 댓글 3개
        re.compile(rf"^{east}\s*[:：(（\[]?\s*({_NUMBER})\s*(?:{counters})?\s*[)）\]]?$"),
        # 3件のコメント, 有 3 条评论, 3개의 댓글
        re.compile(rf"({_NUMBER})\s*(?:{counters})?\s*(?:の|的|의)?\s*{east}"),
    )


@cache
def _heading() -> re.Pattern[str]:
    lists = table().lists
    noun = alternation(lists["count.nouns"] | lists["count.east"])
    return re.compile(
        rf"^(?:(?:reader|user|your|the|all|visitor|latest|viewer|blog|post|vos|tus|i|le|die|alle|las|los|les) )?{noun}"
        r"(?:\s*[:：(\[]?\s*\d*\s*[)\]:：]?|\s+(?:to|on|about|for|zu|sur|a|à|en|su|sobre|op|till|til|do|na)\b.{0,120})$"
    )


def count_in(text: str) -> int | None:
    """The number of comments a heading or link prints; None when it prints none."""
    if not text or len(text) > 220:
        return None
    folded = fold(text).rstrip(_ANCHOR)
    lists = table().lists
    for pattern in _patterns():
        if match := pattern.search(folded):
            word = match[1]
            if word in lists["count.none"]:
                return 0
            if word in lists["count.one"]:
                return 1
            number = int(re.sub(r"\D", "", word))
            return number if number < _MAX else None
    return None


def is_heading(text: str) -> bool:
    """Whether a line announces comments: "Comments", "Responses to …", "Kommentare"."""
    return 2 < len(text) < 160 and _heading().match(fold(text).rstrip(_ANCHOR)) is not None


def is_musing(text: str) -> bool:
    """Whether what a heading counts may be the article's own points ("5 thoughts on the ending")."""
    words = set(re.findall(r"\w+", fold(text)[:60]))
    lists = table().lists
    return not words.isdisjoint(lists["count.musings"]) and words.isdisjoint(lists["count.nouns"])


def declared(reading: Reading, heading: Block | None, first: int) -> int | None:
    """How many comments the page says there are: in the thread's heading, a link to it, or its data.

    `first` is the index of the first comment's first block, past the end when there is none.
    """
    if heading is not None and (number := count_in(heading.text)) is not None:
        return number
    number = _in_headings(reading, first)
    if number is None:
        number = _right_before(reading, first)
    if number is None:
        number = _in_links(reading)
    return _in_data(reading) if number is None else number


def _in_data(reading: Reading) -> int | None:
    """The count in a labelled counter, or in structured data."""
    if (number := _in_labels(reading)) is not None:
        return number
    for article in reading.data.articles:
        stated = article.comment_count.value.strip() if article.comment_count is not None else ""
        if stated.isdigit() and 0 < int(stated) < _MAX:
            return int(stated)
    return None


def _in_headings(reading: Reading, first: int) -> int | None:
    """A count at the head of a part that calls itself comments."""
    for block in reading.doc.blocks[:first]:
        if "comments" in block.hints and len(block.text) < 160 and in_own_thread(block.scope):
            number = count_in(block.text)
            if number is not None:
                return number
    return None


def _right_before(reading: Reading, first: int) -> int | None:
    """A count in the last short lines before the first comment."""
    blocks = reading.doc.blocks
    for block in reversed(blocks[max(0, first - _NEAR) : first] if first < len(blocks) else ()):
        if len(block.text) < 60 and not is_musing(block.text) and (number := count_in(block.text)) is not None:
            return number
    return None


def _in_labels(reading: Reading) -> int | None:
    """A number that markup calls the count; a 0 is what stands there until a script has counted."""
    for node, scope in reading.doc.lines.scopes.items():
        if "comments" in scope.hints and len(node.attrib) > 1:
            stated = next((value for name in _ATTRIBUTES if (value := node.get(name))), "")
            if stated.isdigit() and len(stated) < 7 and int(stated) and is_own(scope):
                return int(stated)
    for name in _LABELS:
        for node in reading.doc.by_class(name):
            text = "".join(map(str, node.itertext())).strip()
            if text.isdigit() and len(text) < 7 and int(text):
                return int(text)
    return None


def _in_links(reading: Reading) -> int | None:
    """The count in a link to this page's own comments ("15 Comments", or a bare 15)."""
    address = reading.doc.link("canonical") or reading.doc.url
    own = _path(address) if address else None
    counts: dict[str, int] = {}
    for block in reading.doc.blocks:
        if not block.marks or block.hints & {"sidebar", "related", "nav", "comments"}:
            continue
        for text, href, _ in block.links():
            target, _, fragment = href.partition("#")
            if not fragment.lower().startswith(_FRAGMENTS) or len(text) > 60:
                continue
            path = _path(reading.doc.absolute(target) or target) if target else (own or "")
            if own is not None and path != own:
                continue
            if (number := _link_count(text, fragment)) is not None:
                counts.setdefault(path, number)
    # a page of unknown address that links to the comments of several posts is a list of posts
    return next(iter(counts.values())) if len(counts) == 1 else None


def _link_count(text: str, fragment: str) -> int | None:
    number = count_in(text)
    if number is None and _BARE.fullmatch(text.strip()) and not any(map(str.isdigit, fragment)):
        return int(text.strip(" ()"))
    return number


def _path(address: str | None) -> str:
    return urlsplit(address or "").path.rstrip("/")
