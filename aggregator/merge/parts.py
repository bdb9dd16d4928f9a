"""Joins the pages of one review: later pages add text, comments and what the first page left open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aggregator.dedupe.texts import shingles
from aggregator.dedupe.traits import Staged
from aggregator.dedupe.urls import address_key
from aggregator.resolve.names import title_key

_REPEATED = 0.6
"""Share of a later page's text in the first page's from which it is a repetition (a page of comments only)."""

_FILLED = (
    "headline", "critics", "published", "modified", "rating", "audience_rating", "credits", "certificates",
    "runtime_minutes", "releases", "genres", "countries", "languages", "spoilers", "comments_declared",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paged:
    """A review to join: what is folded later, and how its page says that it belongs to others."""

    staged: Staged
    part_of: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """The reviews with their later pages taken in, and the addresses of parts whose first page is not known."""

    reviews: list[Staged]
    loose: list[str]


def concerned(pages: Iterable[tuple[str, str | None, str | None]]) -> set[str]:
    """Keys of the addresses that `join_parts` must look at, of (page, part_of, next) of all: few sites have such."""
    found: set[str] = set()
    for url, part_of, following in pages:
        if part_of or following:
            found.add(address_key(url))
            found.update(address_key(other) for other in (part_of, following) if other)
    return found


def join_parts(pages: Iterable[Paged]) -> Joined:
    """Take each later page into the review of its first page, when that page holds exactly one it can be."""
    reviews = sorted(pages, key=lambda one: (one.staged.page_url, one.staged.place, one.staged.data["id"]))
    by_key: defaultdict[str, list[Paged]] = defaultdict(list)
    for one in reviews:
        by_key[address_key(one.staged.page_url)].append(one)
    onward = {key: address_key(held[0].next) for key, held in by_key.items() if held[0].next}
    wholes: list[Paged] = []
    parts: defaultdict[tuple[str, str], list[Paged]] = defaultdict(list)
    loose: list[str] = []
    for one in reviews:
        root = _first_page(one, by_key)
        owner = _owner(one, by_key.get(root, []) if root else [])
        if owner is not None:
            parts[_name(owner)].append(one)
            continue
        wholes.append(one)
        if root is not None:
            loose.append(one.staged.page_url)
    joined = [_join(one.staged, _in_reading_order(one, parts.pop(_name(one), []), onward)) for one in wholes]
    return Joined(joined, sorted(set(loose)))


def _name(one: Paged) -> tuple[str, str]:
    return one.staged.page_url, one.staged.data["id"]


def _first_page(one: Paged, by_key: Mapping[str, list[Paged]]) -> str | None:
    """Key of the first page; null for a review that is not a part. Circles count as first pages."""
    here = address_key(one.staged.page_url)
    seen = [here]
    part_of = one.part_of
    while part_of and (key := address_key(part_of)) not in seen:
        seen.append(key)
        part_of = by_key[key][0].part_of if key in by_key else None
    in_circle = part_of is not None and address_key(part_of) != seen[-1]
    return None if len(seen) == 1 or in_circle else seen[-1]


def _owner(part: Paged, held: list[Paged]) -> Paged | None:
    """The one review of the first page that the part can belong to."""
    able = [one for one in held if _may_be_one(part.staged.data, one.staged.data)]
    return able[0] if len(able) == 1 else None


def _may_be_one(part: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    mine, theirs = ((one.get("film") or {}).get("title") for one in (part, whole))
    return not mine or not theirs or title_key(mine) == title_key(theirs)


def _in_reading_order(whole: Paged, parts: list[Paged], onward: Mapping[str, str]) -> list[Staged]:
    """Along the `next` links; pages they do not reach come after, by address."""
    place: dict[str, int] = {}
    key: str | None = address_key(whole.staged.page_url)
    while key is not None and key not in place:
        place[key] = len(place)
        key = onward.get(key)

    def order(one: Paged) -> tuple[int, int, str]:
        url = one.staged.page_url
        return place.get(address_key(url), len(place)), len(url), url

    return [one.staged for one in sorted(parts, key=order)]


def _join(whole: Staged, parts: list[Staged]) -> Staged:
    if not parts:
        return whole
    data = dict(whole.data)
    data["evidence"] = dict(data.get("evidence") or {})
    for part in parts:
        _add_text(data, part.data)
        _fill(data, part)
        data["comments"] = _with_comments(data.get("comments") or [], part.data.get("comments") or [])
    return replace(whole, data=data)


def _add_text(data: dict[str, Any], part: Mapping[str, Any]) -> None:
    body, more = data.get("body") or "", part.get("body") or ""
    mine, theirs = shingles(body), shingles(more)
    repeated = more in body or (theirs and len(mine & theirs) / len(theirs) >= _REPEATED)
    if more and not repeated:
        data["body"] = f"{body}\n\n{more}" if body else more
    held = data.get("sections") or []
    data["sections"] = held + [section for section in part.get("sections") or [] if section not in held]


def _fill(data: dict[str, Any], part: Staged) -> None:
    """Values that the pages before leave open, with their evidence, whose rule then names the page."""
    for name in _FILLED:
        if data.get(name) or not part.data.get(name):
            continue
        data[name] = part.data[name]
        if name == "rating":
            data["rating_status"] = part.data.get("rating_status", "rated")
        for path, proof in (part.data.get("evidence") or {}).items():
            if path.split(".")[0].split("[")[0] == name:
                data["evidence"][path] = {**proof, "rule": f"{proof['rule']} @ {part.page_url}"}


def _with_comments(held: list[dict[str, Any]], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Both threads without repetitions; a reply whose parent stood on another page finds it."""
    ids = {comment["id"] for comment in held}
    said = {_said(comment) for comment in held}
    fresh = [dict(comment) for comment in more if _said(comment) not in said]
    renamed: dict[str, str] = {}
    for comment in fresh:
        name = comment["id"]
        while comment["id"] in ids:  # pages that number their comments from 1 again
            comment["id"] += "'"
        ids.add(comment["id"])
        if comment["id"] != name:
            renamed[name] = comment["id"]
    for comment in fresh:
        if not comment.get("parent_missing"):
            comment["parent"] = renamed.get(comment.get("parent") or "", comment.get("parent"))
        elif comment.get("parent") in ids:
            comment["parent_missing"] = False
    return [*held, *fresh]


def _said(comment: Mapping[str, Any]) -> tuple[Any, ...]:
    return comment.get("author"), comment.get("published"), comment["text"]
