"""When a page is to be asked again: a table in revisit.toml, by how long a page has been quiet."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files("aggregator.net") / "revisit.toml").read_text(encoding="utf-8"))


def next_visit(page: Mapping[str, Any]) -> datetime:
    """When a page is due, from the facts that `Store.pages_of` gives; a page never answered is due at once.

    Times without a zone count as UTC, dates as their first moment.
    """
    checked = _moment(page.get("checked_at")) or _moment(page.get("fetched_at"))
    if checked is None:
        return datetime.min.replace(tzinfo=UTC)
    return checked + timedelta(days=_every(page, checked))


def _every(page: Mapping[str, Any], checked: datetime) -> float:
    table = _table()
    if page.get("status") == "gone":
        return float(table["gone"]["every"])
    moved = [_moment(page.get(name)) for name in ("published", "changed_at")]
    has_review = page.get("changed_at") is not None
    moved.append(None if has_review else _moment(page.get("fetched_at")))
    known = [moment for moment in moved if moment is not None] or [_moment(page.get("first_seen")) or checked]
    quiet = (checked - max(known)).total_seconds() / 86400
    every = next(float(row["every"]) for row in table["quiet"] if quiet <= row["days"])
    return every if has_review else min(every, float(table["listing"]["every"]))


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    # a date may be known to the year or the month only
    padded = text + {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        found = datetime.fromisoformat(padded)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
