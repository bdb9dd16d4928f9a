"""Whether the page shows the whole review: structured data, and what stands where the text breaks off."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from aggregator.notation.languages import alternation, fold, pattern
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
    return list(_elsewhere(reading, last))


def _elsewhere(reading: Reading, last: int) -> Iterator[Candidate]:
    """A text that breaks off with "[…]" or an ellipsis, and a link right behind to the rest of it."""
    broken = False
    for block in reading.doc.blocks[last : last + 5] if last else ():
        broken = broken or _BROKEN_OFF.search(block.text) is not None
        found = _rest().search(fold(block.text)) if len(block.text) < 400 and block.link_share() > 0 else None
        if broken and found:
            yield Candidate("access", "excerpt", "rest_elsewhere", place(block), found.group())
            return


_BROKEN_OFF = re.compile(r"(?:\[\s?(?:…|\.\.\.|&hellip;)\s?\]|…|\.\.\.)\W*$|(?:…|\.\.\.)\s.{0,40}$")


@cache
def _rest() -> re.Pattern[str]:
    raw = tomllib.loads(resources.files("aggregator.parse").joinpath("data/access.toml").read_text("utf-8"))
    return re.compile(rf"(?<!\w){alternation(raw['rest'])}")


@cache
def _wall() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern('words', 'paywall')}(?!\w)")
