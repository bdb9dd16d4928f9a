"""The mark with which a text begins, behind words that sum up ("TL;DR: 9/10. Nice film"), or ends ("… 10/10.")."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.model import Rating
from aggregator.notation.languages import alternation, fold, pattern, words
from aggregator.notation.ratings import parse_rating
from aggregator.parse.blocks import Block, weight
from aggregator.parse.fields.rating_scale import SCALES
from aggregator.parse.reading import Reading

_FRACTION = re.compile(r"[.,!?…–—-]\s*(\d{1,2}(?:[.,]\d)?\s?/\s?(?:4|5|6|10|100))\s*[.!]?\s*$")
_SENTENCES = 60
"""Letters above which a line is running text, and no entry of a list."""
_LONGEST = 60
"""Letters within which the mark that opens a text stands."""
_RATIO = re.compile(r"(?<![\d.,/])\d{1,2}(?:[.,]\d)?\s?/\s?\d{1,3}(?![\d/])")
_STOP = re.compile(r"[.!](?=\s|$)|$")


def at_ends(reading: Reading, block: Block) -> Iterator[tuple[int, int, Rating]]:
    """The mark that opens a text or one of its last lines, or ends one of these."""
    if said := _opening(reading, block.text):
        yield said
    elif block.index in reading.closing:
        counted = _things(reading, block.text)
        yield from [counted] if counted else _closing(reading, block.text)


def _closing(reading: Reading, text: str) -> Iterator[tuple[int, int, Rating]]:
    """The fraction that ends the text: "one of the greatest, 10/10."."""
    said = _FRACTION.search(text) if weight(text) > _SENTENCES else None
    if said and (rating := parse_rating(said[1], reading.hint_for("rating"))) and rating.value is not None:
        yield said.start(1), said.end(1), rating


def _opening(reading: Reading, text: str) -> tuple[int, int, Rating] | None:
    """The mark that is all a text's first sentence says behind a word that sums up, if no other mark stands there."""
    lead = _summing().match(text, 0, _LONGEST)
    if lead is None:
        return None
    start = lead.end()
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    rating = parse_rating(text[start:end], reading.hint_for("rating")) if end <= _LONGEST else None
    if rating is None or rating.value is None or rating.best not in SCALES:
        return None
    others = (ratio for ratio in _RATIO.findall(text, end))
    return (start, end, rating) if rating.raw == text[start:end] and not any(others) else None


def described(reading: Reading, text: str) -> tuple[int, int, Rating] | None:
    """The mark that opens a description of the page, or ends one of some length: "… a campy ending. **6 / 10**."."""
    said = _TENTHS.search(text) if weight(text) > _SENTENCES else None
    if said and len(_RATIO.findall(text)) == 1 and (rating := parse_rating(said[1], reading.hint_for("rating"))):
        return said.start(1), said.end(1), rating
    return _opening(reading, text)


_TENTHS = re.compile(r"[.!?…][”\"'»]?\s+\*\*(\d{1,2}(?:[.,]\d)?\s?/\s?10)\*\*\s*[.!]?$")
"""A mark that is a sentence, in the signs of bold type; others may as well be the number of a part."""


def _things(reading: Reading, text: str) -> tuple[int, int, Rating] | None:
    """The things of the house that one of the last lines counts: "Late Row rating: 4 tickets out of 5. Seen with…"."""
    found = _THINGS.match(text)
    if found is None or not _labels().fullmatch(fold(found["label"])):
        return None
    unit = fold(found["unit"])
    if unit in words("ratings", "counted") or not _is_own(reading, found["label"]):
        return None
    rating = parse_rating(found["mark"], reading.hint_for("rating"))
    return (*found.span("mark"), rating) if rating is not None and rating.value is not None else None


_THINGS = re.compile(
    r"\W{0,3}(?P<label>(?:[\w'’]+\s){0,3}[\w'’]+)\s*[:=–—-]\s*"
    r"(?P<mark>\d{1,2}(?:[.,½]\d?)?(?P<unit>\s[^\W\d_]{3,})\s[a-z]{2,4}\s(?:[a-z]{2,4}\s)?(?:4|5|6|10))[.!](?=\s|$)"
)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?:[\w'’]+\s){{0,3}}?{alternation(words('labels', 'rating'))}")


def _is_own(reading: Reading, label: str) -> bool:
    """Whether a label of marks is the site's: a bare one, or one that begins with a word of the site's name."""
    folded = fold(label)
    own = {word for name in reading.regions.site_names for word in name.split()}
    return folded in words("labels", "rating") or folded.split()[0] in own


@cache
def _summing() -> re.Pattern[str]:
    """Words that sum up, and the sign behind them, right before a figure."""
    return re.compile(rf"\W{{0,3}}{pattern('words', 'verdict')}\s*(?:[:：,=]|[–—-]\s)\s*(?=\d)", re.IGNORECASE)
