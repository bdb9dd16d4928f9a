"""The scale of a site's ratings where a page states it apart from the rating: "Films are rated out of five"."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.model import Rating, Unit
from aggregator.notation.cues import UNSPACED, cues_of
from aggregator.notation.languages import alternation, number_words, pattern, words
from aggregator.parse.blocks import Block
from aggregator.parse.fields.rating_others import is_foreign
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region, is_prose

_COUNTED = frozenset((Unit.STARS, Unit.POINTS, Unit.OTHER))
SCALES = frozenset((4.0, 5.0, 6.0, 10.0, 20.0, 100.0))
_SIGNS = re.compile("[★☆⭐*✭✰]")
_MOST_SIGNS = 6
"""Signs of the longest row that a site sets for its best mark; a row of ten is a scale of another kind."""
_GRADED = re.compile(r"([★⭐*]{1,10})(?![★☆⭐*½])\s*(?:=|:|[-–—])\s*[^\W\d_]")
"""A row of signs and what it means: "**** = excellent"."""
LONGEST = 300
"""Letters of a line that may explain the ratings."""
_LONGEST_SENTENCE = 100
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ONE = re.compile(r"(?<![\d.,/])1(?![\d.,/]*\d)|\bone\b", re.IGNORECASE)


def with_scale(reading: Reading, rating: Rating) -> Rating:
    """The rating with the best mark that another line of the page states, if just one does and the rating fits it."""
    if rating.best is not None or rating.value is None or rating.unit not in _COUNTED:
        return rating
    best = reading.once_a_page(_scale_of_page)
    if best is None and reading.page is not None and _ROW.fullmatch(rating.raw):
        rows = reading.once_a_page(_scale_of_rows)
        best = rows if rows == rating.value else None
    if best is None or rating.value > best or (best > _MOST_SIGNS and _SIGNS.search(rating.raw)):
        return rating
    return rating.model_copy(update={"best": best})


_ROW = re.compile("[★⭐]+")
_PADDED = re.compile("(?<![★☆⭐½])[★⭐]{1,9}½?☆{1,9}(?![★☆⭐])")


def _scale_of_rows(reading: Reading) -> float | None:
    """How many stars the rows of a round-up have that show what is missing, if all have as many: "★★★☆☆"."""
    rows = {len(row) for block in reading.lines if "☆" in block.text for row in _PADDED.findall(block.text)}
    return float(rows.pop()) if len(rows) == 1 and rows <= SCALES else None


def _scale_of_page(reading: Reading) -> float | None:
    stated = {
        best
        for block in reading.doc.blocks
        if _may_explain(reading, block)
        for best in _stated(reading, block)
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


def _stated(reading: Reading, block: Block) -> list[float]:
    rows = {len(match[1]) for match in _GRADED.finditer(block.text)}
    if len(rows) >= 3:
        return [float(max(rows))] if float(max(rows)) in SCALES else []
    if reading.region(block) is Region.BODY and is_prose(block):
        return []
    sentences = _SENTENCE.split(block.text)
    found = [best for sentence in sentences for best in _bests(reading.language, sentence)]
    # two scales in one line: which of them is the films' is left open
    return found if len(set(found)) == 1 and any(_is_told(reading.language, text) for text in sentences) else []


def _bests(language: str | None, sentence: str) -> Iterator[float]:
    numbers = number_words({language or "en", "en"})
    for match in _scale(language).finditer(sentence):
        if (match["lead"] or "").lower().rpartition(" ")[2] in numbers:
            continue  # a rating on that scale, of whatever it may be
        said = (match["n"] or match["best"] or match["signs"]).lower()
        best = float(said) if said.isdigit() else numbers.get(said, 0.0)
        if best in SCALES:
            yield best


def _is_told(language: str | None, sentence: str) -> bool:
    """Whether a sentence with a scale is about the marks of films, and does not say what 1 means (it may be best)."""
    if len(sentence) > _LONGEST_SENTENCE or not _of_reviews(language).match(sentence):
        return False
    scale = _scale(language).search(sentence)
    return scale is not None and not _ONE.search(f"{sentence[: scale.start()]} {sentence[scale.end() :]}")


@cache
def _of_reviews(language: str | None) -> re.Pattern[str]:
    """A sentence that opens with films or their marks ("All films are …"), or says "We use … for films"."""
    own = {language or "en", "en"}
    rated = alternation(words("words", "method", own) | {"rating", "ratings", "grades", "scores", "star ratings"})
    films = alternation(words("words", "film", own) | words("words", "review", own))
    whose = r"(?:all|every|each|our|my|alle|unsere|meine|tous|toutes|les|nos|mes|todas|todos|tutti|onze|mijn)"
    judge = r"(?:(?:we|i)\s+(?:rate|grade|judge|score|review)\s+)"
    return re.compile(
        rf"\W*(?:{judge}?(?:{whose}\s+){{0,2}}{films}|(?:(?:{whose}|the)\s+){{0,2}}{rated}"
        rf"|everything|alles|tout|todo|tutto|tudo"
        rf"|(?:we|i)\s+use\b.*\bfor\s+(?:{whose}\s+)?{films})(?![\w'’-])",
        re.IGNORECASE,
    )


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
    unit = alternation(words("ratings", "stars", own) | words("ratings", "points", own))
    end = rf"\b(?=\s*(?:$|[.,;:!?)\]–—]\D|[.,;:!?)\]–—]$|{unit}\b))"
    return re.compile(
        rf"\b{rated}\b(?P<lead>(?:\s+(?!\d)[^\W\d_]+){{0,6}}?)\s*[:(,]?\s*{out_of}\s+(?P<n>{number}){end}"
        rf"|\b{scale}\s+(?:from\s+)?(?:[01]|one|zero)\s*(?:{to}|[-–—])\s*(?P<best>{number}){end}"
        rf"|\b(?P<signs>{number})[ -](?:star|point)s?[ -](?:scale|system)\b",
        re.IGNORECASE,
    )
