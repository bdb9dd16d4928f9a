"""Which of day and month a page writes first, where its language leaves that open: from all it shows beside."""

import re
from collections.abc import Iterator

from aggregator.notation.date_forms import scan
from aggregator.notation.date_settle import plain, shown_order
from aggregator.notation.languages import fold
from aggregator.parse.blocks import Block
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region

_NUMERIC = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")
_DAY_FIRST = re.compile(r"en[-_](?:GB|AU|NZ|IE|IN|ZA)$", re.IGNORECASE)
"""English as written where the day comes first; en-US is what templates say that nobody has changed."""

_LONGEST = 200
_OTHER_DAY = re.compile(
    r"release|\bcomment|kinostart|premi|estre|sortie|uscita|公開|上映|개봉|©|copyright|\d{4}\s*[-–]$"
    r"|\b(?:seen|watched|viewed|screened|gesehen|visto|vista|vue?|born|died)"
    r"(?:(?:\s.{1,30})?\s(?:on|am|le|el))?$"
    r"|\b(?:in|im|en|nos?|al|au|aux|ins?)\s+(?:\w+\s+)?"
    r"(?:cinemas?|theat(?:er|re)s?|kinos?|kinie|kinach|salles?|salas?|cines?"
    r"|bioscoop|sala)|\b(?:out on|opens|opening|from|ab|dal|dès|vanaf)$"
)
"""Before a date that is the film's, a screening's or somebody's life."""


def is_other_day(before: str) -> bool:
    """Whether folded words before a date say that it is another day than that of the writing."""
    return _OTHER_DAY.search(before) is not None


def page_order(reading: Reading) -> str | None:
    """The order ("DMY", "MDY") that the page's other dates, or its declared country, show; None where nothing does."""
    dated = [text for block in reading.doc.blocks for text in _stamps(reading, block)]
    if order := shown_order([item for text in dated[:200] for item in scan(plain(text), None, alone=False)]):
        return order
    locale = reading.doc.meta("og:locale", "content-language", "dc.language")
    declared = [locale[0]] if locale else []
    declared += [node.get("lang") or "" for node in reading.doc.nodes("html")]
    return "DMY" if any(_DAY_FIRST.match(text) for text in declared) else None


_STAMPS = frozenset((Region.HEAD, Region.TAIL, Region.COMMENT))
_LEAD = 5
"""Words before the date of a stamp: "Posted by Anna Holm on"."""
_SMALL = re.compile(r"(?<![^\W_])[^\W\d_A-ZÀ-Þ][^\W\d_]{3,}")
"""A word of a sentence: neither a name nor one like "on"."""
_BEHIND = re.compile(
    r"[\s,|·•–—-]*(?:[^\W\d_]{1,3}\s+)?(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?)?[\s,|·•:–—-]*[^\W\d_]*",
    re.IGNORECASE,
)
"""What follows the date of a stamp: a time, and perhaps a link such as "Reply"."""


def _stamps(reading: Reading, block: Block) -> Iterator[str]:
    """The dates of a line that says when something was written, and is no sentence: that may be of a day abroad."""
    if len(block.text) >= _LONGEST or block.text[-1:] in (".", "!", "?"):
        return
    if reading.region(block) not in _STAMPS and not block.hints & {"date", "byline", "meta"}:
        return
    for match in _NUMERIC.finditer(block.text):
        before = block.text[: match.start()].rstrip(" :–—-|,·(")
        if len(before.split()) > _LEAD or len(_SMALL.findall(before)) > 1 or is_other_day(fold(before)):
            continue
        if _BEHIND.fullmatch(block.text, match.end()):
            yield match[0]
