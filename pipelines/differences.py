"""What a changed parser would change in the store, shown before anything is stored."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipelines import steps
from pipelines.folder import DataFolder
from pipelines.workers import Reread

_NOT_COMPARED = {"fetched_at", "evidence", "id", "source", "status", "versions", "copies"}
_LONGEST = 60


def differences(folder: DataFolder, rereads: Iterable[Reread], figures: Counter[str]) -> Iterator[str]:
    """One line for each value that would change: address, field, what is stored, what would be.

    Only the newest content of an address counts. `figures` counts pages, changed pages, changes by field,
    reviews that would come and go, and broken pages.
    """
    newest: dict[str, str] = {page["url"]: str(page["digest"]) for page in folder.store.iter_pages()}
    held: dict[str, dict[str, Mapping[str, Any]]] = {}
    for one in folder.store.iter_reviews():
        if one.status == "live":
            held.setdefault(one.page_url, {})[one.review_id] = one.data
    for done in rereads:
        page = done.page
        if page is None or page.parsed is None or newest.get(page.final_url) != steps.digest_of(page.body):
            continue
        figures["pages"] += 1
        if steps.broke(page.parsed):
            figures["broke"] += 1
            yield f"{page.final_url}  broke the parser; what is stored would stay"
            continue
        read = {review["id"]: review for review in steps.as_rows(page.parsed)["reviews"]}
        lines = list(_of_page(held.get(page.final_url, {}), read, figures))
        figures["changed"] += bool(lines)
        yield from (f"{page.final_url}  {line}" for line in lines)


def _of_page(
    held: Mapping[str, Mapping[str, Any]], read: Mapping[str, Mapping[str, Any]], figures: Counter[str]
) -> Iterator[str]:
    for name in sorted(held.keys() - read.keys()):
        figures["lost"] += 1
        yield f"- review {_title(held[name])}"
    for name in sorted(read.keys() - held.keys()):
        figures["found"] += 1
        yield f"+ review {_title(read[name])}"
    for name in sorted(held.keys() & read.keys()):
        for path, before, after in changes(held[name], read[name]):
            figures[f"field {path}"] += 1
            yield f"{path}: {_shown(before)} -> {_shown(after)}"


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(field, stored, read now) for every field that differs; fields of film and rating one by one."""
    for key in sorted((before.keys() | after.keys()) - _NOT_COMPARED):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from ((f"{key}.{path}", one, two) for path, one, two in changes(old, new))
        else:
            yield key, old, new


def _title(review: Mapping[str, Any]) -> str:
    return _shown((review.get("film") or {}).get("title") or review.get("headline"))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return (
            f"{len(value)} entries" if len(value) > 3 or any(isinstance(one, Mapping) for one in value) else str(value)
        )
    text = "nothing" if value in (None, "") else str(value)
    text = "".join(char if char.isprintable() else " " for char in text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"
