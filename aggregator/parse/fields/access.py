"""Whether the page shows the whole review: structured data, and what stands where the text breaks off."""

import re
from functools import cache

from aggregator.notation.languages import fold, pattern
from aggregator.parse.candidate import Candidate
from aggregator.parse.reading import Reading, place


def read(reading: Reading) -> list[Candidate]:
    """A candidate `paywalled` when the page says that its text is not free; nothing when nothing says so."""
    stated = [review.free for review in reading.data.reviews] + [article.free for article in reading.data.articles]
    for fact in stated:
        if fact and fact.value.strip().lower() in ("false", "no", "0", "nofree") and reading.owns(fact.place.node):
            return [Candidate("access", "paywalled", "structured.free", fact.place, fact.value)]
    last = max(reading.regions.last, 0)
    for block in reading.doc.blocks[last : last + 6]:
        if len(block.text) < 200 and _wall().search(fold(block.text)):
            return [Candidate("access", "paywalled", "wall", place(block), block.text)]
    return []


@cache
def _wall() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern('words', 'paywall')}(?!\w)")
