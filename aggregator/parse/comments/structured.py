"""Comments that a page states only as structured data (JSON-LD), where its markup shows none."""

from aggregator.parse.comments import when
from aggregator.parse.comments.thread import MAX_COMMENTS, Found
from aggregator.parse.reading import Reading


def read_structured(reading: Reading) -> list[Found]:
    """The comments of the page's JSON-LD, in its order."""
    stated = reading.data.comments[: MAX_COMMENTS + 1]
    items: list[Found | None] = []
    for entry in stated:
        if entry.syntax != "jsonld" or entry.text is None or not entry.text.value:
            items.append(None)
            continue
        item = Found(key=_key(entry.id or (entry.url.value if entry.url else None)))
        item.name = entry.author.name.value if entry.author else None
        if entry.published is not None:
            item.date = when.iso(entry.published.value)
            item.stamp = None if item.date else entry.published.value
        item.loose = [(0, entry.text.value)]
        item.orphan = entry.parent_id is not None
        items.append(item)
    for answer, entry in zip(items, stated, strict=True):
        if answer is not None and entry.parent is not None and entry.parent < len(items):
            answer.parent = items[entry.parent]
            answer.orphan = answer.parent is None
    return [item for item in items if item is not None]


def _key(address: str | None) -> str | None:
    """The fragment of an address, or a short identifier as it stands."""
    if not address:
        return None
    fragment = address.rpartition("#")[2]
    return fragment if len(fragment) <= 100 and " " not in fragment else None
