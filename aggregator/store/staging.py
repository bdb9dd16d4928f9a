"""Puts one page and its reviews into the store: new, updated or same; a page fact to keep is added here.

A version is kept when the critic's part of a review changed on the web. A better parser reading the same bytes
replaces what it read before and leaves no version.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from aggregator.store.records import PageRecord, Staged
from aggregator.store.runlog import new_id
from aggregator.store.schema import pages, review_versions, reviews

_NOT_THE_CRITICS = {"fetched_at", "comments", "comments_declared", "audience_rating", "evidence"}
_UNSTORABLE = re.compile(r"[\ud800-\udfff\x00]")
_UNSTORABLE_JSON = re.compile(r"[\ud800-\udfff]|\\u0000")

# made once: building a statement costs several times what running it does
_PAGE = sa.select(pages).where(pages.c.url_key == sa.bindparam("key"))
_NEW_PAGE = sa.insert(pages)
_CHANGE_PAGE = sa.update(pages).where(pages.c.id == sa.bindparam("row"))
_HELD = sa.select(reviews).where(reviews.c.page_id == sa.bindparam("page"))
_NEW_REVIEW = sa.insert(reviews)
_CHANGE_REVIEW = sa.update(reviews).where(reviews.c.id == sa.bindparam("row"))


def url_key(url: str) -> str:
    """Fixed-length stand-in for an address in UNIQUE indexes."""
    return hashlib.sha1(url.encode("utf-8", "surrogatepass")).hexdigest()


def scrub(value: Any) -> Any:
    """`value` with NUL and lone surrogates, which no database can hold, replaced by U+FFFD."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {scrub(key): scrub(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [scrub(item) for item in value]
    return value


