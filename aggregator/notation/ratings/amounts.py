"""A number with its unit ("4 stars", "星4つ", "8 points") or a row of signs, as the forms put them together."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from aggregator.model.review import Unit
from aggregator.notation import languages
from aggregator.notation.ratings.numbers import read_number
from aggregator.notation.ratings.rows import read_row
from aggregator.notation.ratings.tables import compiled
from aggregator.notation.ratings.words import Words

_MOST_ASTERISKS = 5
"""More than "5*" is a number with a footnote."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands between two places of a clean text; `unit` None while it is a mere number.

    `sure`: a rating wherever it stands; the others need to be known for one. `sign`: letters, thumbs and words.
    """

    start: int
    end: int
    value: float | None
    unit: Unit | None = None
    best: float | None = None
    worst: float | None = None
    sure: bool = True
    sign: bool = False
    whole: bool = False


@lru_cache(maxsize=64)
def amount(text: str, at: int, words: Words) -> Reading | None:
    """A number with its unit, or a row of signs: "4 stars", "星4つ", "★★★½", "8 points", "8"."""
    if row := read_row(text, at):
        lone = _behind_star(text, row.end, words) if row.family == "stars" and row.signs == 1 and not row.best else None
        return lone or Reading(at, row.end, row.value, row.unit, row.best, sure=row.sure)
    if match := pattern_of(words, "half_star").match(text, at):
        return Reading(at, match.end(), 0.5, Unit.STARS)
    if match := pattern_of(words, "star_first", "", r"\s*").match(text, at):
        return _counted_star(text, match.end(), words)
    number = read_number(text, at, words)
    if number is None:
        return None
    plain = Reading(at, number.end, number.value, sure=False, whole=number.whole)
    return _with_unit(text, plain, words)


def _behind_star(text: str, at: int, words: Words) -> Reading | None:
    """A number behind a lone star ("★ 4.5"); a whole one may be a list's."""
    gap = at + (text[at : at + 1] == " ")
    number = read_number(text, gap, words) if text[gap : gap + 1].isdigit() else None
    if number is None:
        return None
    point = pattern_of(words, "point").match(text, number.end)
    return Reading(at, point.end() if point else number.end, number.value, Unit.STARS, sure=not number.whole)


def _counted_star(text: str, at: int, words: Words) -> Reading | None:
    """The Korean and Japanese order, star first: "별 3개 반", "星4つ"."""
    number = read_number(text, at, words)
    counter = pattern_of(words, "counter", r"\s*", r"\s*").match(text, number.end) if number else None
    if number is None or counter is None:
        return None
    return _with_half(text, Reading(at, counter.end(), number.value, Unit.STARS), words)


def _with_unit(text: str, plain: Reading, words: Words) -> Reading:
    end = plain.end
    if counter := pattern_of(words, "counter", r"\s*").match(text, end):
        end = counter.end()
    if star := pattern_of(words, "star", r"[\s-]*").match(text, end):
        return _with_half(text, replace(plain, end=star.end(), unit=Unit.STARS, sure=True), words)
    sign = end + (text[end : end + 1] == " ")
    if (row := read_row(text, sign)) and row.family == "stars" and row.signs == 1 and row.value == 1:
        return replace(plain, end=row.end, unit=Unit.STARS, sure=True)
    if row and row.family == "asterisks" and row.signs == 1 and (plain.value or 0) <= _MOST_ASTERISKS:
        return replace(plain, end=row.end, unit=Unit.STARS, sure=False)
    if point := pattern_of(words, "point", r"\s*", r"\.?").match(text, plain.end):
        return _points(plain, point, words)
    return plain


def _points(plain: Reading, point: re.Match[str], words: Words) -> Reading:
    """Points; a word that elsewhere means minutes (分) counts as points only up to ten."""
    minutes = plain.whole and languages.fold(point[0]) in words.not_units
    if minutes and (plain.value or 0) > 10:
        return plain
    return replace(plain, end=point.end(), unit=Unit.POINTS, sure=not minutes)


def _with_half(text: str, stars: Reading, words: Words) -> Reading:
    half = pattern_of(words, "half", r"\s*").match(text, stars.end)
    if half is None or stars.value is None or stars.value != int(stars.value):
        return stars
    return replace(stars, end=half.end(), value=stars.value + 0.5, whole=False)


@cache
def pattern_of(words: Words, key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """The words under a key between two other fragments."""
    return compiled(f"(?:{before}){getattr(words, key)}(?:{after})")
