"""Critics whom no byline names: the guest the text announces, the author in a box, the owner of a one-person site."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.notation.languages import fold, pattern
from aggregator.notation.people import is_name
from aggregator.parse.blocks import Block
from aggregator.parse.candidate import Candidate
from aggregator.parse.reading import Reading, place
from aggregator.parse.regions import HEADINGS, Region

_NAME = r"(?P<name>[^\W\d_a-zß-ÿ][\w'’.-]*(?:\s(?:d[aei]l?|v[ao]n|de la|der)?\s?[^\W\d_a-zß-ÿ][\w'’.-]*){0,3})"
_COPYRIGHT = re.compile(rf"(?i:©|\(c\)|copyright)[\s,:©]*(?:(?:19|20)\d\d[\s,–-]*)*(?i:by\s+)?{_NAME}(?=[\s.,;|(]|$)")
_FIRM = re.compile(
    r"\b(?:inc|llc|ltd|gmbh|media|press|group|company|corp|publishing|magazine|news|network|blog|films?|movies?|cinema"
    r"|reviews?|studios?|all|some|rights?|site|website|online|times|post|journal|university|club|society|theme|design)\b"
)
_ABOUT_ONE = re.compile(rf"(?:about\s+|über\s+|à propos de\s+|sobre\s+)?{_NAME}")
_OPENS = re.compile(rf"{_NAME}(?=\s[a-zà-ÿ])")
_PEOPLES = frozenset(
    """american british canadian german french italian spanish australian irish scottish english indian christian
    european asian mexican brazilian portuguese dutch swedish danish norwegian finnish polish russian japanese korean
    chinese jewish catholic muslim turkish czech austrian swiss african""".split()
)
"""What follows "I am" in capitals without being a name."""


def guest(reading: Reading) -> Iterator[Candidate]:
    """Who wrote it as the text itself says, whoever put it on the site: "A guest post by Lena Park"."""
    said = _guest(reading.language)
    lines = [block for block in reading.main if block.text]
    for block in {block.index: block for block in (*lines[:5], *lines[-4:])}.values():
        if (found := said.search(block.text)) and len(found["name"]) > 2:
            where = place(block, found.start("name"), found.end("name"))
            yield Candidate("critics", (found["name"].rstrip("."),), "guest", where, block.text[:200])


@cache
def _guest(language: str | None) -> re.Pattern[str]:
    words = pattern("words", "guest", {language or "en", "en"})
    return re.compile(rf"(?i:{words})\s*[:：]?\s*{_NAME}")


def boxed(reading: Reading) -> Iterator[Candidate]:
    """The name on a box about the author: its heading, or how it begins."""
    for block in reading.lines:
        if "bio" not in block.hints or len(block.text) > 600 or reading.region(block) is Region.COMMENT:
            continue
        found = _ABOUT_ONE.fullmatch(block.text) or (None if block.tag in HEADINGS else _OPENS.match(block.text))
        if found and len(found["name"].split()) > 1 and is_name(found["name"]):
            yield Candidate("critics", (found["name"],), "bio", place(block, *found.span("name")), block.text[:120])


_INTRODUCED = re.compile(
    rf"^(?:(?i:contact|e-?mail|reach|follow)\s+)?{_NAME}\s+(?:(?i:can be reached|may be reached|at\s\S+@)"
    r"|(?i:is|was)\s(?:an?|the|our)\s(?:[\w’'-]+\s){0,6}?(?i:writer|student|editor|critic|columnist|contributor|reporter"
    r"|reviewer|blogger|journalist|freshman|sophomore|junior|senior|major|librarian|teacher|filmmaker)\b)"
)


def introduced(reading: Reading) -> Iterator[Candidate]:
    """The last lines that say who wrote: "Anna Holm is a staff writer", "Contact Anna Holm at …"."""
    for block in reading.main:
        if block.index not in reading.closing or len(block.text) >= 250:
            continue
        found = _INTRODUCED.match(block.text)
        if found and len(found["name"].split()) > 1 and is_name(found["name"]):
            where = place(block, *found.span("name"))
            yield Candidate("critics", (found["name"],), "signature.says", where, block.text[:120])


def owner(reading: Reading) -> Iterator[Candidate]:
    """Whose site it is: "Hi, I'm Anthony" in its frame, or the person who holds the copyright."""
    says = _says(reading.language)
    for block in reading.lines:
        if len(block.text) > 300 or not _framing(reading, block):
            continue
        if (found := says.search(block.text)) and fold(found["name"]) not in _PEOPLES:
            name = found["name"].rstrip(".")
            yield Candidate("critics", (name,), "owner.says", place(block, *found.span("name")), block.text[:120])
    for block in reading.lines[-12:]:
        found = _COPYRIGHT.search(block.text)
        if found is None or len(block.text) > 200 or reading.region(block) is Region.COMMENT:
            continue
        name = found["name"].rstrip(".")
        if 2 <= len(name.split()) <= 3 and "a" <= name[-1] <= "ÿ" and is_name(name) and _whose(reading, name):
            where = place(block, found.start("name"), found.start("name") + len(name))
            yield Candidate("critics", (name,), "owner.copyright", where, block.text[:120])


def _whose(reading: Reading, name: str) -> bool:
    """Whether a person's name is also that of the site's address or title, so that the site is theirs alone."""
    folded = fold(name)
    if folded in reading.regions.site_names or _FIRM.search(folded):
        return False
    frame = " ".join(reading.regions.site_names)
    return any(len(part) >= 4 and part in frame for part in folded.split())


@cache
def _says(language: str | None) -> re.Pattern[str]:
    words = pattern("words", "i_am", {language or "en", "en"})
    return re.compile(
        rf"(?:^|[.!?,]\s*|\b(?:hi|hello|hey|hallo|hola|salut|ciao)\b\W*)(?i:{words})\s+{_NAME}(?=\s?[,.!;–—-]|\s[a-z(]|\s?$|\s\W)"
    )


def _framing(reading: Reading, block: Block) -> bool:
    """Whether a line belongs to the site's frame: head, side, foot, or an unmarked line before the headline."""
    region = reading.region(block)
    if region is Region.CHROME:
        return not block.hints & {"nav", "related", "cookie", "form", "share"}
    headline = reading.regions.headline
    return region is Region.OUTSIDE and headline is not None and block.index < headline.index
