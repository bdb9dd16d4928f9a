"""Who writes a column that is called after them, and whether a name is a person's by the addresses a page links to."""

import re
from collections.abc import Iterator

from aggregator.notation.languages import fold
from aggregator.notation.people import is_firm, is_name, is_somebody
from aggregator.parse.candidate import Candidate
from aggregator.parse.reading import Reading, place

_COLUMN = re.compile(
    r"(?:at|to|in)\s+the\s+(?:pictures|movies|cinema|flicks|films)\s+with\s+(?P<name>\S+(?:\s\S+){1,3})",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[\W\d_]+")
_SHORTEST = 4
"""Letters of a family name that an address can be known by."""


def columnist(reading: Reading) -> Iterator[Candidate]:
    """Whose column the headline names, where the page leads to more of it: "At the pictures with Jane Orrin: May".

    A star is with whom one is at the movies, too, and an interview speaks of them.
    """
    headline = reading.regions.headline
    found = _COLUMN.fullmatch(headline.text) if headline is not None and " with " in headline.text else None
    if headline is None or found is None or not is_somebody(found["name"]):
        return
    family = fold(found["name"].split()[-1])
    more = any(line.folded.startswith(headline.folded) and line.folded != headline.folded for line in reading.lines)
    if more and not any(family in block.words for block in reading.running):
        where = place(headline, *found.span("name"))
        yield Candidate("critics", (found["name"],), "byline.column", where, headline.text)


def has_profile(reading: Reading, name: str) -> bool:
    """Whether the page links to somebody of this name: to a profile of LinkedIn's, which firms have elsewhere, or to a
    mail address that spells the given name and, as a host, the family: "yurij@orrin.ov".
    """
    given, _, family = fold(name).rpartition(" ")
    if not given or not is_name(name) or is_firm(name) or len(family) < _SHORTEST or reading.doc.root is None:
        return False
    for node in reading.doc.root.iter("a"):
        href = (node.get("href") or "").lower()
        if "linkedin.com/in/" in href:
            slug = href.partition("linkedin.com/in/")[2].partition("?")[0].strip("/")
            joined = "".join(part for part in slug.split("-") if part.isalpha())
            if joined.startswith(given.split()[0]) and joined.endswith(family):
                return True
        elif href.startswith("mailto:"):
            local, _, host = href.removeprefix("mailto:").partition("?")[0].partition("@")
            if local == given.split()[0] and family == _LETTERS.sub("", host):
                return True
    return False
