"""Numbers of a rating ("8,5", "3 1/2", "three and a half"); number words stand in the language files."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from aggregator.notation import languages
from aggregator.notation.ratings.tables import compiled, data
from aggregator.notation.ratings.words import Words

_MIXED = r"(?P<whole>[0-9]{1,2})(?:\s+|-|\s*&\s*|\s+and\s+)(?P<part>1/2|1/4|3/4|1/3|2/3)(?![0-9])"
_GLYPH = r"(?P<before>[0-9]{0,3})[ ]?(?P<glyph>[½¼¾⅓⅔])"
_PLAIN = r"(?P<plain>[0-9]{1,4}(?:[.,][0-9]{1,12})?|[.,][0-9]{1,12})"
_NUMBER = re.compile(f"(?:{_MIXED}|{_GLYPH}|{_PLAIN})(?![0-9]|[.,][0-9]|[½¼¾⅓⅔])")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}(?![0-9])")
"""1,204 is one thousand or one point two: such a number is not read."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it ends; `whole` when written as digits without a fraction."""

    value: float
    end: int
    whole: bool = False


@lru_cache(maxsize=64)
def read_number(text: str, at: int, words: Words) -> Number | None:
    """The number that starts at this place of a clean text, with a half that follows it."""
    found = _digits(text, at) or _word(text, at, words)
    if found is None:
        return None
    half = _suffix(words).match(text, found.end)
    if half is None or found.value != int(found.value):
        return found
    return Number(found.value + 0.5, half.end())


def _digits(text: str, at: int) -> Number | None:
    match = _NUMBER.match(text, at)
    if match is None or _THOUSANDS.match(text, at):
        return None
    parts = data()["fractions"]
    if match["part"]:
        return Number(float(match["whole"]) + parts[match["part"]], match.end())
    if match["glyph"]:
        return Number(float(match["before"] or 0) + parts[match["glyph"]], match.end())
    plain = match["plain"]
    return Number(float(plain.replace(",", ".")), match.end(), whole=plain.isdigit())


def _word(text: str, at: int, words: Words) -> Number | None:
    match = compiled(words.number).match(text, at)
    value = words.numbers.get(languages.fold(match[0])) if match else None
    return Number(value, match.end()) if match and value is not None else None


@cache
def _suffix(words: Words) -> re.Pattern[str]:
    return compiled(rf"[\s-]*{words.half}")
