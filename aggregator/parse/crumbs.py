"""The path to a page as its breadcrumbs show it: "Home › Film reviews › Heat", in data, markup or one line."""

import re
from collections.abc import Iterator

from aggregator.notation.languages import fold, words
from aggregator.parse.reading import Reading
from aggregator.parse.sign_words import points_table

_PARTED = re.compile(r"\s*(?:[/›»>→]|::|\\)\s*")
_LONGEST = 120
"""Letters of a line of breadcrumbs."""
_ABOVE = 6
"""Lines above the headline among which breadcrumbs stand."""


def crumbs(reading: Reading) -> Iterator[str]:
    """What the page is filed under, outermost first, without the page itself."""
    for path in (
        [fact.value for fact in reading.data.breadcrumbs],
        *_marked(reading),
        *_lines(reading),
    ):
        own = [name for name in path if not _is_home(reading, name) and not _is_page(reading, name)]
        yield from (re.sub(r"[-_]+", " ", name) for name in own)


def _marked(reading: Reading) -> Iterator[list[str]]:
    """Elements that a class calls breadcrumbs."""
    for name in reading.doc.lines.classes.names:
        if "breadcrumb" in name.lower():
            for node in reading.doc.by_class(name)[:2]:
                texts = (" ".join(str(text).split()) for text in node.itertext("*"))
                yield [part for text in texts for part in _PARTED.split(text) if part][:8]


def _lines(reading: Reading) -> Iterator[list[str]]:
    """Lines right above the headline that name the page last: "home / film reviews / heat"."""
    headline = reading.regions.headline
    before = reading.doc.blocks[max(0, headline.index - _ABOVE) : headline.index] if headline is not None else []
    for block in before:
        if len(block.text) > _LONGEST:
            continue
        parts = [part for part in _PARTED.split(block.text) if part]
        if any(fold(part) in words("words", "about") for part in parts):
            continue  # a menu
        if len(parts) >= 3 and (_is_page(reading, parts[-1]) or _is_home(reading, parts[0])):
            yield parts


def _is_home(reading: Reading, name: str) -> bool:
    """Whether a crumb is the site as a whole."""
    return fold(name) in points_table()["home_crumbs"] or fold(name) in reading.regions.site_names


def _is_page(reading: Reading, name: str) -> bool:
    """Whether a crumb is the page itself: its headline, or the last part of its address."""
    headline = reading.regions.headline
    folded = fold(name)
    slug = (reading.doc.url or "").rstrip("/").rsplit("/", 1)[-1].partition(".")[0]
    own = {fold(slug), fold(slug).replace("-", " ")} - {""}
    if folded in own or headline is None:
        return folded in own
    return folded in headline.folded or headline.folded in folded
