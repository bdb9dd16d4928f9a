"""Labelled pages: a folder with page.*, page.json and a hand-written expected.json."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

from aggregator.errors import UnreadableInputError, UsageError

_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})
WEAK = 0.25
"""Weight of a page whose labeller was not sure."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """One page with its truth; `site` names the site it is from, `weight` is 1 or WEAK."""

    name: str
    site: str
    path: Path
    url: str | None
    fetched_at: str | None
    expected: dict[str, Any]
    weight: float


def labelled_pages(folder: Path, half: str | None = None) -> Iterator[LabelledPage]:
    """Every labelled page below `folder`, in order of name; `half` keeps the sites of one hash half.

    Raises UsageError when there is none, UnreadableInputError when a label is no JSON.
    """
    found = False
    for label in sorted(folder.rglob("expected.json")):
        page = _load(label, folder)
        if page and (half is None or half_of(page.site) == half):
            found = True
            yield page
    if not found:
        message = f"{folder}: no labelled page (a folder with page.* and expected.json) found; name a folder of them"
        raise UsageError(message)


def half_of(site: str) -> str:
    """`first` or `second`, by the hash of the site's name, so that a site is never in both."""
    return "first" if int(sha1(site.encode()).hexdigest(), 16) % 2 == 0 else "second"


def _load(label: Path, root: Path) -> LabelledPage | None:
    pages = [path for path in sorted(label.parent.glob("page.*")) if path.name != "page.json"]
    if not pages:
        return None
    expected = _json(label)
    about = _json(label.parent / "page.json") if (label.parent / "page.json").exists() else {}
    name = label.parent.relative_to(root).as_posix()
    site = label.parent.name.split("__")[0] if "__" in label.parent.name else label.parent.parent.name
    return LabelledPage(
        name=name if name != "." else label.parent.name,
        site=site,
        path=pages[0],
        url=about.get("url"),
        fetched_at=about.get("fetched_at"),
        expected=expected,
        weight=WEAK if expected.get("weak_label") else 1.0,
    )


def _json(path: Path) -> dict[str, Any]:
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableInputError(f"{path}: not readable as JSON ({error}); mend the label") from error
    if not isinstance(loaded, dict):
        raise UnreadableInputError(f"{path}: a label is a JSON object; mend the label")
    if misshapen := next(_misshapen(loaded), None):
        raise UnreadableInputError(f"{path}: {misshapen}; mend the label")
    return loaded


_OBJECTS = {"film": "title", "rating": "value", "audience_rating": "value"}
_LISTS = {"credits": ("role", "name"), "certificates": ("code",), "releases": ("date",), "comments": ()}
"""Parts of a review that are an object, and those that are a list of objects, each with the keys that are scored."""
_NAMES = ("critics", "genres", "countries")


def _misshapen(label: dict[str, Any]) -> Iterator[str]:
    """What in a label is not of the contract's shape, and what shape it should have."""
    reviews = label.get("reviews") or []
    for number, review in enumerate(reviews if isinstance(reviews, list) else [reviews]):
        if not isinstance(reviews, list) or not isinstance(review, dict):
            yield "reviews is a list of objects"
            return
        for key, part in _OBJECTS.items():
            if not isinstance(review.get(key), dict | None):
                yield f'reviews[{number}].{key} is {review[key]!r}, not an object such as {{"{part}": …}}'
        for key, parts in _LISTS.items():
            listed = review.get(key) or []
            if not isinstance(listed, list) or not all(
                isinstance(one, dict) and one.keys() >= {*parts} for one in listed
            ):
                shape = ", ".join(f'"{part}": …' for part in parts)
                yield f"reviews[{number}].{key} is no list of objects such as {{{shape}}}"
        for key in _NAMES:
            if not isinstance(review.get(key), list | None):
                yield f"reviews[{number}].{key} is {review[key]!r}, not a list of names"


def fold(text: str) -> str:
    """Text as labels are compared: NFC, one kind of quote, case and white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).casefold().split())
