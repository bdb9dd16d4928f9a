"""The film's year in a line around the text that holds nothing but facts: "2019 · Directed by X · Rated R"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from aggregator.notation.languages import alternation, fold, words
from aggregator.notation.people import is_name, is_somebody
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.line_facts import PIECES, YEAR, fact_of
from aggregator.parse.fields.title_words import key
from aggregator.parse.rank import Choice
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import Region

_LONGEST, _LINES = 120, 8
_CELL = 40
"""Letters of a line that may be one cell of a table of facts."""
_ELSEWHERE = frozenset((Region.COMMENT, Region.RELATED, Region.CHROME))
_PAGE = frozenset(("byline", "date", "share", "related", "comments"))


def year_lines(reading: Reading, title: str, critics: Choice) -> Iterator[Candidate]:
    """Candidates of `year`: the one bare year of such a line, which says at least one thing that only films have.

    A line with the name of one who may be the critic (`critics`) is a byline, and its year the review's. Where no
    line says it, short ones below one another count as one: the cells of a table, the items of a list.
    """
    writers = {key(name) for candidate, _ in critics.weighed for name in candidate.value}
    around = [line for line in _around(reading) if YEAR.search(line.text)]
    film = _Film(reading, title, writers)
    first = reading.regions.first
    found = [(line, int(line.text[1:5])) for line in around if line.index <= first and _BRACKETED.fullmatch(line.text)]
    found = found or [(line, year) for line in around if (year := film.year_of([line.text]))]
    if not found:
        found = [(line, year) for line in around for run in _runs(reading, line, film) if (year := film.year_of(run))]
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
        if 4 <= len(line.text) <= _LONGEST and line is not headline and not line.hints & _PAGE:
            yield line


def _runs(reading: Reading, line: Block, film: "_Film") -> Iterator[list[str]]:
    """The texts of a short line and of the short lines of facts right above and below it, if there are any."""
    if len(line.text) > _CELL:
        return
    blocks, at = reading.doc.blocks, line.index
    above = takewhile(film.is_cell, reversed(blocks[max(0, at - _LINES) : at]))
    below = takewhile(film.is_cell, blocks[at + 1 : at + 1 + _LINES])
    run = [other.text for other in (*above, line, *below)]
    if len(run) > 1:
        yield run


@dataclass(frozen=True, slots=True)
class _Film:
    """What a line of facts is held against: the film's title and those who may have written the review."""

    reading: Reading
    title: str
    writers: set[str]

    def year_of(self, lines: list[str]) -> int | None:
        """The year of lines that are made of a year and facts; None where they say anything else."""
        years = YEAR.findall(" ".join(lines))
        if len(years) != 1:
            return None
        if len(lines) == 1 and _released(self.reading.language).fullmatch(fold(lines[0]).strip(" .")):
            return int(years[0])
        said = [self.telling(line) for line in lines]
        told = max(-1 if one is None else one for one in said)
        # a country may be where a line of an archive or a byline leads to
        return int(years[0]) if None not in said and told >= (1 if len(lines) == 1 else 2) else None

    def is_cell(self, line: Block) -> bool:
        """Whether a line is short, of the article, and nothing but facts."""
        if len(line.text) > _CELL or line is self.reading.regions.headline or line.hints & _PAGE:
            return False
        return self.reading.region(line) not in _ELSEWHERE and self.telling(line.text) is not None

    def telling(self, text: str) -> int | None:
        """The most that a piece of a line tells, as `_kind` has it; None where one is no fact, or is the critic."""
        if text.startswith(f"{self.title}: "):
            text = text[len(self.title) + 1 :]
        pieces = [piece.strip(" .:") for piece in PIECES.split(text)]
        titled = len(pieces) > 2 and key(pieces[0]) == key(self.title) and YEAR.fullmatch(pieces[1]) is not None
        sure = titled or _IN_BRACKETS.fullmatch(text) is not None
        most = 0
        for piece in pieces:
            kind = _kind(piece, self.title, self.reading.language)
            if kind is None or key(piece) in self.writers:
                return None
            most = max(most, kind, 2 * self._is_maker(piece, sure=sure))
        return most

    def _is_maker(self, piece: str, *, sure: bool) -> bool:
        """Whether a name is no byline's: its line is in brackets, opens with the title (`sure`), or the text has it."""
        if key(piece) == key(self.title) or not is_somebody(piece):
            return False
        return sure or any(
            fold(piece.rsplit(maxsplit=1)[-1]) in line.words
            for line in self.reading.running
            if len(line.text) > _LONGEST
        )


_IN_BRACKETS = re.compile(r"[(\[（][^()\[\]]+[)\]）]\.?")
_BRACKETED = re.compile(r"[(\[（]\d{4}[)\]）]")


def _kind(piece: str, title: str, language: str | None) -> int | None:
    """2 for a piece that only a film's line has, 1 for a country, 0 for what any line may have, None for no fact."""
    if fold(piece) in _sections(language):
        return None  # the line of an archive, whose year is the post's
    if _released(language).fullmatch(fold(piece)):
        return 2
    said = fact_of(piece, language)
    if said is not None:
        return {"year": 0, "genre": 0, "country": 1}.get(said, 2)
    return 0 if not piece or key(piece) == key(title) or (is_name(piece) and " " in piece) else None


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
