"""Two films under one headline, "X and Y", each with its own paragraphs and no heading."""

import re
from collections.abc import Collection
from functools import cache

from aggregator.notation.languages import alternation, fold, words
from aggregator.notation.people import given_names
from aggregator.notation.titles import parse_title
from aggregator.parse.blocks import Block
from aggregator.parse.fields.title_said import is_person, is_telling, names
from aggregator.parse.fields.title_words import is_sentence, mentions
from aggregator.parse.reading import Reading
from aggregator.parse.regions import is_heading
from aggregator.parse.roundup_notes import Cut, parted
from aggregator.parse.sign_words import kind_words

_RUNNING = 40
_OPENING = 120
"""Letters within which a paragraph names the film it turns to."""


_OF_ONE_FILM = frozenset(("facts_film", "structured_film_review", "title_year"))
"""Signs of a page about one film: "Thelma and Louise" is one."""


def pair(reading: Reading, signs: Collection[str]) -> tuple[Reading, list[Block]] | None:
    """The page with a heading made of each film's first mention in the text that is its own, and the two headings.

    None where the headline names no two films that the text speaks of one after the other, or the page (`signs`)
    states the facts of one.
    """
    if _OF_ONE_FILM & set(signs) or reading.data.movies:
        return None
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
        return parted(reading, {index: Cut(at, at + size, 0) for index, (at, size) in ends.items()})
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
    if parsed.year or any(not _of_both(text, start, reading.language) for start, _ in mentions(parsed.title, text)):
        return None  # the joined name is that of one film
    for joint in _joints(reading.language).finditer(parsed.title):
        one, other = parsed.title[: joint.start()].strip(" '\"“”‘’"), parsed.title[joint.end() :].strip(" '\"“”‘’")
        if all(_is_film(title, text, reading.language) for title in (one, other)):
            return one, other
    return None


def _of_both(text: str, start: int, language: str | None) -> bool:
    """Whether a joined name stands behind a word for several films: "two films, Moon and Let Me In"."""
    return kind_words("films", language).search(fold(text[max(0, start - 30) : start])) is not None


def _is_film(title: str, text: str, language: str | None) -> bool:
    spans = names(title, text) if title else []
    if not spans or is_sentence(title) or is_person(title, text) or fold(title) in given_names():
        return False
    return is_telling(title, text, spans, language)


@cache
def _joints(language: str | None) -> re.Pattern[str]:
    """What joins two titles: "and" and its kin, a plus, a slash."""
    both = {word for word in words("words", "and", {language or "en", "en"}) if fold(word) not in _WITH}
    return re.compile(rf"\s(?:{alternation(both)}|[+/&]|vs\.?)\s|\s*/\s*", re.IGNORECASE)


_WITH = frozenset("with mit con com avec met med z s".split())
