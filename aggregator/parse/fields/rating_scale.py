"""The scale of a site's ratings where a page states it apart from the rating: "Films are rated out of five"."""

import re
from functools import cache

from aggregator.model import Rating, Unit
from aggregator.notation.cues import UNSPACED, cues_of
from aggregator.notation.languages import alternation, number_words, pattern, words
from aggregator.parse.blocks import Block
from aggregator.parse.fields.rating_others import is_foreign
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region

_COUNTED = frozenset((Unit.STARS, Unit.POINTS, Unit.OTHER))
_SCALES = frozenset((4.0, 5.0, 6.0, 10.0, 20.0, 100.0))
_GRADED = re.compile(r"([★⭐*]{1,10})(?![★☆⭐*½])\s*(?:=|:|[-–—])\s*[^\W\d_]")
"""A row of signs and what it means: "**** = excellent"."""
LONGEST = 300
"""Letters of a line that may explain the ratings."""


def with_scale(reading: Reading, rating: Rating) -> Rating:
    """The rating with the best mark that another line of the page states, if just one does and the rating fits it."""
    if rating.best is not None or rating.value is None or rating.unit not in _COUNTED:
        return rating
    best = reading.once(_scale_of_page)
    return rating if best is None or rating.value > best else rating.model_copy(update={"best": best})


def _scale_of_page(reading: Reading) -> float | None:
    stated = {
        best
        for block in reading.doc.blocks
        if _may_explain(reading, block)
        for best in _stated(reading, block.text)
        if reading.region(block) not in (Region.COMMENT, Region.RELATED)
    }
    return stated.pop() if len(stated) == 1 else None


def _may_explain(reading: Reading, block: Block) -> bool:
    text = block.text
    if not 8 < len(text) <= LONGEST:
        return False
    told = not _cues(reading.language).isdisjoint(block.words) or UNSPACED.search(text) is not None
    return bool(_GRADED.search(text) or (told and _scale(reading.language).search(text))) and not is_foreign(text)


@cache
def _cues(language: str | None) -> frozenset[str]:
    """Words of which every line that `_scale` finds has one."""
    own = {language or "en", "en"}
    phrases = {word for word in words("ratings", "out_of", own) if " " in word} | words("ratings", "scale", own)
    return cues_of(phrases) | {"scale", "system"}


def _stated(reading: Reading, text: str) -> list[float]:
    rows = {len(match[1]) for match in _GRADED.finditer(text)}
    if len(rows) >= 3:
        return [float(max(rows))] if float(max(rows)) in _SCALES else []
    numbers = number_words({reading.language or "en", "en"})
    found = []
    for match in _scale(reading.language).finditer(text):
        if (match["lead"] or "").lower().rpartition(" ")[2] in numbers:
            continue  # a rating on that scale, of whatever it may be
        said = (match["n"] or match["best"] or match["signs"]).lower()
        best = float(said) if said.isdigit() else numbers.get(said, 0.0)
        found += [best] if best in _SCALES else []
    return found


@cache
def _scale(language: str | None) -> re.Pattern[str]:
    """What states a scale and no rating: a word for ratings and "out of 5", "a scale of 1 to 10", "five-star scale"."""
    own = {language or "en", "en"}
    number = rf"(?:\d{{1,3}}|{alternation(number_words(own))})"
    rated = alternation(
        words("labels", "rating", own) | {"rated", "ratings", "grades", "scored", "stars", "films are", "reviews are"}
    )
    out_of = alternation(word for word in words("ratings", "out_of", own) if " " in word)
    scale, to = pattern("ratings", "scale", own), pattern("ratings", "scale_to", own)
    return re.compile(
        rf"\b{rated}\b(?P<lead>(?:\s+(?!\d)[^\W\d_]+){{0,6}}?)\s*[:(,]?\s*{out_of}\s+(?P<n>{number})\b(?!\s*[.,]?\d)"
        rf"|\b{scale}\s+(?:from\s+)?(?:[01]|one|zero)\s*(?:{to}|[-–—])\s*(?P<best>{number})\b"
        rf"|\b(?P<signs>{number})[ -](?:star|point)s?[ -](?:scale|system)\b",
        re.IGNORECASE,
    )
