"""Older contents of a review, as what differed from the next; which fields make a version is for the store."""

from collections.abc import Mapping, Sequence
from typing import Any

_NOT_COMPARED = {"fetched_at", "comments", "comments_declared", "audience_rating", "evidence", "status", "versions"}


def versions_of(older: Sequence[tuple[str, Mapping[str, Any]]], current: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Oldest first: {"seen_at", "changed": {field: what it was}}; what is not named was as it is afterwards."""
    following = [*(data for _, data in older[1:]), current]  # one more than needed when there is none
    versions = []
    for (seen_at, data), after in zip(older, following, strict=False):
        names = [name for name in data if name not in _NOT_COMPARED and data[name] != after.get(name)]
        versions.append({"seen_at": seen_at, "changed": {name: data[name] for name in names}})
    return versions
