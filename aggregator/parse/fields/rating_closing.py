"""The mark with which a text ends, said with hardly a word around it: "In short, a solid 7/10."."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.model import Rating, Unit
from aggregator.notation.languages import all_languages, alternation, fold, pattern, words
from aggregator.notation.ratings import parse_rating
from aggregator.parse.blocks import weight
from aggregator.parse.reading import Reading

_FRACTION = re.compile(r"[.,;:!?…–—-]\s*(\d{1,2}(?:[.,]\d)?\s?/\s?(?:4|5|6|10|100))\s*[.!]?\s*$")
_SENTENCES = 60
"""Letters above which a line is running text, and no entry of a list."""
_LONGEST = 90
_WORD = re.compile(r"(?:^|(?<=[\s(]))[^\W_]")
_BARE = re.compile(r"[\w'’]+")
_SCALES = frozenset((4.0, 5.0, 6.0, 10.0, 20.0, 100.0))
_DIGIT = re.compile(r"\d")


def closing(reading: Reading, text: str) -> Iterator[tuple[int, int, Rating]]:
    """The mark that ends one of the last lines: "one of the greatest, 10/10.", "A solid 7/10."."""
    said = _FRACTION.search(text) if weight(text) > _SENTENCES else None
    if said and (rating := parse_rating(said[1], reading.hint_for("rating"))) and rating.value is not None:
        yield said.start(1), said.end(1), rating
    elif len(text) <= _LONGEST and (found := _ending(reading, text)):
        yield found


def _ending(reading: Reading, text: str) -> tuple[int, int, Rating] | None:
    """The longest end of a line that is a mark on a scale, if what stands before it says nothing else."""
    for start in (match.start() for match in _WORD.finditer(text)):
        rating = parse_rating(text[start:], reading.hint_for("rating"))
        if rating is None or rating.value is None or rating.best not in _SCALES or rating.unit is Unit.PERCENT:
            continue
        lead = text[:start].strip(" (")
        fits = lead and not _DIGIT.search(lead) and _leads_up(lead, thing=rating.unit is Unit.OTHER)
        return (start, len(text), rating) if fits else None
    return None


def _leads_up(lead: str, *, thing: bool) -> bool:
    """Whether words before a mark give it, are small ones ("So this is an") or praise ("A solid").

    Things of the house (`thing`) may be counted in any other sentence.
    """
    folded = fold(lead)
    if _given().match(folded):
        return True
    return not thing and (_SOLID.fullmatch(folded) is not None or _is_small(folded))


def _is_small(folded: str) -> bool:
    return all(word in _small() for word in _BARE.findall(folded))


_SOLID = re.compile(r"(?:an?|eine?|un|une|una|um|uma|een|en|ett)(?:\s[^\W\d_]+){1,2}")


@cache
def _given() -> re.Pattern[str]:
    verdict, give = pattern("words", "verdict"), alternation(words("ratings", "give") - {"gets", "earns", "scores"})
    return re.compile(rf"\W*(?:{verdict}\b[:,–—-]|{give}(?:\s+[^\W\d_]+)?$)")


@cache
def _small() -> frozenset[str]:
    return frozenset().union(*(language.stopwords for language in all_languages()))
