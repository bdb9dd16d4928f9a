"""Reads comments as WordPress's REST interface gives them: a list of objects, or a post with its embedded replies."""

import json
from typing import Any

from aggregator.errors import UnreadableInputError
from aggregator.notation import Hint
from aggregator.parse.comments import when
from aggregator.parse.comments.settle import comments_of
from aggregator.parse.comments.thread import MAX_COMMENTS, Found, Thread
from aggregator.parse.document import Document

_WRONG = "this is no list of WordPress comments; give the answer of /wp-json/wp/v2/comments?post=ID"


def from_wordpress_json(body: bytes | str) -> Thread:
    """The comments of a WordPress REST answer, oldest first; pingbacks and trackbacks are left out.

    Raises UnreadableInputError when `body` is no such answer.
    """
    entries = _entries(body)
    found = [item for entry in entries[: MAX_COMMENTS + 1] if (item := _comment(entry))]
    by_number = {item.key: item for item in found}
    for item in found:
        if item.answers:
            item.parent = by_number.get(item.answers)
            item.orphan = item.parent is None
            item.answers = None
    found.sort(key=lambda item: (item.date or "", int((item.key or "comment-0").rpartition("-")[2])))
    comments, truncated = comments_of([item for item in found if item.loose], Hint())
    truncated |= len(entries) > MAX_COMMENTS
    return Thread(comments, truncated=truncated, complete=not truncated)


def _entries(body: bytes | str) -> list[dict[str, Any]]:
    try:
        loaded = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(_WRONG) from error
    if isinstance(loaded, dict):
        embedded = loaded.get("_embedded")
        replies = embedded.get("replies") if isinstance(embedded, dict) else None
        if not isinstance(replies, list):
            raise UnreadableInputError(_WRONG)
        loaded = [entry for group in replies for entry in (group if isinstance(group, list) else [group])]
    if not isinstance(loaded, list) or not all(isinstance(entry, dict) for entry in loaded):
        raise UnreadableInputError(_WRONG)
    if loaded and not any("content" in entry and "id" in entry for entry in loaded):
        raise UnreadableInputError(_WRONG)
    return loaded


def _comment(entry: dict[str, Any]) -> Found | None:
    if entry.get("type", "comment") not in ("comment", "") or not isinstance(entry.get("id"), int):
        return None
    item = Found(key=f"comment-{entry['id']}")
    name = entry.get("author_name")
    item.name = " ".join(name.split())[:200] or None if isinstance(name, str) else None
    stamp = entry.get("date")
    item.date = when.iso(stamp) if isinstance(stamp, str) else None
    content = entry.get("content")
    words = content.get("rendered") if isinstance(content, dict) else content
    if isinstance(words, str):
        item.loose = [(b.para, b.text) for b in Document(f"<div>{words}</div>").blocks if b.text]
    parent = entry.get("parent")
    if isinstance(parent, int) and parent > 0:
        item.answers = f"comment-{parent}"
    return item
