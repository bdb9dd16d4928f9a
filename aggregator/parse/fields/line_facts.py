"""What a piece of a short line says of a film without a label ("2019", "Germany", "dir. X"); a new kind goes here."""

import re
from functools import cache

from aggregator.notation.certificates import parse_certificate
from aggregator.notation.countries import find_countries
from aggregator.notation.headline import table
from aggregator.notation.languages import alternation, fold, words
from aggregator.notation.people import is_name
from aggregator.notation.runtimes import parse_runtime
from aggregator.parse.fields.title_words import is_kind

PIECES = re.compile(r"\s*[·•|/,;()\[\]~*]\s*|\s+[–—-]+\s+|\.\s+")
"""What parts the facts of a line."""
YEAR = re.compile(r"(?<!\d)(?:18[89]|19\d|20\d)\d(?!\d)")
_EASTERN_YEAR = re.compile(r"(?:18[89]|19\d|20\d)\d\s?[年년](?P<made>製作|制作)?")
FEATURE = range(40, 400)
"""Minutes that a line may state without a label; a labelled value may be shorter (a short film)."""
_SHORT = 12
"""Letters of a piece that may be a certificate or a running time."""
_RATED = re.compile(r"(?i:rated|cert\.?|certificate|fsk)\s*:?\s*(\S{1,8})")


def is_shown(text: str) -> bool:
    """Whether a line speaks of a showing or a disc, whose year is not the film's."""
    return _shown().search(fold(text)) is not None


@cache
def _shown() -> re.Pattern[str]:
    return re.compile(rf"\b{alternation(table('shown') | table('media') | table('festival'))}\b")


def fact_of(piece: str, language: str | None) -> str | None:
    """The kind of fact a piece is: year, country, director, runtime, certificate or genre; None for no such fact.

    "labelled year" is one with its label. Bare digits other than a year are none: they may be of a date, a count or
    a mark.
    """
    if YEAR.fullmatch(piece):
        return "year"
    if east := _EASTERN_YEAR.fullmatch(piece):
        return "labelled year" if east["made"] else "year"
    if YEAR.fullmatch(piece[-4:]) and _year_label(language).fullmatch(fold(piece[:-4])):
        return "labelled year"
    if not piece or piece.isdigit():
        return None
    if find_countries(piece):
        return "country"
    if _is_director(piece, language):
        return "director"
    if len(piece) <= _SHORT and parse_runtime(piece) in FEATURE:
        return "runtime"
    rated = _RATED.fullmatch(piece)
    if parse_certificate(rated[1]) if rated else len(piece) <= _SHORT and parse_certificate(piece):
        return "certificate"
    return "genre" if is_kind(piece, language) else None


def _is_director(piece: str, language: str | None) -> bool:
    """Whether a piece is a director with a label, or the label alone, cut from the name at its full stop."""
    folded = fold(piece)
    if folded in words("labels", "director", {language or "en", "en"}):
        return True
    directed = _directed(language).match(folded)
    return directed is not None and is_name(piece[directed.end() :].strip(" :"))


@cache
def _year_label(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"{alternation(words('labels', 'year', {language or 'en', 'en'}))}\s*[:=–-]?\s*")


@cache
def _directed(language: str | None) -> re.Pattern[str]:
    used = {language or "en", "en"}
    return re.compile(rf"(?:{alternation(words('labels', 'director', used))}|r|d)\s*[:.]?\s+")
