"""The film's year in a line around the text that holds nothing but facts: "2019 · Directed by X · Rated R"."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.languages import alternation, fold, words
from aggregator.notation.people import is_somebody
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.line_facts import PIECES, YEAR, fact_of
from aggregator.parse.fields.title_words import key
from aggregator.parse.rank import Choice
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_LONGEST, _LINES = 120, 8
_PAGE = frozenset(("byline", "date", "share", "related", "comments"))


def year_lines(reading: Reading, title: str, critics: Choice) -> Iterator[Candidate]:
    """Candidates of `year`: the one bare year of such a line, which says at least one thing that only films have.

    A line with the name of one who may be the critic (`critics`) is a byline, and its year the review's.
    """
    writers = {key(name) for candidate, _ in critics.weighed for name in candidate.value}
    found = [
        (line, year)
        for line in _around(reading)
        if (year := _only_year(line.text, title, reading.language))
        and writers.isdisjoint(key(piece) for piece in PIECES.split(line.text))
    ]
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
    years = YEAR.findall(text)
    if len(years) != 1:
        return None
    if _released(language).fullmatch(fold(text).strip(" .")):
        return int(years[0])
    telling = False
    for piece in PIECES.split(text.removeprefix(f"{title}: ")):
        kind = _tells(piece.strip(" .:"), title, language)
        if kind is None:
            return None
        telling |= kind
    return int(years[0]) if telling else None


def _tells(piece: str, title: str, language: str | None) -> bool | None:
    """Whether a piece is one that only a film's line has, or one that any may have; None for no fact."""
    if fold(piece) in _sections(language):
        return None  # the line of an archive, whose year is the post's
    if _released(language).fullmatch(fold(piece)):
        return True
    said = fact_of(piece, language)
    if said is not None:
        return said not in ("year", "genre")
    return False if not piece or key(piece) == key(title) or is_somebody(piece) else None


@cache
def _sections(language: str | None) -> frozenset[str]:
    used = {language or "en", "en"}
    return words("words", "film", used) | words("words", "review", used)


@cache
def _released(language: str | None) -> re.Pattern[str]:
    """A line such as "Released: 2019" or "First released in 2019"."""
    used = {language or "en", "en"}
    labels = alternation(words("labels", "release", used))
    return re.compile(rf"(?:first |original(?:ly)? )?{labels}\s*[:–-]?\s*(?:in )?\d{{4}}")
