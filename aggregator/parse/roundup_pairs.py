"""Two films under one headline, "X and Y", each with its own paragraphs and no heading."""

import re
from functools import cache

from aggregator.notation.languages import alternation, fold, words
from aggregator.notation.titles import parse_title
from aggregator.parse.blocks import Block
from aggregator.parse.fields.title_said import Span, is_person, is_telling, names
from aggregator.parse.fields.title_words import is_sentence, mentions
from aggregator.parse.reading import Reading
from aggregator.parse.regions import is_heading
from aggregator.parse.roundup_notes import parted

_RUNNING = 40
_OPENING = 120
"""Letters within which a paragraph names the film it turns to."""


def pair(reading: Reading) -> tuple[Reading, list[Block]] | None:
    """The page with a heading made of each film's first mention in the text that is its own, and the two headings.

    None where the headline names no two films that the text speaks of one after the other.
    """
    lines = [line for line in reading.main if not is_heading(line) and line.weight >= _RUNNING]
    text = "\n".join(line.text for line in lines)
    titles = _two(reading, text)
    if titles is None:
        return None
    said = [[next((span[0] for span in mentions(title, line.text)), -1) for title in titles] for line in lines]
    for first, second in ((0, 1), (1, 0)):
        start = next((at for at, found in enumerate(said) if found[first] >= 0 > found[second]), None)
        turn = next((at for at, found in enumerate(said) if _turns(found, second, first) and at > (start or 0)), None)
        if start is None or turn is None:
            continue
        mixed = sum(found[second] >= 0 for found in said[start:turn]) + sum(found[first] >= 0 for found in said[turn:])
        if mixed > 0.4 * (len(said) - start):
            continue
        ends = {
            lines[at].index: (said[at][which], len(titles[which])) for at, which in ((start, first), (turn, second))
        }
        return parted(reading, {index: (at, at + size, 0) for index, (at, size) in ends.items()})
    return None


def _turns(found: list[int], to: int, away: int) -> bool:
    """Whether a paragraph turns to one film: it names it early, and the other not before it."""
    return 0 <= found[to] <= _OPENING and not 0 <= found[away] < found[to]


def _two(reading: Reading, text: str) -> tuple[str, str] | None:
    """The two titles that a headline joins, if the text says each by itself too."""
    headline = reading.regions.headline
    parsed = parse_title(headline.text, reading.hint) if headline is not None else None
    if parsed is None:
        return None
    whole = list(mentions(parsed.title, text))
    for joint in _joints(reading.language).finditer(parsed.title):
        one, other = parsed.title[: joint.start()].strip(" '\"“”‘’"), parsed.title[joint.end() :].strip(" '\"“”‘’")
        if all(_is_film(title, text, whole, reading.language) for title in (one, other)):
            return one, other
    return None


def _is_film(title: str, text: str, whole: list[Span], language: str | None) -> bool:
    if not title or not names(title, text, whole) or is_sentence(title) or is_person(title, text):
        return False
    return is_telling(title, text, names(title, text), language)


@cache
def _joints(language: str | None) -> re.Pattern[str]:
    """What joins two titles: "and" and its kin, a plus, a slash."""
    both = {word for word in words("words", "and", {language or "en", "en"}) if fold(word) not in _WITH}
    return re.compile(rf"\s(?:{alternation(both)}|[+/&]|vs\.?)\s|\s*/\s*", re.IGNORECASE)


_WITH = frozenset("with mit con com avec met med z s".split())
