"""Signs of a notice: when and where a film is shown, at what price; and of a page about the site itself."""

import re
from collections.abc import Iterator, Sequence

from aggregator.notation.languages import words
from aggregator.parse.blocks import Block
from aggregator.parse.reading import Reading
from aggregator.parse.sign_words import Counts, Sign, kind_words

_TIME = re.compile(
    r"(?:[^\W\d]{2,12}\.?,?\s)?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?(?:[ap]\.?m\.?|uhr|h))?(?:\s\W?\w.{0,30})?",
    re.IGNORECASE,
)
"""A line that is the time of a showing, perhaps with what is special about it."""
_CLOCK = re.compile(
    r"(?<![\d.:])(?:[01]?\d|2[0-3])(?:(?:[:.][0-5]\d)?\s?(?:[ap]\.?m\b|uhr\b)|h[0-5]\d)"
    r"|(?<=[ (])(?:[01]?\d|2[0-3])[:.](?:[0-5][05])(?![\d.:%/]|\s?(?:min|out|von|sur|su|stars))"
)
"""A time of day in running text: "7.30", "8pm", "20 Uhr", "20h30"."""
_PRICE = re.compile(
    r"[£$€]\s?\d{1,3}(?![\d,]| ?(?:m|bn|million|billion))"
    r"|(?<!\d)\d{1,3}(?:[.,]\d\d)?\s?(?:€|euros?\b|kr\b|zł|kč|руб)"
)
"""What somebody has to pay, not what a film has earned."""
_LAST = 200
"""Letters of a last line that may say where the film of a review is shown."""


def read(reading: Reading, prose: Sequence[Block], counts: Counts) -> Iterator[Sign]:
    """Signs of a notice in the lines of the text, `prose`, whose words `counts` holds."""
    yield from _showings(reading)
    yield from _appointment(reading, prose, counts)
    about = counts.words["in_about"]
    if len(about) >= 3:
        yield "about_words", ", ".join(sorted(about))


def _showings(reading: Reading) -> Iterator[Sign]:
    """Times of showings, one below the other; three will do where a line says no more than "Book now"."""
    times = sum(1 for block in reading.lines if len(block.text) < 50 and _TIME.fullmatch(block.text))
    if times >= 5:
        yield "showings", f"{times} times"
    elif times >= 3:
        asked = words("words", "in_event", {reading.language or "en", "en"})
        if any(block.folded.strip(" »›>:") in asked for block in reading.main):
            yield "showings", f"{times} times to book"


def _appointment(reading: Reading, prose: Sequence[Block], counts: Counts) -> Iterator[Sign]:
    """That the text, or a short line above it, invites: words of an event together with a time of day and prices."""
    above = [block for block in reading.main if block.index < reading.regions.first and len(block.text) < _LAST]
    asking = kind_words("in_event", reading.language)
    invited = counts.words["in_event"].union(*(asking.findall(block.folded) for block in above))
    if not invited:
        return
    lines = [*above, *(prose[:-1] if prose and prose[-1].weight < _LAST else prose)]
    text = "\n".join(block.folded for block in lines)
    clocks, prices = set(_CLOCK.findall(text)), set(_PRICE.findall(text))
    found = len(invited) + len(clocks) + len(prices)
    several = len(invited) >= 2 or len(clocks) + len(prices) >= 2
    if (clocks or len(invited) >= 3) and several and found >= 3 and found / counts.length * 1000 >= _DENSE:
        yield "appointment", ", ".join([*sorted(invited), *sorted(clocks), *sorted(prices)])


_DENSE = 8
"""Words, times and prices of an event in 1000 words."""