def digest_of(data: Mapping[str, Any], leave_out: set[str]) -> str:
    """sha1 of a review without the keys in `leave_out`, independent of key order."""
    kept = {key: value for key, value in data.items() if key not in leave_out}
    return hashlib.sha1(_canonical(kept).encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def stage(connection: sa.Connection, record: PageRecord, parsed: Mapping[str, Any]) -> tuple[int, Staged]:
    """Write `record` and the reviews of `parsed` (a ParsedPage as dict); gives the page's row id and outcome."""
    columns = _page_columns(record, parsed)
    found = _with_unique_ids(parsed.get("reviews") or [])
    key = url_key(record.url)
    row = connection.execute(_PAGE, {"key": key}).first()
    if row is None:
        fresh = {"url_key": key, "first_seen": record.fetched_at, **columns}
        page_id = new_id(connection.execute(_NEW_PAGE, fresh))
        _stage_reviews(connection, page_id, record, found)
        return page_id, "new"
    if record.fetched_at < row.fetched_at and record.digest != row.digest:
        return row.id, "same"  # an older content from the archive: the newer one stands
    if record.digest == row.digest:
        # the content was first seen then, and that record of the archive holds it
        del columns["fetched_at"], columns["archive_file"], columns["archive_offset"]
    if row.gone_at and record.fetched_at <= row.gone_at:
        # read again from the archive, not from the web
        columns |= {"status": "gone", "gone_at": row.gone_at, "http_status": row.http_status}
    changed = {key: value for key, value in columns.items() if getattr(row, key) != value}
    if changed:
        connection.execute(_CHANGE_PAGE, {"row": row.id, **changed})
    touched = _stage_reviews(connection, row.id, record, found, status=columns["status"])
    return row.id, "updated" if touched or changed.keys() & _FACTS else "same"


_FACTS = {"canonical_url", "status", "part_of", "next", "page_type", "language", "partial", "problems"}


def _page_columns(record: PageRecord, parsed: Mapping[str, Any]) -> dict[str, Any]:
    columns = {
        "url": record.url,
        "canonical_url": record.canonical_url,
        "source": record.source,
        "fetched_at": record.fetched_at,
        "status": "live",
        "gone_at": None,
        "http_status": record.http_status,
        "etag": record.etag,
        "last_modified": record.last_modified,
        "digest": record.digest,
        "archive_file": record.archive_file,
        "archive_offset": record.archive_offset,
        "content_type": record.content_type,
        "part_of": parsed.get("part_of"),
        "next": parsed.get("next"),
        "page_type": parsed.get("page_type"),
        "language": parsed.get("language"),
        "partial": bool(parsed.get("partial")),
        "problems": parsed.get("problems") or None,
    }
    return {key: scrub(value) for key, value in columns.items()}


def _with_unique_ids(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The reviews of a page, storable; a second review with the id of another gets a running number."""
    clean: dict[str, dict[str, Any]] = {}
    for data in found:
        review = scrub(data) if _UNSTORABLE_JSON.search(_canonical(data)) else dict(data)
        name, number = review["id"], 2
        while review["id"] in clean:
            review["id"] = f"{name}-{number}"
            number += 1
        clean[review["id"]] = review
    return list(clean.values())


def _stage_reviews(
    connection: sa.Connection,
    page_id: int,
    record: PageRecord,
    found: Sequence[dict[str, Any]],
    *,
    status: str = "live",
) -> bool:
    """Bring the page's reviews in line with what was read now; true when any of them changed."""
    rows = connection.execute(_HELD, {"page": page_id}).all()
    held: dict[str, Any] = {row.review_id: row for row in rows}
    touched = False
    for place, data in enumerate(found):
        columns = {"place": place, "page_digest": record.digest, "status": status}
        old = held.pop(data["id"], None)
        if old is None:
            _new_review(connection, columns | {"page_id": page_id}, data, record.fetched_at)
        touched |= old is None or _known_review(connection, old, columns, data, record.fetched_at)
    for row in held.values():
        touched |= _not_found_any_more(connection, row, record, anything_found=bool(found))
    return touched


def _new_review(connection: sa.Connection, columns: dict[str, Any], data: dict[str, Any], fetched_at: str) -> None:
    columns |= {"review_id": data["id"], "first_seen": fetched_at, "changed_at": fetched_at}
    columns |= {"digest": digest_of(data, {"fetched_at"}), "data": data | {"fetched_at": fetched_at}}
    connection.execute(_NEW_REVIEW, columns)


def _known_review(
    connection: sa.Connection, old: Any, columns: dict[str, Any], data: dict[str, Any], fetched_at: str
) -> bool:
    """Bring one held review in line with `data`; true when more than the page around it changed."""
    changed = {key: value for key, value in columns.items() if getattr(old, key) != value}
    digest = digest_of(data, {"fetched_at"})
    if digest != old.digest:
        same_bytes = columns["page_digest"] == old.page_digest
        seen = old.data["fetched_at"] if same_bytes else fetched_at
        changed |= {"digest": digest, "data": data | {"fetched_at": seen}, "changed_at": seen}
        if not same_bytes:
            _keep_version(connection, old, data)
    if changed:
        connection.execute(_CHANGE_REVIEW, {"row": old.id, **changed})
    return bool(changed.keys() - {"page_digest"})


def _keep_version(connection: sa.Connection, old: Any, data: Mapping[str, Any]) -> None:
    if digest_of(old.data, _NOT_THE_CRITICS) == digest_of(data, _NOT_THE_CRITICS):
        return  # only comments, votes or layout moved
    values = {"review": old.id, "seen_at": old.data["fetched_at"], "digest": old.digest, "data": old.data}
    connection.execute(sa.insert(review_versions).values(**values))


def _not_found_any_more(connection: sa.Connection, row: Any, record: PageRecord, *, anything_found: bool) -> bool:
    if row.page_digest == record.digest:  # same bytes, another reading: it never was there
        connection.execute(sa.delete(reviews).where(reviews.c.id == row.id))
        return True
    if not anything_found or row.status == "gone":
        return False  # a page we can no longer read is not proof that the review is gone
    connection.execute(
        sa.update(reviews).where(reviews.c.id == row.id).values(status="gone", changed_at=record.fetched_at)
    )
    return True


def mark_gone(connection: sa.Connection, page_id: int, http_status: int | None, at: str) -> bool:
    """Mark a page that answers 404 or 410 and its reviews; their data stays. True when that is news."""
    live = sa.and_(pages.c.id == page_id, pages.c.status == "live")
    values = {"status": "gone", "gone_at": at, "http_status": http_status}
    if not connection.execute(sa.update(pages).where(live).values(**values)).rowcount:
        return False
    connection.execute(
        sa.update(reviews)
        .where(reviews.c.page_id == page_id, reviews.c.status == "live")
        .values(status="gone", changed_at=at)
    )
    return True
