"""Reads a feed of comments (RSS or Atom), as WordPress, Blogger and Movable Type give one for each article."""

import re

from lxml import etree

from aggregator.errors import UnreadableInputError
from aggregator.notation import Hint
from aggregator.notation.dates import parse_date
from aggregator.notation.languages import fold
from aggregator.notation.xml_names import local_name
from aggregator.parse.comments import byline, when
from aggregator.parse.comments.families import table
from aggregator.parse.comments.settle import comments_of
from aggregator.parse.comments.thread import MAX_COMMENTS, Found, Thread
from aggregator.parse.document import Document

_COMMENT_ID = re.compile(r"(?:#(?:comment-?|c)?|/comments/default/|[?&]showComment=|post-|comment-)(\d+)$")
_IS_COMMENT = re.compile(r"#(?:comment|c\d)|/comments/default/\d")
_PLAIN = frozenset(("guid", "id", "link", "pubdate", "published", "updated", "creator", "author", "name", "title"))
_TEXTS = ("encoded", "content", "description", "summary")


def from_feed(body: bytes | str) -> Thread:
    """The comments of a feed, oldest and newest in the feed's own order.

    Raises UnreadableInputError when `body` is no RSS or Atom feed.
    """
    root = _root(body)
    entries = list(root.iter("{*}item", "{*}entry"))
    found = [item for node in entries[: MAX_COMMENTS + 1] if (item := _entry(node))]
    _answer(found)
    people = [item for item in found if item.loose]
    comments, truncated = comments_of(people, Hint())
    return Thread(comments, truncated=truncated or len(entries) > MAX_COMMENTS, complete=len(entries) <= MAX_COMMENTS)


def _root(body: bytes | str) -> etree._Element:
    raw = body.encode("utf-8", "replace") if isinstance(body, str) else body
    if isinstance(body, str):
        # the text is decoded already, whatever its declaration says
        raw = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", raw, count=1)
    # no entities, no network: a feed is fetched text like any other
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(raw.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or local_name(root).lower() not in ("rss", "feed", "rdf"):
        raise UnreadableInputError("this is no RSS or Atom feed; give the address of the article's comment feed")
    return root


def _entry(node: etree._Element) -> Found | None:
    texts: dict[str, str] = {}
    item = Found()
    for part in node:
        name = local_name(part).lower()
        if name == "in-reply-to":
            item.answers = part.get("ref") or part.get("href")
        elif name == "link" and part.get("rel") == "related":
            # Blogger: the comment this one answers
            item.answers = part.get("href") or item.answers
        elif name == "author" and len(part):
            named = next((p for p in part if local_name(p) == "name"), None)
            texts["creator"] = (named.text or "") if named is not None else ""
        elif name in _PLAIN or name in _TEXTS:
            texts.setdefault(name, _value(part))
    item.key = texts.get("guid") or texts.get("id") or texts.get("link")
    item.name = byline.clean_name(texts.get("creator") or texts.get("author") or texts.get("title"))
    stamp = texts.get("published") or texts.get("pubdate") or texts.get("updated")
    item.date = (when.iso(stamp) or parse_date(stamp)) if stamp else None
    words = next((texts[name] for name in _TEXTS if texts.get(name)), "")
    _read_words(item, words)
    return item if item.loose and not _is_ping(words) else None


def _value(part: etree._Element) -> str:
    if len(part) and part.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode") for child in part)
    return "".join(map(str, part.itertext())).strip() or (part.get("href") or "")


def _read_words(item: Found, text: str) -> None:
    """The lines of a comment given as markup; WordPress says in the first one what it answers."""
    blocks = [block for block in Document(f"<div>{text}</div>").blocks if block.text]
    phrases = tuple(table().lists["texts.in_reply"])
    if blocks and len(blocks[0].text) < 120 and fold(blocks[0].text).startswith(phrases):
        for _, href, _ in blocks[0].links():
            if _IS_COMMENT.search(href):
                item.answers = href
                blocks = blocks[1:]
                break
    item.loose = [(block.para, block.text) for block in blocks]


def _is_ping(text: str) -> bool:
    return text.lstrip().startswith(("[...]", "[…]", "[&#8230;]", "[&hellip;]"))


def _answer(found: list[Found]) -> None:
    """What each entry answers: a comment of the feed, one that is not in it, or the article."""
    by_address = {item.key: item for item in found if item.key}
    by_number = {match[1]: item for item in found if item.key and (match := _COMMENT_ID.search(item.key))}
    for item in found:
        if item.answers is None:
            continue
        match = _COMMENT_ID.search(item.answers)
        parent = by_address.get(item.answers)
        if parent is None and match is not None and _IS_COMMENT.search(item.answers):
            parent = by_number.get(match[1])
            item.orphan = parent is None
        item.parent = parent if parent is not item else None
        item.answers = None
    for item in found:
        if item.key is not None and (match := _COMMENT_ID.search(item.key)):
            item.key = f"comment-{match[1]}"
