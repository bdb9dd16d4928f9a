"""The film's year beside its title where no text says it: in the page's address and the text of an image."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.languages import fold
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.fields.title_words import general_words, key, slug_of
from aggregator.parse.reading import Reading

_PICTURED = re.compile(r"(?P<title>.{1,80}?)\s*[(\[（](?P<year>(?:18[89]|19\d|20\d)\d)[)\]）].{0,40}")


def year_beside(reading: Reading, title: str) -> Iterator[Candidate]:
    """Candidates of `year` from the address "…/the-third-man-1949-review" and the image text "The Third Man (1949)"."""
    if reading.section:
        return
    url = reading.doc.url or reading.doc.link("canonical")
    named = "-".join(key(title).split())
    found = _addressed(named).match(slug_of(url)) if named else None
    if found and all(word in _beside() for word in found["rest"].split("-")):
        yield Candidate("year", int(found["year"]), "url.year", Place(fixed="url"), url or "")
    for block in reading.main:
        for icon in block.icons:
            shown = _PICTURED.fullmatch(icon.alt) if "1" in icon.alt or "2" in icon.alt else None
            if shown and key(shown["title"]) == key(title):
                yield Candidate("year", int(shown["year"]), "image.alt", Place(icon.node), icon.alt)


def _addressed(named: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(named)}-(?P<year>(?:18[89]|19\d|20\d)\d)(?P<rest>(?:-[^\W\d_]+)*)$")


@cache
def _beside() -> frozenset[str]:
    """Words that an address adds to a title: "film", "review"."""
    return frozenset(word for phrase in general_words() for word in fold(phrase).split()) | {""}
