"""The film's year in a line around the text that holds nothing but facts: "2019 · Directed by X · Rated R"."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.certificates import parse_certificate
from aggregator.notation.countries import find_countries
from aggregator.notation.languages import alternation, fold, words
from aggregator.notation.people import is_name
from aggregator.notation.runtimes import parse_runtime
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.title_words import is_kind, key
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_YEAR = re.compile(r"(?<!\d)(?:18[89]|19\d|20\d)\d(?!\d)")
_PIECES = re.compile(r"\s*[·•|/,;()\[\]~*]\s*|\s+[–—-]+\s+|\.\s+")
_LONGEST, _LINES = 120, 8
_PAGE = frozenset(("byline", "date", "share", "related", "comments"))


def year_lines(reading: Reading, title: str) -> Iterator[Candidate]:
    """Candidates of `year`: the one bare year of such a line, which says at least one thing that only films have."""
    found = [(line, year) for line in _around(reading) if (year := _only_year(line.text, title, reading.language))]
    if len({year for _, year in found}) == 1:
        line, year = found[0]
        at = line.text.index(str(year))
        yield Candidate("year", year, "line.facts", place(line, at, at + 4), line.text)


def _around(reading: Reading) -> Iterator[Block]:
    """Short lines before and behind the text, and the first of the text."""
    head = reading.blocks(Region.HEAD)[-_LINES:]
    body = reading.blocks(Region.BODY)[:2]
    headline = reading.regions.headline
    above = (
        [] if headline is None or reading.section else reading.doc.blocks[max(0, headline.index - 2) : headline.index]
    )
    for line in dict.fromkeys((*above, *head, *body, *reading.blocks(Region.TAIL)[:_LINES])):
        if 4 < len(line.text) <= _LONGEST and line is not headline and not line.hints & _PAGE:
            yield line


def _only_year(text: str, title: str, language: str | None) -> int | None:
    """The year of a line that is made of a year and facts; None where it says anything else."""
    years = _YEAR.findall(text)
    if len(years) != 1:
        return None
    if _released(language).fullmatch(fold(text).strip(" .")):
        return int(years[0])
    telling = 0
    for piece in _PIECES.split(text):
        kind = _kind(piece.strip(" .:"), title, language)
        if kind is None:
            return None
        telling += kind
    return int(years[0]) if telling else None


def _kind(piece: str, title: str, language: str | None) -> int | None:
    """1 for a piece that speaks of a film, 0 for one that any page may have, None for one that is no fact."""
    folded = fold(piece)
    if not piece or _YEAR.fullmatch(piece) or folded in _sections(language) or key(piece) == key(title):
        return 0
    if find_countries(piece) or is_kind(piece, language):
        return 1
    if len(piece) <= 12 and (parse_runtime(piece) or parse_certificate(piece)):
        return 1
    if (directed := _directed(language).match(folded)) and is_name(piece[directed.end() :].strip(" :")):
        return 1
    rated = re.fullmatch(r"(?i:rated|cert\.?|certificate|fsk)\s*:?\s*(\S{1,8})", piece)
    return 1 if rated and parse_certificate(rated[1]) else 0 if is_name(piece) and " " in piece else None


@cache
def _sections(language: str | None) -> frozenset[str]:
    used = {language or "en", "en"}
    return words("words", "film", used) | words("words", "review", used)


@cache
def _directed(language: str | None) -> re.Pattern[str]:
    used = {language or "en", "en"}
    return re.compile(rf"(?:{alternation(words('labels', 'director', used))}|r|d)\s*[:.]?\s+")


@cache
def _released(language: str | None) -> re.Pattern[str]:
    """A line such as "Released: 2019" or "First released in 2019"."""
    used = {language or "en", "en"}
    labels = alternation(words("labels", "release", used))
    return re.compile(rf"(?:first |original(?:ly)? )?{labels}\s*[:–-]?\s*(?:in )?\d{{4}}")
