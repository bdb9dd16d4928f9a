"""The year and the original title that the text gives the chosen film."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.languages import alternation, words
from aggregator.notation.people import is_name
from aggregator.parse.candidate import Candidate
from aggregator.parse.fields.title_words import key, mention
from aggregator.parse.reading import Reading, place

_YEAR = r"(?P<year>(?:18[89]|19\d|20\d)\d)"
# country, year and running time open a line of facts: "EUA, 16. 91 min.", "Francia, 2016, 100 min"
_RUN_ON = re.compile(r"^\W{0,3}[A-ZÀ-Ý][\w /.,-]{1,40}?[,.]\s*(?P<year>\d{4}|\d\d)[,.;]\s*\d{2,3}\s*(?:min|m\b|’|')")


def originals(reading: Reading, title: str) -> Iterator[Candidate]:
    """The original title that a line of facts or the first paragraph gives in brackets: "X (Le Y, 2008)"."""
    behind = re.compile(rf"{mention(title).pattern}[”\"’»』]?\s*[(\[（]\s*(?P<inside>[^()\[\]（）]{{2,80}})[)\]）]")
    for block in reading.main:
        if block.index > reading.regions.first:
            return
        for found in behind.finditer(block.text):
            inside = re.sub(rf"\s*[,;/]?\s*{_YEAR}\s*$", "", found["inside"]).strip()
            if (
                len(inside) > 1
                and not is_name(inside)
                and not re.search(r"\d{3}", inside)
                and key(inside) != key(title)
            ):
                start = found.start("inside")
                yield Candidate(
                    "original_title", inside, "body.bracket", place(block, start, start + len(inside)), found[0]
                )


def years(reading: Reading, title: str, written: str | None) -> Iterator[Candidate]:
    """Years the running text gives the chosen film: "X (2014)", "X, directed by Y in 2014", "EUA, 16. 91 min.".

    `written` (ISO) is when the review was published: a two-digit year is of its century and not later.
    """
    name = mention(title).pattern
    behind = re.compile(rf"{name}[”\"’»』]?\s*[(\[（]\s*{_YEAR}\s*[)\]）,;]")
    told = re.compile(
        rf"{name}[”\"’»』]?[^.!?()]{{0,40}}{_directed(reading.language)}[^.!?()]{{3,50}}\b{_YEAR}\b", re.IGNORECASE
    )
    for block in reading.main:
        for pattern in (behind, told):
            if found := pattern.search(block.text):
                where = place(block, found.start("year"), found.end("year"))
                rule = "body.title_year" if pattern is behind else "body.year_film"
                yield Candidate("year", int(found["year"]), rule, where, found[0])
        if found := _RUN_ON.match(block.text):
            year = int(found["year"]) if len(found["year"]) == 4 else _century(written, int(found["year"]))
            if year:
                yield Candidate("year", year, "facts.line", place(block, *found.span("year")), found[0])


def _century(written: str | None, digits: int) -> int | None:
    """The full year of a two-digit one, if that fits the date of the review; None when the review has none."""
    if written is None:
        return None
    now = int(written[:4])
    year = now - now % 100 + digits
    return year if now - 25 <= year <= now + 1 else None


@cache
def _directed(language: str | None) -> str:
    return alternation(words("prose", "director", {language or "en", "en"}))
