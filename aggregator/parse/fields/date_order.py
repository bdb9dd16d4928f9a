"""Which of day and month a page writes first, where its language leaves that open: from all it shows beside."""

import re

from aggregator.notation.date_forms import scan
from aggregator.notation.date_settle import plain, shown_order
from aggregator.parse.reading import Reading

_NUMERIC = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")
_DAY_FIRST = re.compile(r"en[-_](?:GB|AU|NZ|IE|IN|ZA)$", re.IGNORECASE)
"""English as written where the day comes first; en-US is what templates say that nobody has changed."""


def page_order(reading: Reading) -> str | None:
    """The order ("DMY", "MDY") that the page's other dates, or its declared country, show; None where nothing does."""
    dated = [
        match[0] for block in reading.doc.blocks if len(block.text) < 200 for match in _NUMERIC.finditer(block.text)
    ]
    if order := shown_order([item for text in dated[:200] for item in scan(plain(text), None, alone=False)]):
        return order
    locale = reading.doc.meta("og:locale", "content-language", "dc.language")
    declared = [locale[0]] if locale else []
    declared += [node.get("lang") or "" for node in reading.doc.nodes("html")]
    return "DMY" if any(_DAY_FIRST.match(text) for text in declared) else None
